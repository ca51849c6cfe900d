import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/core/sync/desired-object.ts';
import { canonicalQuantity } from '../../../src/core/sync/quantity.ts';

describe('the canonical form of a quantity', () => {
  it.each<{ name: string; given: JsonValue; expected: string | undefined }>([
    { name: 'folds a thousand milli', given: '1000m', expected: '1' },
    { name: 'keeps a milli that does not fold', given: '250m', expected: '250m' },
    { name: 'writes a fraction as milli', given: '0.5', expected: '500m' },
    { name: 'takes a number', given: 2, expected: '2' },
    { name: 'takes a fractional number', given: 0.1, expected: '100m' },
    { name: 'takes a bigint', given: 1073741824n, expected: '1073741824' },
    { name: 'folds binary suffixes', given: '1024Mi', expected: '1Gi' },
    { name: 'unfolds a binary fraction', given: '1.5Gi', expected: '1536Mi' },
    { name: 'writes a small binary quantity in decimal', given: '0.5Ki', expected: '512' },
    { name: 'does not fold a decimal number into a binary one', given: '1073741824', expected: '1073741824' },
    { name: 'folds decimal suffixes', given: '1500k', expected: '1500k' },
    { name: 'folds zeros into a suffix', given: '1000000', expected: '1M' },
    { name: 'keeps an exponent an exponent', given: '1e9', expected: '1e9' },
    { name: 'makes the exponent a multiple of three', given: '12e4', expected: '120e3' },
    { name: 'writes an exponent in lower case', given: '12E4', expected: '120e3' },
    { name: 'keeps what looks canonical', given: '1E3', expected: '1E3' },
    { name: 'keeps thousandths that look canonical', given: '1.125', expected: '1.125' },
    { name: 'keeps a sign that looks canonical', given: '+1', expected: '+1' },
    { name: 'keeps an odd binary quantity', given: '+1536Mi', expected: '1536Mi' },
    { name: 'reads E alone as exa', given: '1E', expected: '1E' },
    { name: 'writes zero without its suffix', given: '0Gi', expected: '0' },
    { name: 'keeps a sign', given: '-1500m', expected: '-1500m' },
    { name: 'drops a plus sign', given: '+1000m', expected: '1' },
    { name: 'folds milli of a byte count', given: '128974848000m', expected: '128974848' },
    { name: 'leaves rounding to the server', given: '0.5m', expected: undefined },
    { name: 'leaves rounding of a micro to the server', given: '500u', expected: undefined },
    { name: 'takes micros that make a milli', given: '1500000u', expected: '1500m' },
    { name: 'leaves an unclean binary fraction to the server', given: '0.1Ki', expected: undefined },
    { name: 'leaves capping to the server', given: '10E', expected: undefined },
    { name: 'refuses text', given: 'abc', expected: undefined },
    { name: 'refuses a suffix alone', given: 'Mi', expected: undefined },
    { name: 'refuses an unknown suffix', given: '1KB', expected: undefined },
    { name: 'refuses what is no scalar', given: {}, expected: undefined },
    { name: 'refuses a line break', given: '1\n', expected: undefined },
    { name: 'refuses endless digits', given: '1'.repeat(10_000), expected: undefined },
  ])('$name', ({ given, expected }) => {
    expect(canonicalQuantity(given)).toBe(expected);
  });

  it('is its own canonical form', () => {
    const digits = fc.tuple(
      fc.integer({ min: -5000, max: 5000 }),
      fc.nat(999),
      fc.constantFrom('', 'm', 'k', 'Mi', 'Gi', 'e3', 'u'),
    );
    fc.assert(
      fc.property(digits, ([whole, fraction, suffix]) => {
        const once = canonicalQuantity(`${whole}.${fraction}${suffix}`);
        if (once !== undefined) expect(canonicalQuantity(once)).toBe(once);
      }),
    );
  });
});
