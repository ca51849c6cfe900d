/** Whole numbers of any size as decimal text, so that no value is rounded. */

/** `digits` without leading zeros; `0` for zero. */
export function canonicalDigits(digits: string): string {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === '0') start += 1;
  return digits.slice(start);
}

/** Negative, zero or positive as `a` is smaller than, equal to or greater than `b`; both canonical. */
export function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
