import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../src/base/http.ts';
import { Secret } from '../../src/base/secret.ts';
import { image } from './images.ts';
import { registriesAt } from './small-registry.ts';
import { inVirtualTime } from './virtual-clock.ts';

type Play = (url: URL, init: RequestInit, count: number) => Promise<Response> | Response;

/** No answer, until the client gives up. */
const hang: Play = (_url, init) =>
  new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)));

/** An answer that never ends. */
const trickle: Play = (_url, init) =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{'));
        init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
      },
    }),
  );

const status =
  (code: number, headers: Record<string, string> = {}): Play =>
  () =>
    new Response('', { status: code, headers });

const bearer: Play = () =>
  new Response('', {
    status: 401,
    headers: { 'www-authenticate': 'Bearer realm="https://registry.test/token",service="x"' },
  });

const tags =
  (count: number): Play =>
  () =>
    Response.json({ tags: Array.from({ length: count }, (_, i) => `t${i}`) });

const isList = (url: URL) => url.pathname.endsWith('/tags/list');

describe('a registry in trouble costs less than 30 s and at most 8 requests', () => {
  it.each<{ name: string; play: Play }>([
    { name: 'does not answer', play: hang },
    { name: 'trickles', play: trickle },
    { name: 'keeps failing', play: status(503) },
    { name: 'keeps failing and asks for 10 s each time', play: status(503, { 'retry-after': '10' }) },
    { name: 'limits the rate and asks for 9 s each time', play: status(429, { 'retry-after': '9' }) },
    {
      name: 'cuts connections',
      play: () => {
        throw new TypeError('fetch failed');
      },
    },
    {
      name: 'has a token service that does not answer',
      play: (url, ...rest) => (url.pathname === '/token' ? hang : bearer)(url, ...rest),
    },
    {
      name: 'has a token service that fails',
      play: (url, ...rest) => (url.pathname === '/token' ? status(502) : bearer)(url, ...rest),
    },
    {
      name: 'redirects to a storage that does not answer',
      play: (url, ...rest) =>
        (url.host === 'registry.test' ? status(307, { location: 'https://storage.test/' }) : hang)(url, ...rest),
    },
    { name: 'redirects for ever', play: status(302, { location: '/again' }) },
    { name: 'lists and then does not answer', play: (url, ...rest) => (isList(url) ? tags(100) : hang)(url, ...rest) },
    { name: 'lists and then trickles', play: (url, ...rest) => (isList(url) ? tags(100) : trickle)(url, ...rest) },
    {
      name: 'lists and then keeps failing',
      play: (url, ...rest) => (isList(url) ? tags(100) : status(500))(url, ...rest),
    },
    {
      name: 'asks for a token, lists and then does not answer',
      play: (url, init, count) => {
        if (url.pathname === '/token') return Response.json({ token: 'opens' });
        if (new Headers(init.headers).get('authorization') === null) return bearer(url, init, count);
        return (isList(url) ? tags(100) : hang)(url, init, count);
      },
    },
  ])('where it $name', async ({ play }) => {
    for (const images of [1, 5, 40]) {
      let sent = 0;
      const fetch: Fetch = async (url, init) => play(url, init, ++sent);
      const spentMs = await inVirtualTime(async (clock) => {
        const { registries } = registriesAt('https://registry.test', { fetch, clock, limits: {} });
        const scan = async (path: string) => {
          const listing = await registries.list({ registry: 'registry.test', path });
          return registries.describe({ registry: 'registry.test', path }, listing.tags);
        };
        const results = await Promise.allSettled(Array.from({ length: images }, (_, i) => scan(`image${i}`)));
        expect(results.map((result) => result.status)).toContain('rejected');
      });
      expect(spentMs).toBeLessThan(30_000);
    }
  });

  it.each<{ name: string; play: Play; most: number }>([
    { name: 'does not answer', play: hang, most: 8 },
    { name: 'keeps failing', play: status(500), most: 8 },
    { name: 'trickles', play: trickle, most: 8 },
  ])('requests, however many images, where it $name', async ({ play, most }) => {
    for (const images of [1, 2, 40]) {
      let sent = 0;
      const fetch: Fetch = async (url, init) => play(url, init, ++sent);
      await inVirtualTime(async (clock) => {
        const { registries } = registriesAt('https://registry.test', { fetch, clock, limits: {} });
        const names = Array.from({ length: images }, (_, i) => ({ registry: 'registry.test', path: `image${i}` }));
        await Promise.allSettled(names.map((name) => registries.list(name)));
      });
      expect(sent).toBeLessThanOrEqual(most);
    }
  });

  it("with the vendor's API beside it in trouble as well", async () => {
    const spentMs = await inVirtualTime(async (clock) => {
      const fetch: Fetch = async (url, init) => (isList(url) ? tags(3) : hang)(url, init, 0);
      const { registries, warnings } = registriesAt('https://registry.test', { fetch, clock, limits: {} });
      const name = { registry: 'docker.io', path: 'library/alpine' };
      const listing = await registries.list(name);
      await registries.times(name, { tags: listing.tags, wanted: 'pushes' });
      expect(warnings).toHaveLength(1);
      await expect(registries.describe(name, listing.tags)).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' });
    });
    expect(spentMs).toBeLessThan(30_000);
  });

  it.each<{ name: string; play: Play; code: string }>([
    { name: 'hangs', play: hang, code: 'REGISTRY_TIMEOUT' },
    { name: 'asks for 10 s each time', play: status(503, { 'retry-after': '10' }), code: 'REGISTRY_UNAVAILABLE' },
  ])('nor does one repository that $name, however busy the registry is with others', async ({ play, code }) => {
    const spentMs = await inVirtualTime(async (clock) => {
      const fetch: Fetch = async (url, init) => {
        if (url.pathname.includes('/bad/')) return play(url, init, 0);
        await clock.sleep(100);
        return Response.json({ tags: ['1'] });
      };
      const { registries } = registriesAt('https://registry.test', { fetch, clock, limits: {} });
      let isOver = false;
      const others = async (name: string) => {
        for (let i = 0; !isOver; i++) await registries.list({ registry: 'registry.test', path: `${name}${i}` });
      };
      const bad = registries.list({ registry: 'registry.test', path: 'bad' }).catch((error: unknown) => error);
      const busy = ['a', 'b', 'c', 'd'].map(others);
      expect(await bad).toMatchObject({ code });
      isOver = true;
      await Promise.all(busy);
    });
    expect(spentMs).toBeLessThan(30_000);
  });

  it('and one that fails every second time is got everything from', async () => {
    let sent = 0;
    await inVirtualTime(async (clock) => {
      const fetch: Fetch = async (url, init) => (++sent % 2 === 0 ? tags(3) : status(503))(url, init, sent);
      const { registries } = registriesAt('https://registry.test', { fetch, clock, limits: {} });
      for (let i = 0; i < 20; i++) {
        expect((await registries.list({ registry: 'registry.test', path: `image${i}` })).complete).toBe(true);
      }
    });
    expect(sent).toBe(40);
  });

  it('and one that is slow but answers is waited for', async () => {
    const { manifest, config } = image({ created: '2024-01-01T00:00:00Z' });
    const spentMs = await inVirtualTime(async (clock) => {
      const fetch: Fetch = async (url) => {
        await clock.sleep(9_000);
        if (isList(url)) return Response.json({ tags: ['1', '2', '3'] });
        return new Response(url.pathname.includes('/blobs/') ? config.body : manifest.body);
      };
      const credentials = async () => ({ kind: 'bearer' as const, token: new Secret('x') });
      const { registries } = registriesAt('https://registry.test', { fetch, clock, limits: {}, credentials });
      const name = { registry: 'registry.test', path: 'org/app' };
      const facts = await registries.describe(name, (await registries.list(name)).tags);
      expect(facts.every(({ createdMs }) => createdMs !== undefined)).toBe(true);
    });
    expect(spentMs).toBeGreaterThan(30_000);
  });
});
