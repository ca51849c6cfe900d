/** `1.2 - 1.4.5` as a pair of comparisons. */
import { isSpace, operandAt, skipSpaces } from './operand.ts';

interface HyphenRange {
  readonly low: string;
  readonly high: string;
  readonly end: number;
}

/**
 * `text` with each `a - b` written as `>= a, <= b`, before anything else is read, as Masterminds does.
 * `closing` stands after each pair: a space since v3.2, nothing in v3.1.1 (so `1 - 2 3` ended at 23).
 */
export function rewriteHyphenRanges(text: string, closing: ' ' | ''): string {
  let rewritten = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const range = hyphenRangeAt(text, at);
    if (range === undefined) {
      at += 1;
      continue;
    }
    rewritten += `${text.slice(copied, at)}>= ${range.low}, <= ${range.high}${closing}`;
    copied = range.end;
    at = range.end;
  }
  return rewritten + text.slice(copied);
}

function hyphenRangeAt(text: string, at: number): HyphenRange | undefined {
  const low = operandAt(text, skipSpaces(text, at));
  if (low === undefined) return undefined;
  const lowEnd = skipSpaces(text, at) + low.text.length;
  const hyphen = skipSpaces(text, lowEnd);
  if (hyphen === lowEnd || text[hyphen] !== '-' || !isSpace(text[hyphen + 1])) return undefined;
  const highStart = skipSpaces(text, hyphen + 1);
  const high = operandAt(text, highStart);
  if (high === undefined) return undefined;
  return { low: low.text, high: high.text, end: skipSpaces(text, highStart + high.text.length) };
}
