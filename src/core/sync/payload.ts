/** From a manifest to the body of an apply request: what only the server may say is taken out, nothing else is touched. */
import { isBuiltIn } from './built-in.ts';
import type { JsonObject, JsonValue } from './desired-object.ts';
import { fieldOf, isList, isObject, without } from './json.ts';

/** Set by the server; a manifest has them only because it was exported from a cluster. */
const SERVER_METADATA = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];
/** kubectl's copy of an older manifest; for a Secret it holds the values in plain text. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The apply body of `object` in `namespace` (undefined: the kind is cluster-scoped, so a namespace is dropped).
 * `Secret.stringData` becomes base64 `data`: the server would move it there without giving us ownership of
 * the values, so that a foreign change of them could not be seen.
 */
export function payloadOf(object: JsonObject, namespace: string | undefined): JsonObject {
  const body = { ...without(object, 'status'), metadata: metadataOf(object, namespace) };
  const apiVersion = typeof object['apiVersion'] === 'string' ? object['apiVersion'] : '';
  if (!isBuiltIn(apiVersion)) return body;
  const cleaned = dropNullTimestamps(body) as JsonObject;
  if (apiVersion === 'v1' && object['kind'] === 'Secret') return withPlainData(cleaned);
  if (apiVersion === 'v1' && object['kind'] === 'ConfigMap') return withCompactBase64(cleaned, 'binaryData');
  if (object['kind'] === 'ClusterRole') return withoutAggregatedRules(cleaned);
  return cleaned;
}

function metadataOf(object: JsonObject, namespace: string | undefined): JsonValue {
  const metadata = fieldOf(object, 'metadata');
  if (!isObject(metadata)) return metadata ?? {};
  const kept = without(metadata, 'namespace', ...SERVER_METADATA);
  const annotations = fieldOf(kept, 'annotations');
  const cleaned =
    isObject(annotations) && Object.hasOwn(annotations, LAST_APPLIED)
      ? { ...kept, annotations: without(annotations, LAST_APPLIED) }
      : kept;
  return namespace === undefined ? cleaned : { ...cleaned, namespace };
}

/** `creationTimestamp: null`, as kubectl's generators print it into every template. */
function dropNullTimestamps(value: JsonValue, key?: string): JsonValue {
  if (isList(value)) return value.map((item) => dropNullTimestamps(item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value)
    .filter(([name, child]) => !(key === 'metadata' && name === 'creationTimestamp' && child === null))
    .map(([name, child]): [string, JsonValue] => [name, dropNullTimestamps(child, name)]);
  return Object.fromEntries(entries);
}

function withPlainData(secret: JsonObject): JsonObject {
  const compact = withCompactBase64(secret, 'data');
  const stringData = fieldOf(compact, 'stringData');
  if (!isObject(stringData)) return compact;
  const entries = Object.entries(stringData);
  // A value that is no string is the server's to refuse, in its own words.
  const refused = entries.filter(([, value]) => typeof value !== 'string');
  const encoded = entries
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([key, value]): [string, JsonValue] => [key, toBase64(value)]);
  const data = fieldOf(compact, 'data');
  const merged = { ...(isObject(data) ? data : {}), ...Object.fromEntries(encoded) };
  return {
    ...without(compact, 'data', 'stringData'),
    ...(Object.keys(merged).length > 0 || data !== undefined ? { data: merged } : {}),
    ...(refused.length > 0 ? { stringData: Object.fromEntries(refused) } : {}),
  };
}

/** Base64 may be folded over lines in a manifest; the server stores it on one. */
function withCompactBase64(object: JsonObject, field: string): JsonObject {
  const data = fieldOf(object, field);
  if (!isObject(data)) return object;
  const compact = Object.entries(data).map(([key, value]): [string, JsonValue] => [
    key,
    typeof value === 'string' ? value.replace(/[\r\n]+/g, '') : value,
  ]);
  return { ...object, [field]: Object.fromEntries(compact) };
}

/** The rules of an aggregated ClusterRole are its controller's; an empty list in the manifest is a placeholder. */
function withoutAggregatedRules(role: JsonObject): JsonObject {
  const rules = fieldOf(role, 'rules');
  const isPlaceholder = rules === null || (isList(rules) && rules.length === 0);
  return isObject(fieldOf(role, 'aggregationRule')) && isPlaceholder ? without(role, 'rules') : role;
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
