/** Environments whose manifests are made by commands, from the branch's head to the clusters. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../../../src/base/secret.ts';
import type { Request } from '../../../src/command/deps.ts';
import { run } from '../../../src/command/run.ts';
import type { EnvironmentConfig } from '../../../src/config/config.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import { createGenerators, type GeneratorLimits } from '../../../src/render/generators.ts';
import type { GitFiles } from '../../control-plane/git-remote.ts';
import { type ConfigRemote, deployment, environment, requestFor, startConfigRemote } from '../by-hand/manual-run.ts';
import { type MemoryClusters, memoryClusters } from '../memory-clusters.ts';
import { memoryRegistries } from '../memory-registries.ts';

const AT = { file: '.towpath.yaml', line: 1, col: 1 };
const AUTOMATED = ['fluxcd.io/automated: "true"', 'fluxcd.io/tag.app: semver:~1'];
const API = deployment('api', 'example.org/api:1.0.0', AUTOMATED);
const WEB = deployment('web', 'example.org/web:1.0.0', AUTOMATED);
const TAGS: Readonly<Record<string, readonly TagFacts[]>> = {
  'example.org/api': [{ tag: '1.0.0' }, { tag: '1.1.0' }],
  'example.org/web': [{ tag: '1.0.0' }, { tag: '1.2.0' }],
};

const PATCH = `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: prod
spec:
  template:
    spec:
      $setElementOrder/containers:
      - name: app
      containers:
      - image: example.org/api:1.1.0
        name: app
`;

function patched(...commands: readonly string[]): string {
  return `version: 1\npatchUpdated:\n  generators:\n${commandLines(commands)}  patchFile: flux-patch.yaml\n`;
}

function commanded(generators: readonly string[], updaters: readonly string[]): string {
  const steps = updaters.map((command) => `    - containerImage: {command: ${JSON.stringify(command)}}\n`).join('');
  return `version: 1\ncommandUpdated:\n  generators:\n${commandLines(generators)}  updaters:\n${steps}`;
}

function commandLines(commands: readonly string[]): string {
  return commands.map((command) => `    - command: ${JSON.stringify(command)}\n`).join('');
}

function allowed(name: string, path = name, given: Partial<EnvironmentConfig> = {}): EnvironmentConfig {
  return { ...environment(name, path), clusters: [{ context: 'east', position: AT }], generators: true, ...given };
}

interface Given {
  readonly files: GitFiles;
  readonly environments?: readonly EnvironmentConfig[];
  readonly request?: Partial<Request>;
  readonly clusters?: MemoryClusters;
  readonly limits?: Partial<GeneratorLimits>;
  readonly secret?: string;
  readonly beforePush?: (config: ConfigRemote) => Promise<void>;
}

/** A run of everything, and what is there afterwards. */
async function runOn({ files, environments = [allowed('dev')], request = {}, ...given }: Given) {
  await using config = await startConfigRemote(files);
  const before = await config.remote.head();
  const redactor = new Redactor();
  if (given.secret !== undefined) redactor.add(given.secret);
  const scratch = await mkdtemp(join(config.place.directory, 'generators-'));
  const clusters = given.clusters ?? memoryClusters(['east', 'west']);
  const deps = {
    ...(await config.deps(memoryRegistries(TAGS))),
    clusters: async () => clusters,
    generators: createGenerators({
      env: config.place.env,
      scratch: async () => scratch,
      redact: (text) => redactor.redact(text),
      limits: given.limits,
    }),
  };
  if (given.beforePush !== undefined) config.remote.onPush(() => given.beforePush?.(config) ?? Promise.resolve());
  const result = await run(requestFor([], { environments, ...request }), deps);
  expect(readdirSync(scratch)).toEqual([]);
  const moved = (await config.remote.head()) !== before;
  const log = await config.remote.log();
  const paths = await config.remote.git(['ls-tree', '-r', '--name-only', 'master']);
  const contents = await Promise.all(
    paths
      .trim()
      .split('\n')
      .map(async (path) => [path, await config.remote.read(path)] as const),
  );
  return {
    result,
    moved,
    after: Object.fromEntries(contents),
    subject: log[0]?.message.split('\n')[0],
    applied: clusters.applied,
    rows: Object.fromEntries(
      result.environments.map(({ name, images }) => [
        name,
        images.map((row) => `${row.subject} ${row.from} → ${row.to} ${row.action}`),
      ]),
    ),
    problems: result.problems.map(({ code, message }) => `${code}: ${message}`),
  };
}

const PATCHED_FILES = { 'dev/.flux.yaml': patched('cat deployment.yaml'), 'dev/deployment.yaml': API };

describe('an environment with patchUpdated', () => {
  it('gets its bumps as a patch file, made where there is none, and its cluster the patched objects', async () => {
    const { after, applied, moved, problems, result, rows, subject } = await runOn({ files: PATCHED_FILES });
    expect(problems).toEqual([]);
    expect(rows).toEqual({ dev: ['Deployment/prod/api 1.0.0 → 1.1.0 updated'] });
    expect(moved).toBe(true);
    expect(after).toEqual({ ...PATCHED_FILES, 'dev/flux-patch.yaml': PATCH });
    expect(subject).toBe('Auto-release example.org/api:1.1.0');
    expect(result.environments[0]?.commits).toHaveLength(1);
    expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.1.0'] });
  });

  it('has nothing left to do in the next run', async () => {
    const files = { ...PATCHED_FILES, 'dev/flux-patch.yaml': PATCH };
    const { applied, moved, problems, rows } = await runOn({ files });
    expect({ moved, problems }).toEqual({ moved: false, problems: [] });
    expect(rows).toEqual({ dev: ['Deployment/prod/api 1.1.0 → 1.1.0 unchanged'] });
    expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.1.0'] });
  });

  it('is planned and applied in a dry run, and nothing is pushed', async () => {
    const { applied, moved, result } = await runOn({ files: PATCHED_FILES, request: { dryRun: true } });
    expect(moved).toBe(false);
    expect(result.environments[0]?.commits).toMatchObject([{ sha: '' }]);
    expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.1.0'] });
  });

  it('is read again where the branch moves meanwhile', async () => {
    let pushes = 0;
    const { after, rows } = await runOn({
      files: PATCHED_FILES,
      beforePush: async (config) => {
        if (pushes++ === 0) await config.remote.commit({ files: { 'dev/deployment.yaml': `${API}---\n${WEB}` } });
      },
    });
    expect(rows['dev']).toEqual([
      'Deployment/prod/api 1.0.0 → 1.1.0 updated',
      'Deployment/prod/web 1.0.0 → 1.2.0 updated',
    ]);
    expect(after['dev/flux-patch.yaml']).toContain('example.org/web:1.2.0');
  });

  it('is applied as it stands where its bump cannot be pushed', async () => {
    let pushes = 0;
    const { applied, problems, result } = await runOn({
      files: PATCHED_FILES,
      beforePush: async (config) => {
        await config.remote.commit({ files: { 'other.txt': String(pushes++) } });
      },
    });
    expect(problems).toEqual(['BRANCH_KEEPS_MOVING: master moved 5 times while the change was made']);
    expect(result.environments[0]).toMatchObject({
      commits: [],
      images: [{ to: '1.0.0', action: 'failed', reason: 'not pushed: master moved 5 times while the change was made' }],
    });
    expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.0.0'] });
  });

  it('runs its commands once where nothing changes, and again for what is to be applied where something does', async () => {
    const counted = await mkdtemp(join(tmpdir(), 'towpath-counted-'));
    try {
      const count = `echo x >> ${counted}/runs; cat deployment.yaml`;
      const files = { 'dev/.flux.yaml': patched(count), 'dev/deployment.yaml': API };
      await runOn({ files: { ...files, 'dev/flux-patch.yaml': PATCH } });
      expect(readFileSync(join(counted, 'runs'), 'utf8')).toBe('x\n');
      await runOn({ files });
      // For the images, to try the patch file, and for the cluster.
      expect(readFileSync(join(counted, 'runs'), 'utf8')).toBe('x\n'.repeat(4));
    } finally {
      await rm(counted, { recursive: true });
    }
  });

  it('reads what links of the tree lead to, and leaves the ingredients of its commands alone', async () => {
    const files: GitFiles = {
      'dev/.flux.yaml': patched('cat deployment.yaml'),
      'dev/deployment.yaml': { content: '../base/api.yaml', mode: '120000' },
      'base/api.yaml': API,
    };
    const { after, applied } = await runOn({ files });
    expect(after['base/api.yaml']).toBe(API);
    expect(after['dev/flux-patch.yaml']).toBe(PATCH);
    expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.1.0'] });
  });

  it('gets no patch file that its own commands would stumble over', async () => {
    const files = { 'dev/.flux.yaml': patched('cat *.yaml'), 'dev/deployment.yaml': API };
    const { applied, moved, problems, rows } = await runOn({ files });
    expect(moved).toBe(false);
    expect(problems).toEqual([expect.stringMatching(/^MANIFEST_DUPLICATE: /)]);
    expect(rows).toEqual({ dev: ['Deployment/prod/api 1.0.0 → 1.0.0 failed'] });
    expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.0.0'] });
  });

  it('fails the rows of a patch file that cannot be made, and only those', async () => {
    const files = {
      'dev/.flux.yaml': patched('cat deployment.yaml').replace('flux-patch.yaml', 'deployment.yaml/patch.yaml'),
      'dev/deployment.yaml': API,
      'plain/web.yaml': WEB,
    };
    const environments = [
      allowed('dev', 'dev'),
      { ...environment('plain', 'plain'), clusters: [{ context: 'west', position: AT }] },
    ];
    const { after, applied, problems, result, rows } = await runOn({ files, environments });
    expect(problems).toEqual(['PATCH_REFUSED: patch file cannot be made: dev/deployment.yaml is in its way']);
    expect(rows).toEqual({
      dev: ['Deployment/prod/api 1.0.0 → 1.0.0 failed'],
      plain: ['Deployment/prod/web 1.0.0 → 1.2.0 updated'],
    });
    expect(result.environments[0]).toMatchObject({
      commits: [],
      images: [{ reason: 'patch file cannot be made: dev/deployment.yaml is in its way' }],
    });
    expect(Object.keys(after)).toEqual(Object.keys(files));
    expect(applied).toEqual({
      east: ['Deployment/api example.org/api:1.0.0'],
      west: ['Deployment/web example.org/web:1.2.0'],
    });
  });
});

const UPDATER = 'sed -i "s#$FLUX_IMG:.*#$FLUX_IMG:$FLUX_TAG \\# by $FLUX_WORKLOAD $FLUX_CONTAINER#" deployment.yaml';

it('says so where commands print no object', async () => {
  const files = { 'dev/.flux.yaml': patched('true'), 'dev/deployment.yaml': API };
  const { applied, moved, result } = await runOn({ files });
  expect(result.problems).toMatchObject([
    { severity: 'warning', code: 'GENERATED_NOTHING', position: { file: 'dev/.flux.yaml', line: 2 } },
  ]);
  expect([applied, moved]).toEqual([{ east: [] }, false]);
  const none = { ...files, 'dev/.flux.yaml': 'version: 1\npatchUpdated: {generators: [], patchFile: p.yaml}\n' };
  expect((await runOn({ files: none })).problems).toEqual([]);
});

describe('an environment with commandUpdated', () => {
  it('gets what its updaters change, and its cluster what its generators print then', async () => {
    const files = {
      'dev/.flux.yaml': commanded(['cat deployment.yaml'], [UPDATER]),
      'dev/deployment.yaml': `${API}---\n${WEB}`,
    };
    const { after, applied, problems, rows } = await runOn({ files });
    expect(problems).toEqual([]);
    expect(rows['dev']).toHaveLength(2);
    expect(after).toEqual({
      ...files,
      'dev/deployment.yaml': files['dev/deployment.yaml']
        .replace('api:1.0.0 # the one', 'api:1.1.0 # by prod:deployment/api app')
        .replace('web:1.0.0 # the one', 'web:1.2.0 # by prod:deployment/web app'),
    });
    expect(applied).toEqual({
      east: ['Deployment/api example.org/api:1.1.0', 'Deployment/web example.org/web:1.2.0'],
    });
  });

  it.each([
    {
      name: 'there is no updater',
      updaters: [],
      problem: /^UPDATER_MISSING: dev\/.flux.yaml has no updater of images/,
    },
    {
      name: 'the updater changes nothing',
      updaters: ['true'],
      problem: /^UPDATER_IDLE: updaters of .* changed no file$/,
    },
    {
      name: 'the updater changes something else',
      updaters: ['echo "# more" >> deployment.yaml'],
      problem: /^UPDATER_IDLE: Deployment\/prod\/api app is still generated with 1.0.0 after its update to 1.1.0$/,
    },
    {
      name: 'the updater fails',
      updaters: ['echo broken >&2; exit 3'],
      problem: /^UPDATER_FAILED: updater of dev\/.flux.yaml failed \(exit code 3\): broken$/,
    },
  ])('fails its rows where $name', async ({ updaters, problem }) => {
    const config = commanded(['cat deployment.yaml'], updaters).replace(
      'updaters:\n',
      updaters.length ? 'updaters:\n' : '',
    );
    const files = { 'dev/.flux.yaml': config, 'dev/deployment.yaml': API };
    const { applied, moved, problems, rows } = await runOn({ files });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(rows).toEqual({ dev: ['Deployment/prod/api 1.0.0 → 1.0.0 failed'] });
    expect(moved).toBe(false);
    expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.0.0'] });
  });

  it('commits no file that its updaters leave behind', async () => {
    const files = {
      'dev/.flux.yaml': commanded(['cat deployment.yaml'], [`${UPDATER}; touch left`]),
      'dev/deployment.yaml': API,
    };
    const { after, problems } = await runOn({ files });
    expect(Object.keys(after)).toEqual(Object.keys(files));
    expect(problems).toEqual([
      'UPDATER_LEFT_FILES: updaters of dev/.flux.yaml left files that are not committed: dev/left',
    ]);
  });
});

describe('commands of a .flux.yaml above the environment', () => {
  it('run in the directory of their .flux.yaml, with a warning where Flux ran them elsewhere', async () => {
    const files = { '.flux.yaml': patched('cat base/api.yaml'), 'base/api.yaml': API, 'dev/notes.txt': '' };
    const { after, applied, problems } = await runOn({ files });
    expect(problems).toEqual([
      'GENERATION_DIRECTORY: commands run in the directory of their .flux.yaml, not in dev as in Flux',
    ]);
    expect(after['flux-patch.yaml']).toBe(PATCH);
    expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.1.0'] });
  });
});

it('takes the files of a directory whose .flux.yaml says scanForFiles for its manifests', async () => {
  const files = {
    '.flux.yaml': patched('exit 1'),
    'dev/.flux.yaml': 'version: 1\nscanForFiles: {}\n',
    'dev/a.yaml': API,
  };
  const { after, applied, problems } = await runOn({
    files,
    environments: [allowed('dev', 'dev', { generators: false })],
  });
  expect(problems).toEqual([]);
  expect(after['dev/a.yaml']).toBe(API.replace('api:1.0.0', 'api:1.1.0'));
  expect(applied).toEqual({ east: ['Deployment/api example.org/api:1.1.0'] });
});

/** An environment of a generated path and a plain one, beside one that is only plain. */
const MIXED = (generator: string) => ({
  'dev/.flux.yaml': patched(generator),
  'dev/deployment.yaml': API,
  'raw/api.yaml': deployment('raw', 'example.org/api:1.0.0', AUTOMATED),
  'plain/web.yaml': WEB,
});
const BOTH = {
  paths: [
    { value: 'dev', position: AT },
    { value: 'raw', position: AT },
  ],
};
const PLAIN = { ...environment('plain', 'plain'), clusters: [{ context: 'west', position: AT }] };

describe('an environment whose commands do not get through', () => {
  it.each<{
    name: string;
    generator: string;
    given?: Partial<EnvironmentConfig>;
    problem: string;
    limits?: Partial<GeneratorLimits>;
  }>([
    {
      name: 'they are not allowed to run',
      generator: 'cat deployment.yaml',
      given: { generators: false },
      problem:
        'GENERATORS_NOT_ALLOWED: commands of dev/.flux.yaml make the manifests of environment dev and are not allowed to run',
    },
    {
      name: 'one fails',
      generator: 'printf "\\033[31mno\\033[0m \\a%s" hush-hush >&2; exit 7',
      problem: 'GENERATOR_FAILED: generator of dev/.flux.yaml failed (exit code 7): no \ufffd***',
    },
    {
      name: 'one does not end',
      generator: 'sleep 60',
      limits: { timeoutMs: 200 },
      problem: 'GENERATOR_TIMEOUT: generator of dev/.flux.yaml did not end within 0.2 s',
    },
    {
      name: 'one does not stop printing',
      generator: 'yes',
      limits: { maxOutputBytes: 1024 * 1024 },
      problem: 'GENERATOR_OUTPUT_LIMIT: generator of dev/.flux.yaml printed more than 1 MiB',
    },
    {
      name: 'one prints no YAML',
      generator: 'echo "a: ["',
      problem: 'MANIFEST_UNREADABLE: file cannot be read as YAML',
    },
  ])('is left alone, its plain files included, where $name', async ({ generator, given, problem, limits }) => {
    const files = MIXED(generator);
    const environments = [allowed('dev', 'dev', { ...BOTH, ...given }), PLAIN];
    const outcome = await runOn({ files, environments, limits: limits ?? {}, secret: 'hush-hush' });
    expect(outcome.problems).toEqual([expect.stringContaining(problem)]);
    expect(outcome.rows).toEqual({ dev: [], plain: ['Deployment/prod/web 1.0.0 → 1.2.0 updated'] });
    expect(outcome.after).toEqual({ ...files, 'plain/web.yaml': WEB.replace('1.0.0', '1.2.0') });
    expect(outcome.applied).toEqual({ west: ['Deployment/web example.org/web:1.2.0'] });
    expect(outcome.result.environments[0]).toMatchObject({ commits: [], clusters: [] });
  });

  it('runs nothing for a fork, whatever the configuration says', async () => {
    const marker = join(tmpdir(), `towpath-fork-${process.pid}`);
    const event = { ...requestFor([]).event, kind: 'pull-request' as const, name: 'pull_request', fromFork: true };
    const { applied, problems } = await forkRun({ 'dev/.flux.yaml': patched(`touch ${marker}`) }, event);
    expect(problems).toEqual(["GENERATORS_FORK: commands of dev/.flux.yaml are not run for a fork's code"]);
    expect(applied).toEqual({});
    expect(existsSync(marker)).toBe(false);
  });
});

/** A fork's run looks at the checked-out tree. */
async function forkRun(files: GitFiles, event: Request['event']) {
  await using config = await startConfigRemote(files);
  const clusters = memoryClusters(['east']);
  const clone = await config.place.clone(config.remote.url, { name: 'fork' });
  const deps = { ...(await config.deps(memoryRegistries(TAGS))), clusters: async () => clusters };
  const repository = await config.place.open(clone);
  const result = await run(requestFor([], { environments: [allowed('dev')], event }), { ...deps, repository });
  return { applied: clusters.applied, problems: result.problems.map(({ code, message }) => `${code}: ${message}`) };
}

describe('environments that share a .flux.yaml', () => {
  const environments = [
    allowed('one', 'shared'),
    allowed('two', 'shared', { clusters: [{ context: 'west', position: AT }] }),
  ];

  it('share its patch file where they agree', async () => {
    const files = { 'shared/.flux.yaml': patched('cat api.yaml'), 'shared/api.yaml': API };
    const { after, applied, problems, rows, result } = await runOn({ files, environments });
    expect(problems).toEqual([]);
    expect(rows).toEqual({
      one: ['Deployment/prod/api 1.0.0 → 1.1.0 updated'],
      two: ['Deployment/prod/api 1.0.0 → 1.1.0 updated'],
    });
    expect(after['shared/flux-patch.yaml']).toBe(PATCH);
    expect(result.environments.map(({ commits }) => commits.length)).toEqual([1, 1]);
    const expected = ['Deployment/api example.org/api:1.1.0'];
    expect(applied).toEqual({ east: expected, west: expected });
  });

  it('share what its updaters change', async () => {
    const files = { 'shared/.flux.yaml': commanded(['cat deployment.yaml'], [UPDATER]), 'shared/deployment.yaml': API };
    const { after, problems, result } = await runOn({ files, environments });
    expect(problems).toEqual([]);
    expect(after['shared/deployment.yaml']).toContain('api:1.1.0 # by prod:deployment/api app');
    expect(result.environments.map(({ commits }) => commits.length)).toEqual([1, 1]);
  });

  it('go without the change of an updater that edits a plain file of another environment differently', async () => {
    const files = {
      'shared/.flux.yaml': commanded(
        ['cat ../plain/api.yaml'],
        [`cd ../plain && ${UPDATER.replace('deployment', 'api')}`],
      ),
      'plain/api.yaml': API,
    };
    const plain = { ...environment('plain', 'plain'), clusters: [] };
    const { after, problems, rows } = await runOn({ files, environments: [allowed('one', 'shared'), plain] });
    expect(problems).toEqual([
      'PATCH_CONFLICT: plain/api.yaml is to hold different updates for different environments',
    ]);
    expect(rows).toEqual({
      one: ['Deployment/prod/api 1.0.0 → 1.0.0 failed'],
      plain: ['Deployment/prod/api 1.0.0 → 1.1.0 updated'],
    });
    expect(after['plain/api.yaml']).toBe(API.replace('1.0.0', '1.1.0'));
  });

  it('get no bump where they do not, and others do', async () => {
    const files = {
      'shared/.flux.yaml': patched('cat api.yaml; if grep -q west "$KUBECONFIG"; then cat web.yaml; fi'),
      'shared/api.yaml': API,
      'shared/web.yaml': `---\n${WEB}`,
      'plain/web.yaml': WEB,
    };
    const { after, problems, rows } = await runOn({ files, environments: [...environments, PLAIN] });
    expect(problems).toEqual([
      'PATCH_CONFLICT: shared/flux-patch.yaml is to hold different updates for different environments',
    ]);
    expect(rows).toEqual({
      one: ['Deployment/prod/api 1.0.0 → 1.0.0 failed'],
      two: ['Deployment/prod/api 1.0.0 → 1.0.0 failed', 'Deployment/prod/web 1.0.0 → 1.0.0 failed'],
      plain: ['Deployment/prod/web 1.0.0 → 1.2.0 updated'],
    });
    expect(after).toEqual({ ...files, 'plain/web.yaml': WEB.replace('1.0.0', '1.2.0') });
  });
});

describe('an environment with several clusters', () => {
  const PER_CLUSTER =
    'sed -n "s/current-context: /apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: /p" "$KUBECONFIG"';
  const everywhere = [allowed('dev', 'dev', { clusters: [{ context: '*', position: AT }] })];

  it('gives each what the commands make for it', async () => {
    const files = { 'dev/.flux.yaml': patched(PER_CLUSTER) };
    const { applied, problems } = await runOn({ files, environments: everywhere });
    expect(problems).toEqual([]);
    expect(applied).toEqual({ east: ['ConfigMap/east'], west: ['ConfigMap/west'] });
  });

  it('goes on with the others where they fail for one', async () => {
    const files = { 'dev/.flux.yaml': patched(`if grep -q west "$KUBECONFIG"; then exit 4; fi; ${PER_CLUSTER}`) };
    const { applied, problems, result } = await runOn({ files, environments: everywhere });
    expect(problems).toEqual([expect.stringMatching(/^GENERATOR_FAILED: .*exit code 4/)]);
    expect(applied).toEqual({ east: ['ConfigMap/east'] });
    expect(result.environments[0]?.clusters).toMatchObject([
      { name: 'east' },
      { name: 'west', objects: [], requests: 0 },
    ]);
  });

  it('gets the bump for each of them', async () => {
    const files = { 'dev/.flux.yaml': patched('cat api.yaml; grep -q . "$KUBECONFIG"'), 'dev/api.yaml': API };
    const { applied } = await runOn({ files, environments: everywhere });
    const expected = ['Deployment/api example.org/api:1.1.0'];
    expect(applied).toEqual({ east: expected, west: expected });
  });

  it('has its images looked at without a cluster, where there is no credential, and says so if that fails', async () => {
    const clusters = () => memoryClusters(['east'], ['east']);
    const files = { 'dev/.flux.yaml': patched('cat api.yaml'), 'dev/api.yaml': API };
    const looked = await runOn({ files, clusters: clusters() });
    expect(looked.rows).toEqual({ dev: ['Deployment/prod/api 1.0.0 → 1.1.0 updated'] });
    expect(looked.problems).toEqual(['CLUSTER_CREDENTIAL_FAILED: no credential for east']);
    expect(looked.applied).toEqual({});
    const asked = await runOn({ files: { 'dev/.flux.yaml': patched('cat "$KUBECONFIG"') }, clusters: clusters() });
    expect(asked.result.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error GENERATOR_FAILED',
      'warning CLUSTER_CREDENTIAL_FAILED',
    ]);
  });
});
