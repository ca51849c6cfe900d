/** The parts of lists that merge by a key. */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { fieldOf, isList, isObject } from '../sync/json.ts';
import { patchError } from './patch-error.ts';

export type JsonList = readonly JsonValue[];

/** Where an item of a list that merges is, and by which field its items are told apart. */
export interface ListPlace {
  readonly path: readonly string[];
  readonly mergeKey: string | undefined;
}

/** `maps`, `scalars`, or undefined for no item at all. Throws PATCH_INVALID where they are mixed, or lists themselves. */
export function itemKind(place: ListPlace, ...lists: readonly JsonList[]): 'maps' | 'scalars' | undefined {
  const items = lists.flat();
  if (items.length === 0) return undefined;
  if (items.some(isList)) throw patchError(place.path, 'holds a list within a list that merges');
  const maps = items.filter(isObject).length;
  if (maps !== 0 && maps !== items.length) throw patchError(place.path, 'holds items of different types');
  return maps === 0 ? 'scalars' : 'maps';
}

/** The items as objects that all have the merge key. Throws PATCH_INVALID where one has not. */
export function keyedItems(place: ListPlace, list: JsonList): readonly JsonObject[] {
  const { mergeKey } = place;
  if (mergeKey === undefined) throw patchError(place.path, 'holds objects where texts merge');
  return list.map((item) => {
    if (!isObject(item) || fieldOf(item, mergeKey) === undefined) {
      throw patchError(place.path, `has an item without ${mergeKey}, by which the items are told apart`);
    }
    return item;
  });
}

/** What an item is known by: its merge key's value, or itself. */
export function identityOf(place: ListPlace, item: JsonValue): JsonValue | undefined {
  return place.mergeKey === undefined ? item : fieldOf(item, place.mergeKey);
}

/** Where each item first stands in a list, to be looked up by any item that is known by the same. */
export function ranksOf(place: ListPlace, list: JsonList): (item: JsonValue) => number {
  const ranks = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const key = keyText(place, item);
    if (!ranks.has(key)) ranks.set(key, index);
  }
  return (item) => ranks.get(keyText(place, item)) ?? -1;
}

/** Texts and numbers that look alike are different; an integer is the same as number and as bigint. */
function keyText(place: ListPlace, item: JsonValue): string {
  const identity = identityOf(place, item);
  if (typeof identity === 'string') return `"${identity}`;
  return identity === undefined ? '' : emitKey(identity);
}

function emitKey(value: JsonValue): string {
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
    : String(value);
}
