import { describe, expect, it } from 'vitest';
import { type Answer, json, refuse, startFaultServer } from './fault-server.ts';
import { APP, registriesAt, SOON } from './small-registry.ts';

/** Answers page after page, each linking to the next as `link` says. */
function pages(all: readonly (readonly string[])[], link: (page: number, host: string) => string): Answer {
  return (request, response) => {
    const page = Number(new URL(request.url, 'http://any').searchParams.get('page') ?? 0);
    const more = page + 1 < all.length;
    const headers: Record<string, string> = more ? { link: link(page + 1, String(request.headers.host)) } : {};
    json(response, { name: 'org/app', tags: all[page] }, { headers });
  };
}

const THREE = [['a', 'b'], ['c'], ['d', 'a']];

describe('a listing', () => {
  it.each([
    { name: 'relative to the origin', link: (page: number) => `</v2/org/app/tags/list?page=${page}>; rel="next"` },
    { name: 'relative to the request', link: (page: number) => `<list?page=${page}>; rel="next"` },
    { name: 'a query alone', link: (page: number) => `<?page=${page}>;rel=next` },
    {
      name: 'absolute',
      link: (page: number, host: string) => `<http://${host}/v2/org/app/tags/list?page=${page}>; rel="next"`,
    },
    {
      name: "the registry's public host",
      link: (page: number) => `<https://registry.test/v2/org/app/tags/list?page=${page}>; rel="next"`,
    },
    {
      name: 'without the port',
      link: (page: number) => `<http://127.0.0.1/v2/org/app/tags/list?page=${page}>; rel="next"`,
    },
    { name: 'without the virtual repository', link: (page: number) => `</v2/app/tags/list?page=${page}>; rel="next"` },
    {
      name: 'among others',
      link: (page: number) =>
        `</x>; rel="first"; title="a, b", </v2/org/app/tags/list?page=${page}>; foo=bar; REL="last next"`,
    },
  ])('goes on where a link leads that is $name', async ({ link }) => {
    await using server = await startFaultServer(pages(THREE, link));
    const { registries } = registriesAt(server.url);
    const listing = await registries.list(APP);
    expect(listing.tags.map(({ tag }) => tag)).toEqual(['a', 'b', 'c', 'd']);
    expect(listing).toMatchObject({ complete: true, warning: undefined });
    expect(server.lines()).toEqual([
      'GET /v2/org/app/tags/list?n=1000',
      'GET /v2/org/app/tags/list?page=1',
      'GET /v2/org/app/tags/list?page=2',
    ]);
  });

  it.each([
    {
      name: 'to another origin',
      link: '<http://evil.test/v2/org/app/tags/list?page=1>; rel="next"',
      warning: /a link to another origin/,
    },
    {
      name: 'to another port',
      link: '<http://127.0.0.1:1/v2/org/app/tags/list>; rel="next"',
      warning: /a link to another origin/,
    },
    {
      name: 'with a password',
      link: '<http://a:b@registry.test/v2/x/tags/list>; rel="next"',
      warning: /a link to another origin/,
    },
    { name: 'to a file', link: '<file:///etc/passwd>; rel="next"', warning: /a link that is no address/ },
    { name: 'to itself', link: '<?n=1000>; rel="next"', warning: /leads back to itself/ },
  ])('is not whole where its link leads $name', async ({ link, warning }) => {
    await using server = await startFaultServer((_request, response) =>
      json(response, { tags: ['a'] }, { headers: { link } }),
    );
    const listing = await registriesAt(server.url).registries.list(APP);
    expect(listing).toMatchObject({ complete: false, tags: [{ tag: 'a' }] });
    expect(listing.warning).toMatch(warning);
    expect(listing.warning).toMatch(/^registry\.test /);
    expect(server.received).toHaveLength(1);
  });

  it.each([
    {
      name: 'fails',
      answer: ((_request, response) => refuse(response, 500)) as Answer,
      warning: /page 2 .* answered 500/,
    },
    {
      name: 'is no JSON',
      answer: ((_request, response) => void response.end('<html>')) as Answer,
      warning: /page 2 .* no JSON object/,
    },
    {
      name: 'is refused',
      answer: ((_request, response) => refuse(response, 403)) as Answer,
      warning: /page 2 .* answered 403/,
    },
  ])('is not whole where its second page $name', async ({ answer, warning }) => {
    await using server = await startFaultServer((request, response, count) => {
      if (count > 1) return answer(request, response, count);
      json(response, { tags: ['a'] }, { headers: { link: '<?page=1>; rel="next"' } });
    });
    const listing = await registriesAt(server.url).registries.list(APP);
    expect(listing).toMatchObject({ complete: false, tags: [{ tag: 'a' }] });
    expect(listing.warning).toMatch(warning);
  });

  it.each([
    { name: 'pages', limits: { pages: 7 }, warning: /more than 7 pages/, requests: 7 },
    { name: 'tags', limits: { tags: 10 }, warning: /more than 10 tags/, requests: 5 },
    { name: 'bytes', limits: { listingBytes: 100 }, warning: /more than 100 bytes/, requests: 5 },
  ])('that never ends is cut at a number of $name', async ({ limits, warning, requests }) => {
    await using server = await startFaultServer((_request, response, count) =>
      json(response, { tags: [`a${count}`, `b${count}`] }, { headers: { link: `<?page=${count}>; rel="next"` } }),
    );
    const listing = await registriesAt(server.url, { limits: { ...SOON, ...limits } }).registries.list(APP);
    expect(listing.complete).toBe(false);
    expect(listing.warning).toMatch(warning);
    expect(server.received).toHaveLength(requests);
  });

  it('of more tags than are read is not whole even if it has one page only, and one of just so many is', async () => {
    const tags = Array.from({ length: 11 }, (_, index) => `t${index}`);
    await using server = await startFaultServer((request, response) =>
      json(response, { tags: request.url.includes('/small/') ? tags.slice(1) : tags }),
    );
    const { registries } = registriesAt(server.url, { limits: { ...SOON, tags: 10 } });
    expect(await registries.list({ ...APP, path: 'small' })).toMatchObject({ complete: true });
    expect(await registries.list(APP)).toMatchObject({
      complete: false,
      warning: 'registry.test sent a listing of org/app of more than 10 tags',
    });
  });

  it('that never ends is cut when its time is over', async () => {
    let nowMs = 0;
    const clock = { now: () => nowMs, sleep: () => new Promise<void>(() => undefined) };
    await using server = await startFaultServer((_request, response, count) => {
      nowMs += 4_000;
      json(response, { tags: [`a${count}`] }, { headers: { link: `<?page=${count}>; rel="next"` } });
    });
    const listing = await registriesAt(server.url, { clock, limits: {} }).registries.list(APP);
    expect(listing.warning).toBe('registry.test sent a listing of org/app that takes longer than 30 s');
    expect(server.received).toHaveLength(8);
  });

  it('of a full page without a link is whole: only some registries leave links out', async () => {
    const tags = Array.from({ length: 1000 }, (_, i) => `t${i}`);
    await using server = await startFaultServer((_request, response) => json(response, { tags }));
    expect(await registriesAt(server.url).registries.list(APP)).toMatchObject({ complete: true });
    expect(server.received).toHaveLength(1);
  });

  it('that goes in circles is cut', async () => {
    await using server = await startFaultServer((_request, response, count) =>
      json(response, { tags: ['a', 'b'] }, { headers: { link: `<?page=${count}>; rel="next"` } }),
    );
    const listing = await registriesAt(server.url).registries.list(APP);
    expect(listing.warning).toMatch(/whose pages bring nothing new/);
    expect(server.received).toHaveLength(4);
  });

  it.each([
    { name: 'an empty list', body: { tags: [] } },
    { name: 'null', body: { tags: null } },
  ])('of $name is not whole, whatever it means', async ({ body }) => {
    await using server = await startFaultServer((_request, response) => json(response, body));
    expect(await registriesAt(server.url).registries.list(APP)).toEqual({
      tags: [],
      complete: false,
      warning: 'registry.test answered GET /v2/org/app/tags/list with no tags',
    });
  });

  it.each([
    { name: 'no JSON', body: 'tags: [1.0]' },
    { name: 'no object', body: '["1.0"]' },
    { name: 'null', body: 'null' },
    { name: 'no tags', body: '{"name":"org/app"}' },
    { name: 'tags that are no list', body: '{"tags":{"a":1}}' },
    { name: 'a tag that is a number', body: '{"tags":["1.0",2]}' },
    { name: 'nothing', body: '' },
  ])('that is $name is an error that names the registry', async ({ body }) => {
    await using server = await startFaultServer((_request, response) => void response.end(body));
    await expect(registriesAt(server.url).registries.list(APP)).rejects.toMatchObject({
      code: 'REGISTRY_ANSWER_MALFORMED',
      subject: 'registry.test',
      message: expect.stringMatching(/^registry\.test answered GET \/v2\/org\/app\/tags\/list with /),
    });
    expect(server.received).toHaveLength(1);
  });

  it('leaves hostile names out, counts them, and never repeats them', async () => {
    const hostile = [
      '$(rm -rf)',
      '\u001b[31m',
      '-dash',
      '.dot',
      'a b',
      'ü',
      '',
      'x'.repeat(129),
      'a\nb',
      '../..',
      '__proto__\u0000',
    ];
    await using server = await startFaultServer((_request, response) =>
      json(response, { tags: [...hostile, '1.0', '__proto__', '_x'] }),
    );
    const { registries, warnings } = registriesAt(server.url);
    const listing = await registries.list(APP);
    expect(listing.tags.map(({ tag }) => tag)).toEqual(['1.0', '__proto__', '_x']);
    expect(listing.complete).toBe(true);
    expect(warnings.map(({ message }) => message)).toEqual([
      `registry.test lists for org/app ${hostile.length} tags that are no valid ones; they are left out`,
    ]);
  });

  it('leaves signatures, attestations and referrers out', async () => {
    const hex = 'a'.repeat(64);
    const aside = [`sha256-${hex}.sig`, `sha256-${hex}.att`, `sha256-${hex}.sbom`, `sha256-${hex}`];
    await using server = await startFaultServer((_request, response) =>
      json(response, { tags: [...aside, 'sha256-short', 'v1.sig'] }),
    );
    const { registries, warnings } = registriesAt(server.url);
    expect((await registries.list(APP)).tags.map(({ tag }) => tag)).toEqual(['sha256-short', 'v1.sig']);
    expect(warnings).toEqual([]);
  });

  it.each([400, 405, 422])('is asked for without a page size where that is answered with %i', async (status) => {
    await using server = await startFaultServer((request, response) => {
      if (request.url.includes('n=')) return refuse(response, status);
      json(response, { tags: ['1.0'] });
    });
    expect((await registriesAt(server.url).registries.list(APP)).complete).toBe(true);
    expect(server.lines()).toEqual(['GET /v2/org/app/tags/list?n=1000', 'GET /v2/org/app/tags/list']);
  });

  it('is read through gzip, and a bomb is not', async () => {
    const { gzipSync } = await import('node:zlib');
    const body = (tags: string) => gzipSync(`{"tags":[${tags}]}`);
    await using server = await startFaultServer((request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(request.url.includes('/bomb/') ? body(`"${'a'.repeat(5_000_000)}"`) : body('"1.0"'));
    });
    const { registries } = registriesAt(server.url, { limits: { ...SOON, pageBytes: 1_000_000 } });
    expect((await registries.list(APP)).complete).toBe(true);
    await expect(registries.list({ ...APP, path: 'bomb' })).rejects.toMatchObject({
      code: 'REGISTRY_ANSWER_TOO_LARGE',
    });
  });

  it('is asked for once in a run, however many want it', async () => {
    await using server = await startFaultServer((_request, response) => json(response, { tags: ['1.0'] }));
    const { registries } = registriesAt(server.url);
    await Promise.all([registries.list(APP), registries.list(APP), registries.list(APP)]);
    await registries.list(APP);
    expect(server.received).toHaveLength(1);
  });

  it.each(['../etc', 'Org/App', 'a//b', '', 'a/', 'a?b', 'a#b', 'a%2fb'])(
    'of %j is refused before anything is sent',
    async (path) => {
      const { registries } = registriesAt('http://127.0.0.1:1');
      await expect(registries.list({ ...APP, path })).rejects.toMatchObject({ code: 'REGISTRY_NAME_INVALID' });
      expect(registries.requests()).toEqual({});
    },
  );
});
