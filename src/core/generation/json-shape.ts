/** Building JSON values whose keys come from files. */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { isList, isObject } from '../sync/json.ts';

/** An object of these entries: `__proto__` is a key like any other. */
export function objectOf(entries: Iterable<readonly [string, JsonValue]>): JsonObject {
  return Object.fromEntries(entries);
}

/** `value` without the null fields of the objects in it; nulls in lists stay. */
export function withoutNulls(value: JsonValue): JsonValue {
  if (isList(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return objectOf(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([key, field]) => [key, withoutNulls(field)]),
  );
}
