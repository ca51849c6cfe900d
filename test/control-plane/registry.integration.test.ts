import { expect, test } from 'vitest';
import { passwordRegistry, type TestRegistry, testRegistry, tokenRegistry } from './fixtures.ts';
import { MANIFEST_TYPES } from './registry-push.ts';

interface Manifest {
  readonly mediaType?: string;
  readonly config: { readonly digest: string };
  readonly manifests?: readonly { readonly digest: string; readonly mediaType: string; readonly platform: unknown }[];
  readonly annotations?: Readonly<Record<string, string>>;
}

async function get(registry: TestRegistry, repository: string, reference: string, accept = MANIFEST_TYPES) {
  const response = await fetch(`${registry.url}/v2/${repository}/manifests/${reference}`, { headers: { accept } });
  await response.arrayBuffer();
  const { headers, status } = response;
  return { status, type: headers.get('content-type'), digest: headers.get('docker-content-digest') };
}

async function manifest(registry: TestRegistry, repository: string, reference: string): Promise<Manifest> {
  const headers = { accept: MANIFEST_TYPES };
  const response = await fetch(`${registry.url}/v2/${repository}/manifests/${reference}`, { headers });
  return (await response.json()) as Manifest;
}

/** The config of a manifest (not of an index). */
async function config(registry: TestRegistry, repository: string, reference: string): Promise<unknown> {
  const { digest } = (await manifest(registry, repository, reference)).config;
  return (await fetch(`${registry.url}/v2/${repository}/blobs/${digest}`)).json();
}

/** Every page of the tag list, as the Link headers lead from one to the next. */
async function listTags(registry: TestRegistry, repository: string, pageSize: number): Promise<string[]> {
  const tags: string[] = [];
  let next: string | undefined = `/v2/${repository}/tags/list?n=${pageSize}`;
  while (next !== undefined) {
    const response: Response = await fetch(new URL(next, registry.url));
    tags.push(...((await response.json()) as { tags: string[] }).tags);
    next = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return tags;
}

test.each([
  { format: 'oci', platforms: ['linux/amd64'], type: 'application/vnd.oci.image.manifest.v1+json' },
  { format: 'oci', platforms: ['linux/amd64', 'linux/arm64/v8'], type: 'application/vnd.oci.image.index.v1+json' },
  { format: 'docker', platforms: ['linux/amd64'], type: 'application/vnd.docker.distribution.manifest.v2+json' },
  {
    format: 'docker',
    platforms: ['linux/amd64', 'linux/arm/v7'],
    type: 'application/vnd.docker.distribution.manifest.list.v2+json',
  },
] as const)('an image is pushed as $type', async ({ format, platforms, type }) => {
  await using registry = await testRegistry();
  const repository = registry.repository('team/app');
  const labels = { 'org.opencontainers.image.revision': 'abc' };
  const created = '2026-03-04T05:06:07Z';
  const digest = await registry.push({ repository, tag: '1.0', format, platforms, labels, created });
  expect(await get(registry, repository, '1.0', type)).toEqual({ status: 200, type, digest });
  const { manifests = [{ digest }] } = await manifest(registry, repository, '1.0');
  expect(manifests).toHaveLength(platforms.length);
  for (const [i, entry] of manifests.entries()) {
    const [os, architecture, variant] = platforms[i]?.split('/') ?? [];
    const platform = { os, architecture, ...(variant === undefined ? {} : { variant }) };
    const content = { created, ...platform, config: { Labels: labels } };
    expect(await config(registry, repository, entry.digest)).toMatchObject(content);
  }
});

test('the same push gives the same digest, another tag another one, a retag the same again', async () => {
  await using registry = await testRegistry();
  const repository = registry.repository('app');
  const first = await registry.push({ repository, tag: '1' });
  expect(await registry.push({ repository, tag: '1' })).toBe(first);
  expect(await registry.push({ repository, tag: '2' })).not.toBe(first);
  expect(await registry.retag({ repository, from: '1', to: 'latest' })).toBe(first);
  expect(await get(registry, repository, 'latest')).toMatchObject({ status: 200, digest: first });
});

test('a single platform may have an index, an image no date, annotations and no media type', async () => {
  await using registry = await testRegistry();
  const repository = registry.repository('app');
  const annotations = { 'org.opencontainers.image.version': '1.0' };
  await registry.push({ repository, tag: '1', index: true, created: null, annotations, omitMediaType: true });
  const index = await manifest(registry, repository, '1');
  expect(index).toMatchObject({ annotations, manifests: [{ platform: { os: 'linux', architecture: 'amd64' } }] });
  expect(index).not.toHaveProperty('mediaType');
  expect(await config(registry, repository, index.manifests?.[0]?.digest ?? '')).not.toHaveProperty('created');
});

test('two thousand tags are listed page by page', async () => {
  await using registry = await testRegistry();
  const repository = registry.repository('many');
  const images = Array.from({ length: 2000 }, (_, i) => ({
    tag: `build-${String(i).padStart(4, '0')}`,
    created: new Date(Date.UTC(2026, 0, 1, 0, Math.floor(i / 4))),
  }));
  await registry.pushMany(repository, images);
  expect(await listTags(registry, repository, 300)).toEqual(images.map((image) => image.tag));
  expect(registry.countByRepository()).toEqual({ [repository]: 7 });
  const created = images[1999]?.created.toISOString();
  expect(await config(registry, repository, 'build-1999')).toMatchObject({ created });
});

test('a deleted tag leaves its image, a deleted manifest takes its tags along', async () => {
  await using registry = await testRegistry();
  const repository = registry.repository('app');
  const digest = await registry.push({ repository, tag: '1' });
  await registry.retag({ repository, from: '1', to: '2' });
  await registry.deleteTag(repository, '1');
  expect(await listTags(registry, repository, 10)).toEqual(['2']);
  expect((await get(registry, repository, digest)).status).toBe(200);
  await registry.deleteManifest(repository, digest);
  expect((await get(registry, repository, digest)).status).toBe(404);
  expect((await get(registry, repository, '2')).status).toBe(404);
});

test('requests are counted for each test alone, pushes are not', async () => {
  await using registry = await testRegistry();
  await using other = await testRegistry();
  const repository = registry.repository('app');
  await registry.push({ repository, tag: '1' });
  await listTags(other, repository, 10);
  await listTags(registry, repository, 10);
  await get(registry, repository, '1');
  await get(registry, repository, 'missing');
  await fetch(`${registry.url}/v2/`);
  expect(registry.countByRepository()).toEqual({ [repository]: 3, '': 1 });
  expect(registry.requests.map((request) => request.status)).toEqual([200, 200, 404, 200]);
  registry.clearRequests();
  expect(registry.countByRepository()).toEqual({});
});

test('faults hit the requests that a test chooses', async () => {
  await using registry = await testRegistry();
  const repository = registry.repository('app');
  await registry.push({ repository, tag: '1' });
  registry.inject((request) => {
    if (request.path.endsWith('/limited')) {
      return { kind: 'status', status: 429, headers: { 'retry-after': '3' }, body: 'slower' };
    }
    if (request.path.endsWith('/cut')) return { kind: 'cut' };
    if (request.path.endsWith('/hang')) return { kind: 'hang' };
    return request.path.endsWith('/1') ? { kind: 'delay', ms: 1 } : null;
  });
  const url = `${registry.url}/v2/${repository}/manifests`;
  const limited = await fetch(`${url}/limited`);
  expect([limited.status, limited.headers.get('retry-after'), await limited.text()]).toEqual([429, '3', 'slower']);
  await expect(fetch(`${url}/cut`)).rejects.toThrow('fetch failed');
  await expect(fetch(`${url}/hang`, { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout');
  expect((await get(registry, repository, '1')).status).toBe(200);
  registry.inject(null);
  expect((await fetch(`${url}/limited`)).status).toBe(404);
});

test('a registry with passwords lets in who knows the right one', async () => {
  await using registry = await passwordRegistry();
  const repository = registry.repository('app');
  await registry.push({ repository, tag: '1' });
  const list = (headers: Record<string, string>) => fetch(`${registry.url}/v2/${repository}/tags/list`, { headers });
  const basic = (password: string) => {
    const pair = `${registry.credentials.username}:${password}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  };
  const anonymous = await list({});
  expect(anonymous.status).toBe(401);
  expect(anonymous.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  expect((await list(basic('wrong'))).status).toBe(401);
  expect((await list(basic(registry.credentials.password))).status).toBe(200);
  expect(registry.requests.map((request) => request.authorized)).toEqual([false, true, true]);
});

test('a registry with tokens sends clients to its token server and takes its tokens', async () => {
  await using registry = await tokenRegistry({ field: 'access_token', expiresInSeconds: null });
  const repository = registry.repository('app');
  await registry.push({ repository, tag: '1' });
  const list = (token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return fetch(`${registry.url}/v2/${repository}/tags/list`, { headers });
  };
  const challenge = (await list()).headers.get('www-authenticate') ?? '';
  expect(challenge).toContain(`scope="repository:${repository}:pull"`);
  const realm = /realm="([^"]+)"/.exec(challenge)?.[1] ?? '';
  const service = /service="([^"]+)"/.exec(challenge)?.[1] ?? '';
  const ask = async (password: string, scope = `repository:${repository}:pull`) => {
    const basic = Buffer.from(`${registry.credentials.username}:${password}`).toString('base64');
    const headers = { authorization: `Basic ${basic}` };
    const response = await fetch(`${realm}?${new URLSearchParams({ service, scope })}`, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  expect(await ask('wrong')).toMatchObject({ status: 401 });
  const granted = await ask(registry.credentials.password);
  expect(Object.keys(granted.body)).toEqual(['access_token']);
  expect((await list(granted.body['access_token'])).status).toBe(200);

  const elsewhere = await ask(registry.credentials.password, 'repository:another/one:pull');
  expect((await list(elsewhere.body['access_token'])).status).toBe(401);
  registry.tokenServer.issueExpired(1);
  const expired = await ask(registry.credentials.password);
  expect((await list(expired.body['access_token'])).status).toBe(401);
  expect(registry.tokenServer.requests.map((request) => request.status)).toEqual([401, 200, 200, 200]);
});

test('with anonymous pulls, a token without credentials reads but does not write', async () => {
  await using registry = await tokenRegistry({ anonymousPull: true });
  const repository = registry.repository('app');
  await registry.push({ repository, tag: '1' });
  const { realm, service } = registry.tokenServer.auth;
  const scope = `repository:${repository}:pull,push`;
  const response = await fetch(`${realm}?${new URLSearchParams({ service, scope })}`);
  const { token } = (await response.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${registry.url}/v2/${repository}/tags/list`, { headers })).status).toBe(200);
  const uploads = `${registry.url}/v2/${repository}/blobs/uploads/`;
  expect((await fetch(uploads, { method: 'POST', headers })).status).toBe(401);
});
