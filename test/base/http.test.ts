import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { type ExchangeOptions, exchange } from '../../src/base/http.ts';

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const OPTIONS: ExchangeOptions = {
  fetch: (url, init) => fetch(url, init),
  clock: systemClock,
  headersMs: 10_000,
  totalMs: 10_000,
  maxBytes: 100,
};

describe('an exchange', () => {
  it('sends method, headers and body, and gives status, headers and body', async () => {
    await using server = await serve((request, response) => {
      request.setEncoding('utf8');
      request.on('data', (text) =>
        response.writeHead(202, { 'x-method': request.method, 'x-own': request.headers['x-own'] }).end(`got ${text}`),
      );
    });
    const answer = await exchange(
      { method: 'POST', url: server.url, headers: { 'x-own': 'yes' }, body: 'this' },
      OPTIONS,
    );
    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-method')).toBe('POST');
    expect(answer.headers.get('x-own')).toBe('yes');
    expect(answer.body.toString()).toBe('got this');
  });

  it('does not follow redirects', async () => {
    await using server = await serve((_request, response) =>
      response.writeHead(302, { location: '/other' }).end('moved'),
    );
    const answer = await exchange({ method: 'GET', url: server.url, headers: {} }, OPTIONS);
    expect([answer.status, answer.headers.get('location'), answer.body.length]).toEqual([302, '/other', 0]);
  });

  it('takes a body of just the limit and no byte more', async () => {
    let size = 100;
    await using server = await serve((_request, response) => response.end('x'.repeat(size)));
    const request = { method: 'GET', url: server.url, headers: {} } as const;
    expect((await exchange(request, OPTIONS)).body).toHaveLength(100);
    size = 101;
    await expect(exchange(request, OPTIONS)).rejects.toMatchObject({
      code: 'HTTP_TOO_LARGE',
      message: 'sent more than 100 bytes',
    });
  });

  it('cuts the body of an error short instead of failing', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(500);
      const more = () => {
        while (response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    const answer = await exchange({ method: 'GET', url: server.url, headers: {} }, OPTIONS);
    expect([answer.status, answer.body.length]).toEqual([500, 65_536]);
  });

  it.each([
    {
      name: 'no answer',
      listener: (() => undefined) as RequestListener,
      limits: { headersMs: 30 },
      code: 'HTTP_TIMEOUT',
    },
    {
      name: 'an answer that does not end',
      listener: ((_request, response) => response.write('x')) as RequestListener,
      limits: { totalMs: 60 },
      code: 'HTTP_TIMEOUT',
    },
    {
      name: 'an answer that breaks off',
      listener: ((_request, response) => {
        response.writeHead(200, { 'content-length': 50 });
        response.write('x', () => response.destroy());
      }) as RequestListener,
      code: 'HTTP_BROKEN',
    },
    {
      name: 'a connection that is cut',
      listener: ((_request, response) => response.destroy()) as RequestListener,
      code: 'HTTP_UNREACHABLE',
    },
  ])('fails for $name', async ({ listener, limits, code }) => {
    await using server = await serve(listener);
    await expect(
      exchange({ method: 'GET', url: server.url, headers: {} }, { ...OPTIONS, ...limits }),
    ).rejects.toMatchObject({ code });
  });

  it("says which host name does not exist by the system's code", async () => {
    const failing = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) });
    };
    const request = { method: 'GET', url: new URL('https://nowhere.test'), headers: {} } as const;
    await expect(exchange(request, { ...OPTIONS, fetch: failing })).rejects.toThrow('could not be reached (ENOTFOUND)');
  });

  it('ends with the reason of its signal', async () => {
    await using server = await serve(() => undefined);
    const stop = new AbortController();
    const result = exchange({ method: 'GET', url: server.url, headers: {} }, { ...OPTIONS, signal: stop.signal });
    const reason = new Error('cancelled');
    setImmediate(() => stop.abort(reason));
    await expect(result).rejects.toBe(reason);
    await expect(
      exchange({ method: 'GET', url: server.url, headers: {} }, { ...OPTIONS, signal: stop.signal }),
    ).rejects.toBe(reason);
  });
});
