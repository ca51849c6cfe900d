/** Lists that merge item by item, and the order that they are left in. */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { fieldOf, isObject } from '../sync/json.ts';
import { itemKind, type JsonList, keyedItems, type ListPlace, ranksOf } from './merge-list.ts';
import { patchError } from './patch-error.ts';

export interface ListMerge {
  readonly before: JsonList;
  readonly changes: JsonList;
  readonly place: ListPlace;
  readonly mergeItem: (original: JsonObject, patch: JsonObject) => JsonObject;
}

/** `before` with `changes` merged in: known items are merged, new ones added, those of the patch in its order. */
export function mergeLists(given: ListMerge): JsonList {
  const { before, changes, place } = given;
  if (itemKind(place, before, changes) !== 'maps') {
    const all = [...before, ...changes];
    const rank = ranksOf(place, all);
    return interleave({ list: all.filter((item, index) => rank(item) === index), order: changes, before, place });
  }
  const { kept, patches } = obeyDirectives(keyedItems(place, before), changes, place);
  const merged: JsonObject[] = [...kept];
  const rank = ranksOf(place, [...kept, ...patches]);
  const indexes = new Map<number, number>(kept.map((_, index) => [index, index]));
  for (const patch of keyedItems(place, patches)) {
    const index = indexes.get(rank(patch)) ?? merged.length;
    indexes.set(rank(patch), index);
    const original = merged[index];
    merged[index] = original === undefined ? patch : given.mergeItem(original, patch);
  }
  return interleave({ list: merged, order: patches, before: kept, place });
}

export interface Ordered {
  readonly list: JsonList;
  /** The patch's own items. */
  readonly changes: JsonList;
  /** What `$setElementOrder` says. */
  readonly order: JsonList;
  readonly before: JsonList;
  readonly place: ListPlace;
}

/** `list` in the order asked for; items that the order does not name keep their places beside those it names. */
export function orderList({ list, changes, order, before, place }: Ordered): JsonList {
  if (place.mergeKey !== undefined) keyedItems(place, order);
  const named = changes.filter((item) => !isDirective(item)).map(ranksOf(place, order));
  const isInOrder = named.every((index, at) => index >= 0 && (at === 0 || index > (named[at - 1] ?? -1)));
  if (order.length > 0 && !isInOrder) throw patchError(place.path, 'is not in the order that $setElementOrder gives');
  return interleave({ list, order, before, place });
}

/**
 * The items that `order` names in its order, the others in the order of `before`: each of those comes as early as the
 * items it stood before allow.
 */
function interleave(given: Omit<Ordered, 'changes'>): JsonList {
  const { list, order, before, place } = given;
  const asked = ranksOf(place, order);
  const stood = ranksOf(place, before);
  const named = list.filter((item) => asked(item) >= 0).toSorted((a, b) => asked(a) - asked(b));
  const others = list.filter((item) => asked(item) < 0).toSorted((a, b) => stood(a) - stood(b));
  const result: JsonValue[] = [];
  for (let n = 0, o = 0; n < named.length || o < others.length; ) {
    const nextNamed = named[n];
    const nextOther = others[o];
    if (nextNamed === undefined || (nextOther !== undefined && isBefore(nextOther, nextNamed))) {
      if (nextOther !== undefined) result.push(nextOther);
      o++;
    } else {
      result.push(nextNamed);
      n++;
    }
  }
  return result;

  function isBefore(a: JsonValue, b: JsonValue): boolean {
    const [first, second] = [stood(a), stood(b)];
    return first >= 0 && second >= 0 && first < second;
  }
}

/** Carries out `$patch: delete` and `$patch: replace` among the items. */
function obeyDirectives(
  before: readonly JsonObject[],
  changes: JsonList,
  place: ListPlace,
): { readonly kept: readonly JsonObject[]; readonly patches: JsonList } {
  let kept = before;
  let replaces = false;
  for (const change of changes.filter(isDirective)) {
    const directive = fieldOf(change, '$patch');
    if (directive === 'replace') {
      replaces = true;
      continue;
    }
    if (directive !== 'delete') throw patchError([...place.path, '$patch'], 'is neither replace nor delete');
    const isGone = ranksOf(place, keyedItems(place, [change]));
    kept = kept.filter((item) => isGone(item) === -1);
  }
  const patches = changes.filter((change) => !isDirective(change));
  return replaces ? { kept: keyedItems(place, patches), patches: [] } : { kept, patches };
}

function isDirective(item: JsonValue): boolean {
  return isObject(item) && Object.hasOwn(item, '$patch');
}
