/** What an apply changed, told from the object before and after. */
import type { JsonObject } from './desired-object.ts';
import { deepEqual, isObject, valueAt, without } from './json.ts';
import { applyEntry } from './managed-fields.ts';

/** `ownership`: every value stays, but the server records other owners. */
export type Difference = 'none' | 'ownership' | 'content';

/**
 * Compares two answers of the server for one object. Status and what the server counts by itself (resourceVersion,
 * generation, times of ownership) do not matter: other clients change them between two requests.
 */
export function differenceBetween(before: JsonObject, after: JsonObject, manager: string): Difference {
  if (!deepEqual(contentOf(before), contentOf(after))) return 'content';
  const [ours, theirs] = [applyEntry(before, manager), applyEntry(after, manager)];
  if (ours === undefined || theirs === undefined) return ours === theirs ? 'none' : 'ownership';
  return ours.apiVersion === theirs.apiVersion && deepEqual(ours.fields, theirs.fields) ? 'none' : 'ownership';
}

function contentOf(object: JsonObject): JsonObject {
  const metadata = valueAt(object, 'metadata');
  return {
    ...without(object, 'status'),
    metadata: isObject(metadata) ? without(metadata, 'generation', 'managedFields', 'resourceVersion') : {},
  };
}
