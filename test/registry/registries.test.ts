import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Registries } from '../../src/command/adapters/registries.ts';
import { json, refuse, startFaultServer } from './fault-server.ts';
import { image, index } from './images.ts';
import { APP, addBlobs, push, registriesAt, SOON, smallRegistry } from './small-registry.ts';

async function scratch() {
  const directory = await mkdtemp(join(tmpdir(), 'towpath-test-'));
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

describe('registries', () => {
  it('are what the commands need', () => {
    const registries: Registries = registriesAt('http://127.0.0.1:1').registries;
    expect(registries.requests()).toEqual({});
  });

  it('list tags and describe them from manifest and config', async () => {
    const content = smallRegistry();
    push(
      content,
      '1.0',
      image({ created: '2024-05-01T10:00:00.123456789Z', labels: { 'org.opencontainers.image.revision': 'abc' } }),
    );
    await using server = await startFaultServer(content.answer);
    const { registries } = registriesAt(server.url);
    const listing = await registries.list(APP);
    expect(listing).toMatchObject({ complete: true, tags: [{ tag: '1.0' }] });
    const [facts] = await registries.describe(APP, listing.tags);
    expect(facts).toMatchObject({
      tag: '1.0',
      digest: content.tags.get('1.0')?.digest,
      createdMs: Date.parse('2024-05-01T10:00:00.123Z'),
      platforms: ['linux/amd64'],
      labels: { 'org.opencontainers.image.revision': 'abc' },
    });
    expect(server.lines()).toEqual([
      'GET /v2/org/app/tags/list?n=1000',
      'GET /v2/org/app/manifests/1.0',
      `GET /v2/org/app/blobs/${[...content.blobs.keys()][1]}`,
    ]);
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 3 } });
  });

  it('describe an index by all its platforms and the config for linux/amd64', async () => {
    const content = smallRegistry();
    const arm = image({ created: '2020-01-01T00:00:00Z', platform: 'linux/arm64/v8' });
    const amd = image({ created: '2021-01-01T00:00:00Z' });
    const attestation = image({ platform: 'unknown/unknown' });
    const all = index({ 'linux/arm64/v8': arm, 'linux/amd64': amd, 'unknown/unknown': attestation }, { bare: true });
    for (const child of [arm, amd]) addBlobs(content, child);
    content.tags.set('1.0', all);
    await using server = await startFaultServer(content.answer);
    const { registries } = registriesAt(server.url);
    expect(await registries.describe(APP, [{ tag: '1.0' }])).toMatchObject([
      {
        digest: all.digest,
        createdMs: Date.parse('2021-01-01T00:00:00Z'),
        platforms: ['linux/arm64/v8', 'linux/amd64'],
      },
    ]);
    expect(server.received).toHaveLength(3);
  });

  it('read an image once, however many ask for it at the same time or later', async () => {
    const content = smallRegistry();
    push(content, '1.0', image({ created: '2024-01-01T00:00:00Z' }));
    await using server = await startFaultServer((request, response) => content.answer(request, response));
    const { registries, warnings } = registriesAt(server.url);
    const ask = () => registries.describe(APP, [{ tag: '1.0' }, { tag: 'gone' }]);
    const facts = await Promise.all(Array.from({ length: 50 }, ask));
    facts.push(await ask());
    for (const [first, gone] of facts) {
      expect(first?.createdMs).toBe(Date.UTC(2024, 0, 1));
      expect(gone?.createdMs).toBeUndefined();
    }
    expect(
      server.received
        .filter(({ url }) => url.includes('/manifests/'))
        .map(({ url }) => url.split('/').at(-1))
        .sort(),
    ).toEqual(['1.0', 'gone']);
    expect(server.received).toHaveLength(3);
    expect(warnings).toHaveLength(1);
  });

  it('ask for the digest of a tag once, however many want it at the same time', async () => {
    const content = smallRegistry();
    push(content, '1.0', image({ created: '2024-01-01T00:00:00Z' }));
    await using server = await startFaultServer((request, response) => content.answer(request, response));
    const { registries } = registriesAt(server.url);
    await registries.describe(APP, [{ tag: '1.0' }]);
    const heads = () => server.received.filter(({ method }) => method === 'HEAD').length;
    const fifty = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: 50 }, ask));
    expect(new Set(await fifty(() => registries.digest(APP, '1.0')))).toEqual(
      new Set([content.tags.get('1.0')?.digest]),
    );
    expect(heads()).toBe(1);
  });

  it('verify a remembered tag once, however many ask for it at the same time', async () => {
    await using cache = await scratch();
    const cacheDir = cache.directory;
    const content = smallRegistry();
    push(content, '1.0', image({ created: '2024-01-01T00:00:00Z' }));
    await using server = await startFaultServer((request, response) => content.answer(request, response));
    const cold = registriesAt(server.url, { cacheDir }).registries;
    await cold.describe(APP, [{ tag: '1.0' }]);
    await cold.save();
    const before = server.received.length;
    const { registries } = registriesAt(server.url, { cacheDir });
    await Promise.all(Array.from({ length: 50 }, () => registries.describe(APP, [{ tag: '1.0' }])));
    expect(server.lines().slice(before)).toEqual(['HEAD /v2/org/app/manifests/1.0']);
  });

  it('save the cost of children where the index itself names time and revision', async () => {
    const content = smallRegistry();
    const annotations = {
      'org.opencontainers.image.created': '2022-02-02T00:00:00Z',
      'org.opencontainers.image.revision': 'abc',
    };
    content.tags.set('1.0', index({ 'linux/amd64': image() }, { annotations }));
    await using server = await startFaultServer(content.answer);
    const { registries } = registriesAt(server.url);
    expect(await registries.describe(APP, [{ tag: '1.0' }])).toMatchObject([
      { createdMs: Date.parse('2022-02-02T00:00:00Z'), labels: annotations, platforms: ['linux/amd64'] },
    ]);
    expect(server.received).toHaveLength(1);
  });

  it('ask two times for an image they know, and find a tag that has moved', async () => {
    const content = smallRegistry();
    for (const day of [1, 2, 3]) push(content, `b-${day}`, image({ created: `2024-01-0${day}T00:00:00Z` }));
    await using server = await startFaultServer(content.answer);
    const cacheDir = await mkdtemp(join(tmpdir(), 'towpath-test-'));
    try {
      let nowMs = Date.UTC(2024, 5, 1);
      const clock = { now: () => nowMs++, sleep: () => new Promise<void>(() => undefined) };
      const scan = async () => {
        const before = server.received.length;
        const { registries } = registriesAt(server.url, { cacheDir, clock });
        const listing = await registries.list(APP);
        const tags = await registries.describe(APP, listing.tags);
        await registries.save();
        return { tags, lines: server.lines().slice(before) };
      };
      const cold = await scan();
      expect(cold.lines).toHaveLength(7);
      const warm = await scan();
      expect(warm.lines).toEqual(['GET /v2/org/app/tags/list?n=1000', 'HEAD /v2/org/app/manifests/b-1']);
      expect(warm.tags).toEqual(cold.tags);

      push(content, 'b-2', image({ created: '2024-03-03T00:00:00Z' }));
      const moved = await scan();
      expect(moved.lines.slice(0, 2)).toEqual(['GET /v2/org/app/tags/list?n=1000', 'HEAD /v2/org/app/manifests/b-2']);
      const before = cold.tags[1];
      const after = moved.tags[1];
      expect(after).toMatchObject({ tag: 'b-2', createdMs: Date.parse('2024-03-03T00:00:00Z') });
      expect(after?.firstSeenMs).toBeGreaterThan(before?.firstSeenMs ?? Number.POSITIVE_INFINITY);

      const files = await readdir(join(cacheDir, 'registry'));
      expect(files).toHaveLength(1);
      await writeFile(join(cacheDir, 'registry', files[0] ?? ''), '{"version":1,"tags":{');
      expect((await scan()).lines).toHaveLength(7);
    } finally {
      await rm(cacheDir, { recursive: true });
    }
  });

  it('do not choose by what they remember of a tag that is listed and has no image any more', async () => {
    const content = smallRegistry();
    push(content, '1.0', image({ created: '2024-01-01T00:00:00Z' }));
    let isGone = false;
    await using server = await startFaultServer((request, response) => {
      if (isGone && request.method === 'HEAD') return refuse(response, 404);
      content.answer(request, response);
    });
    await using cache = await scratch();
    const scan = async () => {
      const { registries } = registriesAt(server.url, { cacheDir: cache.directory });
      const facts = await registries.describe(APP, (await registries.list(APP)).tags);
      await registries.save();
      return facts;
    };
    expect(await scan()).toMatchObject([{ createdMs: Date.UTC(2024, 0, 1) }]);
    isGone = true;
    content.blobs.clear();
    content.tags.set('1.0', { ...image().manifest, body: 'gone' });
    expect(await scan()).toMatchObject([{ tag: '1.0', createdMs: undefined, digest: undefined }]);
  });

  it('do not forget tags that only a part of a listing leaves out', async () => {
    const content = smallRegistry();
    for (const tag of ['1', '2', '3']) push(content, tag, image({ created: `2024-01-0${tag}T00:00:00Z` }));
    let isCut = false;
    await using server = await startFaultServer((request, response) => {
      if (!isCut || !request.url.includes('/tags/list')) return content.answer(request, response);
      json(response, { tags: ['1'] }, { headers: { link: '<http://elsewhere.test/>; rel="next"' } });
    });
    await using cache = await scratch();
    const options = { cacheDir: cache.directory, limits: { ...SOON, rememberedGoneTags: 0 } };
    const first = registriesAt(server.url, options).registries;
    await first.describe(APP, (await first.list(APP)).tags);
    await first.save();
    isCut = true;
    const second = registriesAt(server.url, options).registries;
    expect((await second.list(APP)).complete).toBe(false);
    await second.digest(APP, '1');
    await second.save();
    const third = registriesAt(server.url, options).registries;
    expect(await third.describe(APP, [{ tag: '3' }])).toMatchObject([{ createdMs: Date.UTC(2024, 0, 3) }]);
    expect(server.lines().at(-1)).toBe('HEAD /v2/org/app/manifests/3');
  });

  it('do not read a cache file beyond its limit', async () => {
    const content = smallRegistry();
    push(content, '1.0', image({ created: '2024-01-01T00:00:00Z' }));
    await using server = await startFaultServer(content.answer);
    await using cache = await scratch();
    for (const cacheFileBytes of [1_000_000, 100]) {
      const { registries } = registriesAt(server.url, {
        cacheDir: cache.directory,
        limits: { ...SOON, cacheFileBytes },
      });
      await registries.describe(APP, [{ tag: '1.0' }]);
      await registries.save();
    }
    expect(server.lines().filter((line) => line === 'GET /v2/org/app/manifests/1.0')).toHaveLength(2);
  });

  it('survive a cache that cannot be written, with a warning', async () => {
    await using server = await startFaultServer(smallRegistry().answer);
    await using cache = await scratch();
    await writeFile(join(cache.directory, 'file'), '');
    const { registries, warnings } = registriesAt(server.url, { cacheDir: join(cache.directory, 'file') });
    await registries.digest(APP, '1.0').catch(() => undefined);
    await registries.list(APP);
    await registries.save();
    expect(warnings).toEqual([]);
    const filled = smallRegistry();
    push(filled, '1.0', image());
    await using other = await startFaultServer(filled.answer);
    const again = registriesAt(other.url, { cacheDir: join(cache.directory, 'file') });
    await again.registries.list(APP);
    await again.registries.save();
    expect(again.warnings).toMatchObject([{ severity: 'warning', subject: 'registry.test' }]);
    expect(again.warnings[0]?.message).toMatch(/^what was learnt of registry\.test\/org\/app could not be kept: /);
  });

  it('keep nothing secret in the cache', async () => {
    const content = smallRegistry();
    push(content, '1.0', image({ created: '2024-01-01T00:00:00Z' }));
    await using server = await startFaultServer((request, response) => {
      if (request.url.startsWith('/token')) {
        response.end(JSON.stringify({ token: 'the-very-token', expires_in: 300 }));
        return;
      }
      if (request.headers.authorization !== 'Bearer the-very-token') {
        response.writeHead(401, { 'www-authenticate': `Bearer realm="${server.url}/token",service="here"` }).end();
        return;
      }
      content.answer(request, response);
    });
    const cacheDir = await mkdtemp(join(tmpdir(), 'towpath-test-'));
    try {
      const credentials: Parameters<typeof registriesAt>[1] = { cacheDir };
      const { registries } = registriesAt(server.url, credentials);
      await registries.describe(APP, (await registries.list(APP)).tags);
      await registries.save();
      const [file] = await readdir(join(cacheDir, 'registry'));
      const text = await readFile(join(cacheDir, 'registry', file ?? ''), 'utf8');
      expect(text).toContain('"realm"');
      expect(text).not.toContain('the-very-token');
      // What was asked for is remembered, so that the next run is not turned away first.
      const before = server.received.length;
      const again = registriesAt(server.url, { cacheDir });
      await again.registries.list(APP);
      expect(server.received.slice(before).map(({ url }) => url.split('?')[0])).toEqual([
        '/token',
        '/v2/org/app/tags/list',
      ]);
      expect(again.registries.requests()).toEqual({ 'registry.test': { requests: 1 } });
    } finally {
      await rm(cacheDir, { recursive: true });
    }
  });
});
