/** Text from elsewhere, fit to stand in a message. */

const INVISIBLE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** `text` on one line of at most `most` characters, with control and format characters replaced by the replacement character. */
export function visible(text: string, most = 1000): string {
  // Cut before replacing: a reason may be megabytes.
  const start = text
    .slice(0, most * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(INVISIBLE, '\uFFFD');
  const chars = Array.from(start);
  return chars.length <= most ? start : `${chars.slice(0, most - 1).join('')}…`;
}
