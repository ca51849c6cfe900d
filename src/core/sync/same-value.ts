/** Whether the server, given a value that we own as a whole, would store what is there already. */
import type { JsonObject, JsonValue } from './desired-object.ts';
import { deepEqual, isList, isObject } from './json.ts';
import { canonicalQuantity } from './quantity.ts';
import { fieldShape, itemShape, type Shape } from './server-shape.ts';

/**
 * True only where applying `desired` surely stores `live`. Relies on `desired` being owned by us at this place:
 * had another removed or changed the value, the server would have taken the ownership away.
 */
export function sameValue(desired: JsonValue, live: JsonValue | undefined, shape: Shape): boolean {
  if (shape.exact === true) return deepEqual(desired, live) || (desired === null && live === undefined);
  if (shape.quantity === true) return sameQuantity(desired, live);
  if (desired === null) return live === null || live === undefined;
  if (isList(desired)) return sameList(desired, live, shape);
  if (isObject(desired)) return sameObject(desired, live, shape);
  return deepEqual(desired, live) || (live === undefined && isZero(desired));
}

/** The server leaves zero values out of what it stores, unless they are told apart from "not set": then they are there. */
function isZero(value: JsonValue): boolean {
  return value === '' || value === false || value === 0 || value === 0n;
}

function sameQuantity(desired: JsonValue, live: JsonValue | undefined): boolean {
  const canonical = canonicalQuantity(desired);
  return canonical !== undefined && canonical === live;
}

function sameList(desired: readonly JsonValue[], live: JsonValue | undefined, shape: Shape): boolean {
  if (desired.length === 0 && isNone(live)) return true;
  if (desired.length === 0 && shape.whenEmpty !== undefined) return deepEqual(shape.whenEmpty, live);
  if (!isList(live) || live.length !== desired.length) return false;
  return desired.every((item, index) => sameValue(item, live[index], itemShape(shape)));
}

function isNone(live: JsonValue | undefined): boolean {
  return live === undefined || live === null || (isList(live) && live.length === 0);
}

function sameObject(desired: JsonObject, live: JsonValue | undefined, shape: Shape): boolean {
  const keys = Object.keys(desired);
  if (live === undefined || live === null) return keys.length === 0;
  if (!isObject(live)) return false;
  if (keys.length === 0 && shape.open === true) return true;
  const filled = shape.filled?.(desired) ?? desired;
  const matches = (key: string, value: JsonValue | undefined) =>
    value !== undefined && sameValue(value, ownOf(live, key), fieldShape(shape, key));
  if (!keys.every((key) => matches(key, desired[key]) || matches(key, filled[key]))) return false;
  // Fields of `live` beside ours must be what the server fills in: anything else an apply would remove.
  return Object.keys(live).every((key) => Object.hasOwn(desired, key) || matches(key, ownOf(filled, key)));
}

function ownOf(value: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
