/** What a CustomResourceDefinition says of the kinds that it brings. */
import { groupOf } from './built-in.ts';
import type { JsonObject } from './desired-object.ts';
import { isList, textAt, valueAt } from './json.ts';

export interface CustomKind {
  /** `example.com/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** The plural, as URLs have it. */
  readonly resource: string;
  readonly namespaced: boolean;
}

export function isCustomResourceDefinition(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  return groupOf(object.apiVersion) === 'apiextensions.k8s.io' && object.kind === 'CustomResourceDefinition';
}

/** One entry for each served version; none where the definition is not of the form that the server would take. */
export function customKindsOf(definition: JsonObject): readonly CustomKind[] {
  const group = textAt(definition, 'spec', 'group');
  const kind = textAt(definition, 'spec', 'names', 'kind');
  const resource = textAt(definition, 'spec', 'names', 'plural');
  const versions = valueAt(definition, 'spec', 'versions');
  if (group === undefined || kind === undefined || resource === undefined || !isList(versions)) return [];
  const namespaced = textAt(definition, 'spec', 'scope') === 'Namespaced';
  return versions.flatMap((version) => {
    const name = textAt(version, 'name');
    if (name === undefined || valueAt(version, 'served') !== true) return [];
    return [{ apiVersion: `${group}/${name}`, kind, resource, namespaced }];
  });
}

/** `pending`: not yet; `refused`: never, with the server's reason. */
export type DefinitionState =
  | { readonly kind: 'established' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ (conditions) */
export function definitionState(live: JsonObject): DefinitionState {
  const conditions = valueAt(live, 'status', 'conditions');
  if (!isList(conditions)) return { kind: 'pending' };
  const statusOf = (type: string) => conditions.find((condition) => textAt(condition, 'type') === type);
  const names = statusOf('NamesAccepted');
  if (textAt(names, 'status') === 'False') return { kind: 'refused', reason: textAt(names, 'message') ?? '' };
  return { kind: textAt(statusOf('Established'), 'status') === 'True' ? 'established' : 'pending' };
}
