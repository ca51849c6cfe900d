/** A text as a YAML scalar that reads back as the same text, whoever reads it. */
import { plainValue } from './scalar-type.ts';

export interface ScalarContext {
  /** Within `[…]` or `{…}`, where commas and brackets end a plain scalar. */
  readonly inFlow: boolean;
}

/** `value` in the quotes given; single quotes become double ones where the value has characters to escape. */
export function renderQuoted(value: string, quotes: 'single' | 'double'): string {
  if (quotes === 'single' && !NEEDS_ESCAPES.test(value)) return `'${value.replaceAll("'", "''")}'`;
  // JSON's escapes are a subset of YAML's; what YAML does not print has to be escaped on top.
  const json = JSON.stringify(value).replace(
    new RegExp(NEEDS_ESCAPES, 'gu'),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return json;
}

/** `value` as a plain scalar, in double quotes where plain text would end early or read as another type. */
export function renderPlain(value: string, context: ScalarContext): string {
  return isPlainSafe(value, context) ? value : renderQuoted(value, 'double');
}

/**
 * Whether `value` can stand without quotes and is a string to readers of YAML 1.1, of YAML 1.2 and of Kubernetes:
 * no number, boolean, null, octal, sexagesimal, date or merge key to any of them.
 */
export function isPlainSafe(value: string, { inFlow }: ScalarContext): boolean {
  if (value === '' || NEEDS_ESCAPES.test(value) || BREAKS_PLAIN.test(value)) return false;
  if (inFlow && /[,[\]{}]/.test(value)) return false;
  return isStringToEverybody(value);
}

/** Control characters, line breaks of Unicode, the byte order mark, lone surrogates. */
const NEEDS_ESCAPES = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** Blanks around it, an indicator in front, `: ` or ` #` within, a colon at the end. */
const BREAKS_PLAIN = /^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:[\s,[\]{}]|$)|[\s:]$|:\s|\s#|^(?:---|\.\.\.)(?:\s|$)/;

function isStringToEverybody(value: string): boolean {
  if (value === '=' || value === '<<' || typeof plainValue(value) !== 'string') return false;
  return !NUMBERS_ELSEWHERE.some((pattern) => pattern.test(value));
}

/**
 * What readers of YAML 1.1 and 1.2 take for numbers and dates though kube-apiserver's takes it for text.
 * Source: https://yaml.org/type/ and https://yaml.org/spec/1.2.2/#1032-tag-resolution
 */
const NUMBERS_ELSEWHERE: readonly RegExp[] = [
  /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/,
  /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]*)(?:[eE][-+]?[0-9]+)?$/,
  // Sexagesimal, as times of the day are written.
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  // Dates, with and without a time.
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?$/,
];
