/** Small manifests for scenarios. */
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';

export interface Named {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: JsonObject;
  readonly annotations?: JsonObject;
}

export function configMap(metadata: Named, data: JsonObject = { key: 'value' }): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata }, data };
}

export function secret(metadata: Named, fields: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { ...metadata }, ...fields };
}

export function namespace(name: string, labels?: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(labels === undefined ? {} : { labels }) } };
}

export function deployment(metadata: Named, spec: JsonObject = {}, container: JsonObject = {}): JsonObject {
  const labels = { app: metadata.name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'app:1', ...container }] } },
      ...spec,
    },
  };
}

export interface DefinitionOptions {
  readonly group: string;
  readonly kind: string;
  readonly properties?: JsonObject;
  readonly versions?: readonly string[];
  /** Merged into each version. */
  readonly version?: JsonObject;
  /** Default: the kind in lower case with an `s`. */
  readonly plural?: string;
}

/** A definition whose kind has a `spec` with these properties, and no others. */
export function definition({
  group,
  kind,
  properties = {},
  versions = ['v1'],
  version = {},
  plural,
}: DefinitionOptions): JsonObject {
  const resource = plural ?? `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${resource}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural: resource },
      versions: versions.map(
        (name, index): JsonValue => ({ name, served: true, storage: index === 0, schema, ...version }),
      ),
    },
  };
}

export function custom(
  { group, kind, version = 'v1' }: { group: string; kind: string; version?: string },
  metadata: Named,
  spec: JsonObject = {},
): JsonObject {
  return { apiVersion: `${group}/${version}`, kind, metadata: { ...metadata }, spec };
}
