import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, type Decimal, parseDecimal } from '../../../../src/core/images/versions/decimal.ts';
import { expectTotalOrder } from './total-order.ts';

function order(a: string, b: string): number {
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  if (x === undefined || y === undefined) throw new Error(`${a} or ${b} is no number`);
  return Math.sign(compareDecimals(x, y));
}

describe('parseDecimal', () => {
  it.each(['0', '007', '-3', '+4', '1.5', '-0.25', '.5', '5.', '20260822163131123456789'])('reads %s', (text) => {
    expect(parseDecimal(text)).toBeDefined();
  });

  it.each(['', '.', '-', '1a', 'b', '1e5', '0x1f', '1_000', '1,5', 'Infinity', 'NaN', ' 1', '1 ', '1.2.3', '--1', '१'])(
    'takes %j for no number',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );
});

describe('compareDecimals', () => {
  it.each([
    ['20260822163131123', '20260822163131124', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['10', '9', 1],
    ['-10', '-9', -1],
    ['-1', '1', -1],
    ['0', '-0', 0],
    ['0.0', '-.0', 0],
    ['1.50', '1.5', 0],
    ['1.05', '1.5', -1],
    ['-27.8520927455902', '-27.930666514224427', 1],
    ['0012', '12', 0],
    ['1.10', '1.9', -1],
  ] as const)('%s against %s', (a, b, expected) => {
    expect(order(a, b)).toBe(expected);
  });

  it('agrees with whole numbers of any size', () => {
    fc.assert(
      fc.property(fc.bigInt({ max: 10n ** 40n }), fc.bigInt(), (a, b) => {
        const [x, y] = [a < 0n ? -a : a, b];
        expect(order(String(x), String(y))).toBe(x === y ? 0 : x < y ? -1 : 1);
      }),
    );
  });

  it('agrees with fractions scaled to whole numbers', () => {
    const digits = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(digits, digits, fc.nat(6), (a, b, places) => {
        expect(order(scaled(a, places), scaled(b, places))).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
    );
  });

  it('is a total order', () => {
    const decimal = fc
      .tuple(fc.constantFrom('', '-', '+'), fc.nat(20), fc.constantFrom('', '.', '.0', '.5', '.50', '.05'))
      .map(([sign, whole, rest]) => parseDecimal(`${sign}${whole}${rest}`) as Decimal);
    expectTotalOrder(decimal, compareDecimals);
  });
});

function scaled(value: bigint, places: number): string {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
  const point = digits.length - places;
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}
