import { readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createApi } from './api.ts';
import { countVerbs, testCluster } from './fixtures.ts';

test('each of the three users may do what its access says and nothing else', async () => {
  await using cluster = await testCluster();
  const elsewhere = await cluster.createNamespace();
  const verdicts = async (access: 'admin' | 'namespace-limited' | 'read-only') => {
    using api = createApi({ ...cluster, token: (await cluster.user(access)).token });
    const create = async (namespace: string, name: string) => {
      const body = { metadata: { name } };
      return (await api.request('POST', `/api/v1/namespaces/${namespace}/configmaps`, { body })).status;
    };
    return {
      writeInside: await create(cluster.namespace, access),
      writeOutside: await create(elsewhere, access),
      listEverywhere: (await api.request('GET', '/api/v1/configmaps')).status,
      listInside: (await api.request('GET', `/api/v1/namespaces/${cluster.namespace}/configmaps`)).status,
      readNodes: (await api.request('GET', '/api/v1/nodes')).status,
    };
  };
  expect(await verdicts('admin')).toEqual({
    writeInside: 201,
    writeOutside: 201,
    listEverywhere: 200,
    listInside: 200,
    readNodes: 200,
  });
  expect(await verdicts('namespace-limited')).toEqual({
    writeInside: 201,
    writeOutside: 403,
    listEverywhere: 403,
    listInside: 200,
    readNodes: 403,
  });
  expect(await verdicts('read-only')).toEqual({
    writeInside: 403,
    writeOutside: 403,
    listEverywhere: 200,
    listInside: 200,
    readNodes: 200,
  });
});

test('the audit log tells every request of the test and no other', async () => {
  await using cluster = await testCluster();
  await using other = await testCluster();
  using api = createApi({ ...cluster, token: (await cluster.user('admin')).token });
  using stranger = createApi({ ...other, token: (await other.user('admin')).token });
  const mark = await cluster.mark();
  const path = `/api/v1/namespaces/${cluster.namespace}/configmaps`;
  await Promise.all([
    api.request('GET', path),
    stranger.request('GET', path),
    api.request('POST', `${path}?dryRun=All`, { body: { metadata: { name: 'a' } } }),
    api.request('POST', path, { body: { metadata: { name: 'b' } } }),
    api.request('GET', `${path}/missing`),
  ]);
  const requests = await cluster.since(mark);
  expect(countVerbs(requests)).toEqual({ list: 1, get: 1, create: 1, 'create (dry run)': 1 });
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
});

test('a kubeconfig file is private and may have several contexts', async () => {
  await using cluster = await testCluster();
  const path = await cluster.contexts({ 'weekly-1': 'admin', 'weekly-2': 'read-only' });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const content = JSON.parse(await readFile(path, 'utf8'));
  expect(content.contexts.map((context: { name: string }) => context.name)).toEqual(['weekly-1', 'weekly-2']);
  expect(content['current-context']).toBe('weekly-1');
});
