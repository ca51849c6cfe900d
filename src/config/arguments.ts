/** Splits the action's `arguments` input into words the way a shell does, without expanding anything. */
import { TowpathError } from '../base/errors.ts';
import type { UsageErrorCode } from './invocation.ts';

type Quote = 'single' | 'double' | undefined;

/** In double quotes a backslash is itself, except before these (POSIX shell, 2.2.3; `$` and the backtick mean nothing here). */
const ESCAPABLE_IN_DOUBLE_QUOTES = new Set(['"', '\\', '$', '`']);

/**
 * The words of `text`: separated by white space; single quotes keep everything, double quotes all but `\"` and `\\`, a backslash
 * outside quotes keeps the next character, a backslash before a line break joins the lines. Variables, globs and comments are not
 * special. Throws USAGE_INPUT for a quote that is not closed and for a backslash at the very end.
 * Source: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02
 */
export function splitArguments(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: Quote;
  const source = text.replaceAll('\r\n', '\n');
  for (let index = 0; index < source.length; index++) {
    const char = source[index] ?? '';
    const next = source[index + 1];
    if (quote === 'single') {
      if (char === "'") quote = undefined;
      else word = (word ?? '') + char;
    } else if (char === '\\' && (quote === undefined || next === '\n' || ESCAPABLE_IN_DOUBLE_QUOTES.has(next ?? ''))) {
      if (next === undefined) throw unbalanced('ends with a backslash');
      if (next !== '\n') word = (word ?? '') + next;
      index++;
    } else if (char === '"') {
      quote = quote === 'double' ? undefined : 'double';
      word ??= '';
    } else if (quote === 'double') {
      word = (word ?? '') + char;
    } else if (char === "'") {
      quote = 'single';
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== undefined) throw unbalanced(`has a ${quote} quote that is not closed`);
  if (word !== undefined) words.push(word);
  return words;
}

function unbalanced(what: string): TowpathError<UsageErrorCode> {
  return new TowpathError('USAGE_INPUT', `input arguments ${what}`, {
    hint: 'Quote a value with spaces in single quotes, and close every quote.',
  });
}
