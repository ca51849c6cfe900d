/** A shape says what one value of the configuration may be: it reads the value, and it is the value's JSON Schema. */
import type { Node } from 'yaml';
import type { Reading } from './reading.ts';

/** JSON Schema, draft 2020-12, as data. */
export type JsonSchema = { readonly [keyword: string]: JsonValue };
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonSchema;

/** What could not be read; its problems are in the reading. */
export const INVALID: unique symbol = Symbol('invalid');

export interface Shape<T> {
  readonly schema: JsonSchema;
  /** The value of `node`, or INVALID after every problem in it was recorded. */
  read(node: Node | null, reading: Reading): T | typeof INVALID;
}

/** What a shape for text thinks of a text. */
export type Judgement<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly hint: string };

export function accept<T>(value: T): Judgement<T> {
  return { ok: true, value };
}

/** `message` follows the key's path: `must …`, `is not …`. */
export function refuse(message: string, hint: string): Judgement<never> {
  return { ok: false, message, hint };
}
