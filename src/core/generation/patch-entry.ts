/** One entry of a patch file: what changes of one generated object. */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { isObject } from '../sync/json.ts';
import { emitYaml } from './emit-yaml.ts';
import { applyJsonMerge, diffJsonMerge } from './json-merge.ts';
import { objectOf } from './json-shape.ts';
import { patchTypeOf } from './patch-types.ts';
import { diffStrategic } from './strategic-diff.ts';
import { applyStrategic } from './strategic-merge.ts';

/** The object's own words about itself. */
export interface Identified {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** `object` with the entry applied: by strategic merge where the kind is Kubernetes' own, else by JSON merge. Throws PATCH_INVALID. */
export function applyEntry(of: Identified, object: JsonObject, entry: JsonObject): JsonObject {
  const type = patchTypeOf(of.apiVersion, of.kind);
  return type === undefined ? applyJsonMerge(object, entry) : applyStrategic(object, entry, type);
}

/** The entry that makes `to` of `from`, as Flux wrote it; '' where there is nothing to change. Throws PATCH_INVALID. */
export function renderEntry(of: Identified, from: JsonObject, to: JsonObject): string {
  const type = patchTypeOf(of.apiVersion, of.kind);
  const patch = type === undefined ? diffJsonMerge(from, to) : diffStrategic(from, to, type);
  if (Object.keys(patch).length === 0) return '';
  return `---\n${emitYaml(withIdentity(of, patch))}`;
}

/** What the entry is found by; what the patch itself says about that goes first. */
function withIdentity({ apiVersion, kind, name, namespace }: Identified, patch: JsonObject): JsonObject {
  const named: JsonObject = namespace === undefined ? { name } : { name, namespace };
  const written: JsonValue | undefined = patch['metadata'];
  const metadata = isObject(written) ? objectOf([...Object.entries(named), ...Object.entries(written)]) : named;
  return objectOf([['apiVersion', apiVersion], ['kind', kind], ...Object.entries(patch), ['metadata', metadata]]);
}
