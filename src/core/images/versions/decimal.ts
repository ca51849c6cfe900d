/** Decimal numbers of any size and precision, compared without rounding. */
import { canonicalDigits, compareDigits } from './digits.ts';

export interface Decimal {
  readonly negative: boolean;
  /** Canonical digits before the point. */
  readonly whole: string;
  /** Digits behind the point without trailing zeros; may be empty. */
  readonly fraction: string;
}

const DECIMAL = /^(?<sign>[+-]?)(?=\.?\d)(?<whole>\d*)(?:\.(?<fraction>\d*))?$/;

/** The number that `text` is: `12`, `-0.50`, `+3.`, `.5`; no exponent, no hexadecimal, no infinity. */
export function parseDecimal(text: string): Decimal | undefined {
  const groups = DECIMAL.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { sign, whole: written, fraction: behind = '' } = groups;
  const whole = canonicalDigits(written || '0');
  const fraction = withoutTrailingZeros(behind);
  const zero = whole === '0' && fraction === '';
  return { negative: sign === '-' && !zero, whole, fraction };
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const size = compareDigits(a.whole, b.whole) || compareFractions(a.fraction, b.fraction);
  return a.negative ? -size : size;
}

function compareFractions(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
