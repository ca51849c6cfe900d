/** What a command wrote, made fit for a message. */

const LINES = 4;
const LINE_LENGTH = 200;

/** `text` on one line: control, invisible and direction characters replaced, cut after 200 characters. */
export function printable(text: string): string {
  const cut = text.length > LINE_LENGTH ? `${text.slice(0, LINE_LENGTH)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

/** The last lines with anything in them, colours taken out, joined to one line. */
export function lastWords(text: string): string {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.replace(COLOUR, '').trim())
    .filter((line) => line !== '')
    .slice(-LINES)
    .map(printable)
    .join(' / ');
}

/** Source: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ (8.3.117) */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const COLOUR = /\x1b\[[0-9;]{0,32}m/g;
