/**
 * Scalars in the style that Go's yaml package chooses, byte for byte: plain where that reads back, else in quotes,
 * text of several lines as a literal block.
 * Source: https://github.com/go-yaml/yaml/blob/v2.4.0/emitterc.go and encode.go beside it
 */
import { plainValue } from '../manifests/scalar-type.ts';
import type { YamlLines } from './yaml-lines.ts';

type Style = 'plain' | 'single' | 'double' | 'literal';

export interface ScalarPlace {
  /** Of the lines that a text is continued on. */
  readonly indent: number;
  /** The key of a mapping stays on one line. */
  readonly isKey: boolean;
}

/** Blanks in a text after this column become a line break. */
const WIDTH = 80;

/** Writes a text as a scalar. */
export function emitText(text: string, place: ScalarPlace, lines: YamlLines): void {
  const style = styleOf(text, place);
  if (style === 'literal') emitLiteral(text, place, lines);
  else if (style === 'double') emitDouble(text, place, lines);
  else emitFolded(text, { place, lines, quote: style === 'single' ? "'" : '' });
}

/** A number as Go prints it. */
export function numberText(value: number | bigint): string {
  if (typeof value === 'bigint') return value.toString();
  if (Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63)) return BigInt(value).toString();
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return decimalText(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

function styleOf(text: string, { isKey }: ScalarPlace): Style {
  const has = traitsOf(text);
  if (has.lineBreak) {
    const literal = !isKey && !has.unprintable && !has.blankBeforeBreak && !has.blankAtEnd;
    return literal ? 'literal' : 'double';
  }
  if (!readsAsText(text)) return 'double';
  if (has.unprintable) return 'double';
  return has.blankInFront || has.blankAtEnd || breaksPlain(text) ? 'single' : 'plain';
}

interface Traits {
  readonly lineBreak: boolean;
  readonly blankInFront: boolean;
  readonly blankAtEnd: boolean;
  readonly blankBeforeBreak: boolean;
  readonly unprintable: boolean;
}

function traitsOf(text: string): Traits {
  return {
    lineBreak: text.includes('\n'),
    blankInFront: text.startsWith(' '),
    blankAtEnd: text.endsWith(' '),
    blankBeforeBreak: text.includes(' \n'),
    unprintable: UNPRINTABLE.test(text),
  };
}

/** Tabs, other control characters, breaks of Unicode, what lies beyond the basic plane, the byte order mark. */
const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

/** Whether the unquoted text is read as text: no number, boolean, null, date, time of day or merge key. */
function readsAsText(text: string): boolean {
  return typeof plainValue(text) === 'string' && text !== '<<' && !SEXAGESIMAL.test(text) && !isTimestamp(text);
}

const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

const TIMESTAMP =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?$/;

function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = match
    .slice(4)
    .filter((part) => part !== undefined)
    .map(Number);
  return month >= 1 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60;
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** An indicator in front, `: ` or ` #` within, a marker of documents in front. */
function breaksPlain(text: string): boolean {
  return /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[-?:](?:[ \t]|$)|:(?:[ \t]|$)|[ \t]#/.test(text);
}

interface Folding {
  readonly place: ScalarPlace;
  readonly lines: YamlLines;
  readonly quote: string;
}

/** Plain or in single quotes: a single blank beyond the width becomes a line break. */
function emitFolded(text: string, { place, lines, quote }: Folding): void {
  lines.write(quote);
  // Most texts are short: they need no look at each of their characters.
  const isShort = place.isKey || lines.column + text.length <= WIDTH || !text.includes(' ');
  if (isShort) lines.write(text.replaceAll("'", `${quote}'`));
  const characters = isShort ? [] : Array.from(text);
  let inBlanks = false;
  for (const [index, character] of characters.entries()) {
    const isBlank = character === ' ';
    const isInner = quote === '' || (index > 0 && index < characters.length - 1);
    if (isBlank && !place.isKey && !inBlanks && lines.column > WIDTH && isInner && characters[index + 1] !== ' ') {
      lines.breakTo(place.indent);
    } else {
      lines.write(character === "'" ? quote + character : character);
    }
    inBlanks = isBlank;
  }
  lines.write(quote);
}

function emitDouble(text: string, place: ScalarPlace, lines: YamlLines): void {
  lines.write('"');
  const characters = Array.from(text);
  let inBlanks = false;
  for (const [index, character] of characters.entries()) {
    const isBlank = character === ' ';
    const isInner = index > 0 && index < characters.length - 1;
    if (isBlank && !place.isKey && !inBlanks && lines.column > WIDTH && isInner) {
      lines.breakTo(place.indent);
      if (characters[index + 1] === ' ') lines.write('\\');
    } else {
      lines.write(escaped(character));
    }
    inBlanks = isBlank;
  }
  lines.write('"');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x85', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

function escaped(character: string): string {
  const short = ESCAPES.get(character);
  if (short !== undefined) return short;
  if (!UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const [letter, width] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${letter}${code.toString(16).toUpperCase().padStart(Number(width), '0')}`;
}

function emitLiteral(text: string, place: ScalarPlace, lines: YamlLines): void {
  const indentation = /^[ \n]/.test(text) ? '2' : '';
  const chomping = text.endsWith('\n') ? (/^\n$|\n\n$/.test(text) ? '+' : '') : '-';
  lines.write(`|${indentation}${chomping}`);
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  for (const line of body.split('\n')) {
    lines.newLine();
    if (line === '') continue;
    lines.breakTo(place.indent);
    lines.write(line);
  }
  if (text.endsWith('\n')) lines.newLine();
}
