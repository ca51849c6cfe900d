import { expect, test } from 'vitest';
import { testRegistry } from './fixtures.ts';

test.each([
  { format: 'oci', index: false, mediaType: 'application/vnd.oci.image.manifest.v1+json' },
  { format: 'oci', index: true, mediaType: 'application/vnd.oci.image.index.v1+json' },
  { format: 'docker', index: false, mediaType: 'application/vnd.docker.distribution.manifest.v2+json' },
  { format: 'docker', index: true, mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json' },
] as const)('the registry takes an image as $mediaType', async ({ format, index, mediaType }) => {
  await using registry = await testRegistry();
  const repository = registry.repository('team/app');
  const platforms = index ? ['linux/amd64', 'linux/arm64/v8'] : ['linux/amd64'];
  const digest = await registry.push({ repository, tag: '1.0', format, platforms });
  const response = await fetch(`${registry.url}/v2/${repository}/manifests/1.0`, { headers: { accept: mediaType } });
  expect(response.headers.get('content-type')).toBe(mediaType);
  expect(response.headers.get('docker-content-digest')).toBe(digest);
  expect(registry.countByRepository()).toEqual({ [repository]: 1 });
});

test('two thousand tags are listed page by page', async () => {
  await using registry = await testRegistry();
  const repository = registry.repository('many');
  const images = Array.from({ length: 2000 }, (_, i) => ({
    tag: `build-${String(i).padStart(4, '0')}`,
    created: new Date(Date.UTC(2026, 0, 1, 0, i)),
  }));
  await registry.pushMany(repository, images);
  const listed: string[] = [];
  let next: string | undefined = `/v2/${repository}/tags/list?n=300`;
  while (next !== undefined) {
    const response = await fetch(new URL(next, registry.url));
    listed.push(...((await response.json()) as { tags: string[] }).tags);
    next = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
  }
  expect(listed).toEqual(images.map((image) => image.tag));
  expect(registry.countByRepository()).toEqual({ [repository]: 7 });
});
