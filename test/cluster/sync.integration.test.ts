import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectRow } from '../../src/core/report/report.ts';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';
import { countVerbs, type TestCluster, testCluster } from '../control-plane/fixtures.ts';
import { configMap, deployment, namespace, secret } from './support/manifests.ts';
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

async function get(path: string): Promise<Awaited<ReturnType<TestCluster['request']>>['body']> {
  return (await plane.request('GET', path)).body;
}

function short(rows: readonly ObjectRow[]): string[] {
  return rows.map(({ action, subject, reason }) => `${action} ${subject}${reason === '' ? '' : `: ${reason}`}`);
}

describe('a set of objects', () => {
  it('is created in the order of need, then found unchanged, then changed where it changed', async () => {
    const place = `${space}-new`;
    const objects = (image: string) => [
      deployment({ name: 'api', namespace: place }, { replicas: 2 }, { image }),
      configMap({ name: 'settings', namespace: place }),
      namespace(place),
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot', namespace: place } },
    ];
    const subjects = [
      `Namespace/${place}`,
      `ServiceAccount/${place}/robot`,
      `ConfigMap/${place}/settings`,
      `Deployment/${place}/api`,
    ];
    const first = await opened.sync(objects('app:1'));
    expect(short(first.rows)).toEqual(subjects.map((subject) => `created ${subject}`));

    const mark = await plane.mark();
    const second = await opened.sync(objects('app:1'));
    expect(short(second.rows)).toEqual(subjects.map((subject) => `unchanged ${subject}`));
    expect(countVerbs(await plane.since(mark))).toEqual({ get: 4 });

    const third = await opened.sync(objects('app:2'));
    expect(short(third.rows)).toEqual([
      ...subjects.slice(0, 3).map((subject) => `unchanged ${subject}`),
      `configured Deployment/${place}/api`,
    ]);
    const live = await get(`/apis/apps/v1/namespaces/${place}/deployments/api`);
    expect(live.spec.template.spec.containers[0].image).toBe('app:2');
    expect(live.metadata.managedFields.map(({ manager, operation }: JsonObject) => [manager, operation])).toEqual([
      ['towpath', 'Apply'],
    ]);
  });

  it('loses fields that are gone from the files', async () => {
    const path = `/api/v1/namespaces/${space}/configmaps/shrinking`;
    await opened.sync([
      configMap({ name: 'shrinking', namespace: space, labels: { a: '1', b: '2' } }, { one: '1', two: '2' }),
    ]);
    const { rows } = await opened.sync([
      configMap({ name: 'shrinking', namespace: space, labels: { a: '1' } }, { one: '1' }),
    ]);
    expect(rows[0]?.action).toBe('configured');
    expect(await get(path)).toMatchObject({ data: { one: '1' }, metadata: { labels: { a: '1' } } });
    expect((await get(path)).data).toEqual({ one: '1' });
  });

  it('keeps its good objects where one is bad', async () => {
    const { rows } = await opened.sync([
      configMap({ name: 'good-1', namespace: space }),
      deployment({ name: 'typo', namespace: space }, { replica: 2 }),
      deployment({ name: 'invalid', namespace: space }, { replicas: -1 }),
      configMap({ name: 'Not_A_Name', namespace: space }),
      { apiVersion: 'example.com/v1', kind: 'Unknown', metadata: { name: 'x', namespace: space } },
      { apiVersion: 'apps/v1beta1', kind: 'Deployment', metadata: { name: 'old', namespace: space } },
      configMap({ name: 'lost', namespace: `${space}-nowhere` }),
      configMap({ name: 'good-2', namespace: space }),
    ]);
    expect(Object.fromEntries(rows.map(({ subject, action }) => [subject, action]))).toEqual({
      [`ConfigMap/${space}/Not_A_Name`]: 'failed',
      [`ConfigMap/${space}/good-1`]: 'created',
      [`ConfigMap/${space}/good-2`]: 'created',
      [`ConfigMap/${space}-nowhere/lost`]: 'failed',
      [`Deployment/${space}/invalid`]: 'failed',
      [`Deployment/${space}/old`]: 'failed',
      [`Deployment/${space}/typo`]: 'failed',
      [`Unknown/${space}/x`]: 'failed',
    });
    const reason = (name: string) => rows.find(({ subject }) => subject.endsWith(`/${name}`))?.reason;
    expect(reason('typo')).toBe('spec.replica: field not declared in schema');
    expect(reason('invalid')).toContain('spec.replicas: Invalid value: -1: must be greater than or equal to 0');
    expect(reason('x')).toBe('no such kind Unknown in example.com/v1: is its CustomResourceDefinition applied?');
    expect(reason('old')).toBe('no such kind Deployment in apps/v1beta1: is its CustomResourceDefinition applied?');
    expect(reason('lost')).toBe(`namespaces "${space}-nowhere" not found`);
  });

  it('does without the image policies of Flux where the cluster does not know them', async () => {
    const object = (apiVersion: string, kind: string) => ({
      apiVersion,
      kind,
      metadata: { name: 'api', namespace: space },
    });
    const { rows } = await opened.sync([
      object('image.toolkit.fluxcd.io/v1', 'ImagePolicy'),
      object('image.toolkit.fluxcd.io/v1beta1', 'ImageRepository'),
      object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization'),
    ]);
    const skipped = 'towpath takes the place of its controller, and the cluster has no such kind';
    expect(short(rows).sort()).toEqual([
      expect.stringContaining(`failed Kustomization/${space}/api: no such kind`),
      `skipped ImagePolicy/${space}/api: ${skipped}`,
      `skipped ImageRepository/${space}/api: ${skipped}`,
    ]);
  });

  it('does not go where its namespace could not be made', async () => {
    const place = 'Not-A-Namespace';
    const mark = await plane.mark();
    const { rows } = await opened.sync([
      namespace(place),
      configMap({ name: 'a', namespace: place }),
      configMap({ name: 'b', namespace: place }),
    ]);
    expect(rows[0]).toMatchObject({ subject: `Namespace/${place}`, action: 'failed' });
    expect(rows.slice(1).map(({ action, reason }) => [action, reason])).toEqual([
      ['failed', `Namespace/${place} could not be applied: ${rows[0]?.reason}`],
      ['failed', `Namespace/${place} could not be applied: ${rows[0]?.reason}`],
    ]);
    const writes = (await plane.since(mark)).filter(({ verb }) => verb === 'patch');
    expect(writes.map(({ resource }) => resource)).toEqual(['namespaces']);
  });

  it('goes on in a namespace that is there, though its manifest is refused', async () => {
    const { rows } = await opened.sync([
      namespace(space, { 'not a label': 'x' }),
      configMap({ name: 'inside', namespace: space }),
    ]);
    expect(rows.map(({ action }) => action)).toEqual(['failed', 'created']);
  });

  it('counts the same manifest once, and refuses two that differ', async () => {
    const same = configMap({ name: 'twice', namespace: space });
    const { rows } = await opened.sync([
      same,
      configMap({ name: 'torn', namespace: space }, { a: '1' }),
      { ...same },
      configMap({ name: 'torn', namespace: space }, { a: '2' }),
    ]);
    expect(short(rows)).toEqual([
      `failed ConfigMap/${space}/torn: the files have it more than once: manifests.yaml:2, manifests.yaml:4`,
      `created ConfigMap/${space}/twice`,
    ]);
  });

  it('may be empty, and then costs nothing', async () => {
    const mark = await plane.mark();
    expect(await opened.sync([])).toEqual({ rows: [], problems: [] });
    expect(await plane.since(mark)).toEqual([]);
  });

  it('tells each row as it is done', async () => {
    const seen: string[] = [];
    const objects = ['p1', 'p2', 'p3'].map((name) => configMap({ name, namespace: space }));
    await opened.sync(objects, { onRow: (row, done, total) => seen.push(`${done}/${total} ${row.action}`) });
    expect(seen).toEqual(['1/3 created', '2/3 created', '3/3 created']);
  });

  it('stops when the run is cancelled', async () => {
    const stop = new AbortController();
    const reason = new Error('cancelled');
    const objects = Array.from({ length: 200 }, (_, index) =>
      configMap({ name: `cancelled-${index}`, namespace: space }),
    );
    const syncing = opened.sync(objects, { signal: stop.signal, onRow: () => stop.abort(reason) });
    await expect(syncing).rejects.toBe(reason);
    const { items } = await get(`/api/v1/namespaces/${space}/configmaps`);
    const made = items.filter(({ metadata }: { metadata: { name: string } }) => metadata.name.startsWith('cancelled-'));
    expect(made.length).toBeLessThan(200);
  });
});

describe('an object', () => {
  it('without a namespace goes to that of the context, else to default', async () => {
    const object = configMap({ name: `${space}-placed` });
    const first = await opened.sync([object]);
    expect(short(first.rows)).toEqual([`created ConfigMap/default/${space}-placed`]);
    await using other = await openCluster(await plane.contexts({ admin: { access: 'admin', namespace: space } }));
    const second = await other.sync([object]);
    expect(short(second.rows)).toEqual([`created ConfigMap/${space}/${space}-placed`]);
  });

  it('of a cluster-scoped kind has no namespace, whatever its manifest says', async () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: `${space}:My.Role`, namespace: 'x' },
      rules: [],
    };
    expect(short((await opened.sync([role])).rows)).toEqual([`created ClusterRole/${space}:My.Role`]);
    expect(short((await opened.sync([role])).rows)).toEqual([`unchanged ClusterRole/${space}:My.Role`]);
  });

  it('is left alone where its file or the cluster says so', async () => {
    const inFile = configMap({ name: 'held-in-file', namespace: space, annotations: { 'fluxcd.io/ignore': 'true' } });
    const synced = configMap({ name: 'synced', namespace: space, annotations: { 'fluxcd.io/ignore': 'sync_only' } });
    const held = (value: string) => configMap({ name: 'held-live', namespace: space }, { key: value });
    await opened.sync([held('1')]);
    await plane.request('PATCH', `/api/v1/namespaces/${space}/configmaps/held-live`, {
      contentType: 'application/merge-patch+json',
      body: { metadata: { annotations: { 'flux.weave.works/ignore': 'true' } } },
    });
    const mark = await plane.mark();
    const { rows } = await opened.sync([inFile, held('2'), synced]);
    expect(short(rows)).toEqual([
      `skipped ConfigMap/${space}/held-in-file: fluxcd.io/ignore is set in its file`,
      `skipped ConfigMap/${space}/held-live: flux.weave.works/ignore is set in the cluster`,
      `created ConfigMap/${space}/synced`,
    ]);
    expect(countVerbs(await plane.since(mark))['patch']).toBe(1);
  });

  it('that is being deleted is not called unchanged', async () => {
    const object = {
      ...configMap({ name: 'leaving', namespace: space }),
      metadata: { name: 'leaving', namespace: space, finalizers: ['example.com/hold'] },
    };
    await opened.sync([object]);
    await plane.request('DELETE', `/api/v1/namespaces/${space}/configmaps/leaving`);
    expect(short((await opened.sync([object])).rows)).toEqual([
      `failed ConfigMap/${space}/leaving: it is being deleted; the next run creates it again`,
    ]);
  });

  it('arrives as its manifest says, to the last character', async () => {
    const data = {
      quotes: '"\'`\\',
      yaml: 'a: b # c',
      merge: '<<',
      control: '\u0001\u007f\u0085\u2028\u2029\ufeff',
      emoji: 'ü€😀',
      empty: '',
      lines: 'a\r\nb\n',
      bool: 'true',
      number: '0x10',
    };
    await opened.sync([configMap({ name: 'exact', namespace: space }, data)]);
    expect((await get(`/api/v1/namespaces/${space}/configmaps/exact`)).data).toEqual(data);
    expect((await opened.sync([configMap({ name: 'exact', namespace: space }, data)])).rows[0]?.action).toBe(
      'unchanged',
    );
  });
});

describe('a Secret', () => {
  it('has its values stored, found unchanged, and restored after another changed them', async () => {
    const object = secret({ name: 'login', namespace: space }, { stringData: { password: 'correct horse' } });
    const path = `/api/v1/namespaces/${space}/secrets/login`;
    expect((await opened.sync([object])).rows[0]?.action).toBe('created');
    expect((await get(path)).data).toEqual({ password: Buffer.from('correct horse').toString('base64') });
    expect((await opened.sync([object])).rows[0]?.action).toBe('unchanged');
    await plane.request('PATCH', `${path}?fieldManager=kubectl-edit`, {
      contentType: 'application/merge-patch+json',
      body: { stringData: { password: 'other' } },
    });
    expect(short((await opened.sync([object])).rows)).toEqual([
      `configured Secret/${space}/login: took over data.password from kubectl-edit`,
    ]);
    expect((await get(path)).data).toEqual({ password: Buffer.from('correct horse').toString('base64') });
  });

  it.each<{ name: string; fields: JsonObject }>([
    { name: 'a value that is a number', fields: { stringData: { pin: 4815162342 } } },
    { name: 'a value that is no base64', fields: { data: { password: 'hunter2-hunter2' } } },
    { name: 'a value that is a list', fields: { data: { password: ['hunter2-hunter2'] } } },
    { name: 'a key that is not allowed', fields: { stringData: { 'a b': 'hunter2-hunter2' } } },
    {
      name: 'a value in a field that does not exist',
      fields: { dat: { password: 'hunter2-hunter2' }, stringData: { x: 'hunter2-hunter2' } },
    },
    {
      name: 'a type whose data is missing',
      fields: { type: 'kubernetes.io/tls', stringData: { 'tls.crt': 'hunter2-hunter2' } },
    },
  ])('with $name fails without showing a value', async ({ fields }) => {
    const { rows } = await opened.sync([secret({ name: 'leaky', namespace: space }, fields)]);
    expect(rows[0]?.action).toBe('failed');
    expect(rows[0]?.reason).not.toMatch(/hunter2|4815162342|aHVudGVy/);
    expect(rows[0]?.reason).not.toBe('');
  });
});
