/** JSON from outside, taken apart without trust. */

export type Fields = Readonly<Record<string, unknown>>;

/** The object that `content` holds, or undefined for anything else: the caller names who sent it. */
export function parseObject(content: Buffer | string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(content.toString());
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text under `key`, if it is a text and not empty. */
export function textOf(fields: Fields, key: string): string | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The number under `key`, if it is finite. */
export function numberOf(fields: Fields, key: string): number | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The objects of the list under `key`; undefined where there is no list of objects. */
export function listOf(fields: Fields, key: string): readonly Fields[] | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return Array.isArray(value) && value.every(isFields) ? value : undefined;
}
