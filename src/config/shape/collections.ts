/** Shapes made of shapes: objects with known keys, mappings with keys of one's own, lists, a choice of one key. */
import { isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap } from 'yaml';
import type { Position } from '../../base/errors.ts';
import { suggestion } from '../../base/nearest.ts';
import type { Placed } from '../../core/images/locate/image-use.ts';
import { referencesIn, showReferences } from '../variables.ts';
import type { Reading } from './reading.ts';
import { complainOfType } from './scalars.ts';
import { INVALID, type JsonSchema, type Judgement, type Shape } from './shape.ts';

/** One key of an object. `fallback` holds where the key is left out; a field without one is required. */
export interface Field<T> {
  readonly shape: Shape<T>;
  readonly description: string;
  readonly fallback: { readonly value: T } | undefined;
}

export type Fields<T> = { readonly [K in keyof T]: Field<T[K]> };

export function required<T>(shape: Shape<T>, description: string): Field<T> {
  return { shape, description, fallback: undefined };
}

export function optional<T>(shape: Shape<T>, description: string): Field<T | undefined> {
  return { shape, description, fallback: { value: undefined } };
}

export function defaulting<T>(field: Field<T | undefined>, value: T): Field<T> {
  return { ...field, fallback: { value } } as Field<T>;
}

/** A mapping with exactly these keys: `minimumAge` in code is `minimum-age` in the file. */
export function object<T extends object>(fields: Fields<T>): Shape<T> {
  const entries = Object.entries(fields) as [string, Field<unknown>][];
  return {
    schema: objectSchema(entries),
    read: (given, reading) => {
      const found = readPairs(given, reading);
      if (found === undefined) return INVALID;
      const known = new Map(entries.map(([name, field]) => [kebab(name), { name, field }]));
      let valid = rejectUnknown(found.pairs, { known: [...known.keys()], reading });
      const result: Record<string, unknown> = {};
      for (const [key, { name, field }] of known) {
        const value = readField(found, { key, field, reading });
        if (value === INVALID) valid = false;
        result[name] = value;
      }
      return valid ? (result as T) : INVALID;
    },
  };
}

export interface Entry<T> {
  readonly name: string;
  readonly position: Position;
  readonly value: T;
}

/** A mapping from names of one's own to values of one shape, in the order of the file. */
export function entriesOf<T>(
  shape: Shape<T>,
  options: { readonly judgeName: (name: string) => Judgement<string>; readonly atLeastOne: boolean },
): Shape<readonly Entry<T>[]> {
  return {
    schema: {
      type: 'object',
      additionalProperties: shape.schema,
      ...(options.atLeastOne ? { minProperties: 1 } : {}),
    },
    read: (given, reading) => {
      const found = readPairs(given, reading);
      if (found === undefined) return INVALID;
      const entries: Entry<T>[] = [];
      let valid = true;
      for (const { key, keyNode, value } of found.pairs) {
        const entry = () => readEntry({ key, keyNode, value }, { shape, options, reading });
        const read = reading.within(key, entry, keyNode);
        if (read === INVALID) valid = false;
        else entries.push(read);
      }
      if (options.atLeastOne && found.pairs.length === 0 && !found.broken) {
        reading.complainAbove(found.node, { code: 'CONFIG_VALUE', message: 'is empty', hint: 'Name at least one.' });
        valid = false;
      }
      return valid && !found.broken ? entries : INVALID;
    },
  };
}

/** A list; with `orOne`, a single value may stand without brackets. */
export function listOf<T>(
  shape: Shape<T>,
  options: { readonly atLeastOne?: boolean; readonly orOne?: boolean } = {},
): Shape<readonly T[]> {
  const items = options.atLeastOne === true ? { minItems: 1 } : {};
  const list: JsonSchema = { type: 'array', items: shape.schema, ...items };
  return {
    schema: options.orOne === true ? { oneOf: [shape.schema, list] } : list,
    read: (given, reading) => {
      const node = reading.resolve(given);
      if (!isSeq(node)) {
        const one = options.orOne === true && isScalar(node) && node.value !== null;
        if (one) return whole([shape.read(node, reading)]);
        complainOfType(node, reading, {
          wanted: options.orOne === true ? 'text or a list' : 'a list',
          hint: 'Write each entry on a line of its own, after a hyphen, or remove the key.',
        });
        return INVALID;
      }
      if (options.atLeastOne === true && node.items.length === 0) {
        reading.complain(node, { code: 'CONFIG_VALUE', message: 'is empty', hint: 'Name at least one.' });
        return INVALID;
      }
      return whole(
        node.items.map((item, index) => reading.within(`[${index}]`, () => shape.read(item as Node | null, reading))),
      );
    },
  };
}

/** `shape`'s value changed by `make`, which also learns where it stands. */
export function mapped<A, B>(shape: Shape<A>, make: (value: A, position: Position) => B): Shape<B> {
  return {
    schema: shape.schema,
    read: (node, reading) => {
      const value = shape.read(node, reading);
      return value === INVALID ? INVALID : make(value, reading.positionOf(node));
    },
  };
}

/** `shape`'s value with its place. */
export function placed<T>(shape: Shape<T>): Shape<Placed<T>> {
  return mapped(shape, (value, position) => ({ value, position }));
}

interface FoundPair {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

interface FoundPairs {
  readonly node: YAMLMap;
  readonly pairs: readonly FoundPair[];
  /** Whether a key could not be used; its problem is recorded. */
  readonly broken: boolean;
}

function readPairs(given: Node | null, reading: Reading): FoundPairs | undefined {
  const node = reading.resolve(given);
  if (!isMap(node)) {
    complainOfType(node ?? given, reading, {
      wanted: 'a mapping',
      hint: 'Write its keys below it, indented, or remove it.',
    });
    return undefined;
  }
  const pairs = new Map<string, FoundPair>();
  let broken = false;
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    const key = readKey(pair.key, reading);
    if (key === undefined) broken = true;
    else if (pairs.has(key)) {
      const first = reading.positionOf(pairs.get(key)?.keyNode ?? null);
      const message = `has the key '${key}' twice`;
      const hint = `Remove one of them; the first is on line ${first.line}.`;
      reading.complain(pair.key, { code: 'CONFIG_DUPLICATE_KEY', message, hint });
      broken = true;
    } else pairs.set(key, { key, keyNode: pair.key, value: pair.value ?? nothingAt(pair.key) });
  }
  return { node, pairs: [...pairs.values()], broken };
}

/** `{ key }` has no value at all: it is read as empty, at the key's place. */
function nothingAt(key: Node): Node {
  return Object.assign(new Scalar(null), { range: key.range ?? null });
}

function readKey(node: Node, reading: Reading): string | undefined {
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string' && referencesIn(value).length === 0) return showReferences(value);
  // `on:` and `1.0:` are keys that YAML reads as something else; their source is what was meant.
  if (isScalar(node) && node.source !== undefined && typeof value !== 'string' && value !== null) return node.source;
  reading.complain(node, {
    code: 'CONFIG_TYPE',
    message: 'has a key that is not plain text',
    hint: 'Write the key itself; variables stand in values only.',
  });
  return undefined;
}

function rejectUnknown(
  pairs: readonly FoundPair[],
  { known, reading }: { known: readonly string[]; reading: Reading },
): boolean {
  let valid = true;
  for (const { key, keyNode } of pairs) {
    if (known.includes(key)) continue;
    valid = false;
    reading.complain(keyNode, {
      code: 'CONFIG_UNKNOWN_KEY',
      message: `has no key '${key.length > 60 ? `${key.slice(0, 60)}…` : key}'`,
      hint: suggestion(key, known),
    });
  }
  return valid;
}

function readField(
  found: FoundPairs,
  { key, field, reading }: { key: string; field: Field<unknown>; reading: Reading },
): unknown {
  const pair = found.pairs.find((candidate) => candidate.key === key);
  if (pair !== undefined) {
    return reading.within(key, () => field.shape.read(pair.value, reading), pair.keyNode);
  }
  if (field.fallback !== undefined) return field.fallback.value;
  reading.complainAbove(found.node, {
    code: 'CONFIG_MISSING_KEY',
    message: `lacks the key '${key}'`,
    hint: `Add '${key}': ${field.description}`,
  });
  return INVALID;
}

function readEntry<T>(
  { key, keyNode, value }: FoundPair,
  {
    shape,
    options,
    reading,
  }: { shape: Shape<T>; options: { judgeName: (name: string) => Judgement<string> }; reading: Reading },
): Entry<T> | typeof INVALID {
  const name = options.judgeName(key);
  if (!name.ok) reading.complain(keyNode, { code: 'CONFIG_VALUE', message: name.message, hint: name.hint });
  const read = shape.read(value, reading);
  if (read === INVALID || !name.ok) return INVALID;
  return { name: name.value, position: reading.positionOf(keyNode), value: read };
}

function whole<T>(values: readonly (T | typeof INVALID)[]): readonly T[] | typeof INVALID {
  const valid = values.filter((value) => value !== INVALID);
  return valid.length === values.length ? (valid as readonly T[]) : INVALID;
}

function objectSchema(entries: readonly [string, Field<unknown>][]): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: entries.filter(([, field]) => field.fallback === undefined).map(([name]) => kebab(name)),
    properties: Object.fromEntries(
      entries.map(([name, field]) => [kebab(name), { description: field.description, ...field.shape.schema }]),
    ),
  };
}

/** `webhookUrl` → `webhook-url`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
