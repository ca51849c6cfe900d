import { describe, expect, it } from 'vitest';
import { deployment } from './manifests.ts';
import { CONFIG, type Scenario, type ScenarioFiles, startScenario } from './scenario.ts';

const CONFIGURED = `version: 1
environments:
  development:
    branch: master
    path: development-configs
    values: charts/*/values.yaml
    clusters: []
registries:
  registry.example.org: { endpoint: "\${ENDPOINT_URL}" }
images:
  - image: registry.example.org/*
    policy: semver:^1
fields:
  - kind: Engine
    group: example.com
    container: motor
    image: spec.motor
`;

const POLICIES = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: {name: app, namespace: flux-system}
spec: {image: REGISTRY/app, interval: 1m}
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: {name: app, namespace: flux-system}
spec:
  imageRepositoryRef: {name: app}
  policy: {semver: {range: 1.0.x}}
`;

const MARKED = `apiVersion: apps/v1
kind: Deployment
metadata: {name: marked, namespace: NAMESPACE}
spec:
  selector: {matchLabels: {app: marked}}
  template:
    metadata: {labels: {app: marked}}
    spec:
      containers:
      - name: app
        image: REGISTRY/app:1.0.0 # {"$imagepolicy": "flux-system:app"}
`;

async function startWith(files: ScenarioFiles): Promise<Scenario> {
  const scenario = await startScenario(files);
  const tags = ['1.0.0', '1.0.1', '1.1.0', '2.0.0'];
  const images = tags.map((tag, day) => ({ tag, created: `2026-01-0${day + 1}T00:00:00Z` }));
  for (const name of ['app', 'api']) await scenario.registry.pushMany(scenario.registry.repository(name), images);
  return scenario;
}

/** The lines of a diff that were taken away and put in, without white space around them. */
async function changedLines(scenario: Scenario, ...range: readonly string[]): Promise<readonly string[]> {
  const diff = await scenario.git('diff', '--unified=0', ...range);
  return diff
    .replaceAll(scenario.registry.repository('x').slice(0, -2), 'PREFIX')
    .split('\n')
    .filter((line) => /^[+-](?![+-])/.test(line))
    .map((line) => `${line[0]} ${line.slice(1).trim()}`);
}

describe('images wherever they stand', () => {
  it('are edited in kustomizations, values files and fields of a kind, as the rules of the configuration say', async () => {
    await using scenario = await startWith({
      '.towpath.yaml': CONFIGURED,
      'development-configs/kustomization.yaml':
        'images:\n- name: app\n  newName: REGISTRY/app\n  newTag: 1.0.0  # ours\n',
      'development-configs/engine.yaml':
        'apiVersion: example.com/v1\nkind: Engine\nmetadata: {name: one}\nspec: {motor: "REGISTRY/app:1.0.0"}\n',
      'charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 0.1.0\n',
      'charts/app/values.yaml': 'web:\n  image:\n    repository: REGISTRY/app\n    tag: "1.0.0"\n',
    });
    const ran = await scenario.cli(['scan', '--write']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await changedLines(scenario)).toEqual([
      '- tag: "1.0.0"',
      '+ tag: "1.1.0"',
      '- spec: {motor: "registry.example.org/PREFIX/app:1.0.0"}',
      '+ spec: {motor: "registry.example.org/PREFIX/app:1.1.0"}',
      '- newTag: 1.0.0  # ours',
      '+ newTag: 1.1.0  # ours',
    ]);
  });

  it('follow the markers and policies of Flux v2', async () => {
    await using scenario = await startWith({
      '.towpath.yaml': CONFIGURED.replace(/^ {4}values.*\n/m, ''),
      'development-configs/policies.yaml': POLICIES,
      'development-configs/app.yaml': MARKED,
    });
    const ran = await scenario.cli(['run']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.report?.environments[0]?.images.map(({ from, to }) => `${from} ${to}`)).toEqual(['1.0.0 1.0.1']);
    expect(await scenario.remote.read('development-configs/app.yaml')).toContain(
      'app:1.0.1 # {"$imagepolicy": "flux-system:app"}',
    );
    expect((await scenario.cli(['run'])).report?.outcome).toBe('unchanged');
  });

  it('are bumped by a patch where commands make the manifests, and applied as they are made', async () => {
    await using scenario = await startWith({
      '.towpath.yaml': CONFIG.replace('clusters:', 'generators: true\n    clusters:'),
      'development-configs/.flux.yaml':
        'version: 1\npatchUpdated:\n  generators:\n  - command: cat base/app.yaml.in\n  patchFile: patches.yaml\n',
      'development-configs/base/app.yaml.in': deployment(),
    });
    const ran = await scenario.cli(['run']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const patch = await scenario.remote.read('development-configs/patches.yaml');
    expect(patch).toContain('kind: Deployment');
    expect(patch).toContain('api:1.1.0');
    const { namespace } = scenario.cluster;
    const live = await scenario.cluster.request('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/api`);
    expect(JSON.stringify(live.body)).toContain('api:1.1.0"');
    expect((await scenario.cli(['run'])).report?.outcome).toBe('unchanged');
  });

  it('are left alone with a word on what to set, where commands may not run', async () => {
    await using scenario = await startWith({
      '.towpath.yaml': CONFIG,
      'development-configs/.flux.yaml':
        'version: 1\npatchUpdated:\n  generators: [{command: touch ran; cat app.in}]\n  patchFile: patches.yaml\n',
      'development-configs/app.in': deployment(),
    });
    const head = await scenario.remote.head();
    const ran = await scenario.cli(['run']);
    expect(ran.exitCode).toBe(1);
    expect(ran.report?.problems).toMatchObject([{ code: 'GENERATORS_NOT_ALLOWED', subject: 'development' }]);
    expect(await scenario.remote.head()).toBe(head);
    expect(ran.report?.environments[0]?.clusters.flatMap(({ objects }) => objects) ?? []).toEqual([]);
  });
});

describe('a person who sets a tag back', () => {
  it('is not fought: the image is held until it is lifted', async () => {
    await using scenario = await startWith({
      '.towpath.yaml': CONFIG.replace('clusters: [{ context: "weekly-*" }]', 'clusters: []'),
      'development-configs/api.yaml': deployment(),
    });
    expect((await scenario.cli(['run'])).report?.environments[0]?.images[0]).toMatchObject({ to: '1.1.0' });
    await scenario.git('pull', '--quiet');
    await scenario.git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'revert', '--no-edit', 'HEAD');
    await scenario.git('push', '--quiet');

    const held = await scenario.cli(['run']);
    expect(held.exitCode).toBe(0);
    const [row] = held.report?.environments[0]?.images ?? [];
    expect(row).toMatchObject({ from: '1.0.0', to: '1.0.0', action: 'skipped' });
    expect(row?.reason).toMatch(/^on hold: set back from 1\.1\.0 to 1\.0\.0 by Ada/);
    const written = await scenario.remote.read('development-configs/api.yaml');
    expect(written).toMatch(/towpath\/hold\.api: .*Ada/);
    expect(written).toContain(':1.0.0"');

    const head = await scenario.remote.head();
    const again = await scenario.cli(['run']);
    expect(again.report?.environments[0]?.images[0]).toMatchObject({ action: 'skipped' });
    expect(await scenario.remote.head()).toBe(head);

    const lifted = await scenario.cli(['unhold', 'deployment/api', '--user', 'Ada']);
    expect(lifted.exitCode).toBe(0);
    const bumped = await scenario.cli(['run']);
    expect(bumped.report?.environments[0]?.images[0]).toMatchObject({ from: '1.0.0', to: '1.1.0', action: 'updated' });
  });
});
