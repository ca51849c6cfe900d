import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { createConnection } from '../../src/registry/connection.ts';
import type { Credential } from '../../src/registry/credentials.ts';
import { endpointOf } from '../../src/registry/endpoint.ts';
import { DEFAULT_LIMITS } from '../../src/registry/limits.ts';

const BASIC: Credential = { kind: 'basic', username: 'ci', password: new Secret('word') };

/** A connection to registry.test that answers everything with `status`; `sent` are the requests that went out. */
function connectionWith(credential: Credential | undefined, status = 200) {
  const sent: { url: string; authorization: string | null }[] = [];
  const connection = createConnection({
    endpoint: endpointOf('registry.test', undefined),
    credentials: async () => credential,
    fetch: async (url, init) => {
      sent.push({ url: url.href, authorization: new Headers(init.headers).get('authorization') });
      return new Response(null, {
        status,
        headers: { 'www-authenticate': 'Basic realm="x"', location: 'http://registry.test/' },
      });
    },
    clock: systemClock,
    limits: DEFAULT_LIMITS,
    userAgent: 'towpath/test',
    mask: () => undefined,
    onImplicitRefused: () => undefined,
  });
  return { connection, sent };
}

const at = (url: string, more = {}) => ({ method: 'GET' as const, url: new URL(url), maxBytes: 1000, ...more });

describe('a connection', () => {
  it("sends credentials to the registry's own origin and to no other", async () => {
    const { connection, sent } = connectionWith(BASIC);
    connection.recall({ kind: 'basic' });
    await connection.send(at('https://registry.test/a', { scope: 'x' }));
    await connection.send(at('https://registry.test/b', { asUser: true }));
    await connection.send(at('https://registry.test/c'));
    await connection.send(at('https://api.test/d', { scope: 'x' }));
    await connection.send(at('https://api.test/e', { asUser: true }));
    await connection.send(at('https://registry.test:8443/f', { scope: 'x' }));
    expect(sent.filter(({ authorization }) => authorization !== null).map(({ url }) => url)).toEqual([
      'https://registry.test/a',
      'https://registry.test/b',
    ]);
    expect(connection.requests()).toBe(6);
  });

  it("does not offer the job's own token to a vendor's API", async () => {
    const { connection, sent } = connectionWith({ ...BASIC, implicit: true });
    await connection.send(at('https://registry.test/b', { asUser: true }));
    expect(sent).toMatchObject([{ authorization: null }]);
  });

  it('does not go from https to http', async () => {
    const { connection, sent } = connectionWith(undefined, 302);
    await expect(connection.send(at('https://registry.test/a'))).rejects.toThrow('with a redirect from https to http');
    expect(sent).toHaveLength(1);
  });

  it.each([
    { realm: 'https://registry.test/token', taken: true },
    { realm: 'https://registry.test:8443/token', taken: true },
    { realm: 'https://test.registry.test/token', taken: false },
    { realm: 'http://registry.test/token', taken: false },
    { realm: 'https://evil.test/token', taken: false },
    { realm: 'https://evilregistry.test/token', taken: false },
    { realm: 'https://test/token', taken: false },
    { realm: 'file:///etc/passwd', taken: false },
    { realm: 'no address', taken: false },
  ])('takes the token service $realm from an earlier run: $taken', ({ realm, taken }) => {
    const { connection } = connectionWith(BASIC);
    connection.recall({ kind: 'bearer', realm });
    expect(connection.scheme() !== undefined).toBe(taken);
  });

  it('keeps to what the registry asked for in this run', async () => {
    const { connection } = connectionWith(BASIC, 401);
    await expect(connection.send(at('https://registry.test/a', { scope: 'x' }))).rejects.toThrow('answered 401');
    connection.recall({ kind: 'bearer', realm: 'https://registry.test/token' });
    expect(connection.scheme()).toEqual({ kind: 'basic' });
  });
});
