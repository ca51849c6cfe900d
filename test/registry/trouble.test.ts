import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { TowpathError } from '../../src/base/errors.ts';
import type { Limits } from '../../src/registry/limits.ts';
import { type Answer, json, refuse, startFaultServer } from './fault-server.ts';
import { image } from './images.ts';
import { APP, push, registriesAt, SOON, smallRegistry } from './small-registry.ts';

async function errorOf(work: Promise<unknown>): Promise<TowpathError> {
  return work.then(
    () => expect.unreachable('an error was expected'),
    (error: unknown) => error as TowpathError,
  );
}

function listTags(response: ServerResponse, ...tags: string[]): void {
  json(response, { name: 'org/app', tags });
}

const cut: Answer = (_request, response) => void response.destroy();
const hang: Answer = () => undefined;
const trickle: Answer = (_request, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(timer));
};
const flood: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"tags":[');
  const more = () => {
    while (response.write(`"${'x'.repeat(10_000)}",`));
  };
  response.on('drain', more);
  more();
};

/** For answers that never come or never end. */
const shortLimits: Partial<Limits> = { headersMs: 60, answerMs: 100, troubleMs: 150, leastMs: 50, firstPauseMs: 1 };

describe('a registry in trouble is given up', () => {
  it.each([
    {
      name: 'it does not answer',
      answer: hang,
      limits: shortLimits,
      code: 'REGISTRY_TIMEOUT',
      says: /did not answer within/,
    },
    {
      name: 'it trickles',
      answer: trickle,
      limits: shortLimits,
      code: 'REGISTRY_TIMEOUT',
      says: /did not finish its answer within/,
    },
    { name: 'it floods', answer: flood, code: 'REGISTRY_ANSWER_TOO_LARGE', says: /sent more than 100000 bytes/ },
    {
      name: 'it cuts connections',
      answer: cut,
      code: 'REGISTRY_UNREACHABLE',
      says: /could not be reached \(UND_ERR_SOCKET\)/,
    },
    {
      name: 'it breaks answers off',
      answer: ((_request, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('{', () => response.destroy());
      }) as Answer,
      code: 'REGISTRY_UNREACHABLE',
      says: /broke off its answer/,
    },
    {
      name: 'it keeps failing',
      answer: ((_request, response) => refuse(response, 503)) as Answer,
      code: 'REGISTRY_UNAVAILABLE',
      says: /^registry\.test answered 503 \(SOME_CODE\) to GET \/v2\/org\/app\/tags\/list$/,
    },
    {
      name: 'it keeps limiting the rate',
      answer: ((_request, response) => refuse(response, 429)) as Answer,
      code: 'REGISTRY_RATE_LIMITED',
      says: /answered 429/,
    },
  ])('when $name, after at most 8 requests for all images together', async ({ answer, code, says, limits }) => {
    await using server = await startFaultServer(answer);
    const { registries } = registriesAt(server.url, { limits: { ...SOON, pageBytes: 100_000, ...limits } });
    const error = await errorOf(registries.list(APP));
    expect(error).toMatchObject({ code, subject: 'registry.test' });
    expect(error.message).toMatch(says);
    const others = ['a', 'b', 'c', 'd', 'e', 'f'].map((path) => errorOf(registries.list({ ...APP, path })));
    for (const other of await Promise.all(others)) expect(other.code).toBe(code);
    const sent = registries.requests()['registry.test']?.requests ?? 0;
    expect(sent).toBeLessThanOrEqual(8);
    // One that was cut short may not have arrived.
    expect(sent).toBeGreaterThanOrEqual(server.received.length);
    const late = await errorOf(registries.list({ ...APP, path: 'late' }));
    expect(late.message).toMatch(/^registry\.test is not asked again in this run: registry\.test /);
  });

  it('when nobody listens there', async () => {
    const server = await startFaultServer(hang);
    await server[Symbol.asyncDispose]();
    const { registries } = registriesAt(server.url);
    const error = await errorOf(registries.list(APP));
    expect(error).toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
    expect(error.message).toBe('registry.test could not be reached (ECONNREFUSED) (GET /v2/org/app/tags/list)');
    expect(registries.requests()['registry.test']?.requests).toBeLessThanOrEqual(8);
  });

  it.each([429, 503])('at once when it asks for a longer pause than is worth waiting for, with %i', async (status) => {
    await using server = await startFaultServer((_request, response) =>
      refuse(response, status, { 'retry-after': '11' }),
    );
    const { registries } = registriesAt(server.url);
    const error = await errorOf(registries.list(APP));
    expect(error.message).toBe(
      `registry.test answered ${status} (SOME_CODE) to GET /v2/org/app/tags/list, to be asked again in 11 s`,
    );
    await errorOf(registries.list({ ...APP, path: 'other' }));
    expect(server.received).toHaveLength(1);
  });

  it('when only the listing works and every image fails', async () => {
    await using server = await startFaultServer((request, response) => {
      if (request.url.includes('/tags/list')) listTags(response, ...Array.from({ length: 50 }, (_, i) => `t${i}`));
      else refuse(response, 500);
    });
    const { registries } = registriesAt(server.url);
    const { tags } = await registries.list(APP);
    expect(await errorOf(registries.describe(APP, tags))).toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    expect(server.received.length).toBeLessThanOrEqual(8);
  });

  it('but not over one repository that hangs while the others answer', async () => {
    await using server = await startFaultServer((request, response) => {
      if (request.url.includes('/hangs/')) return;
      listTags(response, '1.0');
    });
    const { registries } = registriesAt(server.url, {
      limits: { ...SOON, headersMs: 60, troubleMs: 200, leastMs: 50 },
    });
    const hanging = errorOf(registries.list({ ...APP, path: 'hangs' }));
    let isOver = false;
    void hanging.then(() => {
      isOver = true;
    });
    for (let other = 0; !isOver; other++) {
      expect((await registries.list({ ...APP, path: `other${other}` })).complete).toBe(true);
    }
    expect(await hanging).toMatchObject({ code: 'REGISTRY_TIMEOUT' });
    expect((await registries.list(APP)).complete).toBe(true);
    expect(server.lines().filter((line) => line.includes('/hangs/')).length).toBeLessThanOrEqual(4);
  });

  it('and another registry is none the worse for it', async () => {
    await using bad = await startFaultServer(cut);
    await using good = await startFaultServer((_request, response) => listTags(response, '1'));
    const endpoints = new Map([
      ['registry.test', bad.url],
      ['good.test', good.url],
    ]);
    const { registries } = registriesAt(bad.url, { endpoints });
    const [failed, listed] = await Promise.all([
      errorOf(registries.list(APP)),
      registries.list({ registry: 'good.test', path: 'org/app' }),
    ]);
    expect(failed.code).toBe('REGISTRY_UNREACHABLE');
    expect(listed.complete).toBe(true);
  });
});

describe('a registry in trouble is asked again', () => {
  it.each([
    { name: '503', fail: ((_request, response) => refuse(response, 503)) as Answer },
    { name: '429', fail: ((_request, response) => refuse(response, 429, { 'retry-after': '0' })) as Answer },
    { name: 'a cut connection', fail: cut },
    { name: 'no answer', fail: hang, limits: { ...SOON, headersMs: 300 } },
    {
      name: 'gzip that is none',
      fail: ((_request, response) =>
        void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')) as Answer,
    },
  ])('after $name', async ({ fail, limits }) => {
    await using server = await startFaultServer((request, response, count) => {
      if (count <= 2) return fail(request, response, count);
      listTags(response, '1.0');
    });
    const { registries } = registriesAt(server.url, { limits: limits ?? SOON });
    expect(await registries.list(APP)).toMatchObject({ complete: true, tags: [{ tag: '1.0' }] });
    expect(server.received).toHaveLength(3);
    expect(registries.requests()).toEqual({ 'registry.test': { requests: 3 } });
  });

  it('no sooner than its Retry-After says', async () => {
    const slept: number[] = [];
    const clock = {
      now: () => Date.UTC(2024, 0, 1),
      sleep: (ms: number, signal?: AbortSignal) => {
        // Timers of exchanges are of no interest here: those end by themselves.
        if (ms !== 7000) return new Promise<void>((_, reject) => signal?.addEventListener('abort', reject));
        slept.push(ms);
        return Promise.resolve();
      },
    };
    await using server = await startFaultServer((_request, response, count) => {
      if (count === 1) return refuse(response, 429, { 'retry-after': '7' });
      if (count === 2) return refuse(response, 503, { 'retry-after': 'Mon, 01 Jan 2024 00:00:07 GMT' });
      listTags(response, '1.0');
    });
    const { registries } = registriesAt(server.url, { clock, limits: {} });
    expect((await registries.list(APP)).complete).toBe(true);
    expect(slept).toEqual([7000, 7000]);
  });

  it('for all that failed at the same time, and that counts as one failure', async () => {
    const content = smallRegistry();
    for (let i = 0; i < 60; i++) push(content, `t${i}`, image({ created: '2024-01-01T00:00:00Z', salt: `${i}` }));
    const held: ServerResponse[] = [];
    await using server = await startFaultServer((request, response, count) => {
      if (count <= 60 || held.length === 16) return content.answer(request, response);
      // Sixteen are under way, and all of them fail.
      if (held.push(response) === 16) for (const one of held) refuse(one, 503);
    });
    const { registries } = registriesAt(server.url);
    const facts = await registries.describe(APP, (await registries.list(APP)).tags);
    expect(facts.every((fact) => fact.createdMs !== undefined)).toBe(true);
    expect(held).toHaveLength(16);
  });
});

describe('requests to a registry', () => {
  it('are at most 16 at a time', async () => {
    const content = smallRegistry();
    for (let i = 0; i < 50; i++) push(content, `t${i}`, image({ created: '2024-01-01T00:00:00Z', salt: `${i}` }));
    let now = 0;
    let most = 0;
    await using server = await startFaultServer(async (request, response) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      content.answer(request, response);
    });
    const { registries } = registriesAt(server.url);
    const { tags } = await registries.list(APP);
    await Promise.all(['a', 'b', 'c'].map((path) => registries.describe({ ...APP, path }, tags)));
    expect(most).toBeGreaterThan(8);
    expect(most).toBeLessThanOrEqual(16);
  });

  it('end with the reason of the signal, wherever they are', async () => {
    await using server = await startFaultServer(hang);
    const { registries } = registriesAt(server.url, { limits: {} });
    const stop = new AbortController();
    const results = ['a', 'b', 'c'].map((path) => errorOf(registries.list({ ...APP, path }, stop.signal)));
    const reason = new Error('cancelled');
    setImmediate(() => stop.abort(reason));
    for (const error of await Promise.all(results)) expect(error).toBe(reason);
    expect(await errorOf(registries.list(APP, stop.signal))).toBe(reason);
  });

  it('fail for one image with a status of its own, and the others go on', async () => {
    await using server = await startFaultServer((request, response) => {
      if (request.url.includes('/secret/')) return refuse(response, 403);
      if (request.url.includes('/gone/')) return refuse(response, 404);
      listTags(response, '1.0');
    });
    const { registries } = registriesAt(server.url);
    expect(await errorOf(registries.list({ ...APP, path: 'secret' }))).toMatchObject({ code: 'REGISTRY_FORBIDDEN' });
    expect(await errorOf(registries.list({ ...APP, path: 'gone' }))).toMatchObject({
      code: 'REGISTRY_NOT_FOUND',
      message: 'registry.test answered 404 (SOME_CODE) to GET /v2/gone/tags/list',
    });
    expect((await registries.list(APP)).complete).toBe(true);
  });
});

describe('what an image cannot tell', () => {
  it.each([
    { name: 'a manifest of another digest', reference: /manifests/, change: (body: string) => `${body} ` },
    { name: 'a config of another digest', reference: /blobs/, change: (body: string) => `${body} ` },
    { name: 'a manifest that is no JSON', reference: /manifests/, change: () => '<html>', digest: false },
    {
      name: 'a manifest of an unknown kind',
      reference: /manifests/,
      change: () => '{"schemaVersion":1}',
      digest: false,
    },
  ])('stays undefined, with a warning: $name', async ({ reference, change, digest }) => {
    const content = smallRegistry();
    push(content, 'bad', image({ created: '2024-01-01T00:00:00Z' }));
    push(content, 'good', image({ created: '2024-01-02T00:00:00Z' }));
    const bad = content.tags.get('bad');
    const config = [...content.blobs.values()].find((blob) => blob.body.includes('2024-01-01'));
    await using server = await startFaultServer((request, response) => {
      const last = request.url.split('/').at(-1);
      const target = reference.test(request.url) && (last === 'bad' || last === config?.digest);
      if (!target) return content.answer(request, response);
      const original = last === 'bad' ? bad : config;
      const headers = digest === false ? {} : { 'docker-content-digest': original?.digest };
      response.writeHead(200, headers).end(change(original?.body ?? ''));
    });
    const { registries, warnings } = registriesAt(server.url);
    const facts = await registries.describe(APP, [{ tag: 'bad' }, { tag: 'good' }]);
    expect(facts.map((fact) => [fact.tag, fact.createdMs])).toEqual([
      ['bad', undefined],
      ['good', Date.UTC(2024, 0, 2)],
    ]);
    expect(warnings).toMatchObject([{ subject: 'registry.test', severity: 'warning' }]);
  });

  it('stays undefined for a tag that is not there', async () => {
    await using server = await startFaultServer((_request, response) => refuse(response, 404));
    const { registries } = registriesAt(server.url);
    expect(await registries.describe(APP, [{ tag: 'gone', firstSeenMs: 5 }])).toMatchObject([
      { tag: 'gone', firstSeenMs: 5 },
    ]);
    expect(await registries.digest(APP, 'gone')).toBeNull();
  });
});
