/** JSON text without the loss of digits: integers that a double cannot hold are bigint. */
import type { JsonValue } from './desired-object.ts';

/** Sixteen digits in a row outside a string: only then can a double lose one, and only then is the slow way taken. */
const LONG_INTEGER = /(?:^|[:,[])\s*-?\d{16,}/;

/** The value of `text`. Throws SyntaxError. Keys such as `__proto__` become own properties. */
export function parseJson(text: string): JsonValue {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text) as JsonValue;
  return JSON.parse(text, keepDigits as (this: unknown, key: string, value: unknown) => unknown) as JsonValue;
}

/**
 * `value` as compact JSON that a YAML 1.1 reader takes as well, which is how kube-apiserver reads an apply patch.
 * YAML refuses some characters that JSON allows raw: they are escaped.
 * Source: https://yaml.org/spec/1.1/#id868518 (printable characters, line breaks)
 */
export function stringifyJson(value: JsonValue): string {
  return JSON.stringify(value, writeDigits).replace(YAML_REFUSES, escapeCharacter);
}

const YAML_REFUSES = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

interface RawJson {
  rawJSON(text: string): unknown;
}

function keepDigits(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || context.source === undefined) return value;
  return /^-?\d+$/.test(context.source) ? BigInt(context.source) : value;
}

function writeDigits(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? (JSON as unknown as RawJson).rawJSON(String(value)) : value;
}

function escapeCharacter(character: string): string {
  return '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0');
}
