/**
 * Makes text from elsewhere harmless to print. Unlike messages, which drop and cut (`base/printable.ts`), the log keeps all of it: what
 * cannot be seen stands as its code, so that people find what is really there.
 */

// Control characters move the cursor or start escape sequences; format characters hide or reorder text (bidirectional overrides).
// Line and paragraph separators end a line for some readers. A tab and the joiners that emoji need are left alone.
const DANGEROUS = /(?![\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** `text` as lines without control characters: each stands as its code, `\u001b`. */
export function printableLines(text: string): string[] {
  return text.split(/\r\n|\n/).map((line) => line.replace(DANGEROUS, escaped));
}

/** `text` on one line. */
export function printableLine(text: string): string {
  return printableLines(text).join(' ');
}

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
