/** What applying an object again would do, asked of the server itself and compared without any code of the engine. */
import { knownKind } from '../../../src/cluster/api/known-kinds.ts';
import type { JsonObject } from '../../../src/core/sync/desired-object.ts';
import { textAt } from '../../../src/core/sync/json.ts';
import { stringifyJson } from '../../../src/core/sync/json-text.ts';
import { payloadOf } from '../../../src/core/sync/payload.ts';
import type { TestCluster } from '../../control-plane/fixtures.ts';

export type Judgement = 'same' | 'other owners' | 'other values' | 'refused' | 'not there';

/** The URL path of the object. */
export function pathOf(object: JsonObject): string {
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  const known = knownKind(apiVersion, textAt(object, 'kind') ?? '');
  const namespace = known?.namespaced === false ? undefined : textAt(object, 'metadata', 'namespace');
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const place = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${root}/${apiVersion}${place}/${known?.resource ?? 'gadgets'}/${textAt(object, 'metadata', 'name')}`;
}

export async function judge(cluster: Pick<TestCluster, 'request'>, object: JsonObject): Promise<Judgement> {
  const path = pathOf(object);
  const before = await cluster.request('GET', path);
  if (before.status === 404) return 'not there';
  const after = await applyByForce(cluster, object, '&dryRun=All');
  if (after.status >= 300) return 'refused';
  if (content(before.body) !== content(after.body)) return 'other values';
  return ownFields(before.body) === ownFields(after.body) ? 'same' : 'other owners';
}

export function applyByForce(cluster: Pick<TestCluster, 'request'>, object: JsonObject, query = '') {
  const payload = payloadOf(
    object,
    pathOf(object).includes('/namespaces/') ? textAt(object, 'metadata', 'namespace') : undefined,
  );
  const settings = 'fieldManager=towpath&force=true&fieldValidation=Strict';
  return cluster.request('PATCH', `${pathOf(object)}?${settings}${query}`, {
    contentType: 'application/apply-patch+yaml',
    body: stringifyJson(payload),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: an object as the server returned it
type Any = any;

function content(object: Any): string {
  const { status: _status, metadata, ...rest } = object;
  const { managedFields: _owners, resourceVersion: _version, generation: _generation, ...kept } = metadata;
  return canonical({ ...rest, metadata: kept });
}

function ownFields(object: Any): string {
  const entries: Any[] = object.metadata.managedFields ?? [];
  return canonical(entries.find((entry) => entry.manager === 'towpath' && entry.operation === 'Apply')?.fieldsV1);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, child: Any) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}
