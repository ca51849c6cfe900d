import { describe, expect, it } from 'vitest';
import { changePolicies } from '../../../src/command/by-hand/policies-change.ts';
import type { Request } from '../../../src/command/deps.ts';
import type { ManualFlags } from '../../../src/config/manual-flags.ts';
import { deployment, environment, NO_MANUAL, requestFor, startConfigRemote } from './manual-run.ts';

const TWO = deployment('two', 'example.org/two:1.0.0', ['towpath/hold.app: until 2026-01-01 old']).replace(
  '      containers:\n',
  '      containers:\n        - {name: side, image: example.org/side:1.0.0}\n',
);
const KUSTOMIZATION = 'images:\n  - name: example.org/web\n    newTag: 1.0.0\n';
const FILES = {
  'api.yaml': deployment('api', 'example.org/api:1.0.0'),
  'two.yaml': TWO,
  'kustomization.yaml': KUSTOMIZATION,
};

async function change(
  command: 'hold' | 'unhold',
  given: { names: readonly string[]; manual?: Partial<ManualFlags>; request?: Partial<Request> },
) {
  await using config = await startConfigRemote(FILES);
  const before = await config.remote.head();
  const request = requestFor(given.names, { manual: { ...NO_MANUAL, ...given.manual }, ...given.request });
  const result = await changePolicies(command, request, await config.deps());
  const moved = (await config.remote.head()) !== before;
  const [commit] = await config.remote.log();
  return { result, moved, message: commit?.message.trim(), lines: moved ? await config.lastChange() : [] };
}

describe('a workload', () => {
  it('is put on hold with the reason, the person and the last day', async () => {
    const { result, lines, message } = await change('hold', {
      names: ['prod:deployment/api'],
      manual: { message: 'flaky', until: '2026-02-01' },
    });
    expect(lines).toEqual(['+  annotations:', '+    towpath/hold.app: until 2026-02-01 flaky (Ann <ann@example.com>)']);
    expect(message).toBe(
      'flaky\n\n- Put on hold: prod:deployment/api\n\nHold: prod:deployment/api app\nRequested-by: Ann <ann@example.com>',
    );
    expect(result.problems).toEqual([]);
    expect(result.lines?.[0]).toBe('Put on hold: prod:deployment/api');
  });

  it('is put on hold with all its containers, or with those that are named', async () => {
    const all = await change('hold', { names: ['deployment/two'], request: { requestedBy: undefined } });
    expect(all.lines).toEqual([
      '-    towpath/hold.app: until 2026-01-01 old',
      '+    towpath/hold.app: by hand',
      '+    towpath/hold.side: by hand',
    ]);
    expect(all.message).toMatch(/\nHold: prod:deployment\/two side\nHold: prod:deployment\/two app$/);
    const one = await change('hold', { names: ['deployment/two'], manual: { containers: ['side', 'side'] } });
    expect(one.lines).toEqual(['+    towpath/hold.side: asked by Ann <ann@example.com>']);
  });

  it('is taken off hold by removing what held it, in a commit that says so', async () => {
    const { lines, message } = await change('unhold', { names: ['deployment/two'] });
    expect(lines).toEqual(['-  annotations:', '-    towpath/hold.app: until 2026-01-01 old']);
    expect(message).toBe(
      'Taken off hold: prod:deployment/two\n\nUnhold: prod:deployment/two app\nRequested-by: Ann <ann@example.com>',
    );
  });

  it('that is not on hold makes no commit, unless its container is named: the history may hold it', async () => {
    const { result, moved } = await change('unhold', { names: ['deployment/api'] });
    expect(moved).toBe(false);
    expect(result).toMatchObject({
      problems: [],
      lines: [
        'prod:deployment/api has no hold to take away; name a --container to settle what the history alone tells',
      ],
    });
    const named = await change('unhold', { names: ['deployment/api'], manual: { containers: ['app'] } });
    expect(named.lines).toEqual([]);
    expect(named.message).toContain('\nUnhold: prod:deployment/api app\n');
    expect(named.result.environments[0]?.commits).toHaveLength(1);
  });

  it('only shows what would change in a dry run', async () => {
    const { result, moved } = await change('hold', { names: ['deployment/two'], request: { dryRun: true } });
    expect(moved).toBe(false);
    expect(result.lines).toEqual([
      'Put on hold: prod:deployment/two',
      expect.stringMatching(/^two\.yaml:\d+$/),
      '-    towpath/hold.app: until 2026-01-01 old',
      '+    towpath/hold.app: asked by Ann <ann@example.com>',
      '+    towpath/hold.side: asked by Ann <ann@example.com>',
      'not pushed to master: this is a dry run',
    ]);
  });

  it('on a branch without it gets no report of the commit', async () => {
    await using config = await startConfigRemote(FILES);
    await config.remote.commit({ files: { 'other.yaml': FILES['api.yaml'] }, branch: 'other' });
    const other = { ...environment('other', 'other.yaml'), branch: 'other' };
    const environments = [{ ...environment('prod', '.'), paths: environment('prod', 'two.yaml').paths }, other];
    const manual = { ...NO_MANUAL, containers: ['app'] };
    const request = requestFor(['deployment/two'], { environments, manual });
    const result = await changePolicies('unhold', request, await config.deps());
    expect(result.environments.map(({ name, commits }) => [name, commits.length])).toEqual([
      ['prod', 1],
      ['other', 0],
    ]);
  });
});

describe('a file without annotations', () => {
  it('is taken off hold by a commit that changes nothing and says so', async () => {
    const { result, moved, lines, message } = await change('unhold', { names: ['Kustomization/kustomization.yaml'] });
    expect(moved).toBe(true);
    expect(lines).toEqual([]);
    expect(message).toBe(
      [
        'Taken off hold: Kustomization/kustomization.yaml',
        'Unhold: Kustomization/kustomization.yaml example.org/web\nRequested-by: Ann <ann@example.com>',
      ].join('\n\n'),
    );
    expect(result.problems).toEqual([]);
  });

  it('cannot be put on hold', async () => {
    const { result, moved } = await change('hold', { names: ['Kustomization/kustomization.yaml'] });
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([{ code: 'USAGE_WORKLOAD' }]);
  });
});

describe('a hold', () => {
  it.each<{ name: string; manual: Partial<ManualFlags>; code: string; message: RegExp }>([
    { name: 'a day that is none', manual: { until: '2026-02-30' }, code: 'USAGE_FLAG_VALUE', message: /no day$/ },
    { name: 'a day that is over', manual: { until: '2026-01-01' }, code: 'USAGE_FLAG_VALUE', message: /is over$/ },
    { name: 'an unknown container', manual: { containers: ['ap'] }, code: 'USAGE_WORKLOAD', message: /container ap$/ },
  ])('with $name writes nothing', async ({ manual, code, message }) => {
    const { result, moved } = await change('hold', { names: ['deployment/api'], manual });
    expect(moved).toBe(false);
    expect(result.problems).toMatchObject([{ severity: 'error', code, message: expect.stringMatching(message) }]);
  });

  it('of a container that no annotation can name is refused', async () => {
    await using config = await startConfigRemote({
      'app.yaml': FILES['api.yaml'].replace('name: app', `name: ${'x'.repeat(63)}`),
    });
    const result = await changePolicies('hold', requestFor(['deployment/api']), await config.deps());
    expect(result.problems).toMatchObject([{ code: 'USAGE_WORKLOAD', message: expect.stringContaining('xxx') }]);
  });
});
