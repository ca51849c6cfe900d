import { describe, expect, it } from 'vitest';
import { RenderError } from '../../../src/render/render-error.ts';
import { planMarked } from './plan-marked.ts';

const MARKED = `apiVersion: v1
kind: Pod
metadata: {name: app, namespace: shop}
spec:
  containers:
  - name: app
    image: example.org/app:1.0.0 # {"$imagepolicy": "shop:app"}
`;

const policies = (range: string, namespace = ', namespace: shop') => `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: {name: app${namespace}}
spec: {image: example.org/app}
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: {name: app${namespace}}
spec:
  imageRepositoryRef: {name: app}
  policy: {semver: {range: '${range}'}}
`;

const TAGS = { 'example.org/app': ['1.0.0', '1.1.0', '2.0.0'] };
const KUSTOMIZED = {
  'apps/pod.yaml': MARKED,
  'cluster/kustomization.yaml': 'resources: [p.yaml]\n',
  'cluster/p.yaml': policies('1.x'),
};
const PATHS = ['apps', 'cluster'];
const NOT_BUILT = 'no policy is known, since a kustomization of the environment cannot be built';

const rows = ({ rows }: Awaited<ReturnType<typeof planMarked>>) =>
  rows.map(({ to, action, reason }) => `${to} ${action}: ${reason}`);
const codes = ({ problems }: Awaited<ReturnType<typeof planMarked>>) =>
  problems.map(({ severity, code }) => `${severity} ${code}`);

describe('the policies of an environment', () => {
  it('are those of its files', async () => {
    const files = { 'apps/pod.yaml': MARKED, 'cluster/p.yaml': policies('1.x') };
    const planned = await planMarked({ files, paths: PATHS, tags: TAGS });
    expect(rows(planned)).toEqual(["1.1.0 updated: the highest version in the range '1.x'"]);
    expect(planned.rows[0]?.policy).toMatchObject({ from: 'marker', text: 'semver:1.x', name: 'shop/app' });
    expect(codes(planned)).toEqual([]);
  });

  it('are those of the build where a kustomization stands, not those of the files below', async () => {
    const planned = await planMarked({
      files: KUSTOMIZED,
      paths: PATHS,
      tags: TAGS,
      built: { 'cluster.yaml': policies('2.x') },
    });
    expect(rows(planned)).toEqual(["2.0.0 updated: the highest version in the range '2.x'"]);
  });

  it('are found in a build however large', async () => {
    const large = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  x: |\n${'    ---\n'.repeat(800_000)}`;
    const built = { 'cluster.yaml': `${large}---\n${policies('2.x')}---\n${large}` };
    const planned = await planMarked({ files: KUSTOMIZED, paths: PATHS, tags: TAGS, built });
    expect(rows(planned)).toEqual(["2.0.0 updated: the highest version in the range '2.x'"]);
  });

  it('that are wrong in a build are wrong where they are written', async () => {
    const built = { 'cluster.yaml': policies('one') };
    const planned = await planMarked({ files: KUSTOMIZED, paths: PATHS, tags: TAGS, built });
    expect(planned.problems).toMatchObject([
      { code: 'IMAGE_POLICY_INVALID', position: { file: 'cluster/p.yaml', line: 8 } },
    ]);
    const elsewhere = { ...KUSTOMIZED, 'cluster/p.yaml': 'a: b\n' };
    const other = await planMarked({ files: elsewhere, paths: PATHS, tags: TAGS, built });
    expect(other.problems).toMatchObject([{ position: { file: 'cluster/kustomization.yaml', line: 1, col: 1 } }]);
  });

  it('are read as the files have them for a pull request from a fork, and nothing is built', async () => {
    const kustomize = { build: () => Promise.reject(new Error('built')) };
    const planned = await planMarked({ files: KUSTOMIZED, paths: PATHS, tags: TAGS, kustomize, fromFork: true });
    expect(rows(planned)).toEqual(["1.1.0 updated: the highest version in the range '1.x'"]);
    expect(codes(planned)).toEqual(['warning KUSTOMIZE_NOT_RUN']);
  });

  it('are not looked for where no file has a marker', async () => {
    const kustomize = { build: () => Promise.reject(new Error('built')) };
    const files = { ...KUSTOMIZED, 'apps/pod.yaml': MARKED.replace('$imagepolicy', 'imagepolicy') };
    const planned = await planMarked({ files, paths: PATHS, tags: TAGS, kustomize });
    expect(rows(planned)).toEqual([]);
    expect(codes(planned)).toEqual([]);
  });

  it('are unknown altogether where a build fails', async () => {
    const files = { ...KUSTOMIZED, 'apps/p.yaml': policies('2.x') };
    const problem = {
      severity: 'error',
      code: 'KUSTOMIZE_FAILED',
      message: 'kustomize build of cluster failed',
    } as const;
    const kustomize = { build: async () => [{ kind: 'failed', directory: 'cluster', problem } as const] };
    const planned = await planMarked({ files, paths: PATHS, tags: TAGS, kustomize });
    expect(rows(planned)).toEqual([`1.0.0 failed: ${NOT_BUILT}`]);
    expect(codes(planned)).toEqual(['error KUSTOMIZE_FAILED']);
    expect(planned.changed).toEqual({});
  });

  it('are unknown altogether where the tree cannot be copied', async () => {
    const kustomize = { build: () => Promise.reject(new RenderError('SCRATCH_TOO_LARGE', 'the tree is too large')) };
    const planned = await planMarked({ files: KUSTOMIZED, paths: PATHS, tags: TAGS, kustomize });
    expect(rows(planned)).toEqual([`1.0.0 failed: ${NOT_BUILT}`]);
    expect(codes(planned)).toEqual(['error SCRATCH_TOO_LARGE']);
  });

  it('leave components to those who include them', async () => {
    const files = {
      'apps/pod.yaml': MARKED,
      'cluster/p.yaml': policies('1.x'),
      'cluster/part/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    };
    const kustomize = { build: () => Promise.reject(new Error('built')) };
    const planned = await planMarked({ files, paths: PATHS, tags: TAGS, kustomize });
    expect(rows(planned)).toEqual(["1.1.0 updated: the highest version in the range '1.x'"]);
  });

  it('are built once where environments share them', async () => {
    const asked: (readonly string[])[] = [];
    const kustomize = {
      build: async ({ directories }: { readonly directories: readonly string[] }) => {
        asked.push(directories);
        return directories.map(
          (directory) => ({ kind: 'built', directory, bytes: Buffer.from(policies('1.x')) }) as const,
        );
      },
    };
    const environments = { one: ['cluster', 'apps'], two: ['apps', 'cluster'] };
    const planned = await planMarked({ files: KUSTOMIZED, paths: [], environments, tags: TAGS, kustomize });
    expect(asked).toEqual([['cluster']]);
    expect(rows(planned)).toEqual(["1.1.0 updated: the highest version in the range '1.x'"]);
  });

  it('must agree where environments share a file with markers', async () => {
    const files = { 'apps/pod.yaml': MARKED, 'one/p.yaml': policies('1.x'), 'two/p.yaml': policies('2.x') };
    const environments = { one: ['one', 'apps'], two: ['two', 'apps'] };
    const planned = await planMarked({ files, paths: [], environments, tags: TAGS });
    expect(rows(planned)).toEqual([
      '1.0.0 failed: ImagePolicy shop/app of one and of two differ, and both have the file that follows it',
    ]);
    expect(codes(planned)).toEqual(['error IMAGE_POLICY_INVALID']);
    expect(planned.changed).toEqual({});
  });

  it('are shared where only one of the environments has them', async () => {
    const files = { 'apps/pod.yaml': MARKED, 'one/p.yaml': policies('1.x'), 'two/x.yaml': 'a: b\n' };
    const environments = { one: ['one', 'apps'], two: ['two', 'apps'] };
    const planned = await planMarked({ files, paths: [], environments, tags: TAGS });
    expect(rows(planned)).toEqual(["1.1.0 updated: the highest version in the range '1.x'"]);
  });
});
