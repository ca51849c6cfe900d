/**
 * Strategic-merge patches applied to objects, as the API server and Flux v1 apply them.
 * Source: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { fieldOf, isList, isObject, without } from '../sync/json.ts';
import { objectOf, withoutNulls } from './json-shape.ts';
import { itemKind, type JsonList, type ListPlace } from './merge-list.ts';
import { mergeLists, orderList } from './merge-lists.ts';
import { patchError } from './patch-error.ts';
import { fieldRule, type PatchField, type PatchType } from './patch-types.ts';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const ELEMENT_ORDER = '$setElementOrder/';
const DELETE_FROM_LIST = '$deleteFromPrimitiveList/';

/** `original` with `patch` applied. Throws PATCH_INVALID. */
export function applyStrategic(original: JsonObject, patch: JsonObject, type: PatchType): JsonObject {
  return mergeMaps({ original, patch, type, path: [] });
}

export interface MapMerge {
  readonly original: JsonObject;
  readonly patch: JsonObject;
  readonly type: PatchType | undefined;
  readonly path: readonly string[];
}

/** One object merged into another, directives carried out. */
function mergeMaps(given: MapMerge): JsonObject {
  const { original, patch, path } = given;
  if (Object.hasOwn(patch, DIRECTIVE)) return obeyDirective(patch, path);
  const result = new Map(Object.entries(retained(original, patch, path)));
  const rest = new Map(Object.entries(without(patch, RETAIN_KEYS)));
  for (const [key, order] of [...rest].filter(([name]) => name.startsWith(ELEMENT_ORDER))) {
    const field = key.slice(ELEMENT_ORDER.length);
    setOrdered({ result, rest, field, order, given });
    rest.delete(key);
  }
  for (const [key, value] of rest) mergeField({ result, key, value, given });
  return objectOf(result);
}

function obeyDirective(patch: JsonObject, path: readonly string[]): JsonObject {
  if (patch[DIRECTIVE] === 'replace') return without(patch, DIRECTIVE);
  if (patch[DIRECTIVE] === 'delete') return {};
  throw patchError([...path, DIRECTIVE], 'is neither replace nor delete');
}

/** Without the fields that `$retainKeys` leaves out. */
function retained(original: JsonObject, patch: JsonObject, path: readonly string[]): JsonObject {
  const keys = fieldOf(patch, RETAIN_KEYS);
  if (keys === undefined) return original;
  if (!isList(keys)) throw patchError([...path, RETAIN_KEYS], 'is no list');
  const unnamed = Object.entries(patch).find(
    ([key, value]) => value !== null && !key.startsWith('$') && !keys.includes(key),
  );
  if (unnamed !== undefined) throw patchError([...path, RETAIN_KEYS], 'does not name a field that the patch sets');
  return objectOf(Object.entries(original).filter(([key]) => keys.includes(key)));
}

interface Ordering {
  readonly result: Map<string, JsonValue>;
  /** The patch as far as it has not been applied. */
  readonly rest: Map<string, JsonValue>;
  readonly field: string;
  readonly order: JsonValue;
  readonly given: MapMerge;
}

/** Merges a list and puts it into the order that the patch asks for. */
function setOrdered({ result, rest, field, order, given }: Ordering): void {
  const { rule, place } = ruleFor(given, field);
  const original = result.get(field);
  const patch = rest.get(field);
  const isUsable = (value: JsonValue | undefined) => value === undefined || isList(value);
  if (!isList(order) || !isUsable(original) || !isUsable(patch)) throw patchError(place.path, 'is ordered and no list');
  const before = isList(original) ? original : [];
  const changes = isList(patch) ? patch : [];
  rest.delete(field);
  if (itemKind(place, before, changes) === undefined) return;
  const merged = isList(original)
    ? isList(patch)
      ? mergeListField({ before, changes, rule, place })
      : before
    : withoutDirectives(changes);
  if (isList(merged)) result.set(field, orderList({ list: merged, changes, order, before, place }));
}

interface FieldMerge {
  readonly result: Map<string, JsonValue>;
  readonly key: string;
  readonly value: JsonValue;
  readonly given: MapMerge;
}

function mergeField({ result, key, value, given }: FieldMerge): void {
  const deletes = key.startsWith(DELETE_FROM_LIST);
  const field = deletes ? key.slice(DELETE_FROM_LIST.length) : key;
  const current = result.get(field);
  if (deletes) {
    if (isList(current) && isList(value))
      result.set(
        field,
        current.filter((item) => !value.includes(item)),
      );
    return;
  }
  if (value === null) {
    result.delete(field);
    return;
  }
  const merged = mergeValue({ current, value, field, given });
  if (merged === undefined) result.delete(field);
  else result.set(field, merged);
}

function mergeValue(field: {
  readonly current: JsonValue | undefined;
  readonly value: JsonValue;
  readonly field: string;
  readonly given: MapMerge;
}): JsonValue | undefined {
  const { current, value, given } = field;
  const { rule, place } = ruleFor(given, field.field);
  if (isObject(current) && isObject(value)) {
    if (rule.strategy === 'replace') return value;
    return mergeMaps({ original: current, patch: value, type: rule.type, path: place.path });
  }
  if (isList(current) && isList(value)) return mergeListField({ before: current, changes: value, rule, place });
  return withoutDirectives(withoutNulls(value));
}

function mergeListField(given: {
  readonly before: JsonList;
  readonly changes: JsonList;
  readonly rule: PatchField;
  readonly place: ListPlace;
}): JsonList {
  const { rule, place } = given;
  if (rule.strategy !== 'merge') return given.changes;
  const mergeItem = (original: JsonObject, patch: JsonObject) =>
    mergeMaps({ original, patch, type: rule.type, path: place.path });
  return mergeLists({ ...given, mergeItem });
}

function ruleFor(given: MapMerge, field: string): { readonly rule: PatchField; readonly place: ListPlace } {
  const rule = fieldRule(given.type, field);
  return { rule, place: { path: [...given.path, field], mergeKey: rule.mergeKey } };
}

/** What there is to add of a value that meets no other; undefined for one that only says what to do. */
function withoutDirectives(value: JsonValue): JsonValue | undefined {
  if (isList(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, DIRECTIVE)) return undefined;
  const fields = Object.entries(value).map(([key, field]) => [key, withoutDirectives(field)] as const);
  return objectOf(fields.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}
