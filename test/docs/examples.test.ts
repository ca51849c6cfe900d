import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exec } from '../../src/base/exec.ts';
import { readEnvironment } from '../../src/command/environment-manifests.ts';
import type { Config } from '../../src/config/config.ts';
import { COMMANDS, INPUTS } from '../../src/config/contract.ts';
import { loadConfig } from '../../src/config/load.ts';
import { locateImages } from '../../src/core/images/locate/locate-images.ts';
import { parseTagPolicy, renderTagPolicy } from '../../src/core/images/select/tag-policy.ts';
import { toDesiredObject } from '../../src/core/manifests/desired-object.ts';
import { findDuplicates } from '../../src/core/manifests/duplicates.ts';
import { parseManifests } from '../../src/core/manifests/parse.ts';
import { createGenerators } from '../../src/render/generators.ts';
import { treeOnDisk } from '../render/tree-on-disk.ts';
import { codes, ROOT, tableOf } from './pages.ts';

/** By example: its environments with the number of their objects, and each automated image with its policy. */
const EXAMPLES = [
  {
    name: 'single-environment',
    objects: { shop: 5 },
    images: [
      'Deployment/shop/api api ghcr.io/example/api:1.4.2 semver:~1.4',
      'Deployment/shop/worker worker ghcr.io/example/worker:main-5f3a9c1 glob:main-*',
    ],
  },
  {
    name: 'development-and-production',
    objects: { development: 3, production: 3 },
    images: [
      'Deployment/shop/api api registry.example.com/shop/api:master-1f0c6b2 glob:master-*',
      'CronJob/shop/report report registry.example.com/shop/report:2.1.0 semver:~2.1',
      'Deployment/shop/api api registry.example.com/shop/api:1.4.2 semver:~1.4',
      'CronJob/shop/report report registry.example.com/shop/report:2.1.0 locked',
    ],
  },
  {
    name: 'helm-releases',
    objects: { shop: 3 },
    images: [
      'HelmRelease/shop/backend api registry.example.com/shop/api:main-1f0c6b2 glob:main-*',
      'HelmRelease/shop/backend migrations registry.example.com/shop/migrations:main-1f0c6b2 glob:main-*',
      'HelmRelease/shop/backend proxy registry.example.com/mirror/proxy:1.31.2 semver:~1.31',
      'HelmRelease/shop/frontend chart-image registry.example.com/shop/frontend:2.9.0 semver:^2',
      'HelmRelease/shop/jobs chart-image registry.example.com/shop/jobs:1.10 semver:1.x',
    ],
  },
  {
    name: 'generated-manifests',
    objects: { development: 2, production: 2 },
    images: [
      'Deployment/shop/api api registry.example.com/shop/api:1.5.0 semver:>=1.4',
      'Deployment/shop/api api registry.example.com/shop/api:1.4.2 semver:~1.4',
    ],
  },
  {
    name: 'several-clusters',
    objects: { test: 4, europe: 4, america: 4 },
    images: [
      'DaemonSet/monitoring/agent agent prom/node-exporter:v1.9.1 semver:~1.9',
      'DaemonSet/monitoring/agent init busybox:1.37.0 semver:~1.37',
      'Deployment/shop/api api registry.example.com/shop/api:master-1f0c6b2 glob:master-*',
      'Deployment/shop/api api registry.example.com/shop/api:1.4.2 semver:~1.4',
    ],
  },
];

const VARIABLES = { SLACK_WEBHOOK_URL: 'https://hooks.slack.example/services/T/B/x' };
const directoryOf = (name: string) => path.join(ROOT, 'examples', name);

async function configOf(name: string): Promise<Config> {
  const text = await readFile(path.join(directoryOf(name), '.towpath.yaml'), 'utf8');
  const loaded = loadConfig(text, { file: '.towpath.yaml', variables: VARIABLES });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  expect(loaded.warnings).toEqual([]);
  return loaded.config;
}

/** The manifests of one environment, as a run would read them: its commands are run. */
async function manifestsOf(name: string, environment: Config['environments'][number]) {
  const snapshot = { ...treeOnDisk(directoryOf(name)), branch: null, revision: null };
  const scratch = await mkdtemp(path.join(tmpdir(), 'towpath-example-'));
  try {
    const env = { PATH: process.env['PATH'] };
    const generators = createGenerators({ env, scratch: async () => scratch, redact: (text) => text });
    const clusters = async () => Promise.reject(new Error('no cluster is asked'));
    const { signal } = new AbortController();
    const read = await readEnvironment(
      { snapshot, environment, event: { fromFork: false } },
      { generators, clusters, signal },
    );
    expect(read.problems).toEqual([]);
    const parsed = read.files.map(parseManifests);
    expect(parsed.flatMap((entry) => entry.problems)).toEqual([]);
    return { paths: read.files.map((file) => file.path), documents: parsed.flatMap((entry) => entry.documents) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

describe('the examples', () => {
  it('are those that their page lists', async () => {
    const names = (await readdir(path.join(ROOT, 'examples'), { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const listed = tableOf('examples/README.md', { first: 'example' }).rows.map(
      ([cell]) => /\[(.*?)\]/.exec(cell ?? '')?.[1],
    );
    expect(listed.toSorted()).toEqual(names.toSorted());
    expect(EXAMPLES.map((example) => example.name).toSorted()).toEqual(names.toSorted());
  });

  it('leave out what lies in a chart', async () => {
    const [environment] = (await configOf('helm-releases')).environments;
    if (environment === undefined) throw new Error('no environment');
    const { paths } = await manifestsOf('helm-releases', environment);
    expect(paths).toEqual(['releases/backend.yaml', 'releases/frontend.yaml', 'releases/jobs.yaml']);
  });

  it.each(EXAMPLES)('$name has manifests that can be applied', async ({ name, objects }) => {
    const found: Record<string, number> = {};
    for (const environment of (await configOf(name)).environments) {
      const { documents } = await manifestsOf(name, environment);
      expect(findDuplicates(documents).problems).toEqual([]);
      found[environment.name] = documents.map(toDesiredObject).length;
    }
    expect(found).toEqual(objects);
  });

  it.each(EXAMPLES)('$name automates the images that its README speaks of', async ({ name, images }) => {
    const lines = new Set<string>();
    for (const environment of (await configOf(name)).environments) {
      for (const document of (await manifestsOf(name, environment)).documents) {
        for (const line of automatedIn(locateImages(document))) lines.add(line);
      }
    }
    expect([...lines]).toEqual(images);
  });

  it.each(EXAMPLES)(
    '$name has a workflow with inputs of the action and the permissions that it needs',
    async ({ name }) => {
      const text = await readFile(path.join(directoryOf(name), '.github/workflows/towpath.yml'), 'utf8');
      const workflow = parse(text) as Workflow;
      expect(workflow.permissions).toEqual({});
      expect(workflow.concurrency['cancel-in-progress']).toBe(false);
      const branches = (await configOf(name)).environments.flatMap(({ branch }) => branch ?? []);
      if (branches.length > 0) expect(workflow.on.push.branches).toEqual(branches);
      for (const job of Object.values(workflow.jobs)) {
        const [step, ...more] = job.steps.filter(({ uses }) => uses?.startsWith('towpath/towpath@'));
        expect(more).toEqual([]);
        const given = step?.with ?? {};
        expect(INPUTS.map((input) => input.name as string)).toEqual(expect.arrayContaining(Object.keys(given)));
        const command = given['command'] ?? 'run';
        expect(COMMANDS.map((entry) => entry.name as string)).toContain(command);
        expect(job.permissions['contents']).toBe(command === 'run' ? 'write' : 'read');
      }
    },
  );

  it.each(EXAMPLES)('$name is valid to the command line', async ({ name, objects }) => {
    const copy = await mkdtemp(path.join(tmpdir(), 'towpath-example-'));
    try {
      await cp(directoryOf(name), copy, { recursive: true });
      const cli = path.join(ROOT, 'src/entry/cli.ts');
      const env = { PATH: process.env['PATH'], HOME: copy, ...VARIABLES };
      const done = await exec(process.execPath, [cli, 'validate'], { cwd: copy, env });
      const count = Object.keys(objects).length;
      expect(done.stderr).toBe('');
      expect(done.stdout.toString('utf8')).toBe(
        `.towpath.yaml is valid: ${count} ${count === 1 ? 'environment' : 'environments'}\n`,
      );
      expect(done.exitCode).toBe(0);
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  });

  it('name only secrets and inputs that their READMEs or workflows explain', async () => {
    const readme = await readFile(path.join(directoryOf('single-environment'), 'README.md'), 'utf8');
    for (const { name } of EXAMPLES) {
      const text = await readFile(path.join(directoryOf(name), '.github/workflows/towpath.yml'), 'utf8');
      for (const [, secret = ''] of text.matchAll(/secrets\.(\w+)/g)) expect(codes(readme)).toContain(secret);
    }
  });
});

interface Workflow {
  readonly on: { readonly push: { readonly branches: readonly string[] } };
  readonly permissions: object;
  readonly concurrency: { readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: Readonly<Record<string, string>>;
        readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, string>> }[];
      }
    >
  >;
}

/** `subject container image:tag policy` of each image that is automated; `locked` in place of the policy. */
function automatedIn({ uses, problems }: ReturnType<typeof locateImages>): string[] {
  expect(problems).toEqual([]);
  return uses
    .filter((use) => use.policies.automated === true)
    .map((use) => {
      const parsed = parseTagPolicy(use.policies.tagFilters.get(use.container)?.value ?? '*');
      if (!parsed.ok) throw new Error(parsed.message);
      const policy = use.policies.locked ? 'locked' : renderTagPolicy(parsed.policy);
      return `${use.subject} ${use.container} ${use.name}:${use.tag} ${policy}`;
    });
}
