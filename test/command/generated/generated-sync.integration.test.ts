/** An environment of two clusters whose manifests are made by scripts that ask each of them, on a real API server. */
import { mkdtemp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createClusters } from '../../../src/cluster/clusters.ts';
import { run } from '../../../src/command/run.ts';
import { createGenerators } from '../../../src/render/generators.ts';
import { ensureBinaries } from '../../control-plane/binaries.ts';
import { BUILD_TIMEOUT_MS, type TestCluster, testCluster } from '../../control-plane/fixtures.ts';
import { silentProgress } from '../../control-plane/progress.ts';
import { environment, requestFor, startConfigRemote } from '../by-hand/manual-run.ts';
import { memoryRegistries } from '../memory-registries.ts';

let cluster: TestCluster;
let kubectlDirectory: string;
beforeAll(async () => {
  const { kubectl } = await ensureBinaries(['kubectl'], { progress: silentProgress });
  kubectlDirectory = path.dirname(kubectl);
  cluster = await testCluster();
}, BUILD_TIMEOUT_MS);
afterAll(() => cluster[Symbol.asyncDispose]());

/** A template that a script fills in with what the cluster says of itself, and kustomize beside it. */
const FILES = {
  'ask-zone.sh': {
    mode: '100755' as const,
    content: `#!/bin/sh
set -e
zone=$(kubectl get configmap cluster -o jsonpath='{.data.zone}')
sed "s/\\\${ZONE}/$zone/" deployment.yaml > deployment.tmp
mv deployment.tmp deployment.yaml
`,
  },
  'dev/.flux.yaml': `version: 1
patchUpdated:
  generators:
    - command: ../ask-zone.sh
    - command: kubectl kustomize .
  patchFile: flux-patch.yaml
`,
  'dev/kustomization.yaml': 'namePrefix: shop-\nresources: [deployment.yaml]\n',
  'dev/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  annotations:
    fluxcd.io/automated: "true"
    fluxcd.io/tag.api: semver:~1
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api, zone: "\${ZONE}"}}
    spec:
      containers: [{name: api, image: "example.org/api:1.0.0"}]
`,
};

interface Zoned {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: { readonly zone: string } };
      readonly spec: { readonly containers: readonly { readonly image: string }[] };
    };
  };
}

describe('an environment of two clusters', () => {
  it('gets one commit, and each cluster the objects that the scripts make of its own answers', async () => {
    const [east, west] = [cluster.namespace, await cluster.createNamespace()];
    for (const [namespace, zone] of [
      [east, 'here'],
      [west, 'there'],
    ] as const) {
      const body = { metadata: { name: 'cluster' }, data: { zone } };
      await cluster.request('POST', `/api/v1/namespaces/${namespace}/configmaps`, { body });
    }
    const kubeconfig = await cluster.contexts({
      east: { access: 'admin', namespace: east },
      west: { access: 'admin', namespace: west },
    });
    await using config = await startConfigRemote(FILES);
    const scratch = await mkdtemp(path.join(config.place.directory, 'generators-'));
    const env = { PATH: `${kubectlDirectory}${path.delimiter}${process.env['PATH']}` };
    const masked: string[] = [];
    const clusters = createClusters({
      kubeconfig: { paths: [kubeconfig] },
      env: {},
      userAgent: 'towpath-under-test',
      clock: systemClock,
      mask: (secret) => masked.push(secret.reveal()),
      scratch: async () => scratch,
    });
    const registries = memoryRegistries({ 'example.org/api': [{ tag: '1.0.0' }, { tag: '1.1.0' }] });
    const deps = {
      ...(await config.deps(registries)),
      clusters: async () => clusters,
      generators: createGenerators({ env, scratch: async () => scratch, redact: (text) => text }),
    };
    const dev = {
      ...environment('dev', 'dev'),
      clusters: [{ context: '*', position: { file: '.towpath.yaml', line: 1, col: 1 } }],
      generators: true,
    };
    const request = requestFor([], { environments: [dev] });

    const first = await run(request, deps);
    expect(first.problems).toEqual([]);
    expect(first.environments[0]).toMatchObject({
      images: [{ subject: 'Deployment/shop-api', from: '1.0.0', to: '1.1.0', action: 'updated' }],
      commits: [{ branch: 'master' }],
      clusters: [{ name: 'east' }, { name: 'west' }],
    });
    expect(await config.remote.read('dev/flux-patch.yaml')).toContain('image: example.org/api:1.1.0');
    for (const [namespace, zone] of [
      [east, 'here'],
      [west, 'there'],
    ] as const) {
      const found = await cluster.request('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/shop-api`);
      const { template } = (found.body as Zoned).spec;
      expect([template.metadata.labels.zone, template.spec.containers[0]?.image]).toEqual([
        zone,
        'example.org/api:1.1.0',
      ]);
    }
    expect(await readdir(scratch)).toEqual([]);
    expect(masked).not.toEqual([]);

    const head = await config.remote.head();
    const second = await run(request, deps);
    expect(second.problems).toEqual([]);
    expect(second.environments[0]?.clusters.flatMap(({ objects }) => objects.map(({ action }) => action))).toEqual([
      'unchanged',
      'unchanged',
    ]);
    expect(await config.remote.head()).toBe(head);
  });
});
