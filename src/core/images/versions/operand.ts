/** The version inside a constraint: numbers or wildcards, with a pre-release and build metadata. */

export interface Operand {
  readonly text: string;
  readonly major: string;
  readonly minor: string | undefined;
  readonly patch: string | undefined;
  /** With its hyphen, or empty. */
  readonly pre: string;
}

/** A vertical bar counts as a character of a number in Masterminds' grammar; such a number is refused later. */
const OPERAND =
  /^v?(?<major>[\dxX*|]+)(?:\.(?<minor>[\dxX*|]+))?(?:\.(?<patch>[\dxX*|]+))?(?<pre>-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?/;

/** White space as RE2's `\s` has it: no vertical tab, nothing beyond ASCII. */
export function skipSpaces(text: string, at: number): number {
  let end = at;
  while (end < text.length && isSpace(text[end])) end += 1;
  return end;
}

export function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\f';
}

/** The longest operand that begins at `at`. */
export function operandAt(text: string, at: number): Operand | undefined {
  const match = OPERAND.exec(text.slice(at));
  const groups = match?.groups;
  if (match === null || groups === undefined) return undefined;
  const { major = '', minor, patch, pre = '' } = groups;
  return { text: match[0], major, minor, patch, pre };
}

export function isWildcard(part: string | undefined): boolean {
  return part === undefined || part === 'x' || part === 'X' || part === '*';
}
