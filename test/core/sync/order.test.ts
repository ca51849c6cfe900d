import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ordered, orderPhases, phaseOf } from '../../../src/core/sync/order.ts';

const KINDS = [
  ['v1', 'Namespace'],
  ['v1', 'ConfigMap'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ['apps/v1', 'Deployment'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
  ['example.com/v1', 'Widget'],
  ['example.com/v1', 'Secret'],
] as const;

const anyObject = fc
  .tuple(fc.constantFrom(...KINDS), fc.constantFrom(undefined, 'a', 'b'), fc.constantFrom('x', 'y', 'z'))
  .map(([[apiVersion, kind], namespace, name]): Ordered => ({ apiVersion, kind, namespace, name }));

function flat(items: readonly Ordered[]): readonly Ordered[] {
  return orderPhases(items).flatMap((phase) => phase.items);
}

describe('the order of application', () => {
  it.each([
    { name: 'a namespace before what is in it', first: ['v1', 'Namespace'], next: ['v1', 'ServiceAccount'] },
    {
      name: 'a definition before its resources',
      first: ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
      next: ['example.com/v1', 'Widget'],
    },
    {
      name: 'a definition before classes that are custom',
      first: ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
      next: ['gateway.networking.k8s.io/v1', 'GatewayClass'],
    },
    {
      name: 'a class before the claims that name it',
      first: ['storage.k8s.io/v1', 'StorageClass'],
      next: ['v1', 'PersistentVolumeClaim'],
    },
    { name: 'a quota before the workloads it limits', first: ['v1', 'ResourceQuota'], next: ['apps/v1', 'Deployment'] },
    {
      name: 'a role before its binding',
      first: ['rbac.authorization.k8s.io/v1', 'Role'],
      next: ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
    },
    { name: 'configuration before workloads', first: ['v1', 'ConfigMap'], next: ['apps/v1', 'StatefulSet'] },
    { name: 'a service before workloads', first: ['v1', 'Service'], next: ['batch/v1', 'Job'] },
    {
      name: 'a workload before what scales it',
      first: ['apps/v1', 'Deployment'],
      next: ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    },
    {
      name: 'a workload before the traffic to it',
      first: ['apps/v1', 'Deployment'],
      next: ['networking.k8s.io/v1', 'Ingress'],
    },
    {
      name: 'everything before admission webhooks',
      first: ['networking.k8s.io/v1', 'Ingress'],
      next: ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
    },
  ])('puts $name', ({ first, next }) => {
    const object = ([apiVersion = '', kind = '']: string[]): Ordered => ({
      apiVersion,
      kind,
      namespace: 'n',
      name: 'x',
    });
    expect(flat([object(next), object(first)])).toEqual([object(first), object(next)]);
  });

  it('treats a custom kind by its own group, whatever its name', () => {
    expect(phaseOf({ apiVersion: 'v1', kind: 'Secret' })).toBe('configuration and storage');
    expect(phaseOf({ apiVersion: 'example.com/v1', kind: 'Secret' })).toBe('workloads');
  });

  it('leaves out phases that are empty', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'n', name: 'x' };
    expect(orderPhases([object])).toEqual([{ name: 'configuration and storage', items: [object] }]);
    expect(orderPhases([])).toEqual([]);
  });

  it('does not depend on the order of the files, and loses nothing', () => {
    const key = (object: Ordered) => JSON.stringify([object.apiVersion, object.kind, object.namespace, object.name]);
    fc.assert(
      fc.property(fc.uniqueArray(anyObject, { selector: key }), fc.infiniteStream(fc.nat()), (objects, numbers) => {
        const shuffled = objects
          .map((object) => ({ object, rank: numbers.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ object }) => object);
        expect(flat(shuffled)).toEqual(flat(objects));
        expect(flat(objects).map(key).sort()).toEqual(objects.map(key).sort());
      }),
    );
  });
});
