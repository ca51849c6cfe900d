import { describe, expect, it } from 'vitest';
import { release } from '../../../src/command/by-hand/release.ts';
import type { Request } from '../../../src/command/deps.ts';
import type { ManualFlags } from '../../../src/config/manual-flags.ts';
import type { ImageRule } from '../../../src/core/images/image-rule.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import { memoryRegistries } from '../memory-registries.ts';
import { deployment, NO_MANUAL, requestFor, startConfigRemote } from './manual-run.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const RANGE = 'fluxcd.io/tag.app: semver:~1';
const FILES = {
  'api.yaml': deployment('api', 'example.org/api:1.0.0', [RANGE]),
  'web.yaml': deployment('web', 'example.org/web:main-1'),
  'held.yaml': deployment('held', 'example.org/api:1.0.0', [
    RANGE,
    'fluxcd.io/locked: "true"',
    'fluxcd.io/locked_user: Bob',
  ]),
};

const built = (tag: string, day: number): TagFacts => ({ tag, createdMs: Date.UTC(2026, 0, day) });
const REVISION = 'a'.repeat(40);
const LABELS = {
  'org.opencontainers.image.source': 'https://example.org/team/api',
  'org.opencontainers.image.revision': REVISION,
};
const TAGS = {
  'example.org/api': [
    { ...built('0.9.0', 1), digest: digest('0') },
    { ...built('1.0.0', 2), digest: digest('1') },
    { ...built('1.1.0', 3), digest: digest('2'), labels: LABELS },
    { ...built('2.0.0', 4), digest: digest('3') },
  ],
  'example.org/web': [built('main-1', 1), built('main-2', 2)],
};

interface Given {
  readonly names?: readonly string[];
  readonly manual: Partial<ManualFlags>;
  readonly request?: Partial<Request>;
  readonly files?: Readonly<Record<string, string>>;
}

async function run({ names = [], manual, request, files = FILES }: Given) {
  await using config = await startConfigRemote(files);
  const before = await config.remote.head();
  const flags = { ...NO_MANUAL, ...manual };
  const asked = requestFor(names, { manual: flags, ...request });
  const result = await release(asked, await config.deps(memoryRegistries(TAGS)));
  const moved = (await config.remote.head()) !== before;
  const [commit] = await config.remote.log();
  const rows = result.environments[0]?.images.map((row) => [row.subject, row.from, row.to, row.action, row.reason]);
  return { result, rows, moved, message: commit?.message.trim(), lines: moved ? await config.lastChange() : [] };
}

const HIGHEST = "the highest version in the range '~1'";
const NEWEST_BUILD = "the newest build that matches 'glob:*' (built 2026-01-02T00:00:00Z)";
const ASKED = 'the tag that was asked for';

const API = 'Deployment/prod/api';
const HELD = 'Deployment/prod/held';
const WEB = 'Deployment/prod/web';

describe('a release', () => {
  it('of an image moves it to the newest tag that the policy allows, whether or not it is automated', async () => {
    const { result, rows, lines, message } = await run({
      names: ['prod:deployment/api'],
      manual: { updateImage: 'example.org/api' },
    });
    expect(lines).toEqual([
      '-          image: example.org/api:1.0.0 # the one',
      '+          image: example.org/api:1.1.0 # the one',
    ]);
    expect(rows).toEqual([[API, '1.0.0', '1.1.0', 'updated', HIGHEST]]);
    expect(result.problems).toEqual([]);
    expect(result.environments[0]?.commits).toMatchObject([{ branch: 'master', message }]);
    expect(message).toBe(
      [
        'Release example.org/api to prod:deployment/api',
        `https://example.org/team/api/commit/${REVISION}`,
        `Image: example.org/api:1.1.0@${digest('2')}\nSource-Commit: https://example.org/team/api/commit/${REVISION}\nRequested-by: Ann <ann@example.com>`,
      ].join('\n\n'),
    );
  });

  it('of all images to all workloads is one commit that leaves the locked ones alone', async () => {
    const { rows, lines, message } = await run({ manual: { all: true, updateAllImages: true } });
    expect(rows).toEqual([
      [API, '1.0.0', '1.1.0', 'updated', HIGHEST],
      [HELD, '1.0.0', '1.0.0', 'skipped', 'locked by Bob'],
      [WEB, 'main-1', 'main-2', 'updated', NEWEST_BUILD],
    ]);
    expect(lines).toHaveLength(4);
    expect(message).toMatch(/^Release all latest to all\n/);
  });

  it('of the newest to all workloads leaves those alone that are on hold, unless they are named', async () => {
    const files = { 'api.yaml': deployment('api', 'example.org/api:1.0.0', [RANGE, 'towpath/hold.app: "broken"']) };
    const all = await run({ manual: { all: true, updateAllImages: true }, files });
    expect(all.rows).toEqual([[API, '1.0.0', '1.0.0', 'skipped', 'on hold: broken']]);
    expect(all.moved).toBe(false);
    const named = await run({ names: ['deployment/api'], manual: { updateAllImages: true }, files });
    expect(named.rows).toMatchObject([[API, '1.0.0', '1.1.0', 'updated', expect.stringMatching(/no longer on hold$/)]]);
  });

  it('leaves out what is excluded, and images that it is not about', async () => {
    const { rows } = await run({
      manual: { all: true, updateImage: 'example.org/api', exclude: ['deployment/held'] },
    });
    expect(rows).toEqual([
      [API, '1.0.0', '1.1.0', 'updated', HIGHEST],
      [HELD, '1.0.0', '1.0.0', 'skipped', 'excluded'],
    ]);
  });

  it('to a tag moves down as well as up', async () => {
    const file = { 'api.yaml': deployment('api', 'example.org/api:2.0.0') };
    const { rows, message } = await run({
      names: ['deployment/api'],
      manual: { updateImage: 'example.org/api:0.9.0' },
      files: file,
    });
    expect(rows).toEqual([[API, '2.0.0', '0.9.0', 'updated', ASKED]]);
    expect(message).toBe(
      `Release example.org/api:0.9.0 to prod:deployment/api\n\nImage: example.org/api:0.9.0@${digest('0')}\nRequested-by: Ann <ann@example.com>`,
    );
  });

  it.each([
    {
      name: 'that the filter does not allow is skipped',
      tag: '2.0.0',
      action: 'skipped',
      reason: '2.0.0 does not match the filter semver:~1',
    },
    {
      name: 'that is there already changes nothing',
      tag: '1.0.0',
      action: 'unchanged',
      reason: 'has this tag already',
    },
    {
      name: 'that the registry does not have fails',
      tag: '1.0.7',
      action: 'failed',
      reason: 'the registry has no example.org/api:1.0.7',
    },
  ])('to a tag $name', async ({ tag, action, reason }) => {
    const { rows, moved } = await run({ names: ['deployment/api'], manual: { updateImage: `example.org/api:${tag}` } });
    expect(moved).toBe(false);
    expect(rows).toEqual([[API, '1.0.0', '1.0.0', action, reason]]);
  });

  it('brings the digest of the tag where one stands', async () => {
    const { rows } = await run({
      names: ['deployment/api'],
      manual: { updateImage: 'example.org/api:2.0.0' },
      files: { 'api.yaml': deployment('api', `example.org/api:1.0.0@${digest('1')}`) },
    });
    expect(rows?.[0]?.[2]).toBe(`2.0.0@${digest('3')}`);
  });

  it('does not wait for the windows of automation', async () => {
    const rule: ImageRule = {
      position: { file: '.towpath.yaml', line: 1, col: 1 },
      image: '*',
      container: undefined,
      policy: undefined,
      pin: undefined,
      platforms: [],
      minimumAgeMs: undefined,
      deny: [],
      windows: [{ days: ['mon'], fromMinute: 0, toMinute: 1, timeZone: 'UTC' }],
    };
    const { rows } = await run({
      names: ['deployment/api'],
      manual: { updateAllImages: true },
      request: { images: { rules: [rule], fields: [] } },
    });
    expect(rows).toEqual([[API, '1.0.0', '1.1.0', 'updated', HIGHEST]]);
  });

  it('of an image whose registry does not answer fails that one and moves the others', async () => {
    const files = { ...FILES, 'lost.yaml': deployment('lost', 'lost.org/x:1') };
    const { rows, moved, result } = await run({ manual: { all: true, updateAllImages: true }, files });
    expect(moved).toBe(true);
    expect(rows?.map(([subject, , , action]) => [subject, action])).toContainEqual(['Deployment/prod/lost', 'failed']);
    expect(result.problems).toMatchObject([{ severity: 'error', message: 'lost.org does not answer' }]);
  });
});

describe('force', () => {
  const message = 'Fix the outage';

  it('passes over the lock of a workload that is named, and the reason is the commit’s', async () => {
    const given = { updateImage: 'example.org/api:1.1.0', force: true, message };
    const { rows, message: written } = await run({ names: ['deployment/held'], manual: given });
    expect(rows).toEqual([[HELD, '1.0.0', '1.1.0', 'updated', ASKED]]);
    expect(written).toMatch(/^Fix the outage\n/);
  });

  it('does not pass over the lock of one that is not', async () => {
    const given = { updateImage: 'example.org/api:1.1.0', force: true, message, all: true };
    const { rows } = await run({ manual: given });
    expect(rows?.map(([subject, , , action]) => [subject, action])).toEqual([
      [API, 'updated'],
      [HELD, 'skipped'],
    ]);
  });

  it('passes over the filter for a tag that is named', async () => {
    const given = { updateImage: 'example.org/api:2.0.0', force: true, message };
    const { rows } = await run({ names: ['deployment/api'], manual: given });
    expect(rows).toEqual([[API, '1.0.0', '2.0.0', 'updated', ASKED]]);
  });

  it('does not pass over the filter for the newest tag', async () => {
    const { rows } = await run({ names: ['deployment/held'], manual: { updateAllImages: true, force: true, message } });
    expect(rows).toEqual([[HELD, '1.0.0', '1.1.0', 'updated', HIGHEST]]);
  });
});

describe('a release is refused', () => {
  it.each<{ name: string; names?: string[]; manual: Partial<ManualFlags>; code: string }>([
    { name: 'without workloads', manual: { updateAllImages: true }, code: 'USAGE_ARGUMENT' },
    {
      name: 'with workloads and --all',
      names: ['a/b'],
      manual: { all: true, updateAllImages: true },
      code: 'USAGE_ARGUMENT',
    },
    { name: 'without images', manual: { all: true }, code: 'USAGE_ARGUMENT' },
    {
      name: 'with one image and all',
      manual: { all: true, updateImage: 'a', updateAllImages: true },
      code: 'USAGE_ARGUMENT',
    },
    {
      name: 'forced without a reason',
      names: ['deployment/api'],
      manual: { updateAllImages: true, force: true },
      code: 'USAGE_ARGUMENT',
    },
    {
      name: 'forced for everything',
      manual: { all: true, updateAllImages: true, force: true, message: 'm' },
      code: 'USAGE_ARGUMENT',
    },
    { name: 'of no image', manual: { all: true, updateImage: 'UPPER/x' }, code: 'USAGE_ARGUMENT' },
    {
      name: 'of a digest',
      manual: { all: true, updateImage: `example.org/api@${digest('1')}` },
      code: 'USAGE_ARGUMENT',
    },
    {
      name: 'of an image that nothing uses',
      manual: { all: true, updateImage: 'example.org/apy' },
      code: 'USAGE_ARGUMENT',
    },
    {
      name: 'to a workload that is not there',
      names: ['deployment/x'],
      manual: { updateAllImages: true },
      code: 'USAGE_WORKLOAD',
    },
    {
      name: 'but for one that is not there',
      manual: { all: true, updateAllImages: true, exclude: ['deployment/x'] },
      code: 'USAGE_WORKLOAD',
    },
  ])('$name', async ({ names = [], manual, code }) => {
    const { result, moved } = await run({ names, manual });
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([{ severity: 'error', code }]);
  });

  it('for the code of a pull request', async () => {
    const event = { ...requestFor([]).event, kind: 'pull-request' as const, name: 'pull_request' };
    const { result, moved } = await run({ manual: { all: true, updateAllImages: true }, request: { event } });
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([{ code: 'USAGE_EVENT' }]);
  });
});

describe('the commit of a release', () => {
  it('is only planned in a dry run', async () => {
    const { result, rows, moved } = await run({
      names: ['deployment/api'],
      manual: { updateAllImages: true },
      request: { dryRun: true },
    });
    expect(moved).toBe(false);
    expect(rows).toEqual([[API, '1.0.0', '1.1.0', 'updated', HIGHEST]]);
    expect(result.environments[0]?.commits).toMatchObject([{ sha: '' }]);
  });

  it('is planned again where the branch has moved meanwhile: a lock that came first holds', async () => {
    await using config = await startConfigRemote(FILES);
    config.remote.onPush(async () => {
      config.remote.onPush(null);
      const locked = deployment('api', 'example.org/api:1.0.0', [RANGE, 'fluxcd.io/locked: "true"']);
      await config.remote.commit({ files: { 'api.yaml': locked } });
    });
    const manual = { ...NO_MANUAL, all: true, updateAllImages: true };
    const result = await release(requestFor([], { manual }), await config.deps(memoryRegistries(TAGS)));
    expect(result.environments[0]?.images.map(({ subject, action }) => [subject, action])).toEqual([
      [API, 'skipped'],
      [HELD, 'skipped'],
      [WEB, 'updated'],
    ]);
    expect(await config.remote.read('api.yaml')).toContain('api:1.0.0');
    expect(await config.remote.read('web.yaml')).toContain('web:main-2');
  });

  it('that never gets through leaves rows that say so', async () => {
    await using config = await startConfigRemote(FILES);
    let count = 0;
    config.remote.onPush(async () => {
      await config.remote.commit({ files: { 'other.txt': String(count++) } });
    });
    const manual = { ...NO_MANUAL, updateAllImages: true };
    const request = requestFor(['deployment/api'], { manual });
    const result = await release(request, await config.deps(memoryRegistries(TAGS)));
    expect(result.problems).toMatchObject([{ code: 'BRANCH_KEEPS_MOVING' }]);
    expect(result.environments[0]).toMatchObject({
      commits: [],
      images: [
        {
          from: '1.0.0',
          to: '1.0.0',
          action: 'failed',
          reason: 'not pushed: master moved 5 times while the change was made',
        },
      ],
    });
  });

  it('that the remote declines leaves rows that say so', async () => {
    await using config = await startConfigRemote(FILES);
    await config.remote.refusePushes('release days are over');
    const request = requestFor(['deployment/api'], { manual: { ...NO_MANUAL, updateAllImages: true } });
    const result = await release(request, await config.deps(memoryRegistries(TAGS)));
    expect(result.problems).toMatchObject([{ severity: 'error', code: 'PUSH_REJECTED' }]);
    const { images, commits } = result.environments[0] ?? {};
    expect(commits).toEqual([]);
    expect(images).toMatchObject([{ from: '1.0.0', to: '1.0.0', action: 'failed' }]);
    expect(images?.[0]?.reason).toMatch(/^not pushed: .*release days are over/);
  });
});
