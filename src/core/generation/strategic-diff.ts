/**
 * Strategic-merge patches from two versions of an object, as `kubectl` and Flux v1 computed them.
 * Source: https://github.com/kubernetes/apimachinery/blob/v0.21.3/pkg/util/strategicpatch/patch.go
 */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { deepEqual, isList, isObject } from '../sync/json.ts';
import { objectOf } from './json-shape.ts';
import { identityOf, itemKind, type JsonList, keyedItems, type ListPlace, ranksOf } from './merge-list.ts';
import { compareText } from './order.ts';
import { fieldRule, type PatchField, type PatchType } from './patch-types.ts';

/** The patch that makes `modified` of `original`; empty where there is nothing to change. Throws PATCH_INVALID. */
export function diffStrategic(original: JsonObject, modified: JsonObject, type: PatchType): JsonObject {
  return diffMaps({ original, modified, type, path: [], retainKeys: false });
}

interface MapDiff {
  readonly original: JsonObject;
  readonly modified: JsonObject;
  readonly type: PatchType | undefined;
  readonly path: readonly string[];
  readonly retainKeys: boolean;
}

function diffMaps(given: MapDiff): JsonObject {
  const { original, modified } = given;
  const patch = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(modified)) {
    if (!Object.hasOwn(original, key)) patch.set(key, value);
    else for (const [field, change] of diffField(given, key)) patch.set(field, change);
  }
  const gone = Object.keys(original).filter((key) => !Object.hasOwn(modified, key));
  for (const key of gone) patch.set(key, null);
  const kept = Object.keys(modified).filter((key) => modified[key] !== null);
  const cleared = gone.some((key) => original[key] !== null);
  if (given.retainKeys && kept.length > 0 && (patch.size > 0 || cleared)) {
    patch.set('$retainKeys', kept.toSorted(compareText));
  }
  return objectOf(patch);
}

/** The entries of the patch for a field that both versions have. */
function diffField(
  { original, modified, type, path }: MapDiff,
  key: string,
): readonly (readonly [string, JsonValue])[] {
  const before = original[key] ?? null;
  const after = modified[key] ?? null;
  const rule = fieldRule(type, key);
  if (isObject(before) && isObject(after)) {
    // Such a field is repeated in every patch, changed or not: that is how the library wrote them.
    if (rule.strategy === 'replace') return [[key, after]];
    const inner = diffMaps({
      original: before,
      modified: after,
      type: rule.type,
      path: [...path, key],
      retainKeys: rule.retainKeys === true,
    });
    return Object.keys(inner).length > 0 ? [[key, inner]] : [];
  }
  if (!isList(before) || !isList(after) || rule.strategy !== 'merge') {
    return deepEqual(before, after) ? [] : [[key, after]];
  }
  const lists = diffLists({ before, after, rule, place: { path: [...path, key], mergeKey: rule.mergeKey } });
  const entries: readonly (readonly [string, JsonList])[] = [
    [key, lists.patch],
    [`$deleteFromPrimitiveList/${key}`, lists.deleted],
    [`$setElementOrder/${key}`, lists.order],
  ];
  return entries.filter(([, list]) => list.length > 0);
}

interface ListDiff {
  readonly before: JsonList;
  readonly after: JsonList;
  readonly rule: PatchField;
  readonly place: ListPlace;
}

interface ListPatch {
  readonly patch: JsonList;
  /** Texts and numbers to take out. */
  readonly deleted: JsonList;
  /** The order that the list is to have. */
  readonly order: JsonList;
}

function diffLists(given: ListDiff): ListPatch {
  const { before, after, place } = given;
  if (before.length === 0) return { patch: after, deleted: [], order: [] };
  if (itemKind(place, before, after) === 'scalars') return diffScalarLists(before, after, place);
  return deepEqual(before, after) ? { patch: [], deleted: [], order: [] } : diffKeyedLists(given);
}

function diffScalarLists(before: JsonList, after: JsonList, place: ListPlace): ListPatch {
  const [ranksBefore, ranksAfter] = [ranksOf(place, before), ranksOf(place, after)];
  const added = after.filter((item) => ranksBefore(item) === -1);
  const deleted = before.filter((item) => ranksAfter(item) === -1);
  // The library compares with what it has sorted before: an order of its own is repeated, changed or not.
  const inOrder = deepEqual(before.toSorted(byText), after);
  return { patch: added, deleted: [...new Set(deleted)].toSorted(byText), order: inOrder ? [] : after };
}

function diffKeyedLists({ before, after, rule, place }: ListDiff): ListPatch {
  const mergeKey = place.mergeKey ?? '';
  const originals = inKeyOrder(place, before);
  const modifieds = inKeyOrder(place, after);
  const changed: JsonObject[] = [];
  const deleted: JsonObject[] = [];
  for (let o = 0, m = 0; o < originals.length || m < modifieds.length; ) {
    const original = originals[o];
    const modified = modifieds[m];
    const order = orderOf(place, original, modified);
    if (order < 0)
      deleted.push(
        objectOf([
          ['$patch', 'delete'],
          [mergeKey, keyOf(place, original)],
        ]),
      );
    if (order > 0 && modified !== undefined) changed.push(modified);
    if (order === 0 && original !== undefined && modified !== undefined) {
      const { type, retainKeys } = rule;
      const patch = diffMaps({ original, modified, type, path: place.path, retainKeys: retainKeys === true });
      if (Object.keys(patch).length > 0) changed.push({ ...patch, [mergeKey]: keyOf(place, modified) });
    }
    if (order <= 0) o++;
    if (order >= 0) m++;
  }
  const rank = ranksOf(place, after);
  const patch = changed.toSorted((a, b) => rank(a) - rank(b));
  const moved = before.length !== after.length || before.some((item, index) => !sameKey(place, item, after[index]));
  const touched = patch.length > 0 || deleted.length > 0 || moved;
  const order = touched ? after.map((item) => objectOf([[mergeKey, keyOf(place, item)]])) : [];
  return { patch: [...patch, ...deleted], deleted: [], order };
}

/** By the text of the merge key; those with the same key in reverse, as the library's sort leaves them. */
function inKeyOrder(place: ListPlace, list: JsonList): readonly JsonObject[] {
  const items = keyedItems(place, list).toReversed();
  return items.toSorted((a, b) => byText(keyOf(place, a), keyOf(place, b)));
}

/** Negative: `original` is gone. Positive: `modified` is new. 0: they are the same item. */
function orderOf(place: ListPlace, original: JsonObject | undefined, modified: JsonObject | undefined): number {
  if (original === undefined) return 1;
  if (modified === undefined) return -1;
  return byText(keyOf(place, original), keyOf(place, modified));
}

function keyOf(place: ListPlace, item: JsonValue | undefined): JsonValue {
  return (item === undefined ? undefined : identityOf(place, item)) ?? null;
}

function sameKey(place: ListPlace, a: JsonValue, b: JsonValue | undefined): boolean {
  return deepEqual(keyOf(place, a), keyOf(place, b));
}

function byText(a: JsonValue, b: JsonValue): number {
  return compareText(String(a), String(b));
}
