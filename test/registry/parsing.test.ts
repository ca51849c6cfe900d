import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../src/registry/challenge.ts';
import { isDigest } from '../../src/registry/digest.ts';
import { apiUrl, endpointOf } from '../../src/registry/endpoint.ts';
import { nextPage } from '../../src/registry/link.ts';
import { parseCreated, parseImageConfig, parseManifest } from '../../src/registry/manifest.ts';
import { isTag } from '../../src/registry/names.ts';

describe('WWW-Authenticate', () => {
  const read = (header: string) =>
    parseChallenges(header).map(({ scheme, parameters }) => ({ scheme, ...Object.fromEntries(parameters) }));

  it.each([
    {
      name: 'one challenge',
      header:
        'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
      expected: [
        {
          scheme: 'bearer',
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:library/nginx:pull',
        },
      ],
    },
    {
      name: 'two in one header',
      header: 'Bearer realm="https://codeberg.org/v2/token",service="container_registry",scope="*",Basic realm="Gitea"',
      expected: [
        { scheme: 'bearer', realm: 'https://codeberg.org/v2/token', service: 'container_registry', scope: '*' },
        { scheme: 'basic', realm: 'Gitea' },
      ],
    },
    {
      name: 'a comma and an escaped quote within quotes',
      header: 'Bearer scope="repository:a:pull,push", realm="a \\"b\\", c"',
      expected: [{ scheme: 'bearer', scope: 'repository:a:pull,push', realm: 'a "b", c' }],
    },
    {
      name: 'spaces around everything',
      header: ' ,BASIC   Realm = plain , bearer realm = "x"',
      expected: [
        { scheme: 'basic', realm: 'plain' },
        { scheme: 'bearer', realm: 'x' },
      ],
    },
    {
      name: 'a quote that is never closed',
      header: 'Bearer realm="abc',
      expected: [{ scheme: 'bearer', realm: 'abc' }],
    },
    { name: 'nothing', header: '', expected: [] },
  ])('reads $name', ({ header, expected }) => {
    expect(read(header)).toEqual(expected);
  });

  it('may be any text, of any length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseChallenges(text).length).toBeLessThanOrEqual(16);
      }),
    );
    expect(parseChallenges('a'.repeat(100_000)).length).toBe(1);
    expect(parseChallenges('a='.repeat(50_000)).length).toBeLessThanOrEqual(16);
    expect(parseChallenges(',"'.repeat(50_000))).toEqual([]);
  });
});

describe('Link', () => {
  it('may be any text, and never leaves the origin asked', () => {
    const endpoint = endpointOf('registry.test', 'http://127.0.0.1:5000/base/');
    const request = apiUrl(endpoint, 'org/app/tags/list');
    const hosts = fc.constantFrom('registry.test', '127.0.0.1', '127.0.0.1:5000', 'evil.test', '127.0.0.1:80');
    const links = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl().map((url) => `<${url}>; rel="next"`),
      fc.tuple(hosts, fc.webPath()).map(([host, path]) => `<//${host}${path}>; rel=next`),
    );
    fc.assert(
      fc.property(links, (link) => {
        const next = nextPage(link, request, endpoint);
        if (next.kind === 'next') expect(next.url.origin).toBe('http://127.0.0.1:5000');
      }),
    );
  });

  it('below a base path is asked there, also where the registry behind does not know of it', () => {
    const endpoint = endpointOf('registry.test', 'https://proxy.test/base/v2/');
    const request = apiUrl(endpoint, 'org/app/tags/list');
    expect(request.href).toBe('https://proxy.test/base/v2/org/app/tags/list');
    expect(nextPage('</v2/org/app/tags/list?last=b>; rel="next"', request, endpoint)).toEqual({
      kind: 'next',
      url: new URL('https://proxy.test/base/v2/org/app/tags/list?last=b'),
    });
  });
});

describe('the endpoint', () => {
  it.each([
    { registry: 'docker.io', configured: undefined, url: 'https://registry-1.docker.io/' },
    { registry: 'ghcr.io', configured: undefined, url: 'https://ghcr.io/' },
    { registry: '127.0.0.1:5000', configured: undefined, url: 'https://127.0.0.1:5000/' },
    { registry: 'localhost', configured: undefined, url: 'https://localhost/' },
    { registry: '[::1]:5000', configured: undefined, url: 'https://[::1]:5000/' },
    { registry: '127.0.0.1:5000', configured: 'http://127.0.0.1:5000', url: 'http://127.0.0.1:5000/' },
    { registry: 'docker.io', configured: 'https://mirror.test/hub/', url: 'https://mirror.test/hub' },
  ])('of $registry is $url', ({ registry, configured, url }) => {
    expect(endpointOf(registry, configured)).toEqual({
      registry,
      url: new URL(url),
      configured: configured !== undefined,
    });
  });

  it.each([
    'ftp://reg.test',
    'reg.test:5000',
    'not a url',
    'https://user:word@reg.test',
    'https://reg.test/?q=1',
    'https://reg.test/#x',
  ])('cannot be %j', (configured) => {
    expect(() => endpointOf('reg.test', configured)).toThrow(/^the endpoint of reg\.test /);
  });

  it.each(['', 'a b', 'evil.test/path', 'user@host', 'host:port', '-x', 'a\u0000b', 'x'.repeat(300)])(
    'has no registry %j',
    (registry) => {
      expect(() => endpointOf(registry, undefined)).toThrow(/is no registry name$/);
    },
  );
});

describe('a creation time', () => {
  it.each([
    { text: '2024-05-01T10:00:00Z', ms: Date.UTC(2024, 4, 1, 10) },
    { text: '2024-05-01T10:00:00.123456789Z', ms: Date.UTC(2024, 4, 1, 10, 0, 0, 123) },
    { text: '2024-05-01t12:00:00+02:00', ms: Date.UTC(2024, 4, 1, 10) },
    { text: '1970-01-01T00:00:00Z', ms: 0 },
    { text: '2999-01-01T00:00:00Z', ms: Date.UTC(2999, 0, 1) },
    { text: '0001-01-01T00:00:00Z', ms: undefined },
    { text: '0001-01-01T00:00:00+14:00', ms: undefined },
    { text: '0000-12-31T23:59:59Z', ms: undefined },
    { text: '2024-13-01T10:00:00Z', ms: undefined },
    { text: '2024-05-01', ms: undefined },
    { text: 'yesterday', ms: undefined },
    { text: '', ms: undefined },
    { text: 5, ms: undefined },
    { text: null, ms: undefined },
  ])('of $text is $ms', ({ text, ms }) => {
    expect(parseCreated(text)).toBe(ms);
  });
});

describe('manifests and configs', () => {
  it('may be any JSON without harm', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        parseManifest(Buffer.from(text));
        parseImageConfig(Buffer.from(text));
      }),
    );
    expect(parseManifest(Buffer.from('{"manifests": 5}'))).toBeUndefined();
    expect(parseManifest(Buffer.from('{"config": {"digest": "sha256:../../x"}}'))).toBeUndefined();
    expect(parseManifest(Buffer.from([0xff, 0xfe]))).toBeUndefined();
  });

  it("tell of an artifact that its config is no image's", () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const annotations = { 'org.opencontainers.image.created': '2024-05-01T10:00:00Z', 'x.y': 'no matter' };
    const manifest = { config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest }, annotations };
    expect(parseManifest(Buffer.from(JSON.stringify(manifest)))).toEqual({
      kind: 'image',
      config: undefined,
      annotations: { 'org.opencontainers.image.created': '2024-05-01T10:00:00Z' },
    });
  });

  it('leave out platforms and labels that would be a nuisance to print', () => {
    const text = JSON.stringify({
      os: 'linux\u001b[31m',
      architecture: 'amd64',
      config: {
        Labels: { 'org.opencontainers.image.revision': 'x'.repeat(3000), 'org.opencontainers.image.source': 5 },
      },
    });
    expect(parseImageConfig(Buffer.from(text))).toEqual({ created: undefined, platform: undefined, labels: {} });
  });
});

describe('names', () => {
  it('of tags follow the grammar, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const expected =
          /^[a-zA-Z0-9_]/.test(text) && text.length <= 128 && [...text].every((c) => /[a-zA-Z0-9._-]/.test(c));
        expect(isTag(text)).toBe(expected);
      }),
    );
    expect(isTag('1.0\n')).toBe(false);
  });

  it.each([
    [`sha256:${'a'.repeat(64)}`, true],
    [`sha512:${'a'.repeat(128)}`, true],
    [`sha256:${'A'.repeat(64)}`, false],
    [`sha256:${'a'.repeat(63)}`, false],
    [`md5:${'a'.repeat(32)}`, false],
    ['constructor:', false],
    [undefined, false],
  ])('of digests: %s is one: %s', (text, expected) => {
    expect(isDigest(text)).toBe(expected);
  });
});
