/** What a kind is called in URLs and whether it lives in namespaces, as the server says. */
import { TowpathError } from '../../base/errors.ts';
import type { JsonValue } from '../../core/sync/desired-object.ts';
import { isList, textAt, valueAt } from '../../core/sync/json.ts';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import { type ClusterErrorCode, unauthorized } from './cluster-error.ts';
import { type ApiResource, knownKind } from './known-kinds.ts';
import { serverMessage } from './server-error.ts';

/** `unavailable`: whether there is such a kind cannot be told now. */
export type Lookup =
  | { readonly kind: 'found'; readonly resource: ApiResource }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface Discovery {
  /** One or two requests in all for any number of kinds that are not built in. Throws CLUSTER_UNAUTHORIZED and what the transport throws. */
  find(apiVersion: string, kind: string, signal?: AbortSignal): Promise<Lookup>;
}

const DISCOVERY_FAILED: ClusterErrorCode = 'CLUSTER_DISCOVERY_FAILED';

/** Source: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery */
const AGGREGATED = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',');

/** What a group version serves: resources by `keyOf`. */
type Resources = ReadonlyMap<string, ApiResource>;

interface Groups {
  /** False for servers before 1.26, which list the groups only. */
  readonly aggregated: boolean;
  readonly resources: Resources;
  /** Group versions whose own server does not answer. */
  readonly stale: ReadonlySet<string>;
}

export function createDiscovery(api: ApiClient): Discovery {
  let groups: Promise<Groups> | undefined;
  const versions = new Map<string, Promise<Resources>>();
  const inVersion = async (apiVersion: string, key: string, signal: AbortSignal | undefined): Promise<Lookup> => {
    const loading = versions.get(apiVersion) ?? loadVersion(api, { apiVersion, signal });
    versions.set(apiVersion, loading);
    return toLookup((await loading).get(key));
  };
  return {
    async find(apiVersion, kind, signal) {
      const known = knownKind(apiVersion, kind);
      if (known !== undefined) return { kind: 'found', resource: known };
      const key = keyOf(apiVersion, kind);
      try {
        if (!apiVersion.includes('/')) return await inVersion(apiVersion, key, signal);
        groups ??= loadGroups(api, signal);
        const { aggregated, resources, stale } = await groups;
        if (!aggregated) return await inVersion(apiVersion, key, signal);
        const isStale = !resources.has(key) && stale.has(apiVersion);
        return isStale
          ? { kind: 'unavailable', reason: `the server of ${apiVersion} does not answer` }
          : toLookup(resources.get(key));
      } catch (error) {
        if (!(error instanceof TowpathError) || error.code !== DISCOVERY_FAILED) throw error;
        return { kind: 'unavailable', reason: error.message };
      }
    },
  };
}

function toLookup(resource: ApiResource | undefined): Lookup {
  return resource === undefined ? { kind: 'unknown' } : { kind: 'found', resource };
}

async function loadGroups(api: ApiClient, signal: AbortSignal | undefined): Promise<Groups> {
  const answer = await api.send({ method: 'GET', path: '/apis', accept: AGGREGATED, signal });
  if (answer.status !== 200) throw discoveryError(answer);
  const aggregated = textAt(answer.body, 'kind') === 'APIGroupDiscoveryList';
  const resources = new Map<string, ApiResource>();
  const stale = new Set<string>();
  for (const group of aggregated ? listAt(answer.body, 'items') : []) {
    for (const version of listAt(group, 'versions')) {
      const apiVersion = `${textAt(group, 'metadata', 'name')}/${textAt(version, 'version')}`;
      if (textAt(version, 'freshness') === 'Stale') stale.add(apiVersion);
      for (const item of listAt(version, 'resources')) {
        const kind = textAt(item, 'responseKind', 'kind');
        const resource = textAt(item, 'resource');
        if (kind === undefined || resource === undefined) continue;
        const namespaced = textAt(item, 'scope') === 'Namespaced';
        resources.set(keyOf(apiVersion, kind), { apiVersion, kind, resource, namespaced });
      }
    }
  }
  return { aggregated, resources, stale };
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
  if (answer.status === 401) return unauthorized(answer);
  return new TowpathError(DISCOVERY_FAILED, `the API server does not say what it serves: ${serverMessage(answer)}`);
}
