import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../../src/cluster/api/api-client.ts';
import type { CredentialSource, Credentials } from '../../src/cluster/credentials.ts';
import { createTransport } from '../../src/cluster/transport/transport.ts';
import { type TestClock, testClock } from './support/clock.ts';
import { localServer } from './support/http-server.ts';

const TLS = { ca: undefined, cert: undefined, key: undefined, rejectUnauthorized: true, servername: undefined };

function credentials(token: string): Credentials {
  return { headers: { Authorization: `Bearer ${token}` }, tls: TLS };
}

interface Given {
  readonly server: URL;
  readonly clock?: TestClock;
  readonly source?: CredentialSource;
}

function client({ server, clock = testClock(), source }: Given): ApiClient & Disposable {
  const fixed = credentials('fixed');
  const api = createApiClient({
    server,
    credentials: source ?? { get: async () => fixed, refresh: async () => undefined },
    connect: ({ tls }) => createTransport({ server, tls, proxy: undefined, clock }),
    userAgent: 'towpath/test',
    clock,
  });
  return { ...api, [Symbol.dispose]: () => api.close() };
}

describe('a request to an API server', () => {
  it('goes below the path of the server, with who we are', async () => {
    await using server = await localServer((_request, response) => response.end('{"ok":true}'));
    using api = client({ server: new URL('/k8s/clusters/c-1/', server.url) });
    const answer = await api.send({ method: 'GET', path: '/api/v1/namespaces', query: { limit: '500' } });
    expect(answer).toEqual({ status: 200, body: { ok: true }, warnings: [] });
    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      url: '/k8s/clusters/c-1/api/v1/namespaces?limit=500',
      headers: { authorization: 'Bearer fixed', accept: 'application/json', 'user-agent': 'towpath/test' },
    });
  });

  it('carries an apply patch digit by digit', async () => {
    await using server = await localServer((_request, response) => response.writeHead(201).end('{}'));
    using api = client({ server: server.url });
    await api.send({ method: 'PATCH', path: '/x', body: { n: 9007199254740993n, text: '\u2028' } });
    expect(server.requests[0]?.headers['content-type']).toBe('application/apply-patch+yaml');
    expect(server.requests[0]?.body).toBe('{"n":9007199254740993,"text":"\\u2028"}');
  });

  it('keeps connections', async () => {
    await using server = await localServer((_request, response) => response.end('{}'));
    using api = client({ server: server.url });
    for (let count = 0; count < 5; count++) await api.send({ method: 'GET', path: '/x' });
    expect(server.connections()).toBe(1);
    expect(api.requests()).toBe(5);
  });

  it('is one of at most 32 at a time', async () => {
    let running = 0;
    let most = 0;
    await using server = await localServer((_request, response) => {
      most = Math.max(most, ++running);
      setImmediate(() => {
        running--;
        response.end('{}');
      });
    });
    using api = client({ server: server.url });
    await Promise.all(Array.from({ length: 100 }, () => api.send({ method: 'GET', path: '/x' })));
    expect(most).toBeLessThanOrEqual(32);
    expect(server.connections()).toBeLessThanOrEqual(32);
  });

  it('reads compressed answers', async () => {
    await using server = await localServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"big":true}'));
    });
    using api = client({ server: server.url });
    expect((await api.send({ method: 'GET', path: '/x' })).body).toEqual({ big: true });
    expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip');
  });

  it('gives warnings with the answer', async () => {
    await using server = await localServer((_request, response) => {
      response.setHeader('Warning', ['299 - "one is \\"deprecated\\""', '299 - "two"']);
      response.end('{}');
    });
    using api = client({ server: server.url });
    expect((await api.send({ method: 'GET', path: '/x' })).warnings).toEqual(['one is "deprecated"', 'two']);
  });
});

describe('an answer that is not the last word', () => {
  it.each([
    { name: '503 without more', status: 503, header: undefined, pauses: [200] },
    { name: '429 with seconds', status: 429, header: '3', pauses: [3000] },
    { name: '429 with less than our own pause', status: 429, header: '0', pauses: [200] },
    { name: '503 with a date', status: 503, header: 'Thu, 01 Jan 2026 00:00:05 GMT', pauses: [5000] },
    { name: '500', status: 500, header: undefined, pauses: [200] },
    { name: '502', status: 502, header: undefined, pauses: [200] },
    { name: '504', status: 504, header: undefined, pauses: [200] },
  ])('is asked for again: $name', async ({ status, header, pauses }) => {
    await using server = await localServer((_request, response, count) => {
      if (count > 1) return response.end('{"ok":true}');
      if (header !== undefined) response.setHeader('Retry-After', header);
      return response.writeHead(status).end('{}');
    });
    const clock = testClock();
    using api = client({ server: server.url, clock });
    const answer = await api.send({ method: 'PATCH', path: '/x', body: { a: 1 } });
    expect(answer).toMatchObject({ status: 200, body: { ok: true } });
    expect(clock.pauses).toEqual(pauses);
    expect(api.requests()).toBe(2);
    expect(server.requests.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  });

  it('is not 500 for a manifest that does not fit the schema', async () => {
    const verdict = { kind: 'Status', message: '.spec.replica: field not declared in schema', code: 500 };
    await using server = await localServer((_request, response) =>
      response.writeHead(500).end(JSON.stringify(verdict)),
    );
    using api = client({ server: server.url });
    expect(await api.send({ method: 'PATCH', path: '/x', body: {} })).toMatchObject({ status: 500, body: verdict });
    expect(api.requests()).toBe(1);
  });

  it('is 500 for trouble of the server', async () => {
    const trouble = { kind: 'Status', reason: 'InternalError', message: 'failed calling webhook "x"', code: 500 };
    await using server = await localServer((_request, response) =>
      response.writeHead(500).end(JSON.stringify(trouble)),
    );
    using api = client({ server: server.url });
    expect((await api.send({ method: 'PATCH', path: '/x', body: {} })).status).toBe(500);
    expect(api.requests()).toBe(5);
  });

  it('stands after five attempts, with growing pauses', async () => {
    await using server = await localServer((_request, response) => response.writeHead(503).end('{"message":"busy"}'));
    const clock = testClock();
    using api = client({ server: server.url, clock });
    expect(await api.send({ method: 'GET', path: '/x' })).toMatchObject({ status: 503, body: { message: 'busy' } });
    expect(clock.pauses).toEqual([200, 400, 800, 1600]);
    expect(api.requests()).toBe(5);
  });

  it('stands at once where the server asks for more than a run can wait', async () => {
    await using server = await localServer((_request, response) => {
      response.setHeader('Retry-After', '600');
      response.writeHead(429).end('{}');
    });
    using api = client({ server: server.url });
    expect((await api.send({ method: 'GET', path: '/x' })).status).toBe(429);
    expect(api.requests()).toBe(1);
  });

  it.each([400, 403, 404, 409, 410, 422])('is %i: that stands', async (status) => {
    await using server = await localServer((_request, response) => response.writeHead(status).end('{}'));
    using api = client({ server: server.url });
    expect((await api.send({ method: 'GET', path: '/x' })).status).toBe(status);
    expect(api.requests()).toBe(1);
  });

  it('is a connection that breaks before the answer', async () => {
    await using server = await localServer((_request, response, count) =>
      count < 3 ? response.destroy() : response.end('{"ok":true}'),
    );
    using api = client({ server: server.url });
    expect((await api.send({ method: 'GET', path: '/x' })).body).toEqual({ ok: true });
    expect(api.requests()).toBe(3);
  });

  it('is a connection that breaks within the answer', async () => {
    await using server = await localServer((_request, response, count) => {
      if (count > 1) response.end('{"ok":true}');
      else response.writeHead(200, { 'content-length': 100 }).write('{"ok":', () => response.destroy());
    });
    using api = client({ server: server.url });
    expect((await api.send({ method: 'GET', path: '/x' })).body).toEqual({ ok: true });
  });

  it('is a server that is not there, until that is certain', async () => {
    const server = await localServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const clock = testClock();
    using api = client({ server: server.url, clock });
    await expect(api.send({ method: 'GET', path: '/x' })).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: `${server.url.host} cannot be reached (ECONNREFUSED)`,
    });
    expect(clock.pauses).toHaveLength(4);
    expect(api.requests()).toBe(0);
  });
});

describe('the limits of an answer', () => {
  it.each([
    { name: 'plain', encode: (text: string) => text, headers: {} },
    { name: 'compressed', encode: (text: string) => gzipSync(text), headers: { 'content-encoding': 'gzip' } },
  ])('are kept where it is $name', async ({ encode, headers }) => {
    await using server = await localServer((_request, response) => {
      response.writeHead(200, headers);
      response.end(encode(`"${'x'.repeat(5000)}"`));
    });
    using api = client({ server: server.url });
    await expect(api.send({ method: 'GET', path: '/x', maxBytes: 4096 })).rejects.toMatchObject({
      code: 'CLUSTER_ANSWER_TOO_LARGE',
      message: 'the answer is larger than 4 KiB',
    });
    expect(api.requests()).toBe(1);
  });

  it('are kept in time', async () => {
    const clock = testClock();
    await using server = await localServer((_request, response) => {
      response.writeHead(200);
      response.write('{', () => clock.expire());
    });
    using api = client({ server: server.url, clock });
    await expect(api.send({ method: 'GET', path: '/x' })).rejects.toMatchObject({
      code: 'CLUSTER_TIMEOUT',
      message: 'the API server did not answer within 60 s',
    });
  });

  it('are kept when the run is cancelled', async () => {
    const stop = new AbortController();
    const reason = new Error('cancelled');
    await using server = await localServer(() => stop.abort(reason));
    using api = client({ server: server.url });
    await expect(api.send({ method: 'GET', path: '/x', signal: stop.signal })).rejects.toBe(reason);
    await expect(api.send({ method: 'GET', path: '/x', signal: stop.signal })).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it('take a success that is no JSON for a broken answer', async () => {
    await using server = await localServer((_request, response, count) =>
      response.end(count === 1 ? '{"cut": ' : '{}'),
    );
    using api = client({ server: server.url });
    expect((await api.send({ method: 'GET', path: '/x' })).body).toEqual({});
    expect(api.requests()).toBe(2);
  });

  it('allow an error that is no JSON', async () => {
    await using server = await localServer((_request, response) => response.writeHead(404).end('<html>'));
    using api = client({ server: server.url });
    expect(await api.send({ method: 'GET', path: '/x' })).toEqual({ status: 404, body: undefined, warnings: [] });
  });
});

describe('credentials that the server no longer takes', () => {
  it('are renewed once, for all requests at the same time', async () => {
    await using server = await localServer((request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer new' ? 200 : 401).end('{}');
    });
    const [old, renewed] = [credentials('old'), credentials('new')];
    let current = old;
    let renewals = 0;
    const source: CredentialSource = {
      get: async () => current,
      async refresh(stale) {
        if (stale === current && stale === old) {
          renewals++;
          current = renewed;
        }
        return current;
      },
    };
    using api = client({ server: server.url, source });
    const answers = await Promise.all([1, 2, 3].map(() => api.send({ method: 'GET', path: '/x' })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(renewals).toBe(1);
    expect(api.requests()).toBe(6);
  });

  it('are given up where the new ones do not help either', async () => {
    await using server = await localServer((_request, response) => response.writeHead(401).end('{}'));
    const source: CredentialSource = { get: async () => credentials('a'), refresh: async () => credentials('b') };
    using api = client({ server: server.url, source });
    expect((await api.send({ method: 'GET', path: '/x' })).status).toBe(401);
    expect(api.requests()).toBe(2);
  });

  it('are not asked for again where there are no others', async () => {
    await using server = await localServer((_request, response) => response.writeHead(401).end('{}'));
    using api = client({ server: server.url });
    expect((await api.send({ method: 'GET', path: '/x' })).status).toBe(401);
    expect(api.requests()).toBe(1);
  });
});

it('a connection that the server has closed meanwhile is opened again', async () => {
  await using server = await localServer((_request, response, count) => {
    if (count === 1) response.setHeader('connection', 'close');
    response.end('{}');
  });
  using api = client({ server: server.url });
  await api.send({ method: 'GET', path: '/x' });
  await api.send({ method: 'GET', path: '/x' });
  expect(server.connections()).toBe(2);
});
