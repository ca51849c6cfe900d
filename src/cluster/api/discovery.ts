/** What a kind is called in URLs and whether it lives in namespaces, as the server says. */
import { TowpathError } from '../../base/errors.ts';
import type { JsonValue } from '../../core/sync/desired-object.ts';
import { isList, textAt, valueAt } from '../../core/sync/json.ts';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import type { ClusterErrorCode } from './cluster-error.ts';
import { type ApiResource, knownKind } from './known-kinds.ts';
import { serverMessage } from './server-error.ts';

export interface Discovery {
  /** Undefined: the server has no such kind. One or two requests in all for any number of kinds that are not built in. */
  find(apiVersion: string, kind: string, signal?: AbortSignal): Promise<ApiResource | undefined>;
}

/** Source: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery */
const AGGREGATED = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

type Resources = ReadonlyMap<string, ApiResource>;

export function createDiscovery(api: ApiClient): Discovery {
  let groups: Promise<Resources | 'not aggregated'> | undefined;
  const versions = new Map<string, Promise<Resources>>();
  const versionOf = (apiVersion: string, signal: AbortSignal | undefined) => {
    const loading = versions.get(apiVersion) ?? loadVersion(api, { apiVersion, signal });
    versions.set(apiVersion, loading);
    return loading;
  };
  return {
    async find(apiVersion, kind, signal) {
      const known = knownKind(apiVersion, kind);
      if (known !== undefined) return known;
      const key = keyOf(apiVersion, kind);
      if (!apiVersion.includes('/')) return (await versionOf(apiVersion, signal)).get(key);
      groups ??= loadGroups(api, signal);
      const found = await groups;
      return (found === 'not aggregated' ? await versionOf(apiVersion, signal) : found).get(key);
    },
  };
}

async function loadGroups(api: ApiClient, signal: AbortSignal | undefined): Promise<Resources | 'not aggregated'> {
  const answer = await api.send({ method: 'GET', path: '/apis', accept: AGGREGATED, signal });
  if (answer.status !== 200) throw discoveryError(answer);
  // Servers before 1.26 list the groups only.
  if (textAt(answer.body, 'kind') !== 'APIGroupDiscoveryList') return 'not aggregated';
  const resources = new Map<string, ApiResource>();
  for (const group of listAt(answer.body, 'items')) {
    for (const version of listAt(group, 'versions')) {
      const apiVersion = `${textAt(group, 'metadata', 'name')}/${textAt(version, 'version')}`;
      for (const item of listAt(version, 'resources')) {
        const kind = textAt(item, 'responseKind', 'kind');
        const resource = textAt(item, 'resource');
        if (kind === undefined || resource === undefined) continue;
        const namespaced = textAt(item, 'scope') === 'Namespaced';
        resources.set(keyOf(apiVersion, kind), { apiVersion, kind, resource, namespaced });
      }
    }
  }
  return resources;
}

/** The resources of one group version by `keyOf`; none where the server does not serve it. */
export async function loadVersion(
  api: ApiClient,
  { apiVersion, signal }: { readonly apiVersion: string; readonly signal: AbortSignal | undefined },
): Promise<Resources> {
  const answer = await api.send({ method: 'GET', path: versionPath(apiVersion), signal });
  if (answer.status === 404) return new Map();
  if (answer.status !== 200) throw discoveryError(answer);
  const resources = new Map<string, ApiResource>();
  for (const item of listAt(answer.body, 'resources')) {
    const kind = textAt(item, 'kind');
    const resource = textAt(item, 'name');
    // With a slash it is a subresource.
    if (kind === undefined || resource === undefined || resource.includes('/')) continue;
    resources.set(keyOf(apiVersion, kind), {
      apiVersion,
      kind,
      resource,
      namespaced: valueAt(item, 'namespaced') === true,
    });
  }
  return resources;
}

export function keyOf(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}

/** `/api/v1` or `/apis/apps/v1`. */
export function versionPath(apiVersion: string): string {
  const parts = apiVersion.split('/').map(encodeURIComponent);
  return `${parts.length === 1 ? '/api' : '/apis'}/${parts.join('/')}`;
}

function listAt(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = valueAt(value, key);
  return isList(list) ? list : [];
}

function discoveryError(answer: ApiAnswer): TowpathError<ClusterErrorCode> {
  const code = answer.status === 401 ? 'CLUSTER_UNAUTHORIZED' : 'CLUSTER_DISCOVERY_FAILED';
  return new TowpathError(code, `the API server does not say what it serves: ${serverMessage(answer)}`);
}
