import { describe, expect, it } from 'vitest';
import { changePolicies } from '../../../src/command/by-hand/policies-change.ts';
import { release } from '../../../src/command/by-hand/release.ts';
import type { Deps, Request } from '../../../src/command/deps.ts';
import { explain } from '../../../src/command/explain.ts';
import { run } from '../../../src/command/run.ts';
import { scan } from '../../../src/command/scan.ts';
import type { ImageRule } from '../../../src/core/images/image-rule.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import type { GitFiles } from '../../control-plane/git-remote.ts';
import {
  type ConfigRemote,
  deployment,
  environment,
  NO_MANUAL,
  requestFor,
  startConfigRemote,
} from '../by-hand/manual-run.ts';
import { memoryRegistries } from '../memory-registries.ts';

const AUTOMATED = 'fluxcd.io/automated: "true"';
const RANGE = 'fluxcd.io/tag.app: semver:^1';
const api = (tag: string, annotations: readonly string[] = []) =>
  deployment('api', `example.org/api:${tag}`, [AUTOMATED, RANGE, ...annotations]);
const built = (tag: string, day: number): TagFacts => ({ tag, createdMs: Date.UTC(2025, 0, day) });

const TAGS = {
  'example.org/api': [built('1.0.0', 1), built('1.1.0', 2), built('1.2.0', 3)],
  'example.org/web': [built('main-1', 1), built('main-2', 2), built('main-3', 3)],
};
const without = (...gone: string[]) =>
  Object.fromEntries(Object.entries(TAGS).map(([name, tags]) => [name, tags.filter(({ tag }) => !gone.includes(tag))]));

/** One run, with what it did to the branch. */
async function runOn(
  config: ConfigRemote,
  given: { tags?: Record<string, readonly TagFacts[]>; request?: Partial<Request>; deps?: Partial<Deps> } = {},
) {
  const before = await config.remote.head();
  const deps = { ...(await config.deps(memoryRegistries(given.tags ?? TAGS))), ...given.deps };
  const result = await run(requestFor([], given.request), deps);
  const moved = (await config.remote.head()) !== before;
  const [commit] = await config.remote.log();
  const rows = result.environments.flatMap(({ images }) =>
    images.map((row) => `${row.subject} ${row.from} -> ${row.to} ${row.action}: ${row.reason}`),
  );
  return { result, rows, moved, message: moved ? commit?.message.trim() : undefined };
}

/** A real `git revert` of the newest commit, pushed by Rita. */
async function revert({ remote, place }: ConfigRemote): Promise<string> {
  const clone = await place.clone(remote.url, { name: `revert-${(await remote.head())?.slice(0, 7)}` });
  await place.git(clone, '-c', 'user.name=Rita', 'revert', '--no-edit', 'HEAD');
  await place.git(clone, 'commit', '--amend', '--no-edit', '--quiet', '--author=Rita <rita@example.com>');
  await place.git(clone, 'push', '--quiet', 'origin', 'HEAD:master');
  return (await remote.head()) ?? '';
}

async function unhold(config: ConfigRemote, name: string, containers: readonly string[] = []) {
  const request = requestFor([name], { manual: { ...NO_MANUAL, containers } });
  const result = await changePolicies('unhold', request, await config.deps());
  expect(result.problems).toEqual([]);
}

const API = 'Deployment/prod/api';

describe('a bump that somebody reverts', () => {
  it('is not made again: the image is on hold, and the file says so, until it is taken off hold', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.0.0') });
    const first = await runOn(config, { tags: without('1.2.0') });
    expect(first.rows).toEqual([expect.stringContaining('1.0.0 -> 1.1.0 updated')]);
    const reverted = await revert(config);
    expect(await config.remote.read('api.yaml')).toBe(api('1.0.0'));

    const words = `set back from 1.1.0 to 1.0.0 by Rita in ${reverted.slice(0, 7)}`;
    const second = await runOn(config);
    expect(second.rows).toEqual([`${API} 1.0.0 -> 1.0.0 skipped: on hold: ${words}`]);
    expect(second.result.problems).toEqual([]);
    expect(second.result.environments[0]?.images[0]?.hold).toBe('new');
    expect(second.message).toBe(
      [
        'Hold example.org/api at 1.0.0 for prod:deployment/api',
        `On hold: example.org/api at 1.0.0 for prod:deployment/api app, ${words}`,
        'Hold: prod:deployment/api app',
      ].join('\n\n'),
    );
    expect(await config.lastChange()).toEqual([`+    towpath/hold.app: ${words}`]);

    const third = await runOn(config);
    expect(third.rows).toEqual(second.rows);
    expect(third.moved).toBe(false);
    expect(third.result.environments[0]?.images[0]?.hold).toBeUndefined();

    await unhold(config, 'deployment/api');
    expect(await config.remote.read('api.yaml')).toBe(api('1.0.0'));
    const last = await runOn(config);
    expect(last.rows).toEqual([expect.stringContaining('1.0.0 -> 1.2.0 updated')]);
    expect(await config.remote.read('api.yaml')).toBe(api('1.2.0'));
  });

  it('moves again once somebody has removed the annotation by hand', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.1.0') });
    await config.remote.commit({ files: { 'api.yaml': api('1.0.0') } });
    await runOn(config);
    await config.remote.commit({ files: { 'api.yaml': api('1.0.0') }, message: 'Go on' });
    const { rows } = await runOn(config);
    expect(rows).toEqual([expect.stringContaining('1.0.0 -> 1.2.0 updated')]);
  });

  it('beside an image that moves is held in the same commit', async () => {
    const web = (tag: string) => deployment('web', `example.org/web:${tag}`, [AUTOMATED]);
    await using config = await startConfigRemote({ 'all.yaml': `${api('1.1.0')}---\n${web('main-2')}` });
    await config.remote.commit({ files: { 'all.yaml': `${api('1.0.0')}---\n${web('main-2')}` } });
    const { message, rows } = await runOn(config);
    expect(rows).toEqual([expect.stringContaining('on hold'), expect.stringContaining('main-2 -> main-3 updated')]);
    expect(message).toMatch(/^Auto-release example\.org\/web:main-3\n\nOn hold: example\.org\/api at 1\.0\.0 for /);
    expect(message).toMatch(/\n\nImage: example\.org\/web:main-3\nHold: prod:deployment\/api app$/);
    expect(await config.lastChange()).toEqual([
      expect.stringMatching(/^\+ {4}towpath\/hold\.app: set back from 1\.1\.0 to 1\.0\.0 by Somebody Else in /),
      '-          image: example.org/web:main-2 # the one',
      '+          image: example.org/web:main-3 # the one',
    ]);
  });

  it('is only told of in a dry run', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.1.0') });
    await config.remote.commit({ files: { 'api.yaml': api('1.0.0') } });
    const { rows, moved, result } = await runOn(config, { request: { dryRun: true } });
    expect(rows).toEqual([expect.stringContaining('skipped: on hold: set back from 1.1.0 to 1.0.0')]);
    expect(moved).toBe(false);
    expect(result.environments[0]?.commits).toMatchObject([{ sha: '', message: expect.stringMatching(/^Hold /) }]);
  });
});

const RULE: ImageRule = {
  position: { file: '.towpath.yaml', line: 1, col: 1 },
  image: 'example.org/*',
  container: undefined,
  policy: { value: { kind: 'glob', pattern: 'main-*' }, position: { file: '.towpath.yaml', line: 2, col: 1 } },
  pin: undefined,
  platforms: [],
  minimumAgeMs: undefined,
  deny: [],
  windows: [],
};

describe('a change by hand', () => {
  const web = (tag: string) =>
    deployment('web', `example.org/web:${tag}`, [AUTOMATED, 'fluxcd.io/tag.app: glob:main-*']);
  it.each<{ name: string; steps: readonly string[]; tags?: Record<string, readonly TagFacts[]>; row: string }>([
    { name: 'to an older tag is a pin', steps: [api('1.1.0'), api('1.0.0')], row: 'on hold: set back from 1.1.0' },
    { name: 'to a newer tag is none', steps: [api('1.0.0'), api('1.1.0')], row: '1.1.0 -> 1.2.0 updated' },
    { name: 'that narrows the policy with it is none', steps: [api('2.0.0'), api('1.1.0')], row: '-> 1.2.0 updated' },
    { name: 'to an older build is a pin', steps: [web('main-2'), web('main-1')], row: 'on hold: set back from main-2' },
    { name: 'to a newer build is none', steps: [web('main-1'), web('main-2')], row: 'main-2 -> main-3 updated' },
    {
      name: 'back to a build, from one that is gone, is a pin',
      steps: [web('main-1'), web('main-2'), web('main-1')],
      tags: without('main-2'),
      row: 'on hold: set back from main-2',
    },
    {
      name: 'from a build that is gone to another is none',
      steps: [web('main-2'), web('main-1')],
      tags: without('main-2'),
      row: 'main-1 -> main-3 updated',
    },
    {
      name: 'under a lock that is gone is settled',
      steps: [api('1.1.0'), api('1.0.0', ['fluxcd.io/locked: "true"']), api('1.0.0')],
      row: '1.0.0 -> 1.2.0 updated',
    },
    {
      name: 'under a lock that is there stays locked',
      steps: [api('1.1.0'), api('1.0.0', ['fluxcd.io/locked: "true"'])],
      row: 'skipped: locked',
    },
    {
      name: 'where the annotation says false is not looked at',
      steps: [api('1.1.0'), api('1.0.0', ['towpath/hold.app: "false"'])],
      row: '1.0.0 -> 1.2.0 updated',
    },
    {
      name: 'under a hold that is over is settled',
      steps: [api('1.1.0'), api('1.0.0', ['towpath/hold.app: until 2026-01-01 wait'])],
      row: '1.0.0 -> 1.2.0 updated',
    },
  ])('$name', async ({ steps, tags, row }) => {
    const [first = '', ...rest] = steps;
    await using config = await startConfigRemote({ 'a.yaml': first });
    for (const text of rest) await config.remote.commit({ files: { 'a.yaml': text } });
    const { rows } = await runOn(config, tags === undefined ? {} : { tags });
    expect(rows).toEqual([expect.stringContaining(row)]);
  });

  it('to a version that is the newest needs no hold, and nobody looks back', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.3.0') });
    await config.remote.commit({ files: { 'api.yaml': api('1.2.0') } });
    const deps = await config.deps();
    const repository = { ...deps.repository, history: () => Promise.reject(new Error('looked back')) };
    const { rows, moved } = await runOn(config, { deps: { repository } });
    expect(rows).toEqual([expect.stringContaining('1.2.0 -> 1.2.0 unchanged')]);
    expect(moved).toBe(false);
  });

  it('that is reverted twice is on hold twice', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.0.0') });
    await runOn(config, { tags: without('1.1.0', '1.2.0') });
    await runOn(config, { tags: without('1.2.0') });
    await revert(config);
    await runOn(config);
    await unhold(config, 'deployment/api');
    await runOn(config);
    await revert(config);
    const { rows, message } = await runOn(config);
    expect(rows).toEqual([expect.stringContaining('on hold: set back from 1.2.0 to 1.0.0 by Rita')]);
    expect(message).toMatch(/^Hold example\.org\/api at 1\.0\.0 /);
  });
});

describe('a hold', () => {
  it('until a day ends with the first move after it, and its annotation goes', async () => {
    await using config = await startConfigRemote({
      'api.yaml': api('1.0.0', ['towpath/hold.app: until 2026-01-01 wait']),
      'web.yaml': deployment('web', 'example.org/web:main-1', [AUTOMATED, 'towpath/hold.app: until 2026-01-02 wait']),
    });
    const { rows, result } = await runOn(config);
    expect(rows).toEqual([
      expect.stringContaining('1.0.0 -> 1.2.0 updated'),
      'Deployment/prod/web main-1 -> main-1 skipped: on hold until 2026-01-02: wait',
    ]);
    expect(await config.remote.read('api.yaml')).toBe(api('1.2.0'));
    expect(result.problems).toMatchObject([
      { severity: 'warning', code: 'IMAGE_WARNING', message: expect.stringContaining('on hold until 2026-01-01') },
    ]);
    expect((await runOn(config)).result.problems).toEqual([]);
  });

  it('that a revert brings back although it is over does not let the image move', async () => {
    await using config = await startConfigRemote({
      'api.yaml': api('1.0.0', ['towpath/hold.app: until 2025-12-01 wait']),
    });
    await runOn(config, { tags: without('1.2.0') });
    await revert(config);
    const { rows } = await runOn(config);
    expect(rows).toEqual([expect.stringContaining('on hold: set back from 1.1.0 to 1.0.0 by Rita')]);
    expect(await config.remote.read('api.yaml')).toContain('towpath/hold.app: set back from 1.1.0 to 1.0.0 by Rita');
  });
});

const RULED = { images: { rules: [{ ...RULE, policy: RULE.policy }], fields: [] } };
const kustomization = (tag: string) => `images:\n  - name: example.org/web\n    newTag: ${tag}\n`;

describe('an image in a file without annotations', () => {
  const KUSTOMIZED: GitFiles = { 'kustomization.yaml': kustomization('main-2') };
  it('is on hold by the history alone, and a commit takes it off hold', async () => {
    await using config = await startConfigRemote(KUSTOMIZED);
    await config.remote.commit({ files: { 'kustomization.yaml': kustomization('main-1') } });
    const first = await runOn(config, { request: RULED });
    expect(first.rows).toEqual([
      expect.stringContaining(
        'Kustomization/kustomization.yaml main-1 -> main-1 skipped: on hold: set back from main-2',
      ),
    ]);
    expect(first.result.problems).toEqual([]);
    expect(first.moved).toBe(false);
    await unhold(config, 'Kustomization/kustomization.yaml');
    const last = await runOn(config, { request: RULED });
    expect(last.rows).toEqual([expect.stringContaining('main-1 -> main-3 updated')]);
  });

  it('is on hold by the history alone where the annotations cannot be written, with a warning', async () => {
    const elsewhere = '  labels: &both\n    fluxcd.io/automated: "true"\n  annotations: *both\n';
    const text = (tag: string) => api(tag).replace(/ {2}annotations:\n(?: {4}.*\n)+/, elsewhere);
    await using config = await startConfigRemote({ 'api.yaml': text('1.1.0') });
    await config.remote.commit({ files: { 'api.yaml': text('1.0.0') } });
    const { rows, moved, result } = await runOn(config);
    expect(rows).toEqual([expect.stringContaining('on hold: set back')]);
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([{ severity: 'warning', code: 'EDIT_REFUSED' }]);
    await unhold(config, 'deployment/api', ['app']);
    expect((await runOn(config)).rows).toEqual([expect.stringContaining('1.0.0 -> 1.2.0 updated')]);
  });
});

describe('a marked image', () => {
  const POLICY = `apiVersion: image.toolkit.fluxcd.io/v1beta2
kind: ImageRepository
metadata: {name: web, namespace: prod}
spec: {image: example.org/web}
---
apiVersion: image.toolkit.fluxcd.io/v1beta2
kind: ImagePolicy
metadata: {name: web, namespace: prod}
spec:
  imageRepositoryRef: {name: web}
  filterTags: {pattern: '^main-(?P<build>[0-9]+)$', extract: $build}
  policy: {numerical: {order: asc}}
`;
  const MARKER = '# {"$imagepolicy": "prod:web"}';
  const marked = (tag: string) => deployment('web', `example.org/web:${tag}`).replace('# the one', MARKER);

  it('is held as any other, by its policy', async () => {
    await using config = await startConfigRemote({ 'policy.yaml': POLICY, 'web.yaml': marked('main-2') });
    await config.remote.commit({ files: { 'web.yaml': marked('main-1') } });
    const held = await runOn(config);
    expect(held.rows).toEqual([expect.stringContaining('skipped: on hold: set back from main-2 to main-1')]);
    expect(await config.remote.read('web.yaml')).toContain('towpath/hold.app: set back from main-2 to main-1');
    expect((await runOn(config)).moved).toBe(false);
    await unhold(config, 'deployment/web');
    expect((await runOn(config)).rows).toEqual([expect.stringContaining('main-1 -> main-3 updated')]);
  });
});

describe('a digest', () => {
  const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
  const web = (letter: string) => deployment('web', `example.org/web:main-1@${digest(letter)}`);
  const tags = (letter: string) => ({ 'example.org/web': [{ tag: 'main-1', digest: digest(letter) }] });
  const followed: ImageRule = {
    ...RULE,
    policy: { value: { kind: 'digest', tag: undefined }, position: RULE.position },
  };
  const request = { images: { rules: [followed], fields: [] } };

  it('that the registry moves back and forth is followed; one that a person brings back is held', async () => {
    await using config = await startConfigRemote({ 'web.yaml': web('a') });
    for (const letter of ['b', 'a', 'c']) {
      const { rows } = await runOn(config, { request, tags: tags(letter) });
      expect(rows).toEqual([expect.stringMatching(/ updated: /)]);
      expect(await config.remote.read('web.yaml')).toBe(web(letter));
    }
    await revert(config);
    const { rows } = await runOn(config, { request, tags: tags('d') });
    expect(rows).toEqual([
      expect.stringContaining(
        'skipped: on hold: set back from main-1@sha256:ccccccc to main-1@sha256:aaaaaaa by Rita in ',
      ),
    ]);
  });
});

describe('an image in a patch file', () => {
  const CONFIG = `version: 1
patchUpdated:
  generators:
    - command: cat api.txt
  patchFile: patch.yaml
`;
  const ENVIRONMENT = { ...environment('prod', 'dev'), generators: true };
  const files = (tag: string) => ({ 'dev/.flux.yaml': CONFIG, 'dev/api.txt': api(tag) });

  it('is held where its patch is taken away or set back, and the patch file says so', async () => {
    await using config = await startConfigRemote(files('1.0.0'));
    const request = { environments: [ENVIRONMENT] };
    const first = await runOn(config, { request, tags: without('1.2.0') });
    expect(first.rows).toEqual([expect.stringContaining('1.0.0 -> 1.1.0 updated')]);
    const reverted = await revert(config);
    expect(await config.remote.read('dev/patch.yaml')).toBeNull();

    const words = `set back from 1.1.0 to 1.0.0 by Rita in ${reverted.slice(0, 7)}`;
    const held = await runOn(config, { request });
    expect(held.rows).toEqual([`${API} 1.0.0 -> 1.0.0 skipped: on hold: ${words}`]);
    expect(held.result.problems).toEqual([]);
    expect(await config.remote.read('dev/patch.yaml')).toContain(`towpath/hold.app: ${words}`);
    expect((await runOn(config, { request })).moved).toBe(false);

    const result = await changePolicies('unhold', requestFor(['deployment/api'], request), await config.deps());
    expect(result.problems).toEqual([]);
    expect((await runOn(config, { request })).rows).toEqual([expect.stringContaining('1.0.0 -> 1.2.0 updated')]);

    const patch = (await config.remote.read('dev/patch.yaml')) ?? '';
    await config.remote.commit({ files: { 'dev/patch.yaml': patch.replace('1.2.0', '1.1.0') } });
    const again = await runOn(config, { request });
    expect(again.rows).toEqual([expect.stringContaining('on hold: set back from 1.2.0 to 1.1.0 by Somebody Else in')]);
  });

  it('is held where a commit is reverted that added its entry beside others', async () => {
    const other = deployment('other', 'example.org/api:1.0.0', [AUTOMATED, RANGE]);
    const text = (name: string, tag: string) =>
      `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: prod}\nspec: {template: {spec: {containers: [{name: app, image: "example.org/api:${tag}"}]}}}\n`;
    const before = { ...files('1.0.0'), 'dev/patch.yaml': text('other', '1.1.0') };
    await using config = await startConfigRemote({
      ...before,
      'dev/api.txt': `${before['dev/api.txt']}---\n${other}`,
    });
    await config.remote.commit({ files: { 'dev/patch.yaml': text('other', '1.1.0') + text('api', '1.1.0') } });
    await revert(config);
    const { rows, result } = await runOn(config, { request: { environments: [ENVIRONMENT] } });
    expect(result.problems).toEqual([]);
    expect(rows).toEqual([
      expect.stringMatching(/^Deployment\/prod\/api 1\.0\.0 .*on hold: set back from 1\.1\.0 to 1\.0\.0 by Rita in/),
      expect.stringMatching(/^Deployment\/prod\/other 1\.1\.0 -> 1\.2\.0 updated/),
    ]);
    const patch = (await config.remote.read('dev/patch.yaml')) ?? '';
    expect(patch).toMatch(/towpath\/hold\.app: set back from 1\.1\.0[^\n]*\n {2}name: api\n/);
    expect(patch).not.toContain('api:1.1.0');
  });

  it('is held where it goes back to the build that is generated, from one that is gone', async () => {
    const web = deployment('web', 'example.org/web:main-1', [AUTOMATED, 'fluxcd.io/tag.app: glob:main-*']);
    await using config = await startConfigRemote({ 'dev/.flux.yaml': CONFIG, 'dev/api.txt': web });
    const request = { environments: [ENVIRONMENT] };
    const first = await runOn(config, { request, tags: without('main-3') });
    expect(first.rows).toEqual([expect.stringContaining('main-1 -> main-2 updated')]);
    await revert(config);
    const { rows } = await runOn(config, { request, tags: without('main-2') });
    expect(rows).toEqual([expect.stringContaining('on hold: set back from main-2 to main-1 by Rita in')]);
  });

  it('moves again once somebody has removed the annotation from the patch file', async () => {
    await using config = await startConfigRemote(files('1.0.0'));
    const request = { environments: [ENVIRONMENT] };
    await runOn(config, { request, tags: without('1.2.0') });
    await revert(config);
    expect((await runOn(config, { request })).rows).toEqual([expect.stringContaining('skipped: on hold')]);
    await config.remote.commit({ files: { 'dev/patch.yaml': '' }, message: 'Go on' });
    expect((await runOn(config, { request })).rows).toEqual([expect.stringContaining('1.0.0 -> 1.2.0 updated')]);
  });

  it('is no set-back where people move what is generated up and its patch goes', async () => {
    await using config = await startConfigRemote(files('1.0.0'));
    const request = { environments: [ENVIRONMENT] };
    await runOn(config, { request, tags: without('1.1.0', '1.2.0') });
    await config.remote.commit({ files: { 'dev/api.txt': api('1.1.0'), 'dev/patch.yaml': '' }, message: 'Adopt' });
    expect((await runOn(config, { request })).rows).toEqual([expect.stringContaining('1.1.0 -> 1.2.0 updated')]);
  });
});

/** A release of the image that the file has, to a tag or to the newest. */
async function releaseOn(config: ConfigRemote, name: string, image: string, given: Partial<Request> = {}) {
  const manual = { ...NO_MANUAL, updateImage: image };
  const result = await release(requestFor([name], { manual, ...given }), await config.deps(memoryRegistries(TAGS)));
  expect(result.problems).toEqual([]);
  const [commit] = await config.remote.log();
  return { row: result.environments[0]?.images[0], message: commit?.message.trim() };
}

describe('a release by hand', () => {
  const web = (tag: string, annotations: readonly string[] = [AUTOMATED]) =>
    deployment('web', `example.org/web:${tag}`, annotations);

  it('to an older tag puts an automated image on hold, for everybody to see and for the next run', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.1.0') });
    const { row, message } = await releaseOn(config, 'deployment/api', 'example.org/api:1.0.0');
    expect(row).toMatchObject({ to: '1.0.0', reason: 'the tag that was asked for, on hold from now on' });
    expect(message).toMatch(
      /\nImage: example\.org\/api:1\.0\.0\nHold: prod:deployment\/api app\nRequested-by: Ann <ann@example\.com>$/,
    );
    const words = 'set back from 1.1.0 to 1.0.0 (Ann <ann@example.com>)';
    expect(await config.remote.read('api.yaml')).toBe(api('1.0.0', [`towpath/hold.app: ${words}`]));
    const { rows, moved } = await runOn(config);
    expect(rows).toEqual([`${API} 1.0.0 -> 1.0.0 skipped: on hold: ${words}`]);
    expect(moved).toBe(false);
  });

  it('to an older build puts it on hold too', async () => {
    await using config = await startConfigRemote({ 'web.yaml': web('main-3') });
    await releaseOn(config, 'deployment/web', 'example.org/web:main-1', { requestedBy: undefined });
    expect(await config.remote.read('web.yaml')).toBe(
      web('main-1', [AUTOMATED, 'towpath/hold.app: set back from main-3 to main-1']),
    );
  });

  it.each([
    { name: 'to a newer tag', image: 'example.org/api:1.1.0', to: '1.1.0' },
    { name: 'to the newest tag', image: 'example.org/api', to: '1.2.0' },
  ])('$name ends the hold that there was', async ({ image, to }) => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.0.0', ['towpath/hold.app: why']) });
    const { row, message } = await releaseOn(config, 'deployment/api', image);
    expect(row).toMatchObject({ to, reason: expect.stringMatching(/, no longer on hold$/) });
    expect(message).toContain('\nUnhold: prod:deployment/api app\n');
    expect(await config.remote.read('api.yaml')).toBe(api(to));
    expect((await runOn(config)).rows).toEqual([expect.stringContaining('-> 1.2.0 ')]);
  });

  it('to an older tag leaves an image alone that is not automated', async () => {
    await using config = await startConfigRemote({ 'web.yaml': web('main-3', []) });
    const { row, message } = await releaseOn(config, 'deployment/web', 'example.org/web:main-1');
    expect(row?.reason).toBe('the tag that was asked for');
    expect(message).not.toContain('Hold');
    expect(await config.remote.read('web.yaml')).toBe(web('main-1', []));
  });

  it.each([
    { requestedBy: undefined, by: 'Bot' },
    { requestedBy: 'Ann <ann@example.com>', by: 'Ann' },
  ])(
    'to an older tag holds an image without annotations by its commit: set back by $by',
    async ({ requestedBy, by }) => {
      await using config = await startConfigRemote({ 'kustomization.yaml': kustomization('main-2') });
      const given = { ...RULED, requestedBy };
      const name = 'Kustomization/kustomization.yaml';
      const { message } = await releaseOn(config, name, 'example.org/web:main-1', given);
      expect(message).toMatch(/\nHold: Kustomization\/kustomization\.yaml example\.org\/web$/m);
      const { rows } = await runOn(config, { request: RULED });
      expect(rows).toEqual([expect.stringContaining(`skipped: on hold: set back from main-2 to main-1 by ${by} in `)]);
    },
  );

  it('to an older tag holds by its commit what only commands can change', async () => {
    const updater = 'sed -i "s#$FLUX_IMG:[0-9.]*#$FLUX_IMG:$FLUX_TAG#" api.txt';
    const config = {
      version: 1,
      commandUpdated: {
        generators: [{ command: 'cat api.txt' }],
        updaters: [{ containerImage: { command: updater } }],
      },
    };
    await using remote = await startConfigRemote({
      'dev/.flux.yaml': JSON.stringify(config),
      'dev/api.txt': api('1.1.0'),
    });
    const request = { environments: [{ ...environment('prod', 'dev'), generators: true }] };
    await releaseOn(remote, 'deployment/api', 'example.org/api:1.0.0', request);
    const head = (await remote.remote.head()) ?? '';
    const held = await runOn(remote, { request });
    expect(held.rows).toEqual([`${API} 1.0.0 -> 1.0.0 skipped: on hold: set back to 1.0.0 in ${head.slice(0, 7)}`]);
    expect([held.moved, held.result.problems]).toEqual([false, []]);

    const lift = requestFor(['deployment/api'], { ...request, manual: { ...NO_MANUAL, containers: ['app'] } });
    expect((await changePolicies('unhold', lift, await remote.deps())).problems).toEqual([]);
    expect((await runOn(remote, { request })).rows).toEqual([expect.stringContaining('1.0.0 -> 1.2.0 updated')]);
    expect((await runOn(remote, { request })).moved).toBe(false);
  });

  it('to an older tag under a lock that is passed over stays locked', async () => {
    const locked = (tag: string) => api(tag, ['fluxcd.io/locked: "true"']);
    await using config = await startConfigRemote({ 'api.yaml': locked('1.1.0') });
    const manual = { ...NO_MANUAL, updateImage: 'example.org/api:1.0.0', force: true, message: 'now' };
    await release(requestFor(['deployment/api'], { manual }), await config.deps(memoryRegistries(TAGS)));
    expect(await config.remote.read('api.yaml')).toBe(locked('1.0.0'));
  });
});

describe('a shallow clone, as a workflow has it', () => {
  it('is deepened when an image is about to move, and not before', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.2.0') });
    await config.remote.commit({ files: { 'api.yaml': api('1.1.0') }, message: 'Set back' });
    for (const day of [1, 2, 3]) await config.remote.commit({ files: { 'note.txt': String(day) } });
    const clone = await config.place.clone(config.remote.url, { name: 'shallow', args: ['--depth=1'] });
    const repository = await config.place.open(clone);
    const depth = async () => Number(await config.place.git(clone, 'rev-list', '--count', 'HEAD'));
    const idle = await runOn(config, { deps: { repository }, tags: without('1.2.0') });
    expect(idle.rows).toEqual([expect.stringContaining('1.1.0 -> 1.1.0 unchanged')]);
    expect(await depth()).toBe(1);
    const held = await runOn(config, { deps: { repository } });
    expect(held.rows).toEqual([expect.stringContaining('on hold: set back from 1.2.0 to 1.1.0 by Somebody Else in')]);
    expect(held.message).toMatch(/^Hold example\.org\/api at 1\.1\.0 /);
    expect(await depth()).toBeGreaterThan(1);
    const again = await runOn(config, { deps: { repository } });
    expect(again.rows).toEqual(held.rows);
    expect(again.moved).toBe(false);
  });
});

describe('a history that cannot be read', () => {
  it('moves nothing, and says so', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.0.0') });
    const deps = await config.deps();
    const repository = { ...deps.repository, history: () => Promise.reject(new Error('no history today')) };
    const { rows, moved, result } = await runOn(config, { deps: { repository } });
    expect(rows).toEqual([expect.stringMatching(/1\.0\.0 -> 1\.0\.0 failed: nobody can tell .*: no history today$/)]);
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([{ severity: 'error', message: 'no history today' }]);
  });
});

describe('the working tree', () => {
  it('is held where an edit that is not committed sets the image back, and is explained', async () => {
    await using config = await startConfigRemote({ 'api.yaml': api('1.1.0') });
    const clone = await config.place.clone(config.remote.url, { name: 'tree' });
    await config.place.write('tree/api.yaml', api('1.0.0'));
    const registries = memoryRegistries(TAGS);
    const deps = { ...(await config.deps(registries)), repository: await config.place.open(clone) };
    const explained = await explain(requestFor([]), deps);
    expect(explained.lines?.map((line) => line.trim())).toEqual([
      'prod',
      `${API} app: example.org/api 1.0.0 skipped: on hold: set back from 1.1.0 to 1.0.0 in the working tree`,
      expect.stringMatching(/^written at api\.yaml:\d+$/),
      'the history of the file says so; to take it off hold: towpath unhold prod:deployment/api --container app',
    ]);
    const scanned = await scan(requestFor([]), deps);
    expect(scanned.environments[0]?.images).toMatchObject([{ action: 'skipped' }]);
    const read = await (await deps.repository.workTree()).read(['api.yaml']);
    expect(Buffer.from(read.files[0]?.bytes ?? []).toString()).toBe(
      api('1.0.0', ['towpath/hold.app: set back from 1.1.0 to 1.0.0 in the working tree']),
    );
    expect((await explain(requestFor([]), deps)).lines?.at(-1)?.trim()).toMatch(
      /^the annotation at api\.yaml:9 says so; to take it off hold: towpath unhold prod:deployment\/api --container app$/,
    );
  });
});
