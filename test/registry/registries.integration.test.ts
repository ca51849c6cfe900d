import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.ts';
import type { TagFacts } from '../../src/core/images/select/tag-facts.ts';
import { dockerConfigCredentials, parseDockerConfig } from '../../src/registry/docker-config.ts';
import { passwordRegistry, type TestRegistry, testRegistry, tokenRegistry } from '../control-plane/fixtures.ts';
import { registriesAt, SOON } from './small-registry.ts';

const CREATED = '2026-02-03T04:05:06.789Z';

function at(registry: TestRegistry, name: string) {
  return { registry: 'registry.test', path: registry.repository(name) };
}

describe('a real registry', () => {
  it.each([
    { format: 'oci', platforms: ['linux/amd64'], requests: 2 },
    { format: 'oci', platforms: ['linux/arm64/v8', 'linux/amd64'], requests: 3 },
    { format: 'docker', platforms: ['linux/amd64'], requests: 2 },
    { format: 'docker', platforms: ['linux/amd64', 'linux/arm64'], requests: 3 },
    { format: 'oci', platforms: ['linux/amd64', 'linux/arm64'], requests: 3, omitMediaType: true },
  ] as const)(
    'tells everything of a $format image for $platforms in $requests requests',
    async ({ format, platforms, requests, ...form }) => {
      await using registry = await testRegistry();
      const app = at(registry, 'team/app');
      const labels = { 'org.opencontainers.image.revision': 'abc123' };
      const digest = await registry.push({
        repository: app.path,
        tag: '1.0',
        format,
        platforms,
        labels,
        created: CREATED,
        ...form,
      });
      const { registries } = registriesAt(registry.url);
      expect(await registries.describe(app, [{ tag: '1.0' }])).toEqual([
        { tag: '1.0', digest, createdMs: Date.parse(CREATED), platforms, labels, firstSeenMs: expect.any(Number) },
      ]);
      expect(registry.countByRepository()).toEqual({ [app.path]: requests });
      expect(await registries.digest(app, '1.0')).toBe(digest);
      expect(await registries.digest(app, 'none')).toBeNull();
      expect(registries.requests()).toEqual({ 'registry.test': { requests: requests + 2 } });
    },
  );

  it('lists thousands of tags page by page', async () => {
    await using registry = await testRegistry();
    const app = at(registry, 'many');
    const tags = Array.from({ length: 2100 }, (_, i) => `build-${String(i).padStart(4, '0')}`);
    await registry.pushMany(
      app.path,
      tags.map((tag) => ({ tag, created: CREATED })),
    );
    const { registries } = registriesAt(registry.url);
    const listing = await registries.list(app);
    expect(listing).toMatchObject({ complete: true, warning: undefined });
    expect(listing.tags.map(({ tag }) => tag).sort()).toEqual(tags);
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 3 } });
  });

  it('is asked twice for an image that is known, and a tag that was moved is found', async () => {
    await using registry = await testRegistry();
    const app = at(registry, 'team/app');
    for (const minute of [1, 2, 3]) {
      await registry.push({ repository: app.path, tag: `main-${minute}`, created: `2026-01-01T00:0${minute}:00Z` });
    }
    const cacheDir = await mkdtemp(join(tmpdir(), 'towpath-test-'));
    const scan = async (): Promise<readonly TagFacts[]> => {
      registry.clearRequests();
      const { registries } = registriesAt(registry.url, { cacheDir });
      const facts = await registries.describe(app, (await registries.list(app)).tags);
      await registries.save();
      expect(registries.requests()).toEqual({ 'registry.test': { requests: registry.requests.length } });
      return facts;
    };
    try {
      const cold = await scan();
      expect(registry.requests).toHaveLength(7);
      expect(await scan()).toEqual(cold);
      expect(registry.requests.map(({ method }) => method)).toEqual(['GET', 'HEAD']);
      await registry.retag({ repository: app.path, from: 'main-3', to: 'main-1' });
      for (let round = 0; round < 3; round++) await scan();
      expect((await scan()).find(({ tag }) => tag === 'main-1')?.digest).toBe(
        cold.find(({ tag }) => tag === 'main-3')?.digest,
      );
      await registry.deleteTag(app.path, 'main-2');
      expect((await scan()).map(({ tag }) => tag)).toEqual(['main-1', 'main-3']);
      const { registries } = registriesAt(registry.url, { cacheDir });
      // Gone from the listing, still remembered.
      expect(await registries.describe(app, [{ tag: 'main-2' }])).toMatchObject([
        { createdMs: Date.UTC(2026, 0, 1, 0, 2) },
      ]);
    } finally {
      await rm(cacheDir, { recursive: true });
    }
  });

  it('that has no such repository says so', async () => {
    await using registry = await testRegistry();
    const app = at(registry, 'none');
    const { registries } = registriesAt(registry.url);
    await expect(registries.list(app)).rejects.toMatchObject({
      code: 'REGISTRY_NOT_FOUND',
      message: `registry.test answered 404 (NAME_UNKNOWN) to GET /v2/${app.path}/tags/list`,
    });
  });

  it('that stumbles is asked again, and one that hangs is given up', async () => {
    await using registry = await testRegistry();
    const app = at(registry, 'team/app');
    await registry.push({ repository: app.path, tag: '1.0' });
    let faults = 2;
    registry.inject(() => (faults-- > 0 ? { kind: 'cut' } : null));
    expect((await registriesAt(registry.url).registries.list(app)).complete).toBe(true);
    registry.inject(() => ({ kind: 'hang' }));
    registry.clearRequests();
    const limits = { ...SOON, headersMs: 100, troubleMs: 250, leastMs: 50 };
    await expect(registriesAt(registry.url, { limits }).registries.list(app)).rejects.toMatchObject({
      code: 'REGISTRY_TIMEOUT',
    });
    expect(registry.requests.length).toBeLessThanOrEqual(8);
  });

  it('that wants a password gets it, and says so where there is none', async () => {
    await using registry = await passwordRegistry();
    const app = at(registry, 'team/app');
    await registry.push({ repository: app.path, tag: '1.0' });
    const { username, password } = registry.credentials;
    const auths = { [registry.host]: { auth: Buffer.from(`${username}:${password}`).toString('base64') } };
    const config = parseDockerConfig(JSON.stringify({ auths }), 'config.json');
    const { registries } = registriesAt(registry.url, { credentials: dockerConfigCredentials(config, {}) });
    expect((await registries.describe(app, (await registries.list(app)).tags))[0]?.createdMs).toBeDefined();
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 4 } });
    await expect(registriesAt(registry.url).registries.list(app)).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
    });
  });

  it.each([{ field: 'token' }, { field: 'access_token' }] as const)(
    'that wants tokens gets one for each repository ($field)',
    async ({ field }) => {
      await using registry = await tokenRegistry({ field });
      const names = ['team/a', 'team/b'].map((name) => at(registry, name));
      for (const { path } of names) await registry.push({ repository: path, tag: '1.0' });
      const { username, password } = registry.credentials;
      const credentials = async () => ({ kind: 'basic' as const, username, password: new Secret(password) });
      const { registries, masked } = registriesAt(registry.url, { credentials });
      for (const name of names) await registries.describe(name, (await registries.list(name)).tags);
      expect(registry.tokenServer.requests.map(({ scopes }) => scopes)).toEqual(
        names.map(({ path }) => [`repository:${path}:pull`]),
      );
      // Turned away once, and then three for each repository.
      expect(registries.requests()).toEqual({ 'registry.test': { requests: 7 } });
      expect(masked).toContain(password);
    },
  );

  it('that gives tokens which have expired is asked for another, once', async () => {
    await using registry = await tokenRegistry({ anonymousPull: true });
    const app = at(registry, 'team/app');
    await registry.push({ repository: app.path, tag: '1.0' });
    const { registries } = registriesAt(registry.url);
    registry.tokenServer.issueExpired(1);
    await expect(registries.digest(app, '1.0')).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    expect(await registries.digest(app, '1.0')).toMatch(/^sha256:/);
    expect(registry.tokenServer.requests).toHaveLength(2);
  });
});
