import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/sync/desired-object.ts';
import { payloadOf } from '../../../src/core/sync/payload.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the body of an apply', () => {
  it.each<{ name: string; object: JsonObject; namespace?: string; expected: JsonObject }>([
    {
      name: 'leaves out what only the server may say',
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'a',
          creationTimestamp: '2020-01-01T00:00:00Z',
          generation: 4,
          managedFields: [{ manager: 'x' }],
          resourceVersion: '7',
          selfLink: '/x',
          uid: 'u',
          labels: { app: 'x' },
        },
        status: { ready: true },
      },
      namespace: 'prod',
      expected: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', labels: { app: 'x' }, namespace: 'prod' },
      },
    },
    {
      name: 'gives the namespace of the run to an object without one',
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
      namespace: 'team',
      expected: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'team' } },
    },
    {
      name: 'takes the namespace from a cluster-scoped object',
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'A', namespace: 'x' } },
      expected: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'A' } },
    },
    {
      name: "drops kubectl's copy of an older manifest",
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', note: 'x' } },
      },
      expected: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: { note: 'x' } } },
    },
    {
      name: 'drops null timestamps of templates',
      object: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'a' },
        spec: { template: { metadata: { creationTimestamp: null, labels: { a: 'b' } } }, replicas: null },
      },
      expected: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'a' },
        spec: { template: { metadata: { labels: { a: 'b' } } }, replicas: null },
      },
    },
    {
      name: 'leaves the inside of a custom resource alone',
      object: {
        apiVersion: 'example.com/v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        spec: { metadata: { creationTimestamp: null } },
        stringData: { a: 'b' },
      },
      expected: {
        apiVersion: 'example.com/v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        spec: { metadata: { creationTimestamp: null } },
        stringData: { a: 'b' },
      },
    },
    {
      name: 'turns stringData into data, which it wins over',
      object: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        data: { a: base64('old'), b: base64('kept') },
        stringData: { a: 'nëw', c: '' },
      },
      expected: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        data: { a: base64('nëw'), b: base64('kept'), c: '' },
      },
    },
    {
      name: 'leaves a stringData value that is no string for the server to refuse',
      object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { port: 5432, user: 'x' } },
      expected: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        data: { user: base64('x') },
        stringData: { port: 5432 },
      },
    },
    {
      name: 'drops an empty stringData',
      object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: {} },
      expected: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
    },
    {
      name: 'unfolds base64 that stands on several lines',
      object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { key: 'YWJj\nZGVm\r\n' } },
      expected: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { key: 'YWJjZGVm' } },
    },
    {
      name: 'unfolds binaryData of a ConfigMap, and leaves its data',
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        binaryData: { x: 'YW\nJj' },
        data: { y: 'a\nb' },
      },
      expected: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        binaryData: { x: 'YWJj' },
        data: { y: 'a\nb' },
      },
    },
    {
      name: 'leaves the rules of an aggregated ClusterRole to its controller',
      object: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'a' },
        aggregationRule: { clusterRoleSelectors: [] },
        rules: [],
      },
      expected: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'a' },
        aggregationRule: { clusterRoleSelectors: [] },
      },
    },
    {
      name: 'keeps an empty list of rules of any other ClusterRole',
      object: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'a' }, rules: [] },
      expected: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'a' }, rules: [] },
    },
  ])('$name', ({ object, namespace, expected }) => {
    expect(payloadOf(object, namespace)).toEqual(expected);
  });

  it('carries a Secret of a megabyte', () => {
    const big = 'x'.repeat(1024 * 1024);
    const payload = payloadOf({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { big } }, 'n');
    expect(payload['data']).toEqual({ big: base64(big) });
  });
});
