/** Proves from what a list request returned that applying an object again would change nothing. */
import type { JsonObject, JsonValue } from './desired-object.ts';
import { deepEqual, fieldOf, isList, isObject, textAt, valueAt, without } from './json.ts';
import { applyEntry, type FieldSet } from './managed-fields.ts';
import { sameValue } from './same-value.ts';
import { fieldShape, itemShape, type Shape, shapeOf } from './server-shape.ts';

/**
 * Why nothing could be proved. `not-owned` and `field-removed` surely need a write (the ownership changes);
 * the others need the server's word.
 */
export interface Doubt {
  readonly kind: 'not-owned' | 'field-removed' | 'field-added' | 'value' | 'order' | 'form';
  /** Where, as in `spec.containers[name=app].image`; empty for the object as a whole. */
  readonly path: string;
}

export type Proof = { readonly kind: 'unchanged' } | { readonly kind: 'unknown'; readonly why: Doubt };

export interface Claim {
  /** The body that an apply would send. */
  readonly desired: JsonObject;
  /** The object as the server returned it, `metadata.managedFields` included. */
  readonly live: JsonObject;
  /** The field manager of our applies. */
  readonly manager: string;
}

/**
 * `unchanged` only where an apply of `desired` surely changes neither a value nor an ownership:
 * our entry in managedFields holds exactly the fields that `desired` would own (a field that is gone from the manifest
 * would be removed, one that another has changed is no longer ours), each has the value already, and lists stand in order.
 * Values are compared although the entry is intact, because admission webhooks change them after owners are recorded.
 * Source: https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export function prove({ desired, live, manager }: Claim): Proof {
  const entry = applyEntry(live, manager);
  const apiVersion = textAt(desired, 'apiVersion') ?? '';
  const place = { desired, live, shape: shapeOf(apiVersion, textAt(desired, 'kind') ?? ''), path: [] };
  if (entry === undefined) return proveBare(place);
  if (entry.apiVersion !== apiVersion) return unknown({ kind: 'not-owned', path: '' });
  const doubt = doubtIn({ ...place, owned: entry.fields });
  return doubt === null ? { kind: 'unchanged' } : unknown(doubt);
}

/** No entry is kept of an apply that sets nothing but the name. */
function proveBare(place: Omit<Place, 'owned'>): Proof {
  if (isObject(place.desired) && Object.keys(withoutIdentity(place.desired, [])).length === 0)
    return { kind: 'unchanged' };
  // Nothing but empty lists: some kinds of list would be recorded as ours, others not.
  const ownsNone = doubtInStruct({ ...place, owned: {} }, []) === null;
  return unknown({ kind: ownsNone ? 'form' : 'not-owned', path: '' });
}

function unknown(why: Doubt): Proof {
  return { kind: 'unknown', why };
}

/** The same place in our field set, in the manifest and in the live object. */
interface Place {
  readonly owned: FieldSet;
  readonly desired: JsonValue;
  readonly live: JsonValue | undefined;
  readonly shape: Shape;
  readonly path: readonly string[];
}

function doubtIn(place: Place): Doubt | null {
  const elements = Object.keys(place.owned).filter((key) => key !== '.');
  const first = elements[0];
  if (first === undefined) {
    return sameValue(place.desired, place.live, place.shape) ? null : doubt('value', place.path);
  }
  if (first.startsWith('f:')) return doubtInStruct(place, elements);
  if (first.startsWith('k:')) return doubtInKeyedList(place, elements);
  if (first.startsWith('v:')) return doubtInSet(place, elements);
  return doubt('form', place.path);
}

function doubtInStruct(place: Place, elements: readonly string[]): Doubt | null {
  const { desired, live, shape, path } = place;
  if (!isObject(desired) || !isObject(live)) return doubt('form', path);
  const names = new Set<string>();
  for (const element of elements) {
    const name = element.slice(2);
    const owned = fieldOf(place.owned, element);
    if (!element.startsWith('f:') || !isObject(owned)) return doubt('form', path);
    names.add(name);
    const value = fieldOf(desired, name);
    if (value === undefined) return doubt('field-removed', [...path, name]);
    const child = { owned, desired: value, live: fieldOf(live, name), shape: fieldShape(shape, name) };
    const found = doubtIn({ ...child, path: [...path, name] });
    if (found !== null) return found;
  }
  for (const [name, value] of Object.entries(withoutIdentity(desired, path))) {
    if (names.has(name)) continue;
    if (!ownsNothing(value, fieldOf(live, name), fieldShape(shape, name))) return doubt('field-added', [...path, name]);
  }
  return null;
}

/** Without what is never in a field set because it says which object it is. */
function withoutIdentity(desired: JsonObject, path: readonly string[]): JsonObject {
  if (path.length === 1 && path[0] === 'metadata') return without(desired, 'name', 'namespace');
  if (path.length > 0) return desired;
  const metadata = fieldOf(desired, 'metadata');
  const isBare = isObject(metadata) && Object.keys(without(metadata, 'name', 'namespace')).length === 0;
  return without(desired, 'apiVersion', 'kind', ...(isBare ? ['metadata'] : []));
}

/**
 * An empty list whose items have owners of their own is recorded nowhere, and changes nothing where the live list
 * is empty as well; the same goes for a struct of nothing but such lists.
 */
function ownsNothing(desired: JsonValue, live: JsonValue | undefined, shape: Shape): boolean {
  if (isList(desired)) {
    const isEmpty =
      live === null || (isList(live) && live.length === 0) || (live === undefined && shape.exact !== true);
    return desired.length === 0 && isEmpty;
  }
  if (!isObject(desired) || Object.keys(desired).length === 0) return false;
  if (live !== undefined && !isObject(live)) return false;
  if (live === undefined && shape.exact === true) return false;
  return Object.entries(desired).every(([name, value]) =>
    ownsNothing(value, fieldOf(live, name), fieldShape(shape, name)),
  );
}

function doubtInKeyedList(place: Place, elements: readonly string[]): Doubt | null {
  const { desired, live, shape, path } = place;
  if (!isList(desired) || !isList(live)) return doubt('form', path);
  const index = indexByKey(elements, shape);
  if (index === null) return doubt('form', path);
  const liveIndex = new Map(live.map((item, position) => [index.keyOf(item), position] as const));
  // Two items of one key: which of them the server would merge with is its own affair.
  if (liveIndex.size !== live.length) return doubt('form', path);
  let last = -1;
  for (const item of desired) {
    const key = index.keyOf(item) ?? keyWithDefaults(item, { index, owned: place.owned });
    const element = key === null ? undefined : index.elements.get(key);
    const owned = element === undefined ? undefined : fieldOf(place.owned, element);
    if (key === null || element === undefined || !isObject(owned)) return doubt('field-added', path);
    index.elements.delete(key);
    const position = liveIndex.get(key);
    const itemPath = [...path, `[${labelOf(element)}]`];
    if (position === undefined) return doubt('value', itemPath);
    if (position < last) return doubt('order', path);
    last = position;
    const found = doubtIn({ owned, desired: item, live: live[position], shape: itemShape(shape), path: itemPath });
    if (found !== null) return found;
  }
  for (const element of index.elements.values()) return doubt('field-removed', [...path, `[${labelOf(element)}]`]);
  return null;
}

/**
 * The key of an item that leaves key fields to the server: the only element that agrees in the fields it has, and that
 * does not own the others (as it would, had an earlier manifest set them).
 */
function keyWithDefaults(
  item: JsonValue,
  { index, owned }: { readonly index: KeyIndex; readonly owned: FieldSet },
): string | null {
  const matches = [...index.elements].filter(([, element]) =>
    Object.entries(keyObject(element) ?? {}).every(([name, value]) => {
      const own = fieldOf(item, name);
      return own === undefined ? valueAt(owned, element, `f:${name}`) === undefined : deepEqual(own, value);
    }),
  );
  const [first, second] = matches;
  return first !== undefined && second === undefined ? first[0] : null;
}

interface KeyIndex {
  /** Elements of the field set by the item's key. */
  readonly elements: Map<string, string>;
  /** An item's key, or null where a key field is missing without a known default. */
  keyOf(item: JsonValue): string | null;
}

function indexByKey(elements: readonly string[], shape: Shape): KeyIndex | null {
  const keys = elements.map((element) => (element.startsWith('k:') ? keyObject(element) : null));
  const names = Object.keys(keys[0] ?? {}).sort();
  const keyOf = (item: JsonValue): string | null => {
    const values = names.map((name) => fieldOf(item, name) ?? fieldOf(shape.keyDefaults, name));
    return values.includes(undefined) ? null : JSON.stringify(values.map(keyText));
  };
  const index = new Map<string, string>();
  for (const [position, key] of keys.entries()) {
    if (key === null || Object.keys(key).length !== names.length) return null;
    const text = keyOf(key);
    if (text === null) return null;
    index.set(text, elements[position] ?? '');
  }
  return { elements: index, keyOf };
}

function keyText(value: JsonValue | undefined): string {
  return `${typeof value === 'bigint' ? 'number' : typeof value}:${isObject(value) || isList(value) ? '' : String(value)}`;
}

function keyObject(element: string): JsonObject | null {
  try {
    const parsed = JSON.parse(element.slice(2)) as JsonValue;
    return isObject(parsed) ? parsed : null;
  } catch {
    return null; // not a form we know: the caller doubts
  }
}

function doubtInSet(place: Place, elements: readonly string[]): Doubt | null {
  const { desired, live, path } = place;
  if (!isList(desired) || !isList(live)) return doubt('form', path);
  const owned = elements.map(setValue);
  if (owned.includes(undefined)) return doubt('form', path);
  if (new Set(desired.map(keyText)).size !== desired.length) return doubt('form', path);
  let last = -1;
  for (const item of desired) {
    if (!owned.some((value) => deepEqual(value, item))) return doubt('field-added', path);
    const position = live.findIndex((value) => deepEqual(value, item));
    if (position < 0) return doubt('value', path);
    if (position < last) return doubt('order', path);
    last = position;
  }
  return owned.length > desired.length ? doubt('field-removed', path) : null;
}

function setValue(element: string): JsonValue | undefined {
  if (!element.startsWith('v:')) return undefined;
  try {
    return JSON.parse(element.slice(2)) as JsonValue;
  } catch {
    return undefined; // not a form we know: the caller doubts
  }
}

function labelOf(element: string): string {
  return Object.entries(keyObject(element) ?? {})
    .map(([name, value]) => `${name}=${isObject(value) || isList(value) ? '' : String(value)}`)
    .join(',');
}

function doubt(kind: Doubt['kind'], path: readonly string[]): Doubt {
  return { kind, path: path.join('.').replaceAll('.[', '[') };
}
