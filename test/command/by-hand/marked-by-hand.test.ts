/** What people do by hand to images that follow image policies. */
import { describe, expect, it } from 'vitest';
import { list } from '../../../src/command/by-hand/list.ts';
import { changePolicies } from '../../../src/command/by-hand/policies-change.ts';
import { release } from '../../../src/command/by-hand/release.ts';
import type { Deps, Request, Result } from '../../../src/command/deps.ts';
import type { ManualFlags } from '../../../src/config/manual-flags.ts';
import { memoryRegistries } from '../memory-registries.ts';
import { deployment, NO_MANUAL, requestFor, startConfigRemote } from './manual-run.ts';

const marked = (name: string, image: string, marker: string) =>
  deployment(name, image).replace('# the one', `# {"$imagepolicy": "${marker}"}`);

const POLICIES = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: {name: api, namespace: flux}
spec: {image: example.org/api, exclusionList: ['^1.2']}
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: {name: api, namespace: flux}
spec: {imageRepositoryRef: {name: api}, policy: {semver: {range: 1.x}}}
`;

const FILES = {
  'api.yaml': marked('api', 'example.org/api:1.0.0', 'flux:api'),
  'lost.yaml': marked('lost', 'example.org/api:1.0.0', 'flux:lost'),
  'chart.yaml':
    'apiVersion: example.org/v1\nkind: Chart\nmetadata: {name: shop, namespace: prod}\nspec:\n  version: 1.0.0 # {"$imagepolicy": "flux:api:tag"}\n',
  'policies.yaml': POLICIES,
};

const TAGS = ['1.0.0', '1.1.0', '1.2.0', '2.0.0'].map((tag, day) => ({ tag, createdMs: Date.UTC(2026, 0, day + 1) }));

async function carriedOut(
  command: (request: Request, deps: Deps) => Promise<Result>,
  given: { readonly operands: readonly string[]; readonly manual?: Partial<ManualFlags> },
) {
  await using config = await startConfigRemote(FILES);
  for (const [path, text] of Object.entries(FILES)) await config.place.write(`clone/${path}`, text);
  const before = await config.remote.head();
  const request = requestFor(given.operands, { manual: { ...NO_MANUAL, ...given.manual } });
  const result = await command(request, await config.deps(memoryRegistries({ 'example.org/api': TAGS })));
  const moved = (await config.remote.head()) !== before;
  const rows = result.environments[0]?.images.map(({ subject, to, action }) => `${subject} ${action} ${to}`);
  return { result, rows, changed: moved ? await config.lastChange() : [] };
}

describe('a marked image', () => {
  it('is listed with its policy', async () => {
    const { result } = await carriedOut(list, { operands: ['workloads'] });
    expect(result.lines).toEqual([
      'WORKLOAD              CONTAINER  IMAGE                  POLICY',
      'prod:deployment/api   app        example.org/api:1.0.0  automated,semver:1.x of ImagePolicy flux/api',
      'prod:chart/shop       api        example.org/api:1.0.0  automated,semver:1.x of ImagePolicy flux/api',
      'prod:deployment/lost  app        example.org/api:1.0.0  automated,ImagePolicy flux/lost',
    ]);
  });

  it('is listed with the tags that its policy allows', async () => {
    const { result } = await carriedOut(list, { operands: ['images', 'prod:deployment/api'] });
    expect(result.lines?.map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
      'WORKLOAD CONTAINER IMAGE CREATED',
      'prod:deployment/api app example.org/api',
      '| 1.1.0 2026-01-02T00:00:00Z',
      "'-> 1.0.0 2026-01-01T00:00:00Z",
    ]);
  });

  it('is released to the newest tag of its policy', async () => {
    const { rows, changed } = await carriedOut(release, {
      operands: ['deployment/api', 'chart/shop'],
      manual: { updateAllImages: true },
    });
    expect(rows).toEqual(['Deployment/prod/api updated 1.1.0', 'Chart/prod/shop updated 1.1.0']);
    expect(changed).toEqual([
      '-          image: example.org/api:1.0.0 # {"$imagepolicy": "flux:api"}',
      '+          image: example.org/api:1.1.0 # {"$imagepolicy": "flux:api"}',
      '-  version: 1.0.0 # {"$imagepolicy": "flux:api:tag"}',
      '+  version: 1.1.0 # {"$imagepolicy": "flux:api:tag"}',
    ]);
  });

  it('is not released to a tag that its policy does not allow', async () => {
    const { rows, changed } = await carriedOut(release, {
      operands: ['deployment/api'],
      manual: { updateImage: 'example.org/api:2.0.0' },
    });
    expect(rows).toEqual(['Deployment/prod/api skipped 1.0.0']);
    expect(changed).toEqual([]);
  });

  it('that is to be left alone needs an annotation that says so', async () => {
    const { changed } = await carriedOut((request, deps) => changePolicies('deautomate', request, deps), {
      operands: ['deployment/api'],
    });
    expect(changed).toEqual(['+  annotations:', '+    fluxcd.io/automated: "false"']);
  });
});
