import { describe, expect, it } from 'vitest';
import { changePolicies } from '../../../src/command/by-hand/policies-change.ts';
import type { Request } from '../../../src/command/deps.ts';
import type { PolicyCommand } from '../../../src/config/contract.ts';
import type { ManualFlags } from '../../../src/config/manual-flags.ts';
import type { ImageRule } from '../../../src/core/images/image-rule.ts';
import { deployment, environment, NO_MANUAL, requestFor, startConfigRemote } from './manual-run.ts';

const API = deployment('api', 'example.org/api:1.0.0');
const LOCKED = deployment('worker', 'example.org/worker:1.0.0', [
  'flux.weave.works/locked: "true"',
  'fluxcd.io/locked_user: Bob',
  'example.org/kept: here',
  'fluxcd.io/locked_msg: wait',
  'filter.fluxcd.io/app: glob:v*',
]);
const KUSTOMIZATION = 'images: [{name: example.org/api, newTag: 1.0.0}]\n';
const FILES = { 'api.yaml': API, 'jobs/worker.yaml': LOCKED, 'kustomization.yaml': KUSTOMIZATION };

async function change(
  command: PolicyCommand,
  given: { names: readonly string[]; manual?: Partial<ManualFlags>; request?: Partial<Request> },
) {
  await using config = await startConfigRemote(FILES);
  const before = await config.remote.head();
  const request = requestFor(given.names, { manual: { ...NO_MANUAL, ...given.manual }, ...given.request });
  const result = await changePolicies(command, request, await config.deps());
  const moved = (await config.remote.head()) !== before;
  const [commit] = await config.remote.log();
  return { result, moved, commit, lines: moved ? await config.lastChange() : [] };
}

describe('a workload', () => {
  it('is locked with the person and the reason, in one commit that changes nothing else', async () => {
    const { result, commit, lines } = await change('lock', {
      names: ['prod:deployment/api'],
      manual: { message: 'release: wait' },
    });
    expect(lines).toEqual([
      '+  annotations:',
      '+    fluxcd.io/locked: "true"',
      '+    fluxcd.io/locked_user: Ann <ann@example.com>',
      '+    fluxcd.io/locked_msg: "release: wait"',
    ]);
    expect(commit?.message.trim()).toBe(
      'release: wait\n\n- Locked: prod:deployment/api\n\nRequested-by: Ann <ann@example.com>',
    );
    expect(commit?.author).toContain('Bot <bot@example.com>');
    expect(result.problems).toEqual([]);
    expect(result.environments).toEqual([
      {
        name: 'prod',
        images: [],
        commits: [{ sha: commit?.sha, branch: 'master', message: commit?.message.trim() }],
        clusters: [],
      },
    ]);
    expect(result.lines).toEqual(['Locked: prod:deployment/api', `pushed to master as ${commit?.sha.slice(0, 12)}`]);
  });

  it('is no kustomization: that has no annotations, and nothing is written', async () => {
    const { result, moved } = await change('lock', { names: ['Kustomization/kustomization.yaml', 'deployment/api'] });
    expect(result.problems).toMatchObject([
      {
        code: 'USAGE_WORKLOAD',
        message: 'Kustomization/kustomization.yaml is no object and has no annotations',
        hint: 'Say it in an entry of images in the configuration.',
      },
    ]);
    expect(moved).toBe(false);
  });

  it('is unlocked by removing what locked it, under whatever prefix', async () => {
    const { commit, lines } = await change('unlock', { names: ['prod:deployment/worker'] });
    expect(lines).toEqual([
      '-    flux.weave.works/locked: "true"',
      '-    fluxcd.io/locked_user: Bob',
      '-    fluxcd.io/locked_msg: wait',
    ]);
    expect(commit?.message.trim()).toBe('Unlocked: prod:deployment/worker\n\nRequested-by: Ann <ann@example.com>');
  });

  it('that is locked again keeps nothing of the lock before', async () => {
    const { lines } = await change('lock', {
      names: ['prod:deployment/worker'],
      request: { requestedBy: undefined },
    });
    expect(lines).toEqual(['-    fluxcd.io/locked_user: Bob', '-    fluxcd.io/locked_msg: wait']);
  });

  it.each(['prod:Deployment/api', 'DEPLOYMENT/api', 'Deployment/prod/api', 'deployment/prod/api'])(
    'may be called %s',
    async (name) => {
      const { commit, lines } = await change('automate', { names: [name] });
      expect(lines).toEqual(['+  annotations:', '+    fluxcd.io/automated: "true"']);
      expect(commit?.message).toMatch(/^Automated: prod:deployment\/api\n/);
    },
  );

  it('that says so already makes no commit', async () => {
    const { result, moved } = await change('deautomate', { names: ['deployment/api'] });
    expect(moved).toBe(false);
    expect(result).toMatchObject({ problems: [], lines: ['prod:deployment/api says so already'] });
  });

  it('that a rule of the configuration automates is deautomated by saying so', async () => {
    const position = { file: '.towpath.yaml', line: 1, col: 1 };
    const rule: ImageRule = {
      position,
      image: 'example.org/*',
      container: undefined,
      policy: { value: { kind: 'semver', range: '^1' }, position },
      pin: undefined,
      platforms: [],
      minimumAgeMs: undefined,
      deny: [],
      windows: [],
    };
    const { lines } = await change('deautomate', {
      names: ['deployment/api'],
      request: { images: { rules: [rule], fields: [] } },
    });
    expect(lines).toEqual(['+  annotations:', '+    fluxcd.io/automated: "false"']);
  });
});

describe('several workloads', () => {
  it('are changed in one commit that lists them', async () => {
    const { commit, lines } = await change('automate', { names: ['deployment/worker', 'deployment/api'] });
    expect(commit?.message.trim()).toBe(
      'Updated workload policies\n\n- Automated: prod:deployment/worker\n- Automated: prod:deployment/api\n\nRequested-by: Ann <ann@example.com>',
    );
    expect(lines.filter((line) => line.includes('automated'))).toHaveLength(2);
  });

  it('are all left alone where one of the names means nothing', async () => {
    const { result, moved } = await change('lock', { names: ['deployment/api', 'deployment/wroker'] });
    expect(moved).toBe(false);
    expect(result.problems).toEqual([
      {
        severity: 'error',
        code: 'USAGE_WORKLOAD',
        message: 'there is no workload deployment/wroker',
        hint: 'Did you mean prod:deployment/worker?',
      },
    ]);
  });
});

describe('tag filters', () => {
  it('divide at the first equals sign and reuse the annotation that is there', async () => {
    const { commit, lines } = await change('policy', {
      names: ['deployment/worker'],
      manual: { tags: ['app=semver:>=1.0'] },
    });
    expect(lines).toEqual(['-    filter.fluxcd.io/app: glob:v*', '+    filter.fluxcd.io/app: semver:>=1.0']);
    expect(commit?.message).toMatch(/^Updated policies: prod:deployment\/worker\n/);
  });

  it.each<{ name: string; manual: Partial<ManualFlags> }>([
    { name: 'an empty pattern', manual: { tags: ['app='] } },
    { name: 'a star', manual: { tags: ['app=*'] } },
    { name: 'a star for all', manual: { tagAll: 'glob:*' } },
  ])('are dropped by $name', async ({ manual }) => {
    const { lines } = await change('policy', { names: ['deployment/worker'], manual });
    expect(lines).toEqual(['-    filter.fluxcd.io/app: glob:v*']);
  });

  it('for all containers are written for each, in their canonical form', async () => {
    const { lines } = await change('policy', { names: ['deployment/api'], manual: { tagAll: 'main-*' } });
    expect(lines).toEqual(['+  annotations:', '+    fluxcd.io/tag.app: glob:main-*']);
  });

  it.each<{ name: string; manual: Partial<ManualFlags>; code: string; message: RegExp }>([
    { name: 'no pattern at all', manual: {}, code: 'USAGE_PATTERN', message: /^policy changes nothing$/ },
    {
      name: 'a range that is none',
      manual: { tags: ['app=semver:~1.'] },
      code: 'USAGE_PATTERN',
      message: /semver:~1\./,
    },
    { name: 'a regexp that is none', manual: { tagAll: 'regexp:(' }, code: 'USAGE_PATTERN', message: /^invalid tag/ },
    { name: 'no container', manual: { tags: ['glob:*'] }, code: 'USAGE_PATTERN', message: /names no container$/ },
    { name: 'a container twice', manual: { tags: ['app=a', 'app=b'] }, code: 'USAGE_PATTERN', message: /twice$/ },
    {
      name: 'a container that is not there',
      manual: { tags: ['ap=a'] },
      code: 'USAGE_WORKLOAD',
      message: /no container ap$/,
    },
  ])('with $name write nothing', async ({ manual, code, message }) => {
    const { result, moved } = await change('policy', { names: ['deployment/api'], manual });
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([{ severity: 'error', code, message: expect.stringMatching(message) }]);
  });
});

describe('names', () => {
  it.each([
    { name: 'prod:deployment/apy', message: /^there is no workload/, hint: /^Did you mean prod:deployment\/api\?$/ },
    { name: 'staging:deployment/api', message: /^there is no workload/, hint: /prod:deployment\/api/ },
    { name: 'prod:service/zebra', message: /^there is no workload/, hint: /towpath list/ },
    { name: 'api', message: /names no workload$/, hint: /ns:kind\/name/ },
  ])('$name is answered with what may be meant', async ({ name, message, hint }) => {
    const { result, moved } = await change('lock', { names: [name] });
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([
      { code: 'USAGE_WORKLOAD', message: expect.stringMatching(message), hint: expect.stringMatching(hint) },
    ]);
  });

  it('that are missing are asked for', async () => {
    const { result } = await change('unlock', { names: [] });
    expect(result.problems).toMatchObject([{ code: 'USAGE_WORKLOAD', message: 'unlock names no workload' }]);
  });

  it('that fit two workloads need their namespace', async () => {
    const twin = API.replace('namespace: prod', 'namespace: test');
    await using config = await startConfigRemote({ ...FILES, 'twin.yaml': twin });
    const deps = await config.deps();
    const refused = await changePolicies('lock', requestFor(['deployment/api']), deps);
    expect(refused.problems).toMatchObject([
      {
        code: 'USAGE_WORKLOAD',
        message: expect.stringContaining('prod:deployment/api (api.yaml:1), test:deployment/api'),
      },
    ]);
    const manual = { ...NO_MANUAL, namespace: 'test' };
    const done = await changePolicies('lock', requestFor(['deployment/api'], { manual }), deps);
    expect(done.problems).toEqual([]);
    expect(await config.remote.read('twin.yaml')).toContain('fluxcd.io/locked: "true"');
    expect(await config.remote.read('api.yaml')).toBe(API);
  });
});

describe('a commit', () => {
  it('is not made in a dry run, which shows the lines', async () => {
    const { result, moved } = await change('lock', { names: ['deployment/api'], request: { dryRun: true } });
    expect(moved).toBe(false);
    expect(result.lines).toEqual([
      'Locked: prod:deployment/api',
      'api.yaml:6',
      '+  annotations:',
      '+    fluxcd.io/locked: "true"',
      '+    fluxcd.io/locked_user: Ann <ann@example.com>',
      'not pushed to master: this is a dry run',
    ]);
    expect(result.environments[0]?.commits).toMatchObject([{ sha: '', branch: 'master' }]);
  });

  it('is made again on top of whatever was pushed meanwhile', async () => {
    await using config = await startConfigRemote(FILES);
    config.remote.onPush(async () => {
      config.remote.onPush(null);
      await config.remote.commit({ files: { 'api.yaml': `# first\n${API}` } });
    });
    const result = await changePolicies('lock', requestFor(['deployment/api']), await config.deps());
    expect(result.problems).toEqual([]);
    expect(await config.remote.read('api.yaml')).toMatch(/^# first\n[\s\S]*fluxcd\.io\/locked: "true"/);
    expect(config.told).toEqual(['master moved meanwhile: reading it again']);
  });

  it('is given up where the workload has gone meanwhile', async () => {
    await using config = await startConfigRemote(FILES);
    config.remote.onPush(async () => {
      config.remote.onPush(null);
      await config.remote.commit({ files: { 'api.yaml': null } });
    });
    const result = await changePolicies('lock', requestFor(['deployment/api']), await config.deps());
    expect(result.problems).toMatchObject([{ message: 'prod:deployment/api is no longer in api.yaml of master' }]);
    expect(result.environments[0]?.commits).toEqual([]);
    expect(result.lines).toEqual([]);
  });

  it('is given up where the branch never rests', async () => {
    await using config = await startConfigRemote(FILES);
    let count = 0;
    config.remote.onPush(async () => {
      await config.remote.commit({ files: { 'other.txt': String(count++) } });
    });
    const result = await changePolicies('lock', requestFor(['deployment/api']), await config.deps());
    expect(count).toBe(5);
    expect(result.problems).toMatchObject([{ code: 'BRANCH_KEEPS_MOVING' }]);
    expect(result.lines).toEqual([]);
  });

  it('that the remote refuses is a problem and no commit', async () => {
    await using config = await startConfigRemote(FILES);
    await config.remote.refusePushes('protected');
    const result = await changePolicies('lock', requestFor(['deployment/api']), await config.deps());
    expect(result.problems).toMatchObject([{ severity: 'error', subject: expect.anything() }]);
    expect(result.environments[0]?.commits).toEqual([]);
  });

  it('is reported for each environment whose files it touches', async () => {
    await using config = await startConfigRemote(FILES);
    const environments = [environment('jobs', 'jobs'), environment('all', '.'), environment('none', 'jobs')];
    const request = requestFor(['deployment/api'], { environments });
    const result = await changePolicies('lock', request, await config.deps());
    expect(result.environments.map(({ name, commits }) => [name, commits.length])).toEqual([
      ['jobs', 0],
      ['all', 1],
      ['none', 0],
    ]);
  });

  it('is not made for the code of a pull request', async () => {
    const event = { ...requestFor([]).event, kind: 'pull-request' as const, name: 'pull_request' };
    const { result, moved } = await change('lock', { names: ['deployment/api'], request: { event } });
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([{ code: 'USAGE_EVENT' }]);
  });

  it('names one person in one trailer, whatever the name holds', async () => {
    const requestedBy = 'Ann\nSigned-off-by: Eve';
    const { commit } = await change('automate', { names: ['deployment/api'], request: { requestedBy } });
    expect(commit?.message.trim().split('\n').at(-1)).toBe('Requested-by: Ann Signed-off-by: Eve');
  });
});
