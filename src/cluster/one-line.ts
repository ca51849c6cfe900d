/** Text from a server or a command, made fit for one line of a message. */

const MAX_LENGTH = 400;

/** `text` on one line, without control and direction characters, cut after 400 characters. */
export function oneLine(text: string): string {
  const flat = text
    .slice(0, MAX_LENGTH * 8)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .replace(/\.$/, '');
  return flat.length > MAX_LENGTH ? `${flat.slice(0, MAX_LENGTH)}…` : flat;
}
