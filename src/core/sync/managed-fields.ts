/** Who owns which field of a live object, as the API server records it. */
import type { JsonObject, JsonValue } from './desired-object.ts';
import { isList, isObject, textAt, valueAt } from './json.ts';

/** One set of `metadata.managedFields`, a tree of `f:`, `k:`, `v:`, `i:` and `.` keys. */
export type FieldSet = JsonObject;

export interface ManagedEntry {
  readonly manager: string;
  readonly operation: string;
  readonly apiVersion: string;
  readonly subresource: string;
  readonly fields: FieldSet;
}

/** The entries of `live` in its order; entries that are not of the form we know are left out. */
export function managedEntries(live: JsonObject): readonly ManagedEntry[] {
  const list = valueAt(live, 'metadata', 'managedFields');
  if (!isList(list)) return [];
  return list.flatMap((entry) => {
    const fields = valueAt(entry, 'fieldsV1');
    if (!isObject(fields)) return [];
    return [
      {
        manager: textAt(entry, 'manager') ?? '',
        operation: textAt(entry, 'operation') ?? '',
        apiVersion: textAt(entry, 'apiVersion') ?? '',
        subresource: textAt(entry, 'subresource') ?? '',
        fields,
      },
    ];
  });
}

/** The entry of `manager`'s own applies, or undefined. */
export function applyEntry(live: JsonObject, manager: string): ManagedEntry | undefined {
  return managedEntries(live).find(
    (entry) => entry.manager === manager && entry.operation === 'Apply' && entry.subresource === '',
  );
}

/** True where the set holds the field reached by these map keys, itself or anything below it. */
export function ownsField(fields: FieldSet, ...path: readonly string[]): boolean {
  let current: JsonValue | undefined = fields;
  for (const key of path) current = valueAt(current, `f:${key}`);
  return current !== undefined;
}
