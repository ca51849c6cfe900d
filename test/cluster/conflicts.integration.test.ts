import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';
import { countVerbs, type TestCluster, testCluster } from '../control-plane/fixtures.ts';
import { configMap, deployment } from './support/manifests.ts';
import { type OpenedCluster, openCluster } from './support/open-cluster.ts';

let plane: TestCluster;
let opened: OpenedCluster;
let space: string;

beforeAll(async () => {
  plane = await testCluster();
  opened = await openCluster(await plane.kubeconfig('admin'));
  space = plane.namespace;
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await plane[Symbol.asyncDispose]();
});

const MERGE = 'application/merge-patch+json';
const APPLY = 'application/apply-patch+yaml';
const configMaps = () => `/api/v1/namespaces/${space}/configmaps`;
const deployments = () => `/apis/apps/v1/namespaces/${space}/deployments`;

async function expectStatus(request: ReturnType<TestCluster['request']>, status: number) {
  const response = await request;
  expect(response.status, JSON.stringify(response.body)).toBe(status);
  return response.body;
}

/** Requests of one sync by verb, and its rows in short. */
async function observe(objects: readonly JsonObject[], dryRun = false) {
  const mark = await plane.mark();
  const { rows } = await opened.sync(objects, { dryRun });
  const requests = countVerbs(await plane.since(mark));
  return { rows: rows.map(({ action, reason }) => [action, reason]), requests };
}

describe('an object that another tool has applied before', () => {
  it('is taken over where its values are the same, once', async () => {
    const object = configMap({ name: 'adopted', namespace: space });
    await expectStatus(
      plane.request('POST', `${configMaps()}?fieldManager=kubectl-client-side-apply`, { body: object }),
      201,
    );
    expect(await observe([object], true)).toEqual({
      rows: [['configured', 'recorded as owner, no value changed']],
      requests: { get: 1, 'patch (dry run)': 1 },
    });
    expect(await observe([object])).toEqual({
      rows: [['configured', 'recorded as owner, no value changed']],
      requests: { get: 1, patch: 1 },
    });
    expect(await observe([object])).toEqual({ rows: [['unchanged', '']], requests: { get: 1 } });
  });

  it('is taken over where its values differ, and the row says from whom', async () => {
    const object = (image: string) => deployment({ name: 'moved', namespace: space }, {}, { image });
    await expectStatus(plane.request('POST', `${deployments()}?fieldManager=fluxd`, { body: object('app:0') }), 201);
    const { rows } = await observe([object('app:1')]);
    expect(rows).toEqual([['configured', 'took over spec.template.spec.containers[name="main"].image from fluxd']]);
    expect(await observe([object('app:1')])).toEqual({ rows: [['unchanged', '']], requests: { get: 1 } });
  });
});

describe('a field that a person has changed', () => {
  it('is set back', async () => {
    const object = deployment({ name: 'edited', namespace: space }, { replicas: 2 });
    await opened.sync([object]);
    const edit = { spec: { replicas: 5, paused: true } };
    await expectStatus(
      plane.request('PATCH', `${deployments()}/edited?fieldManager=kubectl-edit`, { contentType: MERGE, body: edit }),
      200,
    );
    expect((await observe([object])).rows).toEqual([['configured', 'took over spec.replicas from kubectl-edit']]);
    const live = await expectStatus(plane.request('GET', `${deployments()}/edited`), 200);
    // What no file says stays as it is.
    expect(live.spec).toMatchObject({ replicas: 2, paused: true });
  });

  it('is set back after kubectl scale as well', async () => {
    const object = deployment({ name: 'scaled', namespace: space }, { replicas: 2 });
    await opened.sync([object]);
    const scale = { contentType: MERGE, body: { spec: { replicas: 7 } } };
    await expectStatus(plane.request('PATCH', `${deployments()}/scaled/scale?fieldManager=kubectl`, scale), 200);
    expect((await observe([object])).rows).toEqual([['configured', 'took over spec.replicas from kubectl']]);
  });
});

describe('replicas that an autoscaler sets', () => {
  it('stay as they are, without a request, while everything else is applied', async () => {
    const object = (image: string) => deployment({ name: 'autoscaled', namespace: space }, { replicas: 2 }, { image });
    await opened.sync([object('app:1')]);
    const scale = { contentType: MERGE, body: { spec: { replicas: 9 } } };
    await expectStatus(
      plane.request('PATCH', `${deployments()}/autoscaled/scale?fieldManager=kube-controller-manager`, scale),
      200,
    );
    const left = 'left spec.replicas to kube-controller-manager';
    expect(await observe([object('app:1')])).toEqual({ rows: [['unchanged', left]], requests: { get: 1 } });
    expect((await observe([object('app:2')])).rows).toEqual([['configured', left]]);
    const live = await expectStatus(plane.request('GET', `${deployments()}/autoscaled`), 200);
    expect(live.spec.replicas).toBe(9);
    expect(live.spec.template.spec.containers[0].image).toBe('app:2');
  });

  it('stay as they are on a workload that is new to us', async () => {
    const object = deployment({ name: 'scaled-before', namespace: space }, { replicas: 2 });
    await expectStatus(plane.request('POST', `${deployments()}?fieldManager=kubectl-create`, { body: object }), 201);
    const scale = { contentType: MERGE, body: { spec: { replicas: 9 } } };
    await expectStatus(
      plane.request('PATCH', `${deployments()}/scaled-before/scale?fieldManager=keda-operator`, scale),
      200,
    );
    expect((await observe([object])).rows).toEqual([
      ['configured', 'left spec.replicas to keda-operator; recorded as owner, no value changed'],
    ]);
    expect(await observe([object])).toEqual({
      rows: [['unchanged', 'left spec.replicas to keda-operator']],
      requests: { get: 1 },
    });
  });
});

describe('a field that another tool owns', () => {
  const foreign = (name: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: { key: 'theirs', other: 'x' },
  });

  it('is not touched: the object fails with the field and its owner', async () => {
    const query = '?fieldManager=argocd-controller&force=true';
    await expectStatus(
      plane.request('PATCH', `${configMaps()}/contested${query}`, { contentType: APPLY, body: foreign('contested') }),
      201,
    );
    const object = configMap({ name: 'contested', namespace: space }, { key: 'ours' });
    const reason =
      'owned by another: data.key of argocd-controller. Let one of the two set the fields: remove them from the manifest, or the object from the other';
    expect((await observe([object], true)).rows).toEqual([['failed', reason]]);
    expect((await observe([object])).rows).toEqual([['failed', reason]]);
    expect((await expectStatus(plane.request('GET', `${configMaps()}/contested`), 200)).data).toEqual({
      key: 'theirs',
      other: 'x',
    });
  });

  it('is not touched even where a person owns another field', async () => {
    const query = '?fieldManager=kustomize-controller';
    await expectStatus(
      plane.request('PATCH', `${configMaps()}/mixed${query}`, { contentType: APPLY, body: foreign('mixed') }),
      201,
    );
    const edit = { data: { edited: 'by hand' } };
    await expectStatus(
      plane.request('PATCH', `${configMaps()}/mixed?fieldManager=kubectl-edit`, { contentType: MERGE, body: edit }),
      200,
    );
    const { rows } = await observe([configMap({ name: 'mixed', namespace: space }, { key: 'ours', edited: 'ours' })]);
    expect(rows[0]?.[0]).toBe('failed');
    expect(rows[0]?.[1]).toMatch(/^owned by another: data\.key of kustomize-controller\. /);
    expect((await expectStatus(plane.request('GET', `${configMaps()}/mixed`), 200)).data.edited).toBe('by hand');
  });

  it('is shared where both set the same', async () => {
    const query = '?fieldManager=argocd-controller';
    await expectStatus(
      plane.request('PATCH', `${configMaps()}/shared${query}`, { contentType: APPLY, body: foreign('shared') }),
      201,
    );
    const object = configMap({ name: 'shared', namespace: space }, { key: 'theirs' });
    expect((await observe([object])).rows).toEqual([['configured', 'recorded as owner, no value changed']]);
    expect(await observe([object])).toEqual({ rows: [['unchanged', '']], requests: { get: 1 } });
  });
});
