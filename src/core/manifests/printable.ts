/** Text from files, made safe for logs and messages. */

const MAX_LENGTH = 120;

/** `text` on one line, control and invisible direction characters replaced, cut after 120 characters. */
export function printable(text: string): string {
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
