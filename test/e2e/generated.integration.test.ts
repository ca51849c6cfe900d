import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployment } from './manifests.ts';
import { CONFIG, startScenario } from './scenario.ts';

const FLUX = (command: string) =>
  `version: 1\npatchUpdated:\n  generators:\n    - command: ${command}\n  patchFile: flux-patch.yaml\n`;

/** The template is no manifest, so that whoever reads it as a file would notice. */
async function startGenerated(
  command: string,
  config = `${CONFIG.replace(/ {4}path: .*\n/, '$&    generators: true\n')}`,
) {
  const scenario = await startScenario({
    '.towpath.yaml': config,
    'development-configs/.flux.yaml': FLUX(command),
    'development-configs/api.template': deployment(),
    'development-configs/broken.yaml': 'kind: [',
  });
  const { registry } = scenario;
  await registry.pushMany(registry.repository('api'), [
    { tag: '1.0.0', created: '2026-01-01T00:00:00Z' },
    { tag: '1.2.0', created: '2026-01-02T00:00:00Z' },
  ]);
  const temporary = path.join(scenario.checkout, '..', 'temporary');
  await mkdir(temporary);
  return { scenario, temporary, run: (args: readonly string[]) => scenario.cli(args, { env: { TMPDIR: temporary } }) };
}

describe('an environment whose manifests are made by a command', () => {
  it('is bumped by a new patch file, applied with it, and unchanged the next time; nothing of it stays on the runner', async () => {
    const { scenario, temporary, run } = await startGenerated('cat api.template');
    await using _ = scenario;
    const ran = await run(['run']);
    expect(ran.stderr).toBe('');
    expect(ran.exitCode).toBe(0);
    const [environment] = ran.report?.environments ?? [];
    expect(environment?.images).toMatchObject([{ from: '1.0.0', to: '1.2.0', action: 'updated' }]);
    expect(environment?.clusters[0]?.objects.map(({ action }) => action)).toEqual(['created']);
    expect(await scenario.remote.read('development-configs/flux-patch.yaml')).toMatch(/image: .*\/api:1\.2\.0$/m);
    const { namespace } = scenario.cluster;
    const live = await scenario.cluster.request('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/api`);
    expect(JSON.stringify(live.body)).toContain('/api:1.2.0"');
    expect(scenario.slack.messages).toHaveLength(1);

    const head = await scenario.remote.head();
    const second = await run(['run']);
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(second.report?.outcome).toBe('unchanged');
    expect(await scenario.remote.head()).toBe(head);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('is left alone where its command fails, and the command tells no secret that it was given', async () => {
    const { scenario, temporary, run } = await startGenerated('grep -w token $KUBECONFIG >&2; exit 3');
    await using _ = scenario;
    const head = await scenario.remote.head();
    const ran = await run(['run']);
    expect(ran.exitCode).toBe(1);
    expect(ran.report?.problems).toMatchObject([
      { code: 'GENERATOR_FAILED', position: { line: 4 }, message: expect.stringMatching(/"token": "\*\*\*"/) },
    ]);
    expect(ran.report?.environments[0]).toMatchObject({ images: [], commits: [], clusters: [] });
    expect(await scenario.remote.head()).toBe(head);
    const { token } = await scenario.cluster.user('admin');
    const said = [ran.stdout, ran.stderr, JSON.stringify(ran.report), JSON.stringify(scenario.slack.messages)].join(
      '\n',
    );
    expect(said).not.toContain(token);
    expect(said).not.toContain(scenario.slack.url);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('is left alone where the configuration does not let its commands run', async () => {
    const { scenario, run } = await startGenerated('cat api.template', CONFIG);
    await using _ = scenario;
    const ran = await run(['run']);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain('Set environments.development.generators: true in the configuration.');
    expect(ran.report?.environments[0]).toMatchObject({ images: [], commits: [], clusters: [] });
  });
});
