/** Builds by a real kustomize: that of kubectl. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KustomizeBuild } from '../../src/command/adapters/kustomize.ts';
import { createKustomize, type KustomizeLimits } from '../../src/render/kustomize.ts';
import { planMarked } from '../command/images/plan-marked.ts';
import { ensureBinaries } from '../control-plane/binaries.ts';
import { BUILD_TIMEOUT_MS } from '../control-plane/fixtures.ts';
import { silentProgress } from '../control-plane/progress.ts';
import { treeOf } from './tree-on-disk.ts';

let scratch: string;
/** A directory with kubectl and nothing else in it. */
let bin: string;
beforeAll(async () => {
  const { kubectl } = await ensureBinaries(['kubectl'], { progress: silentProgress });
  scratch = mkdtempSync(path.join(tmpdir(), 'towpath-kustomize-'));
  bin = path.join(scratch, 'bin');
  mkdirSync(bin);
  symlinkSync(kubectl, path.join(bin, 'kubectl'));
}, BUILD_TIMEOUT_MS);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function kustomize(given: { readonly PATH?: string; readonly limits?: Partial<KustomizeLimits> } = {}) {
  const { PATH = bin, limits } = given;
  const env = { PATH, GIT_ASKPASS: '/bin/echo', GITHUB_TOKEN: 'secret-token', HOME: '/root' };
  const parent = mkdtempSync(path.join(scratch, 'run-'));
  return {
    parent,
    ...createKustomize({
      env,
      scratch: async () => parent,
      redact: (text) => text.replaceAll('secret', '***'),
      limits,
    }),
  };
}

const POLICIES = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: {name: app}
spec: {image: example.org/app}
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: {name: app}
spec:
  imageRepositoryRef: {name: app}
  policy: {semver: {range: '>=1.0.0'}}
`;
const TREE = {
  'base/kustomization.yaml': 'resources: [policies.yaml]\n',
  'base/policies.yaml': POLICIES,
  'dev/kustomization.yaml': `namespace: shop
resources: [../base]
patches:
- target: {kind: ImagePolicy}
  patch: |
    - {op: replace, path: /spec/policy/semver/range, value: '>=1.0.0-0'}
`,
  'prod/kustomization.yaml': 'namespace: shop\nresources: [../base]\n',
};

function only(builds: readonly KustomizeBuild[]): string {
  const [build] = builds;
  if (build === undefined || builds.length > 1) throw new Error(`${builds.length} builds`);
  return build.kind === 'built'
    ? Buffer.from(build.bytes).toString()
    : `${build.problem.code} ${build.problem.message}`;
}

async function outcome(
  tree: Readonly<Record<string, string>>,
  given?: Parameters<typeof kustomize>[0],
): Promise<string> {
  return only(await kustomize(given).build({ tree: treeOf(tree), directories: ['app'] }));
}

describe('a build', () => {
  it('gives what the kustomization of each directory makes, and leaves nothing behind', async () => {
    const builder = kustomize();
    const builds = await builder.build({ tree: treeOf(TREE), directories: ['dev', 'prod'] });
    expect(builds.map(({ kind, directory }) => [kind, directory])).toEqual([
      ['built', 'dev'],
      ['built', 'prod'],
    ]);
    const [dev = '', prod = ''] = builds.map((build) => only([build]));
    expect(dev).toContain("range: '>=1.0.0-0'");
    expect(dev).toContain('namespace: shop');
    expect(prod).toContain("range: '>=1.0.0'");
    expect(readdirSync(builder.parent)).toEqual([]);
  });

  it('tells the policies that patches change', async () => {
    const marked = 'image: example.org/app:1.0.0 # {"$imagepolicy": "shop:app"}\n';
    const planned = await planMarked({
      files: { ...TREE, 'apps/a.yaml': marked },
      environments: { dev: ['dev', 'apps'] },
      paths: [],
      tags: { 'example.org/app': ['1.0.0', '1.1.0', '1.2.0-rc.1'] },
      kustomize: kustomize(),
    });
    expect(planned.problems).toEqual([]);
    expect(planned.changed).toEqual({ 'apps/a.yaml': marked.replace('1.0.0', '1.2.0-rc.1') });
  });

  it('runs without the credentials of the run, in a home of its own', async () => {
    const fake = path.join(scratch, 'fake');
    mkdirSync(fake);
    writeFileSync(path.join(fake, 'kustomize'), '#!/bin/sh\necho "# $*"; env | sed "s/^/# /"\n', { mode: 0o755 });
    const text = await outcome({ 'app/kustomization.yaml': '' }, { PATH: `${fake}:/usr/bin:/bin` });
    expect(text).toMatch(/^# build \/.*\/tree\/app$/m);
    expect(text).toMatch(/^# HOME=.*\/home$/m);
    expect(text).toContain('# GIT_TERMINAL_PROMPT=0');
    expect(text).toMatch(/^# GIT_SSH_COMMAND=ssh -F none .*-o IdentityFile=none$/m);
    expect(text).not.toMatch(/secret-token|GIT_ASKPASS|HOME=\/root/);
  });

  it.each([
    {
      what: 'a broken kustomization',
      file: 'resources: [missing.yaml]\n',
      said: /^KUSTOMIZE_FAILED kustomize build of app failed \(exit code 1\): .*missing\.yaml/,
    },
    {
      what: 'a chart',
      file: 'helmCharts: [{name: x, repo: "https://127.0.0.1:1"}]\n',
      said: /^KUSTOMIZE_FAILED .*enable-helm/,
    },
    { what: 'a plugin', file: 'transformers: [t.yaml]\n', said: /^KUSTOMIZE_FAILED / },
    { what: 'a file above it', file: 'resources: [../other.yaml]\n', said: /^KUSTOMIZE_FAILED .*is not in or below/ },
    { what: 'a file of the machine', file: 'resources: [/etc/passwd]\n', said: /^KUSTOMIZE_FAILED / },
  ])('of $what fails with its reason', async ({ file, said }) => {
    const plugin =
      'apiVersion: x/v1\nkind: T\nmetadata:\n  name: t\n  annotations:\n    config.kubernetes.io/function: "exec: {path: ./run}"\n';
    const tree = { 'app/kustomization.yaml': file, 'app/t.yaml': plugin, 'other.yaml': POLICIES };
    const text = await outcome(tree);
    expect(text).toMatch(said);
    expect(text).not.toContain(scratch);
  });

  it.each([
    {
      name: 'kustomize',
      text: 'warning: x\nError: failed to run git fetch: ssh: refused\nfatal: Could not read.\n\n: exit status 128\n',
    },
    {
      name: 'kubectl',
      text: 'W1121 15:49:07.8 1 x.go:1] x\nE1121 15:49:07.853506   21349 run.go:72] "command failed" err=<\n\tfailed to run git fetch: ssh: refused\n\tfatal: Could not read.\n\t\n\t: exit status 128\n >\n',
    },
  ])('says all lines of an error of $name', async ({ name, text: stderr }) => {
    const fake = path.join(scratch, name);
    mkdirSync(fake);
    writeFileSync(path.join(fake, 'stderr'), stderr);
    const script = `#!/bin/sh\ncat ${path.join(fake, 'stderr')} >&2; exit 1\n`;
    writeFileSync(path.join(fake, name), script, { mode: 0o755 });

    symlinkSync('/bin/cat', path.join(fake, 'cat'));
    expect(await outcome({ 'app/kustomization.yaml': '' }, { PATH: fake })).toBe(
      'KUSTOMIZE_FAILED kustomize build of app failed (exit code 1): failed to run git fetch: ssh: refused fatal: Could not read. : exit status 128',
    );
  });

  it('that fails costs its own directory', async () => {
    const tree = { ...TREE, 'app/kustomization.yaml': 'resources: [missing.yaml]\n' };
    const builds = await kustomize().build({ tree: treeOf(tree), directories: ['app', 'prod'] });
    expect(builds.map(({ kind }) => kind)).toEqual(['failed', 'built']);
  });

  it('needs kustomize or kubectl', async () => {
    expect(await outcome({ 'app/kustomization.yaml': '' }, { PATH: path.join(scratch, 'none') })).toBe(
      'KUSTOMIZE_NOT_FOUND kustomize build of app needs kustomize or kubectl, and neither is there',
    );
  });

  it('is stopped where it takes too long, or prints too much', async () => {
    const slow = path.join(scratch, 'slow');
    mkdirSync(slow);
    writeFileSync(path.join(slow, 'kustomize'), '#!/bin/sh\nexec sleep 30\n', { mode: 0o755 });
    const given = { PATH: `${slow}:/usr/bin:/bin`, limits: { timeoutMs: 200 } };
    expect(await outcome({ 'app/kustomization.yaml': '' }, given)).toBe(
      'KUSTOMIZE_TIMEOUT kustomize build of app did not end within 0.2 s',
    );
    const long = {
      'app/kustomization.yaml': 'configMapGenerator: [{name: x, files: [big.txt]}]\n',
      'app/big.txt': 'x'.repeat(3_000_000),
    };
    expect(await outcome(long, { limits: { maxOutputBytes: 1024 * 1024 } })).toBe(
      'KUSTOMIZE_OUTPUT_LIMIT kustomize build of app printed more than 1 MiB',
    );
  });

  it('ends with the run', async () => {
    const builder = kustomize();
    const gone = AbortSignal.abort(new Error('cancelled'));
    await expect(builder.build({ tree: treeOf(TREE), directories: ['dev'] }, gone)).rejects.toThrow('cancelled');
    expect(readdirSync(builder.parent)).toEqual([]);
  });
});
