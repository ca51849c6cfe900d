/** What people do by hand to workloads that commands make, and what they look at. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { list } from '../../../src/command/by-hand/list.ts';
import { changePolicies } from '../../../src/command/by-hand/policies-change.ts';
import { release } from '../../../src/command/by-hand/release.ts';
import { scan } from '../../../src/command/scan.ts';
import type { PolicyCommand } from '../../../src/config/contract.ts';
import type { ManualFlags } from '../../../src/config/manual-flags.ts';
import { deployment, environment, NO_MANUAL, requestFor, startConfigRemote } from '../by-hand/manual-run.ts';
import { memoryRegistries } from '../memory-registries.ts';

const ENVIRONMENTS = [{ ...environment('dev', 'dev'), generators: true }];
const API = deployment('api', 'example.org/api:1.0.0', ['fluxcd.io/automated: "true"', 'fluxcd.io/tag.app: semver:~1']);
const TAGS = { 'example.org/api': [{ tag: '1.0.0' }, { tag: '1.1.0' }, { tag: '2.0.0' }] };

const PATCHED = {
  'dev/.flux.yaml':
    'version: 1\npatchUpdated:\n  generators: [{command: cat api.yaml}]\n  patchFile: flux-patch.yaml\n',
  'dev/api.yaml': API,
};

/** Its policy updater is a script, as in Flux's own example: it adds or drops one line. */
const COMMANDED = {
  'dev/.flux.yaml': `version: 1
commandUpdated:
  generators: [{command: cat api.yaml}]
  updaters:
    - containerImage: {command: 'sed -i "s#$FLUX_IMG:.* \\##$FLUX_IMG:$FLUX_TAG \\##" api.yaml'}
      policy: {command: ./policy.sh}
`,
  'dev/policy.sh': {
    mode: '100755' as const,
    content: `#!/bin/sh
sed -i "/fluxcd.io\\/$FLUX_POLICY:/d" api.yaml
if [ -n "$FLUX_POLICY_VALUE" ]; then sed -i "s#^  annotations:#&\\n    fluxcd.io/$FLUX_POLICY: '$FLUX_POLICY_VALUE'#" api.yaml; fi
`,
  },
  'dev/api.yaml': API,
};

type Files = Parameters<typeof startConfigRemote>[0];

async function change(command: PolicyCommand, files: Files, manual: Partial<ManualFlags> = {}) {
  await using config = await startConfigRemote(files);
  const before = await config.remote.head();
  const request = requestFor(['prod:deployment/api'], {
    environments: ENVIRONMENTS,
    manual: { ...NO_MANUAL, ...manual },
    requestedBy: 'Ann',
  });
  const result = await changePolicies(command, request, await config.deps());
  const moved = (await config.remote.head()) !== before;
  return {
    commits: result.environments.map(({ commits }) => commits.length),
    problems: result.problems.map(({ code, message }) => `${code}: ${message}`),
    lines: moved ? await config.lastChange() : [],
    patch: await config.remote.read('dev/flux-patch.yaml'),
  };
}

describe('a policy of a generated workload', () => {
  it('becomes an entry of the patch file', async () => {
    expect(await change('lock', PATCHED)).toEqual({
      commits: [1],
      problems: [],
      lines: expect.any(Array),
      patch: `---
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    fluxcd.io/locked: "true"
    fluxcd.io/locked_user: Ann
  name: api
  namespace: prod
`,
    });
  });

  it('goes by an entry that takes it away', async () => {
    const { patch, problems } = await change('deautomate', PATCHED);
    expect(problems).toEqual([]);
    expect(patch).toContain('    fluxcd.io/automated: null\n');
  });

  it('is set by the policy updaters, one run for each annotation that is to change', async () => {
    const { commits, lines, problems } = await change('lock', COMMANDED);
    expect(problems).toEqual([]);
    expect(commits).toEqual([1]);
    expect(lines.sort()).toEqual(["+    fluxcd.io/locked: 'true'", "+    fluxcd.io/locked_user: 'Ann'"]);
  });

  it('is dropped by them too', async () => {
    expect((await change('deautomate', COMMANDED)).lines).toEqual(['-    fluxcd.io/automated: "true"']);
  });

  it.each([
    {
      name: 'no updater of policies is there',
      config: COMMANDED['dev/.flux.yaml'].replace(/ {6}policy: .*\n/, ''),
      problem: 'UPDATER_MISSING: dev/.flux.yaml has no updater of policies, and Deployment/prod/api is to get locked',
    },
    {
      name: 'the updater does something else',
      config: COMMANDED['dev/.flux.yaml'].replace('./policy.sh', '\'echo "# x" >> api.yaml\''),
      problem: 'UPDATER_IDLE: Deployment/prod/api is still generated without locked after the update of its policies',
    },
  ])('is an error, and nothing is committed, where $name', async ({ config, problem }) => {
    const { commits, lines, problems } = await change('lock', { ...COMMANDED, 'dev/.flux.yaml': config });
    expect(problems[0]).toBe(problem);
    expect({ commits, lines }).toEqual({ commits: [0], lines: [] });
  });

  it('is not changed where commands may not run', async () => {
    await using config = await startConfigRemote(PATCHED);
    const request = requestFor(['prod:deployment/api'], { environments: [environment('dev', 'dev')] });
    const { problems } = await changePolicies('lock', request, await config.deps());
    expect(problems.map(({ code }) => code)).toEqual(['GENERATORS_NOT_ALLOWED', 'USAGE_WORKLOAD']);
  });
});

describe('a release of a generated workload', () => {
  it.each([
    {
      kind: 'patchUpdated',
      files: PATCHED as Files,
      file: 'dev/flux-patch.yaml',
      text: 'image: example.org/api:1.1.0',
    },
    { kind: 'commandUpdated', files: COMMANDED as Files, file: 'dev/api.yaml', text: 'image: example.org/api:1.1.0 #' },
  ])('goes the way of its .flux.yaml: $kind', async ({ files, file, text }) => {
    await using config = await startConfigRemote(files);
    const manual = { ...NO_MANUAL, updateImage: 'example.org/api:1.1.0' };
    const request = requestFor(['prod:deployment/api'], { environments: ENVIRONMENTS, manual });
    const { environments, problems } = await release(request, await config.deps(memoryRegistries(TAGS)));
    expect(problems).toEqual([]);
    expect(environments[0]).toMatchObject({
      commits: [{ branch: 'master' }],
      images: [{ action: 'updated', to: '1.1.0' }],
    });
    expect(await config.remote.read(file)).toContain(text);
  });
});

it('tells of environments that cannot be read where a release means all workloads', async () => {
  await using config = await startConfigRemote({ ...PATCHED, 'plain/api.yaml': API });
  const environments = [environment('dev', 'dev'), environment('plain', 'plain')];
  const request = requestFor([], { environments, manual: { ...NO_MANUAL, updateAllImages: true, all: true } });
  const { problems, ...result } = await release(request, await config.deps(memoryRegistries(TAGS)));
  expect(problems.map(({ code }) => code)).toEqual(['GENERATORS_NOT_ALLOWED']);
  expect(result.environments.map(({ commits }) => commits.length)).toEqual([0, 1]);
});

describe('the working tree', () => {
  it('gets the patch file by scan --write, and lists generated workloads', async () => {
    await using config = await startConfigRemote(PATCHED);
    const clone = await config.place.clone(config.remote.url, { name: 'tree' });
    const repository = await config.place.open(clone);
    const deps = { ...(await config.deps(memoryRegistries(TAGS))), repository };
    const request = requestFor([], { environments: ENVIRONMENTS });
    const scanned = await scan(request, deps);
    expect(scanned.problems).toEqual([]);
    expect(scanned.environments[0]?.images).toMatchObject([{ from: '1.0.0', to: '1.1.0', action: 'updated' }]);
    expect(await readFile(join(clone, 'dev/flux-patch.yaml'), 'utf8')).toContain('example.org/api:1.1.0');
    expect(await readFile(join(clone, 'dev/api.yaml'), 'utf8')).toBe(API);
    const listed = await list({ ...request, operands: ['workloads'] }, deps);
    expect(listed.lines?.join('\n')).toContain('example.org/api:1.1.0');
  });
});
