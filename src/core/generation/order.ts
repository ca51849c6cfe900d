/** The orders in which Flux wrote documents and keys. */

/** By code points, which is the order of UTF-8's bytes: Go compares strings so. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const left = Array.from(a);
  const right = Array.from(b);
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index++) {
    const difference = codePoint(left, index) - codePoint(right, index);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/**
 * The order of a mapping's keys: letters after everything else, runs of digits by their number.
 * Source: https://github.com/go-yaml/yaml/blob/v2.4.0/sorter.go
 */
export function compareKeys(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index++) {
    if (left[index] !== right[index]) return compareAt(left, right, index);
  }
  return left.length - right.length;
}

type Characters = readonly string[];

/** The keys are the same before `index`, and differ there. */
function compareAt(left: Characters, right: Characters, index: number): number {
  const leftLetter = isLetter(left[index]);
  const rightLetter = isLetter(right[index]);
  if (leftLetter && rightLetter) return codePoint(left, index) - codePoint(right, index);
  if (leftLetter || rightLetter) return rightLetter ? -1 : 1;
  // A zero within a number is one of its digits; one in front of it is not.
  const within = (left[index] === '0' || right[index] === '0') && followsNumber(left, index);
  const leftRun = digitsFrom(left, index);
  const rightRun = digitsFrom(right, index);
  const prefix = within ? '1' : '0';
  const difference = BigInt(prefix + leftRun) - BigInt(prefix + rightRun);
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  if (leftRun.length !== rightRun.length) return leftRun.length - rightRun.length;
  return codePoint(left, index) - codePoint(right, index);
}

function followsNumber(characters: Characters, index: number): boolean {
  for (let at = index - 1; at >= 0 && isDigit(characters[at]); at--) if (characters[at] !== '0') return true;
  return false;
}

function digitsFrom(characters: Characters, index: number): string {
  let end = index;
  while (isDigit(characters[end])) end++;
  return characters.slice(index, end).join('');
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /^[0-9]$/.test(character);
}

function codePoint(characters: Characters, index: number): number {
  return characters[index]?.codePointAt(0) ?? 0;
}
