import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { githubTokenCredential } from '../../src/registry/credentials.ts';
import type { RegistriesOptions } from '../../src/registry/registries.ts';
import { type FaultServer, json, type Received, refuse, startFaultServer } from './fault-server.ts';
import { APP, registriesAt } from './small-registry.ts';

const USER: RegistriesOptions['credentials'] = async () => ({
  kind: 'basic',
  username: 'ci',
  password: new Secret('s3cret-word'),
});
const BASIC = `Basic ${Buffer.from('ci:s3cret-word').toString('base64')}`;

interface TokenRegistry {
  /** What `/v2/…` says to requests without a token it knows. */
  challenge(server: FaultServer): string;
  /** What `/token` answers. */
  token(request: Received, response: ServerResponse): void;
  /** Whether a request's `Authorization` is enough. */
  accepts(header: string | undefined, request: Received): boolean;
}

function startTokenRegistry(options: Partial<TokenRegistry> = {}): Promise<FaultServer> {
  const accepts = options.accepts ?? ((header) => header === 'Bearer opens');
  const challenge =
    options.challenge ?? ((self) => `Bearer realm="${self.url}/token",service="reg",scope="repository:any:pull"`);
  const token = options.token ?? ((_request, response) => json(response, { token: 'opens', expires_in: 300 }));
  const started = startFaultServer(async (request, response) => {
    if (request.url.startsWith('/token')) return token(request, response);
    if (accepts(request.headers.authorization, request)) return json(response, { tags: ['1.0'] });
    refuse(response, 401, { 'www-authenticate': challenge(await started) });
  });
  return started;
}

function tokenRequests(server: FaultServer): Received[] {
  return server.received.filter(({ url }) => url.startsWith('/token'));
}

describe('a token', () => {
  it('is asked for with the scope of the repository, without a password where there is none', async () => {
    await using server = await startTokenRegistry();
    const { registries } = registriesAt(server.url);
    await registries.list(APP);
    expect(server.lines()).toEqual([
      'GET /v2/org/app/tags/list?n=1000',
      'GET /token?service=reg&scope=repository%3Aorg%2Fapp%3Apull',
      'GET /v2/org/app/tags/list?n=1000',
    ]);
    expect(tokenRequests(server)[0]?.headers.authorization).toBeUndefined();
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 2 } });
  });

  it('that opens what everybody may see is no secret: who gives it could have any word taken out of the report', async () => {
    await using server = await startTokenRegistry({
      token: (_request, response) => json(response, { token: 'failed' }),
      accepts: (header) => header === 'Bearer failed',
    });
    const { registries, masked } = registriesAt(server.url);
    expect((await registries.list(APP)).complete).toBe(true);
    expect(masked).toEqual([]);
  });

  it('is asked for with the password, which the registry itself never sees', async () => {
    await using server = await startTokenRegistry();
    const { registries, masked } = registriesAt(server.url, { credentials: USER });
    await registries.list(APP);
    expect(tokenRequests(server)[0]?.headers.authorization).toBe(BASIC);
    expect(
      server.received.filter(({ url }) => url.startsWith('/v2')).map(({ headers }) => headers.authorization),
    ).toEqual([undefined, 'Bearer opens']);
    expect(masked).toEqual(['s3cret-word', BASIC.slice(6), 'opens']);
  });

  it('is taken from access_token too', async () => {
    await using server = await startTokenRegistry({
      token: (_request, response) => json(response, { access_token: 'opens' }),
    });
    expect((await registriesAt(server.url).registries.list(APP)).complete).toBe(true);
  });

  it('is got for an identity token by posting it', async () => {
    await using server = await startTokenRegistry();
    const credentials: RegistriesOptions['credentials'] = async () => ({
      kind: 'refresh',
      token: new Secret('long-lived'),
    });
    await registriesAt(server.url, { credentials }).registries.list(APP);
    const [request] = tokenRequests(server);
    expect(request?.method).toBe('POST');
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'towpath',
      scope: 'repository:org/app:pull',
      service: 'reg',
      refresh_token: 'long-lived',
    });
  });

  it('that the config holds is sent as it is', async () => {
    await using server = await startTokenRegistry();
    const credentials: RegistriesOptions['credentials'] = async () => ({ kind: 'bearer', token: new Secret('opens') });
    await registriesAt(server.url, { credentials }).registries.list(APP);
    expect(tokenRequests(server)).toHaveLength(0);
  });

  it('is asked for once by all who need it at the same time, and then used again', async () => {
    await using server = await startTokenRegistry();
    const { registries } = registriesAt(server.url);
    await registries.list(APP);
    await Promise.all(['1', '2', '3', '4'].map((tag) => registries.digest(APP, tag)));
    expect(tokenRequests(server)).toHaveLength(1);
  });

  it('serves all repositories where its scope is not bound to one', async () => {
    await using server = await startTokenRegistry({
      challenge: (self) => `Bearer realm="${self.url}/token",service="public",scope="aws"`,
    });
    const { registries } = registriesAt(server.url);
    await registries.list(APP);
    await registries.list({ ...APP, path: 'org/other' });
    expect(tokenRequests(server).map(({ url }) => url)).toEqual(['/token?service=public&scope=aws']);
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 3 } });
  });

  it.each([
    { name: 'after 60 s where nothing is said', answer: { token: 'opens' }, fresh: 49_000, stale: 51_000 },
    {
      name: 'after expires_in, less some skew',
      answer: { token: 'opens', expires_in: 300 },
      fresh: 289_000,
      stale: 291_000,
    },
    {
      name: 'after 60 s for an expires_in that is none',
      answer: { token: 'opens', expires_in: -5 },
      fresh: 49_000,
      stale: 51_000,
    },
    {
      name: 'in three quarters of a short life',
      answer: { token: 'opens', expires_in: 8 },
      fresh: 5_900,
      stale: 6_100,
    },
  ])('is renewed $name', async ({ answer, fresh, stale }) => {
    let nowMs = 1_000_000;
    const clock = { now: () => nowMs, sleep: systemClock.sleep };
    await using server = await startTokenRegistry({ token: (_request, response) => json(response, answer) });
    const { registries } = registriesAt(server.url, { clock });
    await registries.digest(APP, 'a');
    nowMs = 1_000_000 + fresh;
    await registries.digest(APP, 'b');
    expect(tokenRequests(server)).toHaveLength(1);
    nowMs = 1_000_000 + stale;
    await registries.digest(APP, 'c');
    expect(tokenRequests(server)).toHaveLength(2);
  });

  it('that is no longer taken is renewed once', async () => {
    let current = 'first';
    await using server = await startTokenRegistry({
      token: (_request, response) => json(response, { token: current, expires_in: 3600 }),
      accepts: (header) => header === `Bearer ${current}`,
    });
    const { registries } = registriesAt(server.url);
    await registries.digest(APP, 'a');
    current = 'second';
    await registries.digest(APP, 'b');
    expect(tokenRequests(server)).toHaveLength(2);
  });

  it('that is never taken ends in an error that says what to do', async () => {
    await using server = await startTokenRegistry({ accepts: () => false });
    const { registries } = registriesAt(server.url);
    await expect(registries.list(APP)).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
      message: 'registry.test answered 401 (SOME_CODE) to GET /v2/org/app/tags/list',
      hint: 'Add credentials for registry.test to the docker config, or correct them.',
    });
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 2 } });
  });

  it.each([
    { name: 'is refused', token: (_: Received, r: ServerResponse) => refuse(r, 401), code: 'REGISTRY_UNAUTHORIZED' },
    {
      name: 'is no JSON',
      token: (_: Received, r: ServerResponse) => void r.end('<html>'),
      code: 'REGISTRY_ANSWER_MALFORMED',
    },
    {
      name: 'is empty',
      token: (_: Received, r: ServerResponse) => json(r, { token: '' }),
      code: 'REGISTRY_ANSWER_MALFORMED',
    },
    {
      name: 'would break the header',
      token: (_: Received, r: ServerResponse) => json(r, { token: 'a\r\nx-evil: 1' }),
      code: 'REGISTRY_ANSWER_MALFORMED',
    },
    { name: 'fails', token: (_: Received, r: ServerResponse) => refuse(r, 503), code: 'REGISTRY_UNAVAILABLE' },
    {
      name: 'is a redirect',
      token: (_: Received, r: ServerResponse) => void r.writeHead(302, { location: 'http://elsewhere.test/' }).end(),
      code: 'REGISTRY_REFUSED',
    },
  ])('that $name names the token service', async ({ token, code }) => {
    await using server = await startTokenRegistry({ token });
    const { registries } = registriesAt(server.url, { credentials: USER });
    const error = await registries.list(APP).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, subject: 'registry.test' });
    expect(String(error)).toMatch(/the token service of registry\.test answered/);
    expect(String(error)).not.toMatch(/s3cret/);
    expect(server.received.length).toBeLessThanOrEqual(8);
  });
});

describe("the job's own token", () => {
  it('is given up for none where it is refused', async () => {
    await using server = await startTokenRegistry({
      token: (request, response) =>
        request.headers.authorization === undefined ? json(response, { token: 'opens' }) : refuse(response, 403),
    });
    const credentials: RegistriesOptions['credentials'] = async () => ({
      kind: 'basic',
      username: 'x-access-token',
      password: new Secret('job-token'),
      implicit: true,
    });
    const { registries, warnings } = registriesAt(server.url, { credentials });
    expect((await registries.list(APP)).complete).toBe(true);
    expect(warnings).toMatchObject([{ message: "registry.test refused the job's own token and is asked without" }]);
  });

  it('is for ghcr.io alone', async () => {
    const source = githubTokenCredential(new Secret('job-token'));
    const at = (url: string) => source({ registry: 'ghcr.io', url: new URL(url), configured: false });
    expect(await at('https://ghcr.io/')).toMatchObject({ kind: 'basic', implicit: true });
    expect(await at('http://ghcr.io/')).toBeUndefined();
    expect(await at('https://mirror.test/')).toBeUndefined();
  });
});

describe('a password', () => {
  it('is sent where the registry asks for basic authentication', async () => {
    await using server = await startTokenRegistry({
      challenge: () => 'Basic realm="registry"',
      accepts: (header) => header === BASIC,
    });
    const { registries } = registriesAt(server.url, { credentials: USER });
    await registries.list(APP);
    await registries.list({ ...APP, path: 'org/other' });
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 3 } });
  });

  it('that is wrong is sent once', async () => {
    await using server = await startTokenRegistry({ challenge: () => 'Basic realm="registry"' });
    const { registries } = registriesAt(server.url, { credentials: USER });
    await expect(registries.list(APP)).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    await expect(registries.list({ ...APP, path: 'org/other' })).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
    });
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 3 } });
  });

  it.each([
    { name: 'a realm that is a word', challenge: 'Bearer realm="Artifactory Realm",service="x"' },
    { name: 'a realm without a scheme', challenge: 'Bearer realm="registry.test/token"' },
    { name: 'no realm', challenge: 'Bearer service="x"' },
  ])('is sent to the registry where the token service is $name', async ({ challenge }) => {
    await using server = await startTokenRegistry({
      challenge: () => challenge,
      accepts: (header) => header === BASIC,
    });
    expect((await registriesAt(server.url, { credentials: USER }).registries.list(APP)).complete).toBe(true);
    await expect(registriesAt(server.url).registries.list(APP)).rejects.toMatchObject({
      code: 'REGISTRY_UNAUTHORIZED',
    });
  });

  it('is not needed where tokens are offered beside it in the same header', async () => {
    await using server = await startTokenRegistry({
      challenge: (self) => `Basic realm="here", Bearer realm="${self.url}/token",service="reg", Negotiate abc==`,
    });
    expect((await registriesAt(server.url).registries.list(APP)).complete).toBe(true);
  });

  it('never goes unencrypted where the registry itself is asked over https', async () => {
    const sent: string[] = [];
    const { registries } = registriesAt('https://registry.test', {
      credentials: USER,
      fetch: async (url) => {
        sent.push(url.href);
        return new Response('', { status: 401, headers: { 'www-authenticate': 'Bearer realm="http://tokens.test/"' } });
      },
    });
    await expect(registries.list(APP)).rejects.toThrow(/without encryption/);
    expect(sent).toEqual(['https://registry.test/v2/org/app/tags/list?n=1000']);
  });
});

describe('a redirect', () => {
  async function redirected(to: (self: FaultServer) => string, status = 307) {
    const server = await startFaultServer(async (request, response) => {
      if (request.headers.authorization === undefined)
        return refuse(response, 401, { 'www-authenticate': 'Basic realm="x"' });
      response.writeHead(status, { location: to(server) }).end();
    });
    return server;
  }

  it.each([301, 302, 303, 307, 308])('to another origin (%i) is followed without credentials', async (status) => {
    await using storage = await startFaultServer((_request, response) => json(response, { tags: ['1.0'] }));
    await using server = await redirected(() => `${storage.url}/elsewhere?signed=1`, status);
    const { registries } = registriesAt(server.url, { credentials: USER });
    expect((await registries.list(APP)).complete).toBe(true);
    expect(storage.received).toMatchObject([{ method: 'GET', url: '/elsewhere?signed=1' }]);
    expect(storage.received[0]?.headers.authorization).toBeUndefined();
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 2 } });
  });

  it('on the same origin keeps them, relative or not', async () => {
    await using server = await startFaultServer((request, response) => {
      if (request.headers.authorization !== BASIC)
        return refuse(response, 401, { 'www-authenticate': 'Basic realm="x"' });
      if (request.url.startsWith('/moved')) return json(response, { tags: ['1.0'] });
      response.writeHead(308, { location: '/moved?n=1000' }).end();
    });
    const { registries } = registriesAt(server.url, { credentials: USER });
    expect((await registries.list(APP)).complete).toBe(true);
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 3 } });
  });

  it('that comes back from another origin stays without credentials', async () => {
    await using storage = await startFaultServer((_request, response) => {
      response.writeHead(302, { location: `${registry.url}/back` }).end();
    });
    const registry = await startFaultServer((request, response) => {
      if (request.url === '/back') return json(response, { tags: [] });
      if (request.headers.authorization === undefined)
        return refuse(response, 401, { 'www-authenticate': 'Basic realm="x"' });
      response.writeHead(302, { location: storage.url }).end();
    });
    await using server = registry;
    await registriesAt(server.url, { credentials: USER }).registries.list(APP);
    expect(server.received.at(-1)).toMatchObject({ url: '/back' });
    expect(server.received.at(-1)?.headers.authorization).toBeUndefined();
  });

  it.each([
    { name: 'a password', challenge: () => 'Basic realm="x"' },
    {
      name: 'a token of its own service',
      challenge: (self: FaultServer) => `Bearer realm="${self.url}/token",service="x"`,
    },
  ])('to a place that asks for $name gets none', async ({ challenge }) => {
    const started = startFaultServer(async (_request, response) =>
      refuse(response, 401, { 'www-authenticate': challenge(await started) }),
    );
    await using storage = await started;
    await using server = await redirected(() => storage.url);
    const { registries } = registriesAt(server.url, { credentials: USER });
    for (const path of ['first', 'second']) {
      await expect(registries.list({ ...APP, path })).rejects.toMatchObject({ code: 'REGISTRY_UNAUTHORIZED' });
    }
    expect(storage.lines()).toEqual(['GET /', 'GET /']);
    expect(storage.received.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it.each([
    { name: 'that never ends', to: (self: FaultServer) => `${self.url}/v2/org/app/tags/list` },
    { name: 'to a file', to: () => 'file:///etc/passwd' },
    { name: 'with a password in it', to: () => 'http://user:word@elsewhere.test/' },
    { name: 'to nothing', to: () => 'http://' },
  ])('$name is refused', async ({ to }) => {
    await using server = await redirected(to);
    await expect(registriesAt(server.url, { credentials: USER }).registries.list(APP)).rejects.toMatchObject({
      code: 'REGISTRY_REDIRECT_REFUSED',
    });
    expect(server.received.length).toBeLessThanOrEqual(8);
  });

  it('from https to http is refused', async () => {
    const { registries } = registriesAt('https://registry.test', {
      fetch: async () => new Response(null, { status: 302, headers: { location: 'http://registry.test/' } }),
    });
    await expect(registries.list(APP)).rejects.toMatchObject({ code: 'REGISTRY_REDIRECT_REFUSED' });
  });
});
