import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { configMap, deployment } from './manifests.ts';
import { CONFIG, type Scenario, startScenario } from './scenario.ts';

let scenario: Scenario;

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
});

afterAll(() => scenario[Symbol.asyncDispose]());

/** Puts files into the working tree for one run of `towpath scan` and takes them away again. */
async function scanWith(files: Readonly<Record<string, string | Buffer>>, args: readonly string[] = []) {
  const named = Object.entries(files).map(([name, text]) => [path.join(scenario.checkout, name), text] as const);
  try {
    for (const [file, text] of named) await writeFile(file, text);
    return await scenario.cli(['scan', ...args]);
  } finally {
    for (const [file] of named) await rm(file);
    await scenario.git('checkout', '--quiet', '.');
  }
}

const filled = (text: string) =>
  text
    .replaceAll('REGISTRY', `registry.example.org/${scenario.registry.repository('x').slice(0, -2)}`)
    .replaceAll('NAMESPACE', scenario.cluster.namespace);

describe('the configuration', () => {
  it.each([
    {
      name: 'an unknown key',
      text: CONFIG.replace('clusters:', 'cluster:'),
      at: '.towpath.yaml:6:5',
      hint: 'clusters',
    },
    {
      name: 'a value of the wrong type',
      text: CONFIG.replace('version: 1', 'version: one'),
      at: '.towpath.yaml:1:10',
      hint: '',
    },
    { name: 'broken YAML', text: `${CONFIG}notify: [`, at: '.towpath.yaml:', hint: '' },
    {
      name: 'a path that leaves the repository',
      text: CONFIG.replace('path: development', 'path: ../development'),
      at: '.towpath.yaml:5:11',
      hint: '',
    },
  ])('exits 2 at file, line and column for $name', async ({ text, at, hint }) => {
    const ran = await scanWith({ '.towpath.yaml': text });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(at);
    expect(ran.stderr).toContain(hint);
    expect(ran.report?.outcome).toBe('failed');
  });

  it('exits 2 where there is none, and says what to create', async () => {
    const ran = await scenario.cli(['scan', '--config', 'nowhere.yaml']);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('nowhere.yaml');
    expect(ran.stderr).toContain('hint:');
  });

  it('exits 2 for an environment that it does not have, and guesses which was meant', async () => {
    const ran = await scenario.cli(['scan', '--environment', 'developmint']);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('development');
  });

  it('exits 2 before anything is done for a context that matches nothing, and lists those there are', async () => {
    const head = await scenario.remote.head();
    const file = path.join(scenario.checkout, 'other.yaml');
    await writeFile(file, CONFIG.replace('weekly-*', 'weakly-*'));
    const ran = await scenario.cli(['run', '--config', 'other.yaml']);
    await rm(file);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('other.yaml:6:');
    expect(ran.stderr).toContain('weekly-1');
    expect(await scenario.remote.head()).toBe(head);
  });

  it('exits 2 for a flag that does not exist', async () => {
    const ran = await scenario.cli(['scan', '--wriet']);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('--write');
  });
});

describe('manifests and registries', () => {
  const updated = { subject: expect.stringContaining('Deployment/'), from: '1.0.0', to: '1.1.0', action: 'updated' };

  it.each([
    {
      name: 'a manifest that is no YAML',
      file: 'broken.yaml',
      text: 'kind: [unclosed\n',
      at: 'development-configs/broken.yaml:',
    },
    {
      name: 'a file that is not UTF-8',
      file: 'latin.yaml',
      text: Buffer.from([0x6b, 0x3a, 0x20, 0xe9, 0x0a]),
      at: 'development-configs/latin.yaml',
    },
    {
      name: 'an invalid policy',
      file: 'bad.yaml',
      text: deployment({ name: 'bad', policy: 'semver:~1.' }),
      at: 'development-configs/bad.yaml:8:',
    },
    {
      name: 'a registry that cannot be reached',
      file: 'lost.yaml',
      text: deployment({ name: 'lost', registry: '127.0.0.1:1' }),
      at: '127.0.0.1:1',
    },
  ])('exits 1 for $name, after everything else is done', async ({ file, text, at }) => {
    const content = typeof text === 'string' ? filled(text) : text;
    const ran = await scanWith({ [`development-configs/${file}`]: content }, ['--write']);
    expect(ran.exitCode).toBe(1);
    expect(ran.report?.outcome).toBe('failed');
    expect(ran.stderr).toContain(at);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
    expect(ran.report?.environments[0]?.images).toContainEqual(expect.objectContaining(updated));
  });

  it('lets a failure win over pending changes with --check', async () => {
    const ran = await scanWith({ 'development-configs/broken.yaml': 'kind: [unclosed\n' }, ['--check']);
    expect(ran.exitCode).toBe(1);
  });

  it('shows a stack only with --debug', async () => {
    const args = ['scan', '--registry-auth', 'nowhere.json'];
    const stack = /\n\s+at \S+/;
    const quiet = await scenario.cli(args);
    expect(quiet.exitCode).toBe(2);
    expect(quiet.stderr).toContain('nowhere.json');
    expect(quiet.stderr).not.toMatch(stack);
    expect((await scenario.cli([...args, '--debug'])).stderr).toMatch(stack);
  });
});

describe('a run that is cancelled', () => {
  it('ends at once, says so, and leaves the branch as it was', async () => {
    const head = await scenario.remote.head();
    scenario.registry.clearRequests();
    scenario.registry.inject(() => ({ kind: 'hang' }));
    let pid: number | undefined;
    const running = scenario.cli(['run'], {
      onStart: (started) => {
        pid = started;
      },
    });
    await vi.waitUntil(() => scenario.registry.requests.length > 0, { timeout: 20_000 });
    process.kill(pid ?? 0, 'SIGINT');
    const ran = await running;
    scenario.registry.inject(null);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain('cancelled by SIGINT');
    expect(ran.report?.outcome).toBe('failed');
    expect(await scenario.remote.head()).toBe(head);
  });
});
