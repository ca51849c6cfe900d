/** An object of this run with its place on the server. */
import type { DesiredObject, JsonObject } from '../../core/sync/desired-object.ts';
import { versionPath } from '../api/discovery.ts';
import type { ApiResource } from '../api/known-kinds.ts';

export interface Target {
  readonly desired: DesiredObject;
  readonly resource: ApiResource;
  /** Undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly subject: string;
  /** The body of its apply patch. */
  readonly payload: JsonObject;
}

/** The object's own URL path. */
export function objectPath(target: Target): string {
  return `${collectionPath(target)}/${encodeURIComponent(target.name)}`;
}

/** The URL path of all objects of its kind in its namespace. */
export function collectionPath({ resource, namespace }: Pick<Target, 'resource' | 'namespace'>): string {
  const place = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${versionPath(resource.apiVersion)}${place}/${encodeURIComponent(resource.resource)}`;
}
