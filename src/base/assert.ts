/** Guards for what the types already promise. */

/** Makes a missing case of a union a compile error; throws if it is reached all the same. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}

/** `value`, or an error naming `what` where it is null or undefined: for facts the types cannot show. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`missing ${what}`);
  return value;
}
