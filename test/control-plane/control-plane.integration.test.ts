import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { createApi } from './api.ts';
import { startControlPlane } from './control-plane.ts';
import { BUILD_TIMEOUT_MS, countVerbs, isWrite, type TestCluster, testCluster } from './fixtures.ts';
import { listenOnLoopback } from './loopback-server.ts';
import { isRunning } from './process-identity.ts';
import { startScript, temporaryDirectory } from './processes.ts';
import { silentProgress } from './progress.ts';
import type { ProcessRecord } from './supervisor-protocol.ts';
import type { Access } from './users.ts';

const VERDICTS: { access: Access; may: Record<string, number> }[] = [
  { access: 'admin', may: { writeInside: 201, writeOutside: 201, listInside: 200, listAll: 200, nodes: 200 } },
  {
    access: 'namespace-limited',
    may: { writeInside: 201, writeOutside: 403, listInside: 200, listAll: 403, nodes: 403 },
  },
  { access: 'read-only', may: { writeInside: 403, writeOutside: 403, listInside: 200, listAll: 200, nodes: 200 } },
];

test.each(VERDICTS)('RBAC lets $access do what its name says and nothing else', async ({ access, may }) => {
  await using cluster = await testCluster();
  const elsewhere = await cluster.createNamespace();
  using api = createApi({ ...cluster, token: (await cluster.user(access)).token });
  const status = async (method: string, path: string, body?: unknown) =>
    (await api.request(method, path, { body })).status;
  const configMaps = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps`;
  const body = { metadata: { name: 'probe' } };
  expect({
    writeInside: await status('POST', configMaps(cluster.namespace), body),
    writeOutside: await status('POST', configMaps(elsewhere), body),
    listInside: await status('GET', configMaps(cluster.namespace)),
    listAll: await status('GET', '/api/v1/configmaps'),
    nodes: await status('GET', '/api/v1/nodes'),
  }).toEqual(may);
});

test('a request without a token of this server is refused', async () => {
  await using cluster = await testCluster();
  using api = createApi({ ...cluster, token: 'of somebody else' });
  expect((await api.request('GET', '/api/v1/nodes')).status).toBe(401);
});

test('the audit log tells every request of the test and none of another test', async () => {
  await using cluster = await testCluster();
  await using other = await testCluster();
  using api = createApi({ ...cluster, token: (await cluster.user('admin')).token });
  using stranger = createApi({ ...other, token: (await other.user('admin')).token });
  const path = `/api/v1/namespaces/${cluster.namespace}/configmaps`;
  await api.request('GET', path);
  const mark = await cluster.mark();
  await Promise.all([
    api.request('GET', path),
    stranger.request('GET', path),
    cluster.request('GET', path),
    api.request('POST', `${path}?dryRun=All`, { body: { metadata: { name: 'a' } } }),
    api.request('POST', path, { body: { metadata: { name: 'b' } } }),
    api.request('GET', `${path}/missing`),
  ]);
  const requests = await cluster.since(mark);
  expect(countVerbs(requests)).toEqual({ list: 1, get: 1, create: 1, 'create (dry run)': 1 });
  expect(requests.filter(isWrite).map((request) => request.code)).toEqual([201]);
  expect(requests.find((request) => request.verb === 'get')).toEqual({
    verb: 'get',
    resource: 'configmaps',
    apiGroup: '',
    namespace: cluster.namespace,
    name: 'missing',
    user: (await cluster.user('admin')).name,
    userAgent: 'towpath-harness',
    requestURI: `${path}/missing`,
    dryRun: false,
    code: 404,
  });
  expect(await cluster.since(await cluster.mark())).toEqual([]);
});

test('the audit log has every one of many requests at once', async () => {
  await using cluster = await testCluster();
  using api = createApi({ ...cluster, token: (await cluster.user('admin')).token });
  const mark = await cluster.mark();
  const path = `/api/v1/namespaces/${cluster.namespace}/configmaps`;
  const apply = (i: number) =>
    api.request('PATCH', `${path}/c${i}?fieldManager=test`, {
      contentType: 'application/apply-patch+yaml',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${i}` } },
    });
  await Promise.all(Array.from({ length: 300 }, (_, i) => apply(i)));
  expect(countVerbs(await cluster.since(mark, { namespace: cluster.namespace }))).toEqual({ patch: 300 });
});

test('a kubeconfig file is private, is read by the client library, and leads to the server', async () => {
  await using cluster = await testCluster();
  const path = await cluster.contexts(
    {
      'weekly-1': 'admin',
      'weekly-2': { access: 'read-only', namespace: cluster.namespace },
      gone: { access: 'admin', server: 'https://127.0.0.1:1' },
    },
    { current: 'weekly-2' },
  );
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const config = new KubeConfig();
  config.loadFromFile(path);
  expect(config.getContexts().map((context) => context.name)).toEqual(['weekly-1', 'weekly-2', 'gone']);
  expect(config.getCurrentContext()).toBe('weekly-2');
  expect(config.getContextObject('weekly-2')?.namespace).toBe(cluster.namespace);
  expect(config.getCurrentCluster()?.server).toBe(cluster.server);
  expect(config.getCurrentUser()?.token).toBe((await cluster.user('read-only')).token);
  expect(config.getCluster('gone')?.server).toBe('https://127.0.0.1:1');
});

test('a port that is taken is not the end: another one is tried', async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  const taken = (squatter.address() as { port: number }).port;
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const other = (free.address() as { port: number }).port;
  await new Promise((resolve) => free.close(resolve));
  const ports = [taken, other];
  const pickPort = async () => ports.shift() ?? 0;
  try {
    await using controlPlane = await startControlPlane({ progress: silentProgress, pickPort });
    expect(controlPlane.server).toBe(`https://127.0.0.1:${other}`);
  } finally {
    squatter.close();
  }
});

test('when its owner is killed, a control plane leaves no process and no directory', async () => {
  await using owner = await startScript(`
    import { startControlPlane } from '@/control-plane.ts';
    import { silentProgress } from '@/progress.ts';
    const controlPlane = await startControlPlane({ progress: silentProgress });
    console.log(JSON.stringify(controlPlane.directory));
    setInterval(() => undefined, 1000);
  `);
  const directory = (await owner.next()) as string;
  const record = JSON.parse(await readFile(join(directory, 'processes.json'), 'utf8')) as ProcessRecord;
  const all = [record.supervisor, ...record.servers];
  expect(all).toHaveLength(3);
  expect(all.every(isRunning)).toBe(true);
  owner.child.kill('SIGKILL');
  await expect.poll(() => all.some(isRunning), { timeout: 30_000, interval: 50 }).toBe(false);
  expect(existsSync(directory)).toBe(false);
});

test('with controllers, a Deployment gets Pods, its deletion collects them, and a namespace goes when deleted', {
  timeout: BUILD_TIMEOUT_MS,
}, async () => {
  let trapped = 0;
  await using trap = await listenOnLoopback((_, response) => {
    trapped++;
    response.end();
  });
  await using place = await temporaryDirectory();
  const users = join(place.path, 'kubeconfig');
  await writeFile(users, kubeconfigFor(trap.url));
  using _environment = withKubeconfig(users);

  await using cluster = await testCluster({ controllers: true });
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments`;
  const created = await cluster.request('POST', path, { body: deployment() });
  expect(created.status).toBe(201);
  await expect.poll(() => kinds(cluster), { timeout: 20_000 }).toEqual({ deployments: 1, replicasets: 1, pods: 2 });

  await cluster.request('DELETE', `${path}/app?propagationPolicy=Background`);
  await expect.poll(() => kinds(cluster), { timeout: 20_000 }).toEqual({ deployments: 0, replicasets: 0, pods: 0 });

  await cluster.request('DELETE', `/api/v1/namespaces/${cluster.namespace}`);
  const status = async () => (await cluster.request('GET', `/api/v1/namespaces/${cluster.namespace}`)).status;
  await expect.poll(status, { timeout: 30_000 }).toBe(404);
  // The cluster of the user's own KUBECONFIG was never asked.
  expect(trapped).toBe(0);
  expect(await readFile(users, 'utf8')).toBe(kubeconfigFor(trap.url));
});

function deployment() {
  const labels = { app: 'app' };
  return {
    metadata: { name: 'app' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'example.com/app:1' }] } },
    },
  };
}

/** How many objects of each kind the namespace has that are not being deleted. */
async function kinds(cluster: TestCluster): Promise<Record<string, number>> {
  const count = async (path: string) => {
    const { body } = await cluster.request('GET', path);
    return body.items.filter((item: { metadata: { deletionTimestamp?: string } }) => !item.metadata.deletionTimestamp)
      .length as number;
  };
  const apps = `/apis/apps/v1/namespaces/${cluster.namespace}`;
  return {
    deployments: await count(`${apps}/deployments`),
    replicasets: await count(`${apps}/replicasets`),
    pods: await count(`/api/v1/namespaces/${cluster.namespace}/pods`),
  };
}

function kubeconfigFor(server: string): string {
  const cluster = { name: 'mine', cluster: { server } };
  const context = { name: 'mine', context: { cluster: 'mine', user: 'mine' } };
  const users = [{ name: 'mine', user: { token: 'secret' } }];
  const content = { clusters: [cluster], contexts: [context], users, 'current-context': 'mine' };
  return JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...content });
}

function withKubeconfig(path: string): Disposable {
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = path;
  return {
    [Symbol.dispose]() {
      if (before === undefined) delete process.env['KUBECONFIG'];
      else process.env['KUBECONFIG'] = before;
    },
  };
}
