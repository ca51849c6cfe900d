/** Text from files, servers and commands, made safe for messages. */

const LONGEST_NAME = 120;
const LONGEST_PROSE = 1_000;

/** A name, or whatever stands in quotes: on one line, what nobody would see replaced, cut after `longest` UTF-16 units. */
export function printable(text: string, { longest = LONGEST_NAME }: { readonly longest?: number } = {}): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

/**
 * Prose, which may come in many lines: on one, white space folded, at most `longest` characters. The joiners inside of emoji stay,
 * which in a name would be a disguise.
 */
export function oneLine(text: string, { longest = LONGEST_PROSE }: { readonly longest?: number } = {}): string {
  // Cut before replacing: an answer may be megabytes.
  const flat = text
    .slice(0, longest * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  const chars = Array.from(flat);
  return chars.length <= longest ? flat : `${chars.slice(0, longest - 1).join('')}…`;
}
