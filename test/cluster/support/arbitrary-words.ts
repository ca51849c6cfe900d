/** The small parts of random manifests. */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';

export type Body = fc.Arbitrary<{ readonly [key: string]: JsonValue }>;

/** Sometimes there; sometimes there without a value, as templates leave it. */
export const maybe = <T extends JsonValue>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
export const some = <T extends JsonValue>(value: fc.Arbitrary<T>, maxLength = 3) => fc.array(value, { maxLength });

/** A record whose undefined fields are left out. */
export function body(fields: Record<string, fc.Arbitrary<JsonValue | undefined>>): Body {
  return fc
    .record(fields)
    .map((value) =>
      Object.fromEntries(Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)),
    );
}

export const word = fc.constantFrom('api', 'web', 'worker', 'db', 'cache', 'queue', 'a1', 'b2');
export const text = fc.oneof(
  word,
  fc.constantFrom('', ' spaced ', 'true', '1', 'ü€😀', 'line\nbreak', '\u2028\u0085', '{"json": [1]}', 'a: b', '<<'),
);
const labelValue = fc.oneof(word, fc.constantFrom('', 'v1.2.3', '1'));
export const labels = fc.dictionary(fc.constantFrom('app', 'tier', 'example.com/team', 'version'), labelValue, {
  maxKeys: 3,
});
export const annotations = fc.dictionary(fc.constantFrom('note', 'example.com/Owner', 'fluxcd.io/automated'), text, {
  maxKeys: 2,
});
export const selector = fc.constant({ app: 'x' });
export const templateLabels = labels.map((value) => ({ ...value, app: 'x' }));
export const cpu = fc.constantFrom<JsonValue>('100m', '1000m', '0.5', '1', 1, 2, '1.5', '250m', '2000m', 0.1);
export const memory = fc.constantFrom<JsonValue>(
  '128Mi',
  '1024Mi',
  '1Gi',
  '0.5Gi',
  '1e9',
  '1000000',
  134217728,
  '128974848000m',
  '1500k',
  '100M',
);
export const port = fc.integer({ min: 1, max: 65535 });
export const protocol = maybe(fc.constantFrom('TCP', 'UDP'));
export const mode = maybe(fc.constantFrom<JsonValue>(420, 256));

export function uniqueBy(items: fc.Arbitrary<JsonObject>, ...keys: string[]): fc.Arbitrary<JsonObject[]> {
  return fc.uniqueArray(items, { maxLength: 3, selector: (item) => JSON.stringify(keys.map((key) => item[key])) });
}
