/** Text from files, servers and commands, made safe for messages. */

const MAX_LENGTH = 120;

/** `text` on one line, control, invisible and direction characters replaced, cut after `longest` UTF-16 units. */
export function printable(text: string, { longest = MAX_LENGTH }: { readonly longest?: number } = {}): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
