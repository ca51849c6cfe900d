import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodePoints } from '../../../../src/core/images/versions/code-points.ts';
import { expectTotalOrder } from './total-order.ts';

describe('compareCodePoints', () => {
  it('is the order of UTF-8 bytes', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '\u{7f}', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'),
      maxLength: 5,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts what is outside the basic plane last', () => {
    expect(compareCodePoints('\u{1f600}', '\uffff')).toBeGreaterThan(0);
  });

  it('is a total order', () => {
    expectTotalOrder(
      fc.string({ unit: fc.constantFrom('a', 'B', 'é', '\ufffd', '\u{10000}'), maxLength: 3 }),
      compareCodePoints,
    );
  });
});
