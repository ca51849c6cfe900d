import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import type { TagFacts } from '../../src/core/images/select/tag-facts.ts';
import { createConnection } from '../../src/registry/connection.ts';
import { endpointOf } from '../../src/registry/endpoint.ts';
import { DEFAULT_LIMITS } from '../../src/registry/limits.ts';
import { chooseVendor, dialectOf } from '../../src/registry/vendors/choose-vendor.ts';
import { googleDialect } from '../../src/registry/vendors/google.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: new Secret('no-secret') };
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** The vendor of `registry` where every request is answered with the next of `answers`, and what was asked for. */
function vendorOf(registry: string, answers: unknown[] = [], link?: string) {
  const asked: string[] = [];
  const connect = (url: string) =>
    createConnection({
      endpoint: { registry, url: new URL(url), configured: false },
      credentials: async () => undefined,
      fetch: async (target) => {
        asked.push(target.href);
        return Response.json(answers.shift(), link === undefined ? {} : { headers: { link } });
      },
      clock: systemClock,
      limits: DEFAULT_LIMITS,
      userAgent: 'towpath/test',
      mask: () => undefined,
      onImplicitRefused: () => undefined,
    });
  const connection = connect(`https://${registry}`);
  if (registry.startsWith('harbor')) {
    connection.recall({ kind: 'bearer', realm: `https://${registry}/service/token`, service: 'harbor-registry' });
  }
  const vendor = chooseVendor(connection, {
    clock: systemClock,
    limits: DEFAULT_LIMITS,
    awsKeys: async () => KEYS,
    packageVersions: async function* () {
      yield [];
    },
    connectTo: connect,
  });
  return { vendor, asked };
}

async function tagsOf(given: ReturnType<typeof vendorOf>): Promise<TagFacts[]> {
  const tags: TagFacts[] = [];
  for await (const page of given.vendor?.pages('team/app') ?? []) tags.push(...page);
  return tags;
}

describe('the vendor of a registry', () => {
  it.each([
    { registry: 'docker.io', order: 'recent' },
    { registry: 'quay.io', order: 'recent' },
    { registry: 'ghcr.io', order: 'recent' },
    { registry: 'harbor.acme.test', order: 'recent' },
    { registry: 'acme.azurecr.io', order: 'whole' },
    { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', order: 'whole' },
    { registry: '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', order: 'whole' },
    { registry: 'public.ecr.aws', order: 'whole' },
    { registry: 'registry.test', order: undefined },
    { registry: 'gcr.io', order: undefined },
    { registry: 'azurecr.io', order: undefined },
    { registry: 'evil-azurecr.io', order: undefined },
    { registry: 'acme.azurecr.io.evil.test', order: undefined },
    { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.test', order: undefined },
  ])('of $registry lists $order', ({ registry, order }) => {
    expect(vendorOf(registry).vendor?.order).toBe(order);
  });

  it('has no say where the configuration says where to ask', () => {
    for (const registry of ['docker.io', 'quay.io', 'acme.azurecr.io', 'gcr.io']) {
      const endpoint = endpointOf(registry, 'http://127.0.0.1:5000');
      const connection = { endpoint, scheme: () => undefined } as unknown as ReturnType<typeof createConnection>;
      const connectTo = () => connection;
      expect(chooseVendor(connection, { clock: systemClock, limits: DEFAULT_LIMITS, connectTo })).toBeUndefined();
      expect(dialectOf(endpoint)).toBeUndefined();
    }
    expect(dialectOf(endpointOf('eu.gcr.io', undefined))).toBe(googleDialect);
    expect(dialectOf(endpointOf('gcr.io.evil.test', undefined))).toBeUndefined();
  });

  it.each([
    { registry: 'docker.io', answers: [{ detail: 'text' }] },
    { registry: 'docker.io', answers: [{ results: [5] }] },
    { registry: 'quay.io', answers: [{ tags: {} }] },
    { registry: 'harbor.acme.test', answers: [{ errors: [] }] },
    { registry: 'harbor.acme.test', answers: [[null]] },
    { registry: 'acme.azurecr.io', answers: [{ registry: 'x' }] },
    { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', answers: [{}] },
    { registry: 'public.ecr.aws', answers: [{}] },
    { registry: 'quay.io', answers: ['text'] },
  ])('of $registry is not believed when it says $answers', async ({ registry, answers }) => {
    await expect(tagsOf(vendorOf(registry, answers))).rejects.toMatchObject({ code: 'REGISTRY_ANSWER_MALFORMED' });
  });

  it.each([
    {
      registry: 'docker.io',
      answer: { results: [{}, { name: 'a' }, { name: 'b', digest: 5, tag_last_pushed: 'never', images: 5 }] },
    },
    {
      registry: 'quay.io',
      answer: { tags: [{}, { name: 'a' }, { name: 'b', start_ts: 'never' }], has_additional: false },
    },
    { registry: 'acme.azurecr.io', answer: { tags: [{}, { name: 'a' }, { name: 'b', lastUpdateTime: 5 }] } },
    {
      registry: 'harbor.acme.test',
      answer: [{}, { tags: [{}, { name: 'a' }, { name: 'b', push_time: 5 }], extra_attrs: 5 }],
    },
    {
      registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      answer: { imageDetails: [{}, { imageTags: ['a', 5, 'b'], imagePushedAt: 'never' }] },
    },
  ])('of $registry need not know everything of a tag', async ({ registry, answer }) => {
    const tags = await tagsOf(vendorOf(registry, [answer]));
    expect(tags.map(({ tag, digest, pushedMs }) => [tag, digest, pushedMs])).toEqual([
      ['a', undefined, undefined],
      ['b', undefined, undefined],
    ]);
  });

  it('Docker Hub is not followed to another origin', async () => {
    const hub = vendorOf('docker.io', [{ results: [{ name: 'a' }], next: 'https://evil.test/v2/namespaces/team' }]);
    expect((await tagsOf(hub)).map(({ tag }) => tag)).toEqual(['a']);
    expect(hub.asked).toHaveLength(1);
  });

  it('Azure is not followed to another origin', async () => {
    const azure = vendorOf(
      'acme.azurecr.io',
      [{ tags: [{ name: 'a' }] }],
      '<https://evil.test/acr/v1/x/_tags>; rel="next"',
    );
    await expect(tagsOf(azure)).rejects.toMatchObject({ code: 'REGISTRY_ANSWER_MALFORMED' });
    expect(azure.asked).toHaveLength(1);
  });

  it('Quay ends where it says that there is more and gives nothing', async () => {
    const quay = vendorOf('quay.io', [{ tags: [], has_additional: true }]);
    expect(await tagsOf(quay)).toEqual([]);
    expect(quay.asked).toHaveLength(1);
  });

  it('Harbor is asked on as long as its pages are full', async () => {
    const full = Array.from({ length: 100 }, (_, i) => ({ digest: DIGEST, tags: [{ name: `t${i}` }] }));
    const harbor = vendorOf('harbor.acme.test', [full, []]);
    expect(await tagsOf(harbor)).toHaveLength(100);
    expect(harbor.asked.map((url) => new URL(url).searchParams.get('page'))).toEqual(['1', '2']);
  });
});

describe('what Google says of tags', () => {
  it.each([
    { name: 'nothing', page: {} },
    { name: 'no object', page: { manifest: [] } },
    { name: 'no tags', page: { manifest: { [DIGEST]: { tag: 'a' } } } },
    { name: 'tags that are no text', page: { manifest: { [DIGEST]: { tag: [5, null] } } } },
  ])('may be $name', ({ page }) => {
    expect(googleDialect.factsOf?.(page).size).toBe(0);
  });

  it.each(['yesterday', '1e3x', -5, 0, 1.5, null, {}])('has no time where it says %j', (time) => {
    const page = { manifest: { [DIGEST]: { tag: ['a'], timeCreatedMs: time, timeUploadedMs: time } } };
    expect(googleDialect.factsOf?.(page).get('a')).toEqual({ tag: 'a', digest: DIGEST });
  });

  it.each([
    { says: 'a build before its upload', manifest: { timeCreatedMs: '5', timeUploadedMs: '6' }, createdMs: 5 },
    { says: 'one time for both', manifest: { timeCreatedMs: '6', timeUploadedMs: '6' }, createdMs: undefined },
    { says: 'a build after its upload', manifest: { timeCreatedMs: '7', timeUploadedMs: '6' }, createdMs: undefined },
    { says: 'no upload', manifest: { timeCreatedMs: '5' }, createdMs: undefined },
    {
      says: 'the build of an index',
      manifest: { timeCreatedMs: '5', timeUploadedMs: '6', mediaType: 'application/vnd.oci.image.index.v1+json' },
      createdMs: undefined,
    },
  ])('is a build time where it can be one: $says', ({ manifest, createdMs }) => {
    const page = { manifest: { [DIGEST]: { tag: ['a'], ...manifest } } };
    expect(googleDialect.factsOf?.(page).get('a')?.createdMs).toBe(createdMs);
  });
});
