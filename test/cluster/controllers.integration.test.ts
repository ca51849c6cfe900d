import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILD_TIMEOUT_MS, countVerbs, type TestCluster, testCluster } from '../control-plane/fixtures.ts';
import { deployment, namespace } from './support/manifests.ts';
import { type OpenedCluster, openCluster } from './support/open-cluster.ts';

let plane: TestCluster;
let opened: OpenedCluster;

beforeAll(async () => {
  plane = await testCluster({ controllers: true });
  opened = await openCluster(await plane.kubeconfig('admin'));
}, BUILD_TIMEOUT_MS);

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await plane[Symbol.asyncDispose]();
});

describe('where controllers work on the objects as well', () => {
  it('a second run still has nothing to do', async () => {
    const place = `${plane.namespace}-busy`;
    const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'main', image: 'app:1' }] } };
    const selector = { matchLabels: { app: 'x' } };
    const inPlace = (name: string) => ({ name, namespace: place });
    const role = 'rbac.authorization.k8s.io/v1';
    const objects = [
      namespace(place),
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: inPlace('default') },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: inPlace('web'),
        spec: { selector: { app: 'x' }, ports: [{ port: 80 }] },
      },
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: inPlace('quota'), spec: { hard: { pods: '50' } } },
      deployment(inPlace('web'), { replicas: 2 }),
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: inPlace('db'),
        spec: { serviceName: 'web', selector, template },
      },
      { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: inPlace('agent'), spec: { selector, template } },
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: inPlace('once'),
        spec: { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: inPlace('web'),
        spec: { minAvailable: 1, selector },
      },
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: inPlace('web'),
        spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
      },
      {
        apiVersion: role,
        kind: 'ClusterRole',
        metadata: { name: place, labels: { [`${place}.example.com/part`]: 'true' } },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      },
      {
        apiVersion: role,
        kind: 'ClusterRole',
        metadata: { name: `${place}-all` },
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`${place}.example.com/part`]: 'true' } }] },
        rules: [],
      },
    ];
    const { rows } = await opened.sync(objects);
    expect(rows.filter(({ action }) => action === 'failed')).toEqual([]);
    await expect.poll(() => controllersAreDone(place), { timeout: 30_000 }).toBe(true);

    const mark = await plane.mark();
    const again = await opened.sync(objects);
    expect(again.rows.filter(({ action }) => action !== 'unchanged')).toEqual([]);
    const counted = countVerbs(await plane.since(mark));
    expect(Object.keys(counted).filter((verb) => verb !== 'get' && verb !== 'list')).toEqual([]);
  });

  async function controllersAreDone(place: string): Promise<boolean> {
    const [web, role, pods] = await Promise.all([
      plane.request('GET', `/apis/apps/v1/namespaces/${place}/deployments/web`),
      plane.request('GET', `/apis/rbac.authorization.k8s.io/v1/clusterroles/${place}-all`),
      plane.request('GET', `/api/v1/namespaces/${place}/pods`),
    ]);
    const { annotations, generation } = web.body.metadata;
    const isObserved = web.body.status?.observedGeneration === generation;
    const isAnnotated = annotations?.['deployment.kubernetes.io/revision'] === '1';
    // Two of the Deployment, one of the StatefulSet, one of the Job.
    return isObserved && isAnnotated && role.body.rules?.length === 1 && pods.body.items.length >= 4;
  }
});
