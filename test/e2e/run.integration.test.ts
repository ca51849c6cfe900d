import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { isWrite } from '../control-plane/fixtures.ts';
import { configMap, deployment } from './manifests.ts';
import { CONFIG, startScenario } from './scenario.ts';

const FILES = {
  '.towpath.yaml': CONFIG,
  'development-configs/api.yaml': deployment(),
  'development-configs/web.yaml': deployment({ name: 'web', policy: 'glob:master-*', tag: 'master-1' }),
  'development-configs/settings.yaml': configMap('settings'),
};

async function startShop() {
  const scenario = await startScenario(FILES);
  const { registry } = scenario;
  await registry.pushMany(registry.repository('api'), [
    { tag: '1.0.0', created: '2026-01-01T00:00:00Z' },
    { tag: '1.2.0', created: '2026-01-02T00:00:00Z' },
    { tag: '2.0.0', created: '2026-01-03T00:00:00Z' },
  ]);
  await registry.pushMany(registry.repository('web'), [
    { tag: 'master-1', created: '2026-01-01T00:00:00Z' },
    { tag: 'master-0', created: '2026-01-02T00:00:00Z' },
    { tag: 'feature-9', created: '2026-01-03T00:00:00Z' },
  ]);
  return scenario;
}

describe('towpath run', () => {
  it('scans, commits one bump for all images, pushes it, applies the directory and posts one message', async () => {
    await using scenario = await startShop();
    const before = await scenario.remote.read('development-configs/api.yaml');
    const ran = await scenario.cli(['run']);
    expect(ran.stderr).toBe('');
    expect(ran.exitCode).toBe(0);
    expect(ran.report).toMatchObject({ command: 'run', outcome: 'changed', problems: [], github: { requests: 0 } });
    const [environment] = ran.report?.environments ?? [];
    expect(environment?.images.map(({ from, to, action }) => ({ from, to, action }))).toEqual([
      { from: '1.0.0', to: '1.2.0', action: 'updated' },
      { from: 'master-1', to: 'master-0', action: 'updated' },
    ]);
    expect(environment?.clusters[0]?.objects.map((row) => row.action)).toEqual(['created', 'created', 'created']);
    const log = await scenario.remote.log();
    expect(log).toHaveLength(2);
    expect(log[0]?.message).toMatch(/^Auto-release multiple \(2\) images\n/);
    expect(log[0]?.message).toMatch(/^Image: registry.example.org\S+:1.2.0@sha256:[0-9a-f]{64}$/m);
    expect(environment?.commits).toEqual([{ sha: log[0]?.sha, branch: 'master', message: expect.any(String) }]);
    const after = await scenario.remote.read('development-configs/api.yaml');
    expect(after).toBe(before?.replace(':1.0.0"', ':1.2.0"'));
    expect(await scenario.remote.read('development-configs/settings.yaml')).toContain('key: one');
    expect(scenario.slack.messages).toHaveLength(1);
    expect(JSON.stringify(scenario.slack.messages[0])).toContain('1.0.0 → 1.2.0');
    const live = await scenario.cluster.request(
      'GET',
      `/apis/apps/v1/namespaces/${scenario.cluster.namespace}/deployments/api`,
    );
    expect(JSON.stringify(live.body)).toContain(':1.2.0"');
  });

  it('finds nothing to do the second time: no push, no write to the cluster, no message, one line', async () => {
    await using scenario = await startShop();
    await scenario.cli(['run']);
    const head = await scenario.remote.head();
    const mark = await scenario.cluster.mark();
    const pushes = scenario.remote.requests.filter((request) => request.service === 'git-receive-pack').length;
    const ran = await scenario.cli(['run']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.report?.outcome).toBe('unchanged');
    expect(ran.stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^nothing to do: 2 images and 3 objects up to date/),
    ]);
    expect(await scenario.remote.head()).toBe(head);
    expect(scenario.remote.requests.filter((request) => request.service === 'git-receive-pack')).toHaveLength(pushes);
    expect((await scenario.cluster.since(mark)).filter(isWrite)).toEqual([]);
    expect(scenario.slack.messages).toHaveLength(1);
  });

  it('reads a branch that moved again and plans anew, losing nobody’s commit', async () => {
    await using scenario = await startShop();
    let moved = false;
    scenario.remote.onPush(async () => {
      if (moved) return;
      moved = true;
      const text = deployment()
        .replace('NAMESPACE', scenario.cluster.namespace)
        .replaceAll('REGISTRY', `registry.example.org/${scenario.registry.repository('x').slice(0, -2)}`);
      await scenario.remote.commit({
        files: { 'development-configs/api.yaml': `# by hand\n${text}` },
        message: 'By hand',
      });
    });
    const ran = await scenario.cli(['run']);
    expect(ran.exitCode).toBe(0);
    expect((await scenario.remote.log()).map((commit) => commit.message.split('\n')[0])).toEqual([
      'Auto-release multiple (2) images',
      'By hand',
      expect.any(String),
    ]);
    const text = await scenario.remote.read('development-configs/api.yaml');
    expect(text).toMatch(/^# by hand\n/);
    expect(text).toContain('api:1.2.0"');
  });

  it('applies what is there and reports failure when the remote declines the push', async () => {
    await using scenario = await startShop();
    await scenario.remote.refusePushes('master is protected');
    const ran = await scenario.cli(['run']);
    expect(ran.exitCode).toBe(1);
    const [environment] = ran.report?.environments ?? [];
    expect(environment?.images.map((row) => row.action)).toEqual(['failed', 'failed']);
    expect(environment?.images[0]?.reason).toContain('not pushed');
    expect(environment?.commits).toEqual([]);
    expect(environment?.clusters[0]?.objects).toHaveLength(3);
    expect(ran.stderr).toContain('master is protected');
    expect(scenario.slack.messages).toHaveLength(1);
  });

  it('changes nothing with --check and exits 3, then 0 once it is done', async () => {
    await using scenario = await startShop();
    const head = await scenario.remote.head();
    const mark = await scenario.cluster.mark();
    const checked = await scenario.cli(['run', '--check']);
    expect(checked).toMatchObject({ exitCode: 3, report: { outcome: 'changed', dryRun: true } });
    expect(checked.report?.environments[0]?.commits).toEqual([
      { sha: '', branch: 'master', message: expect.stringContaining('Auto-release') },
    ]);
    expect(await scenario.remote.head()).toBe(head);
    expect((await scenario.cluster.since(mark)).filter(isWrite)).toEqual([]);
    expect(scenario.slack.messages).toEqual([]);
    await scenario.cli(['run']);
    expect((await scenario.cli(['run', '--check'])).exitCode).toBe(0);
  });

  it('tells nobody a secret: token, webhook and registry password appear in no output', async () => {
    await using scenario = await startShop();
    const auth = Buffer.from('robot:sw0rdfish-pa55').toString('base64');
    const docker = JSON.stringify({ auths: { 'registry.example.org': { auth } } });
    const file = `${scenario.env['HOME']}/auth.json`;
    await writeFile(file, docker, { mode: 0o600 });
    scenario.slack.behave({ kind: 'status', status: 403, body: 'invalid_token' });
    const told = await scenario.cli(['run', '--debug', '--registry-auth', file]);
    const { token } = await scenario.cluster.user('admin');
    const everything = `${told.stdout}${told.stderr}${JSON.stringify(told.report)}`;
    expect(told.exitCode).toBe(0);
    for (const secret of [auth, 'sw0rdfish-pa55', token, new URL(scenario.slack.url).pathname]) {
      expect(everything).not.toContain(secret);
    }
    expect(told.stderr).toContain('slack #deployments');
  });
});
