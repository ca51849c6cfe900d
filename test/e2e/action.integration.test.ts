import { access, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWrite } from '../control-plane/fixtures.ts';
import { configMap, deployment } from './manifests.ts';
import { CONFIG, runAction, type Scenario, startScenario } from './scenario.ts';

let scenario: Scenario;
let inputs: Record<string, string>;

beforeAll(async () => {
  scenario = await startScenario({
    '.towpath.yaml': CONFIG,
    'development-configs/api.yaml': deployment(),
    'development-configs/settings.yaml': configMap('settings'),
  });
  const { registry } = scenario;
  await registry.pushMany(
    registry.repository('api'),
    ['1.0.0', '1.1.0'].map((tag) => ({ tag, created: '2026-01-01T00:00:00Z' })),
  );
  const kubeconfig = await readFile(scenario.env['KUBECONFIG'] ?? '', 'utf8');
  inputs = {
    command: 'run',
    config: '.towpath.yaml',
    'dry-run': 'false',
    kubeconfig: Buffer.from(kubeconfig).toString('base64'),
    'slack-webhook-url': scenario.slack.url,
  };
});

afterAll(() => scenario[Symbol.asyncDispose]());

const schedule = { name: 'schedule' };

describe('the action', () => {
  it('only looks at the tree for a pull request, from a fork without any credential', async () => {
    const head = await scenario.remote.head();
    const mark = await scenario.cluster.mark();
    const config = { ...inputs, config: 'literal.yaml' };
    await writeFile(
      path.join(scenario.checkout, 'literal.yaml'),
      CONFIG.replace(/\$\{ENDPOINT_URL\}/, scenario.registry.url),
    );
    const payload = {
      pull_request: { head: { ref: 'x', repo: { full_name: 'mallory/config' } }, base: { ref: 'master' } },
    };
    const ran = await runAction(scenario, {
      inputs: { ...config, 'registry-auth': '{"auths":{"registry.example.org":{"auth":"cm9ib3Q6c2VjcmV0LXdvcmQ="}}}' },
      event: { name: 'pull_request', payload, ref: 'refs/pull/7/merge' },
    });
    expect(ran).toMatchObject({ exitCode: 0, report: { outcome: 'changed', dryRun: true } });
    expect(await scenario.remote.head()).toBe(head);
    expect(await scenario.cluster.since(mark)).toEqual([]);
    expect(scenario.registry.requests.every((request) => !request.authorized)).toBe(true);
  });

  it('puts no variable of the job into what a fork configures', async () => {
    const payload = {
      pull_request: { head: { ref: 'x', repo: { full_name: 'mallory/config' } }, base: { ref: 'master' } },
    };
    const ran = await runAction(scenario, { inputs, event: { name: 'pull_request_target', payload } });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('ENDPOINT_URL');
    expect(ran.stderr).not.toContain(scenario.registry.url);
  });

  it('does on a schedule what the command line does', async () => {
    const ran = await runAction(scenario, { inputs, event: schedule });
    expect(ran.stderr).toBe('');
    expect(ran.exitCode).toBe(0);
    expect(ran.report).toMatchObject({ command: 'run', outcome: 'changed' });
    expect(ran.outputs).toMatchObject({ outcome: 'changed', changed: 'true', commit: await scenario.remote.head() });
    expect(ran.summary).toContain('Deployment/');
    expect(ran.stdout).toContain('::group::');
    const [commit] = await scenario.remote.log();
    expect(commit?.author).toContain('github-actions[bot]');
    expect(scenario.slack.messages).toHaveLength(1);
    expect(JSON.stringify(scenario.slack.messages[0])).toContain('https://github.com/example/config');
  });

  it('applies the branch on a push to it, and nothing on a push elsewhere', async () => {
    await scenario.remote.commit({
      files: {
        'development-configs/settings.yaml': configMap('settings', 'two').replace(
          'NAMESPACE',
          scenario.cluster.namespace,
        ),
      },
    });
    const push = { name: 'push', payload: { ref: 'refs/heads/master' } };
    const elsewhere = await runAction(scenario, { inputs, event: { ...push, ref: 'refs/heads/feature' } });
    expect(elsewhere).toMatchObject({ exitCode: 0, report: { outcome: 'unchanged', environments: [] } });
    const ran = await runAction(scenario, { inputs, event: { ...push, ref: 'refs/heads/master' } });
    expect(ran.report?.environments[0]?.clusters[0]?.objects).toContainEqual(
      expect.objectContaining({ subject: `ConfigMap/${scenario.cluster.namespace}/settings`, action: 'configured' }),
    );
    expect(ran.report?.registries).toEqual({});
  });

  it('finds nothing to do on the next schedule', async () => {
    const mark = await scenario.cluster.mark();
    const ran = await runAction(scenario, { inputs, event: schedule });
    expect(ran).toMatchObject({ exitCode: 0, outputs: { outcome: 'unchanged', changed: 'false', commit: '' } });
    expect((await scenario.cluster.since(mark)).filter(isWrite)).toEqual([]);
  });

  it('annotates a mistake in the configuration at its line and exits 2', async () => {
    await writeFile(path.join(scenario.checkout, 'bad.yaml'), CONFIG.replace('branch:', 'brunch:'));
    const ran = await runAction(scenario, { inputs: { ...inputs, config: 'bad.yaml' }, event: schedule });
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toMatch(/::error file=bad\.yaml,line=4,col=5::/);
    expect(ran.outputs['outcome']).toBe('failed');
  });

  it('does nothing where the runner’s event cannot be read', async () => {
    const env = { GITHUB_EVENT_PATH: path.join(scenario.checkout, '.towpath.yaml') };
    const ran = await runAction(scenario, { inputs, event: schedule, env });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('::error');
    expect(ran.stderr).not.toMatch(/\n\s+at \S+/);
    expect(ran.outputs['outcome']).toBe('failed');
  });

  it('refuses inputs that it does not understand', async () => {
    const ran = await runAction(scenario, { inputs: { ...inputs, 'dry-run': 'perhaps' }, event: schedule });
    expect(ran.exitCode).toBe(2);
  });

  it('masks every secret that it is given, and derived ones', async () => {
    const ran = await runAction(scenario, { inputs, event: schedule });
    const { token } = await scenario.cluster.user('admin');
    expect(ran.stdout).toContain(`::add-mask::${token}`);
    const unmasked = ran.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(unmasked.join('\n')).not.toContain(token);
    expect(unmasked.join('\n')).not.toContain(new URL(scenario.slack.url).pathname);
  });
});

describe('the post step', () => {
  it('removes the run’s own directory and nothing else', async () => {
    const parent = await mkdtemp(path.join(tmpdir(), 'runner-'));
    const left = path.join(parent, 'towpath-abc');
    const other = path.join(parent, 'precious');
    await mkdir(left);
    await mkdir(other);
    for (const directory of [left, other, '']) {
      const { exec } = await import('../../src/base/exec.ts');
      const script = path.join(import.meta.dirname, '../../dist/post.js');
      const done = await exec(process.execPath, [script], { env: { ...process.env, STATE_scratch: directory } });
      expect(done.exitCode).toBe(0);
    }
    await expect(access(left)).rejects.toThrow('ENOENT');
    await access(other);
  });
});
