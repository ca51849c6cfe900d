/** What a command wrote, made fit for a message. */
import { printable } from '../base/printable.ts';

const LINES = 4;
const LINE_LENGTH = 200;

/** The last lines with anything in them, colours taken out, joined to one line. */
export function lastWords(text: string): string {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.replace(COLOUR, '').trim())
    .filter((line) => line !== '')
    .slice(-LINES)
    .map((line) => printable(line, { longest: LINE_LENGTH }))
    .join(' / ');
}

/** Source: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ (8.3.117) */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const COLOUR = /\x1b\[[0-9;]{0,32}m/g;
