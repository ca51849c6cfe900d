import { describe, expect, it } from 'vitest';
import { applyEntry } from '../../../src/core/generation/patch-entry.ts';
import { patchTypeOf } from '../../../src/core/generation/patch-types.ts';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { valueAt } from '../../../src/core/sync/json.ts';

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api', namespace: 'prod' };

function deployment(podSpec: JsonObject, spec: JsonObject = {}): JsonObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', spec: { ...spec, template: { spec: podSpec } } };
}

/** What becomes of a pod's spec. */
function patched(original: JsonObject, patch: JsonObject): JsonValue | undefined {
  return valueAt(applyEntry(DEPLOYMENT, deployment(original), deployment(patch)), 'spec', 'template', 'spec');
}

describe('a strategic-merge patch', () => {
  it.each<{ name: string; original: JsonObject; patch: JsonObject; result: JsonObject }>([
    {
      name: 'merges containers by name and leaves the others where they are',
      original: {
        containers: [
          { name: 'a', image: 'a:1' },
          { name: 'b', image: 'b:1', args: ['x'] },
        ],
      },
      patch: { containers: [{ name: 'b', image: 'b:2' }] },
      result: {
        containers: [
          { name: 'a', image: 'a:1' },
          { name: 'b', image: 'b:2', args: ['x'] },
        ],
      },
    },
    {
      name: 'adds a container in front, as kubectl does',
      original: { containers: [{ name: 'a' }] },
      patch: { containers: [{ name: 'b' }] },
      result: { containers: [{ name: 'b' }, { name: 'a' }] },
    },
    {
      name: 'orders containers as it says',
      original: { containers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
      patch: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }] },
      result: { containers: [{ name: 'b' }, { name: 'c' }, { name: 'a' }] },
    },
    {
      name: 'deletes a container',
      original: { containers: [{ name: 'a' }, { name: 'b' }] },
      patch: { containers: [{ name: 'a', $patch: 'delete' }] },
      result: { containers: [{ name: 'b' }] },
    },
    {
      name: 'replaces all containers',
      original: { containers: [{ name: 'a' }, { name: 'b' }] },
      patch: { containers: [{ $patch: 'replace' }, { name: 'c' }] },
      result: { containers: [{ name: 'c' }] },
    },
    {
      name: 'replaces a mapping',
      original: { nodeSelector: { a: '1', b: '2' } },
      patch: { nodeSelector: { $patch: 'replace', c: '3' } },
      result: { nodeSelector: { c: '3' } },
    },
    {
      name: 'empties a mapping',
      original: { nodeSelector: { a: '1' } },
      patch: { nodeSelector: { $patch: 'delete' } },
      result: { nodeSelector: {} },
    },
    {
      name: 'removes what is null',
      original: { nodeSelector: { a: '1', b: '2' }, hostNetwork: true },
      patch: { nodeSelector: { a: null, c: null }, hostNetwork: null },
      result: { nodeSelector: { b: '2' } },
    },
    {
      name: 'retains the keys of a volume that it names',
      original: { volumes: [{ name: 'v', emptyDir: {} }] },
      patch: { volumes: [{ $retainKeys: ['name', 'secret'], name: 'v', secret: { secretName: 's' } }] },
      result: { volumes: [{ name: 'v', secret: { secretName: 's' } }] },
    },
    {
      name: 'gives lists without a key whole',
      original: { tolerations: [{ key: 'a' }], containers: [{ name: 'a', args: ['1', '2'] }] },
      patch: { tolerations: [{ key: 'b' }], containers: [{ name: 'a', args: ['3'] }] },
      result: { tolerations: [{ key: 'b' }], containers: [{ name: 'a', args: ['3'] }] },
    },
    {
      name: 'tells the number 80 from the text 80',
      original: { containers: [{ name: 'a', ports: [{ containerPort: 80, name: 'x' }] }] },
      patch: { containers: [{ name: 'a', ports: [{ containerPort: '80', name: 'y' }] }] },
      result: {
        containers: [
          {
            name: 'a',
            ports: [
              { containerPort: '80', name: 'y' },
              { containerPort: 80, name: 'x' },
            ],
          },
        ],
      },
    },
    {
      name: 'brings no directives where there was nothing',
      original: {},
      patch: {
        '$setElementOrder/containers': [{ name: 'b' }],
        containers: [{ name: 'a', $patch: 'delete' }, { name: 'b' }],
      },
      result: { containers: [{ name: 'b' }] },
    },
    {
      name: 'brings no nulls where there was nothing',
      original: {},
      patch: { securityContext: { runAsUser: 1, runAsGroup: null } },
      result: { securityContext: { runAsUser: 1 } },
    },
  ])('$name', ({ original, patch, result }) => {
    expect(patched(original, patch)).toEqual(result);
  });

  it('takes texts out of a list and adds others', () => {
    const object = { metadata: { finalizers: ['a', 'b', 'c'] } };
    const patch = {
      metadata: {
        '$deleteFromPrimitiveList/finalizers': ['b'],
        finalizers: ['d'],
        '$setElementOrder/finalizers': ['d', 'a', 'c'],
      },
    };
    expect(applyEntry(DEPLOYMENT, object, patch)).toEqual({ metadata: { finalizers: ['d', 'a', 'c'] } });
  });

  it('retains the keys of a strategy', () => {
    const object = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    const patch = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } };
    expect(applyEntry(DEPLOYMENT, object, patch)).toEqual({ spec: { strategy: { type: 'Recreate' } } });
  });

  it.each<{ name: string; original?: JsonObject; patch: JsonObject; message: string }>([
    {
      name: 'an item without its key',
      original: { containers: [{ name: 'a' }] },
      patch: { containers: [{ image: 'a:1' }] },
      message: 'spec.template.spec.containers has an item without name, by which the items are told apart',
    },
    {
      name: 'items of different types',
      original: { containers: [{ name: 'a' }] },
      patch: { containers: ['a'] },
      message: 'spec.template.spec.containers holds items of different types',
    },
    {
      name: 'lists in a list',
      original: { containers: [{ name: 'a' }] },
      patch: { containers: [[]] },
      message: 'spec.template.spec.containers holds a list within a list that merges',
    },
    {
      name: 'an unknown directive',
      patch: { nodeSelector: { $patch: 'erase' } },
      original: { nodeSelector: {} },
      message: 'spec.template.spec.nodeSelector.$patch is neither replace nor delete',
    },
    {
      name: 'an unknown directive of an item',
      original: { containers: [{ name: 'a' }] },
      patch: { containers: [{ name: 'a', $patch: 'merge' }] },
      message: 'spec.template.spec.containers.$patch is neither replace nor delete',
    },
    {
      name: 'an order that contradicts it',
      original: { containers: [{ name: 'a' }, { name: 'b' }] },
      patch: {
        '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }],
        containers: [{ name: 'b' }, { name: 'a' }],
      },
      message: 'spec.template.spec.containers is not in the order that $setElementOrder gives',
    },
    {
      name: 'keys to retain that leave out its own',
      original: { volumes: [{ name: 'v' }] },
      patch: { volumes: [{ name: 'v', $retainKeys: ['name'], secret: {} }] },
      message: 'spec.template.spec.volumes.$retainKeys does not name a field that the patch sets',
    },
  ])('is refused with $name', ({ original = {}, patch, message }) => {
    expect(() => patched(original, patch)).toThrow(message);
  });

  it('does not change what it is applied to', () => {
    const original = Object.freeze({ containers: Object.freeze([Object.freeze({ name: 'a', image: 'a:1' })]) });
    patched(original, { containers: [{ name: 'a', image: 'a:2' }] });
    expect(original).toEqual({ containers: [{ name: 'a', image: 'a:1' }] });
  });

  it('treats __proto__ as a key like any other', () => {
    const evil = JSON.parse('{"__proto__": {"polluted": true}}') as JsonObject;
    const result = patched({ nodeSelector: { a: '1' } }, { nodeSelector: evil });
    expect(Object.hasOwn({} as { polluted?: boolean }, 'polluted')).toBe(false);
    expect(JSON.stringify(result)).toContain('__proto__');
  });

  it('merges ten thousand items', () => {
    const env = Array.from({ length: 10_000 }, (_, index) => ({ name: `V${index}`, value: 'x' }));
    const changes = env.map(({ name }) => ({ name, value: 'y' })).reverse();
    const result = patched({ containers: [{ name: 'a', env }] }, { containers: [{ name: 'a', env: changes }] });
    expect(JSON.stringify(result)).not.toContain('"x"');
  });
});

describe('a JSON merge patch', () => {
  const RELEASE = { apiVersion: 'helm.fluxcd.io/v1', kind: 'HelmRelease', name: 'shop', namespace: 'prod' };

  it('is what custom resources take', () => {
    const object = { spec: { values: { containers: [{ name: 'a' }], image: { repository: 'x', tag: '1' }, gone: 1 } } };
    const patch = {
      spec: { values: { containers: [{ name: 'b' }], image: { tag: '2' }, gone: null, new: { a: null, b: 1 } } },
    };
    expect(applyEntry(RELEASE, object, patch)).toEqual({
      spec: { values: { containers: [{ name: 'b' }], image: { repository: 'x', tag: '2' }, new: { b: 1 } } },
    });
  });

  it.each([
    { apiVersion: 'v1', kind: 'ConfigMap', strategic: true },
    { apiVersion: 'apps/v1', kind: 'Deployment', strategic: true },
    { apiVersion: 'extensions/v1beta1', kind: 'Deployment', strategic: true },
    { apiVersion: 'flux.weave.works/v1beta1', kind: 'HelmRelease', strategic: false },
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', strategic: false },
    { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', strategic: false },
    { apiVersion: 'apps.openshift.io/v1', kind: 'DeploymentConfig', strategic: false },
  ])('or not: $apiVersion $kind $strategic', ({ apiVersion, kind, strategic }) => {
    expect(patchTypeOf(apiVersion, kind) !== undefined).toBe(strategic);
  });
});
