/** A document → the object it asks for, typed as kube-apiserver would type it. */
import { TowpathError } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { DesiredObject, JsonObject, JsonValue } from '../sync/desired-object.ts';
import type { ManifestDocument } from './manifest-document.ts';
import { typeOfScalar } from './scalar-type.ts';
import {
  entriesOf,
  isMap,
  isMergeKey,
  isScalar,
  type MapNode,
  mergeSources,
  type Reached,
  type ScalarNode,
  valueAt,
  type YamlNode,
} from './yaml-tree.ts';

export type DesiredObjectErrorCode = 'MANIFEST_VALUE_INVALID' | 'MANIFEST_EXPANDS_TOO_LARGE';

/** Characters of all scalars and keys together, plus one for each node: above the size of any object that etcd takes. */
export const MAX_EXPANDED_SIZE = 8 * 1024 * 1024;

/**
 * The object of `document`, aliases and merge keys resolved, repeated keys with their last value, keys as strings.
 * Throws MANIFEST_VALUE_INVALID (a key that is no text, a number that JSON does not have) and
 * MANIFEST_EXPANDS_TOO_LARGE (aliases that multiply), each at its place.
 */
export function toDesiredObject(document: ManifestDocument): DesiredObject {
  const { apiVersion, kind, name, namespace, position } = document;
  const conversion: Conversion = { document, size: 0 };
  const written = withTextAnnotations(document, convertMap(document.root, conversion));
  // Items of a typed list may leave these two to the list.
  const object: JsonObject = { apiVersion, kind, ...written };
  return { apiVersion, kind, name, namespace, position, object };
}

/**
 * Annotations are text to the API server, which refuses `automated: true` for its type. Flux took it as the text that
 * it is written as; so do we, and quoting stays a matter of taste.
 */
function withTextAnnotations(document: ManifestDocument, object: JsonObject): JsonObject {
  const annotations = valueAt(document.tree, document.root, ['metadata', 'annotations']);
  const metadata = object['metadata'];
  if (!isMap(annotations) || !isObject(metadata) || !isObject(metadata['annotations'])) return object;
  const texts = new Map<string, string>();
  for (const { key, value } of entriesOf(document.tree, annotations)) {
    const typed = isScalar(value) ? typeOfScalar(value.node) : null;
    if (isScalar(value) && typed !== null && typeof typed !== 'string') texts.set(key.text, value.node.text);
  }
  if (texts.size === 0) return object;
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...metadata['annotations'], ...Object.fromEntries(texts) } },
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Conversion {
  readonly document: ManifestDocument;
  size: number;
}

function convert(node: YamlNode, conversion: Conversion): JsonValue {
  switch (node.kind) {
    case 'alias':
      return convert(node.target, conversion);
    case 'scalar':
      return convertScalar(node, conversion);
    case 'sequence':
      spend(conversion, { amount: 1, at: node });
      return node.items.map((item) => convert(item, conversion));
    case 'map':
      return convertMap({ node, shared: false }, conversion);
  }
}

function convertScalar(node: ScalarNode, conversion: Conversion): JsonValue {
  spend(conversion, { amount: node.text.length + 1, at: node });
  const value = typeOfScalar(node);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw invalid(conversion, node, `${printable(node.text)} is a number that JSON does not have`);
  }
  return value;
}

function convertMap(map: Reached<MapNode>, conversion: Conversion): JsonObject {
  const entries = new Map<string, JsonValue>();
  fill(map, { entries, conversion, visited: new Set() });
  const object: Record<string, JsonValue> = {};
  for (const [key, value] of entries) {
    // A plain assignment to `__proto__` would replace the prototype.
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return object;
}

interface Filling {
  readonly entries: Map<string, JsonValue>;
  readonly conversion: Conversion;
  readonly visited: Set<MapNode>;
}

function fill(map: Reached<MapNode>, filling: Filling): void {
  const { entries, conversion, visited } = filling;
  if (visited.has(map.node)) return;
  visited.add(map.node);
  spend(conversion, { amount: 1, at: map.node });
  const own = new Map<string, YamlNode>();
  for (const pair of map.node.pairs) {
    if (!isMergeKey(pair.key)) own.set(keyText(pair.key, conversion), pair.value);
  }
  for (const [key, value] of own) {
    if (entries.has(key)) continue;
    spend(conversion, { amount: key.length + 1, at: map.node });
    entries.set(key, convert(value, conversion));
  }
  for (const source of mergeSources(conversion.document.tree, map)) fill(source, filling);
}

/** JSON keys are strings: the API server turns `on: x` into the key `true`. */
function keyText(node: YamlNode, conversion: Conversion): string {
  const key = node.kind === 'alias' ? node.target : node;
  if (key.kind !== 'scalar') {
    const isTemplate = conversion.document.source.text.startsWith('{{', key.start - 1);
    throw invalid(
      conversion,
      node,
      isTemplate ? 'an unquoted template is a mapping to YAML' : `a ${key.kind} is no key`,
    );
  }
  const value = typeOfScalar(key);
  if (value === null) throw invalid(conversion, node, 'an empty key is no key');
  return typeof value === 'string' ? value : String(value);
}

function spend(conversion: Conversion, { amount, at }: { readonly amount: number; readonly at: YamlNode }): void {
  conversion.size += amount;
  if (conversion.size <= MAX_EXPANDED_SIZE) return;
  throw new TowpathError<DesiredObjectErrorCode>(
    'MANIFEST_EXPANDS_TOO_LARGE',
    `${conversion.document.subject} grows beyond ${MAX_EXPANDED_SIZE / 1024 / 1024} MiB through its aliases`,
    {
      subject: conversion.document.subject,
      position: conversion.document.source.positionAt(at.start),
      hint: 'Write out the values, or remove the anchors that multiply them.',
    },
  );
}

function invalid(conversion: Conversion, at: YamlNode, clause: string): TowpathError<DesiredObjectErrorCode> {
  return new TowpathError<DesiredObjectErrorCode>(
    'MANIFEST_VALUE_INVALID',
    `${conversion.document.subject} cannot be applied: ${clause}`,
    {
      subject: conversion.document.subject,
      position: conversion.document.source.positionAt(at.start),
      hint: 'Quote the value where text is meant.',
    },
  );
}
