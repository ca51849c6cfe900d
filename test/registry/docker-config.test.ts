import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TowpathError } from '../../src/base/errors.ts';
import type { Credential } from '../../src/registry/credentials.ts';
import { firstCredential } from '../../src/registry/credentials.ts';
import { dockerConfigCredentials, parseDockerConfig } from '../../src/registry/docker-config.ts';
import { loadDockerConfig } from '../../src/registry/docker-config-file.ts';
import { endpointOf } from '../../src/registry/endpoint.ts';

const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });

/** `user:password`, `refresh:token` or `bearer:token` of what a source found. */
function show(credential: Credential | undefined): string | undefined {
  if (credential === undefined) return undefined;
  if (credential.kind === 'basic') return `${credential.username}:${credential.password.reveal()}`;
  return `${credential.kind}:${credential.token.reveal()}`;
}

async function lookUp(config: unknown, registry: string, endpoint?: string, env: NodeJS.ProcessEnv = {}) {
  const source = dockerConfigCredentials(parseDockerConfig(JSON.stringify(config), 'config.json'), env);
  return show(await source(endpointOf(registry, endpoint)));
}

describe('the docker config', () => {
  it.each([
    { name: 'a host', key: 'ghcr.io', registry: 'ghcr.io' },
    { name: 'a host with scheme and path', key: 'https://ghcr.io/v2/', registry: 'ghcr.io' },
    { name: 'a host in capitals', key: 'GHCR.io', registry: 'ghcr.io' },
    { name: 'host and port', key: 'reg.test:5000', registry: 'reg.test:5000' },
    {
      name: "the endpoint's host and port",
      key: 'http://127.0.0.1:5000',
      registry: 'reg.test',
      endpoint: 'http://127.0.0.1:5000/',
    },
    {
      name: "the endpoint's default port",
      key: 'mirror.test:443',
      registry: 'reg.test',
      endpoint: 'https://mirror.test',
    },
    { name: 'Docker Hub as docker writes it', key: 'https://index.docker.io/v1/', registry: 'docker.io' },
    { name: 'Docker Hub by its name', key: 'docker.io', registry: 'docker.io' },
    { name: "Docker Hub's API host", key: 'registry-1.docker.io', registry: 'docker.io' },
    {
      name: 'Docker Hub behind a mirror',
      key: 'https://index.docker.io/v1/',
      registry: 'docker.io',
      endpoint: 'http://127.0.0.1:5000',
    },
  ])('opens what it names by $name', async ({ key, registry, endpoint }) => {
    expect(await lookUp({ auths: { [key]: auth('me:word') } }, registry, endpoint)).toBe('me:word');
  });

  it.each([
    { name: 'another host', key: 'ghcr.io.evil.test', registry: 'ghcr.io' },
    { name: 'another port', key: 'reg.test:5001', registry: 'reg.test:5000' },
    { name: 'a host without the port', key: 'reg.test', registry: 'reg.test:5000' },
    { name: 'an entry without a secret', key: 'reg.test:5000', registry: 'reg.test:5000', value: {} },
  ])('does not open a registry by $name', async ({ key, registry, value }) => {
    expect(await lookUp({ auths: { [key]: value ?? auth('me:word') } }, registry)).toBeUndefined();
  });

  it("looks for the registry's name before the endpoint's host", async () => {
    const auths = { '127.0.0.1:5000': auth('endpoint:a'), 'reg.test': auth('name:b') };
    expect(await lookUp({ auths }, 'reg.test', 'http://127.0.0.1:5000')).toBe('name:b');
  });

  it('prefers a key that is a bare host', async () => {
    const auths = {
      'quay.io/team': auth('part:a'),
      'quay.io': auth('whole:b'),
      'https://quay.io/other': auth('other:c'),
    };
    expect(await lookUp({ auths }, 'quay.io')).toBe('whole:b');
  });

  it.each([
    { name: 'username and password', entry: { username: 'me', password: 'wo:rd' }, found: 'me:wo:rd' },
    { name: 'auth with colons in the password', entry: auth('me:wo:rd'), found: 'me:wo:rd' },
    { name: 'auth that ends in zero bytes', entry: auth('me:word\0\0'), found: 'me:word' },
    {
      name: 'an identity token before anything else',
      entry: { ...auth('00000000-0000:'), identitytoken: 'idt' },
      found: 'refresh:idt',
    },
    { name: 'a registry token', entry: { registrytoken: 'rt' }, found: 'bearer:rt' },
  ])('reads $name', async ({ entry, found }) => {
    expect(await lookUp({ auths: { 'reg.test': entry } }, 'reg.test')).toBe(found);
  });

  it.each([
    { name: 'not JSON', text: '{"auths": {"reg.test": {"auth": "c2VjcmV0"}}', says: 'it is not JSON' },
    { name: 'a list', text: '["c2VjcmV0"]', says: 'it is no JSON object' },
    { name: 'auths as a list', text: '{"auths": ["c2VjcmV0"]}', says: 'its "auths" is no object' },
    {
      name: 'an entry that is a string',
      text: '{"auths": {"reg.test": "c2VjcmV0"}}',
      says: 'an entry of its "auths" is no object',
    },
    {
      name: 'a helper that is no string',
      text: '{"credHelpers": {"reg.test": 1}}',
      says: 'an entry of its "credHelpers" is no string',
    },
    { name: 'a store that is no string', text: '{"credsStore": ["c2VjcmV0"]}', says: 'its "credsStore" is no string' },
  ])('that is $name is an error with its name and nothing of its content', ({ text, says }) => {
    const error = catching(() => parseDockerConfig(text, '/home/me/.docker/config.json'));
    expect(error.code).toBe('REGISTRY_AUTH_INVALID');
    expect(error.message).toBe(`cannot use the docker config /home/me/.docker/config.json: ${says}`);
    expect(`${error.stack} ${error.hint} ${String(error.cause)}`).not.toContain('c2VjcmV0');
  });

  it('with an entry that cannot be decoded is an error for that registry only', async () => {
    const config = { auths: { 'bad.test': { auth: 'bm8gY29sb24=' }, 'good.test': auth('me:word') } };
    expect(await lookUp(config, 'good.test')).toBe('me:word');
    await expect(lookUp(config, 'bad.test')).rejects.toThrow(
      'cannot use the docker config config.json: its "auth" for bad.test is not base64 of user:password',
    );
  });

  it('may hold any JSON without harm', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          parseDockerConfig(text, 'name');
        } catch (error) {
          expect(error).toBeInstanceOf(TowpathError);
        }
      }),
    );
  });
});

function catching(work: () => unknown): TowpathError {
  try {
    work();
  } catch (error) {
    return error as TowpathError;
  }
  return expect.unreachable('an error was expected');
}

describe('credential helpers', () => {
  let directory = '';
  let env: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'towpath-test-'));
    env = { PATH: `${directory}:${process.env['PATH']}` };
    const helpers: Record<string, string> = {
      good: 'read s; printf \'{"ServerURL":"%s","Username":"for %s","Secret":"%s"}\' "$s" "$s" "$1"',
      token: 'printf \'{"Username":"<token>","Secret":"idt"}\'',
      none: 'echo "credentials not found in native keychain"; exit 1',
      broken: 'echo "the-secret leaks"; exit 3',
      garbage: 'echo "the-secret"',
      partial: 'echo \'{"Secret":"the-secret"}\'',
      slow: 'exec sleep 60',
    };
    for (const [name, script] of Object.entries(helpers)) {
      const file = join(directory, `docker-credential-${name}`);
      await writeFile(file, `#!/bin/sh\n${script}\n`);
      await chmod(file, 0o755);
    }
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('are told the host and asked to get', async () => {
    expect(await lookUp({ credHelpers: { 'reg.test': 'good' } }, 'reg.test', undefined, env)).toBe('for reg.test:get');
  });

  it("are told docker's own name for Docker Hub", async () => {
    const found = 'for https://index.docker.io/v1/:get';
    expect(await lookUp({ credHelpers: { 'docker.io': 'good' } }, 'docker.io', undefined, env)).toBe(found);
    expect(await lookUp({ credsStore: 'good' }, 'docker.io', undefined, env)).toBe(found);
  });

  it('are told the key of auths that the login was made with', async () => {
    const config = { auths: { 'https://reg.test/v1/': {} }, credsStore: 'good' };
    expect(await lookUp(config, 'reg.test', undefined, env)).toBe('for https://reg.test/v1/:get');
  });

  it('may give an identity token', async () => {
    expect(await lookUp({ credsStore: 'token' }, 'reg.test', undefined, env)).toBe('refresh:idt');
  });

  it('come before entries when named for the host, and after them as the general store', async () => {
    const auths = { 'reg.test': auth('me:word') };
    expect(await lookUp({ auths, credHelpers: { 'reg.test': 'good' } }, 'reg.test', undefined, env)).toBe(
      'for reg.test:get',
    );
    expect(await lookUp({ auths, credsStore: 'good' }, 'reg.test', undefined, env)).toBe('me:word');
  });

  it('that know nothing leave the registry without credentials', async () => {
    expect(await lookUp({ credsStore: 'none' }, 'reg.test', undefined, env)).toBeUndefined();
  });

  it.each([
    { helper: 'broken', says: 'docker-credential-broken failed for reg.test (exit code 3)' },
    { helper: 'garbage', says: "docker-credential-garbage's answer for reg.test is no JSON object" },
    { helper: 'partial', says: "docker-credential-partial's answer for reg.test lacks Username or Secret" },
    { helper: 'missing', says: 'cannot start docker-credential-missing: no such command (named by config.json)' },
    { helper: '../evil', says: 'config.json names a credential helper that is no program name' },
  ])('that fail ($helper) are an error without their output', async ({ helper, says }) => {
    const error = await lookUp({ credsStore: helper }, 'reg.test', undefined, env).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'REGISTRY_AUTH_HELPER_FAILED', message: says });
    expect(String((error as Error).stack)).not.toContain('the-secret');
  });

  it('that do not end are stopped', async () => {
    const { askCredentialHelper } = await import('../../src/registry/credential-helper.ts');
    await expect(
      askCredentialHelper('slow', 'reg.test', { env, config: 'config.json', timeoutMs: 50 }),
    ).rejects.toThrow('docker-credential-slow did not end within 50 ms (named by config.json)');
  });
});

describe('the file of the docker config', () => {
  it('is the one named, else that of $DOCKER_CONFIG, else that of the home directory, else none', async () => {
    const home = await mkdtemp(join(tmpdir(), 'towpath-test-'));
    try {
      const hosts = async (places: Omit<Parameters<typeof loadDockerConfig>[0], 'home'>) => [
        ...(await loadDockerConfig({ ...places, home })).auths.keys(),
      ];
      expect(await hosts({ env: {} })).toEqual([]);
      await mkdir(join(home, '.docker'));
      await writeFile(join(home, '.docker', 'config.json'), '\uFEFF{"auths":{"home.test":{}}}');
      expect(await hosts({ env: {} })).toEqual(['home.test']);
      expect(await hosts({ env: { DOCKER_CONFIG: '' } })).toEqual(['home.test']);
      await writeFile(join(home, 'config.json'), '{"auths":{"env.test":{}}}');
      expect(await hosts({ env: { DOCKER_CONFIG: home } })).toEqual(['env.test']);
      const explicit = { name: '--registry-auth', text: '{"auths":{"named.test":{}}}' };
      expect(await hosts({ env: { DOCKER_CONFIG: home }, explicit })).toEqual(['named.test']);
      expect(await hosts({ env: { DOCKER_CONFIG: join(home, 'nowhere') } })).toEqual([]);
      await mkdir(join(home, 'odd', 'config.json'), { recursive: true });
      await expect(hosts({ env: { DOCKER_CONFIG: join(home, 'odd') } })).rejects.toMatchObject({
        code: 'REGISTRY_AUTH_INVALID',
        subject: join(home, 'odd', 'config.json'),
      });
    } finally {
      await rm(home, { recursive: true });
    }
  });
});

describe('several sources of credentials', () => {
  it('are asked in order until one has something', async () => {
    const asked: string[] = [];
    const source = (name: string, found: Credential | undefined) => async () => {
      asked.push(name);
      return found;
    };
    const second = { kind: 'bearer', token: { reveal: () => 'x' } } as unknown as Credential;
    const all = firstCredential([source('a', undefined), source('b', second), source('c', second)]);
    expect(await all(endpointOf('reg.test', undefined))).toBe(second);
    expect(asked).toEqual(['a', 'b']);
  });
});
