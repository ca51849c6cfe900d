/** Foreign text made safe for one line of a log, a report or an error. */

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * `text` with control, format and line-break characters as `\u{…}`, cut after `limit` characters.
 * Terminals and GitHub's log read escape sequences and commands (`::error::`) from raw text.
 */
export function printable(text: string, limit = 80): string {
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return short.replace(UNPRINTABLE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
