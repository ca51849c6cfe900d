/** Where two versions of an object differ in nothing but texts. */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { deepEqual, fieldOf, isList, isObject } from '../sync/json.ts';

/** A field of an object, or an item of a list with its place in it. */
export type Step = { readonly field: string } | { readonly index: number; readonly item: JsonValue };

export interface ChangedText {
  readonly path: readonly Step[];
  readonly value: string;
}

/** Each text that is another one in `after`; undefined where something else differs too. */
export function changedTexts(before: JsonObject, after: JsonObject): readonly ChangedText[] | undefined {
  const found: ChangedText[] = [];
  return collect({ before, after, path: [] }, found) ? found : undefined;
}

interface Pair {
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly path: readonly Step[];
}

function collect({ before, after, path }: Pair, found: ChangedText[]): boolean {
  if (deepEqual(before, after)) return true;
  if (isObject(before) && isObject(after)) {
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return fields.every((field) =>
      collect({ before: fieldOf(before, field), after: fieldOf(after, field), path: [...path, { field }] }, found),
    );
  }
  if (isList(before) && isList(after)) {
    if (before.length !== after.length) return false;
    return after.every((item, index) =>
      collect({ before: before[index], after: item, path: [...path, { index, item }] }, found),
    );
  }
  if (typeof after !== 'string' || before === undefined) return false;
  found.push({ path, value: after });
  return true;
}
