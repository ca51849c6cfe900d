/** What people generate with: kustomize, and scripts that ask the cluster. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.ts';
import { readManifests } from '../../src/core/generation/generated-manifests.ts';
import type { Generation } from '../../src/core/generation/generation.ts';
import { createGenerators } from '../../src/render/generators.ts';
import { ensureBinaries } from '../control-plane/binaries.ts';
import { BUILD_TIMEOUT_MS, type TestCluster, testCluster } from '../control-plane/fixtures.ts';
import { silentProgress } from '../control-plane/progress.ts';
import { carryOut } from './carry-out.ts';
import { treeOf } from './tree-on-disk.ts';

let scratch: string;
let env: NodeJS.ProcessEnv;
let cluster: TestCluster;
beforeAll(async () => {
  const { kubectl } = await ensureBinaries(['kubectl'], { progress: silentProgress });
  env = { PATH: `${path.dirname(kubectl)}${path.delimiter}${process.env['PATH']}` };
  scratch = mkdtempSync(path.join(tmpdir(), 'towpath-kustomize-'));
  cluster = await testCluster();
}, BUILD_TIMEOUT_MS);
afterAll(async () => {
  rmSync(scratch, { recursive: true, force: true });
  await cluster[Symbol.asyncDispose]();
});

const TREE = {
  'base/kustomization.yaml': 'resources: [api.yaml]\n',
  'base/api.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  annotations:
    fluxcd.io/automated: "true"
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - name: api # the only one
          image: ghcr.io/acme/api:1.0.0
`,
  'prod/kustomization.yaml':
    'namespace: prod\nnamePrefix: prod-\nresources: [../base]\nconfigMapGenerator:\n- name: settings\n  literals: [zone=europe]\n',
  'prod/.flux.yaml':
    'version: 1\npatchUpdated:\n  generators:\n  - command: kubectl kustomize .\n  patchFile: flux-patch.yaml\n',
  'prod/flux-patch.yaml': '',
};

describe('kustomize', () => {
  it('makes the manifests, and a patch file beside it the updates', async () => {
    const generators = createGenerators({ env, scratch: async () => scratch, redact: (text) => text });
    const given = { paths: ['prod'], bumps: [{ subject: 'Deployment/prod/prod-api', container: 'api', to: '1.1.0' }] };
    const first = await carryOut(given, treeOf(TREE), generators);
    expect(first.problems).toEqual([]);
    expect(first.files).toHaveLength(2);
    const patch = Buffer.from(first.changes[0]?.bytes ?? '').toString();
    expect(patch).toBe(`---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: prod-api
  namespace: prod
spec:
  template:
    spec:
      $setElementOrder/containers:
      - name: api
      containers:
      - image: ghcr.io/acme/api:1.1.0
        name: api
`);
    const second = await carryOut(given, treeOf({ ...TREE, 'prod/flux-patch.yaml': patch }), generators);
    expect(second.problems).toEqual([]);
    expect(second.changes).toEqual([]);
    expect(second.files.map(({ bytes }) => Buffer.from(bytes).toString()).join('')).toContain('ghcr.io/acme/api:1.1.0');
    expect(readdirSync(scratch)).toEqual([]);
  });
});

describe('a script', () => {
  const AT = { file: 'prod/.flux.yaml', line: 4, col: 5 };
  const ask = "kubectl get configmap zone -o jsonpath='{.data.zone}'";
  const script = `printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: zone-is-%s}\\n' "$(${ask})"`;
  const generator = { command: `set -e; ${ask} >/dev/null; ${script}`, timeoutMs: undefined, position: AT };

  it('asks the cluster of its environment', async () => {
    const body = { metadata: { name: 'zone' }, data: { zone: 'europe' } };
    await cluster.request('POST', `/api/v1/namespaces/${cluster.namespace}/configmaps`, { body });
    const file = await cluster.contexts({ here: { access: 'admin', namespace: cluster.namespace } });
    const kubeconfig = new Secret(await readFile(file, 'utf8'));
    const generators = createGenerators({ env, scratch: async () => scratch, redact: (text) => text });
    const run = {
      tree: treeOf(TREE),
      configPath: 'prod/.flux.yaml',
      directory: 'prod',
      generators: [generator],
      kubeconfig,
    };
    const outputs = await generators.generate(run);
    const config = {
      kind: 'patchUpdated',
      position: AT,
      generators: [generator],
      patchFile: { value: 'p', position: AT },
    } as const;
    const generation: Generation = { ...run, paths: ['prod'], patchPath: 'prod/p', config };
    const read = readManifests({ generation, outputs, patchFile: undefined });
    expect(read.ok && read.manifests.documents.map(({ key }) => key)).toEqual(['<cluster>:configmap/zone-is-europe']);
  });

  it('reaches no cluster that is not its own', async () => {
    const home = { ...env, KUBECONFIG: await cluster.kubeconfig('admin') };
    const generators = createGenerators({ env: home, scratch: async () => scratch, redact: (text) => text });
    const run = {
      tree: treeOf(TREE),
      configPath: 'prod/.flux.yaml',
      directory: 'prod',
      generators: [generator],
      kubeconfig: null,
    };
    await expect(generators.generate(run)).rejects.toMatchObject({ code: 'GENERATOR_FAILED', position: AT });
  });
});
