/** JSON merge patches, the way to change kinds that nobody has merge keys for. Source: https://www.rfc-editor.org/rfc/rfc7396 */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { deepEqual, isObject } from '../sync/json.ts';
import { objectOf, withoutNulls } from './json-shape.ts';

/** `original` with `patch` applied: objects merge, null removes, everything else replaces. */
export function applyJsonMerge(original: JsonObject, patch: JsonObject): JsonObject {
  const result = new Map(Object.entries(original));
  for (const [key, value] of Object.entries(patch)) {
    const current = result.get(key);
    if (value === null) result.delete(key);
    else if (isObject(current) && isObject(value)) result.set(key, applyJsonMerge(current, value));
    else result.set(key, withoutNulls(value));
  }
  return objectOf(result);
}

/** The patch that makes `modified` of `original`; empty where they are equal. A list that differs is given whole. */
export function diffJsonMerge(original: JsonObject, modified: JsonObject): JsonObject {
  const patch = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(modified)) {
    const before = Object.hasOwn(original, key) ? original[key] : undefined;
    if (isObject(before) && isObject(value)) {
      const inner = diffJsonMerge(before, value);
      if (Object.keys(inner).length > 0) patch.set(key, inner);
    } else if (!deepEqual(before, value)) {
      patch.set(key, value);
    }
  }
  for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) patch.set(key, null);
  return objectOf(patch);
}
