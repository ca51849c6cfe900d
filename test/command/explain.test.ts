import { describe, expect, it } from 'vitest';
import { explain } from '../../src/command/explain.ts';
import type { ImageRule } from '../../src/core/images/image-rule.ts';
import type { TagFacts } from '../../src/core/images/select/tag-facts.ts';
import { deployment, requestFor, startConfigRemote } from './by-hand/manual-run.ts';
import { memoryRegistries } from './memory-registries.ts';

const [OLD, NEW] = ['c'.repeat(40), 'b'.repeat(40)];
const labels = (revision: string, source = 'https://github.com/acme/api') => ({
  'org.opencontainers.image.source': source,
  'org.opencontainers.image.revision': revision,
});
const built = (tag: string, day: number, revision?: string): TagFacts => ({
  tag,
  createdMs: Date.UTC(2026, 0, day),
  ...(revision === undefined ? {} : { labels: labels(revision) }),
});
const TAGS = {
  'example.org/api': [built('1.0.0', 1, OLD), built('1.1.0', 2, NEW), built('2.0.0', 3)],
  'example.org/web': [
    built('main-1', 1, OLD),
    { ...built('main-2', 2), labels: labels(NEW, 'javascript:alert(1)') },
    { tag: 'main-3' },
  ],
};
const FILES: Readonly<Record<string, string>> = {
  'api.yaml': deployment('api', 'example.org/api:1.0.0', [
    'fluxcd.io/automated: "true"',
    'fluxcd.io/tag.app: semver:~1',
  ]),
  'still.yaml': deployment('still', 'example.org/api:1.1.0'),
  'web.yaml': deployment('web', 'example.org/web:main-1', ['fluxcd.io/automated: "true"']),
};
const RULE: ImageRule = {
  position: { file: '.towpath.yaml', line: 2, col: 3 },
  image: 'example.org/api',
  container: undefined,
  policy: { value: { kind: 'semver', range: '^1' }, position: { file: '.towpath.yaml', line: 3, col: 13 } },
  pin: undefined,
  platforms: [],
  minimumAgeMs: undefined,
  deny: [],
  windows: [],
};

async function explained(wanted: string) {
  await using config = await startConfigRemote(FILES);
  for (const [path, text] of Object.entries(FILES)) await config.place.write(`clone/${path}`, text);
  const request = requestFor([wanted], { images: { rules: [RULE], fields: [] } });
  return await explain(request, await config.deps(memoryRegistries(TAGS)));
}

describe('an explanation', () => {
  it('says why a tag was chosen, by which policy, what is new, and what was passed over', async () => {
    const { lines } = await explained('prod/api');
    expect(lines).toEqual([
      'prod',
      '  Deployment/prod/api app: example.org/api 1.0.0',
      '    written at api.yaml:14, policy semver:~1 (annotation at api.yaml:8)',
      "    update to 1.1.0: '1.1.0' is the highest version in the range '~1'",
      `    what is new: https://github.com/acme/api/compare/${OLD}...${NEW}`,
      '    1 tag was not chosen:',
      "      2.0.0: outside the range '~1'",
    ]);
  });

  it('says which newer tag was passed over where nothing changes, in its lines and in its report', async () => {
    const { lines, environments } = await explained('still');
    expect(lines).toEqual([
      'prod',
      '  Deployment/prod/still app: example.org/api 1.1.0',
      '    written at still.yaml:11, policy semver:^1 (rule at .towpath.yaml:3)',
      "    no change: the current tag '1.1.0' is the highest version in the range '^1'",
      '    2 tags were not chosen:',
      "      2.0.0: outside the range '^1'",
      '      1.0.0: below the current tag',
    ]);
    expect(environments[0]?.images).toMatchObject([
      { action: 'unchanged', rejected: { tags: [{ tag: '2.0.0', reason: "outside the range '^1'" }], more: 0 } },
    ]);
  });

  it('links nothing that is no link', async () => {
    const { lines } = await explained('web');
    expect(lines).toEqual([
      'prod',
      '  Deployment/prod/web app: example.org/web main-1',
      '    written at web.yaml:13, policy glob:* (default, there is no filter)',
      "    update to main-2: 'main-2' is the newest build that matches 'glob:*' (built 2026-01-02T00:00:00Z)",
      '    1 tag was not chosen:',
      '      main-3: no readable build time',
    ]);
  });
});
