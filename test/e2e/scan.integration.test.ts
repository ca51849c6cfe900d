import { chmod, lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployment } from './manifests.ts';
import { CONFIG, startScenario } from './scenario.ts';

async function startApi() {
  const scenario = await startScenario({ '.towpath.yaml': CONFIG, 'development-configs/api.yaml': deployment() });
  const { registry } = scenario;
  await registry.pushMany(
    registry.repository('api'),
    ['1.0.0', '1.1.0'].map((tag) => ({ tag, created: '2026-01-01T00:00:00Z' })),
  );
  return scenario;
}

describe('towpath scan', () => {
  it('says what it would change and changes nothing without --write', async () => {
    await using scenario = await startApi();
    const ran = await scenario.cli(['scan']);
    expect(ran).toMatchObject({ exitCode: 0, report: { outcome: 'changed', dryRun: true } });
    expect(ran.stdout).toContain('1.0.0 → 1.1.0');
    expect(await scenario.git('status', '--porcelain')).toBe('');
  });

  it('edits the files of whatever is checked out: mode kept, nothing staged, no other file left', async () => {
    await using scenario = await startApi();
    await scenario.git('checkout', '--quiet', '--detach');
    const file = path.join(scenario.checkout, 'development-configs/api.yaml');
    await chmod(file, 0o755);
    const before = await readFile(file, 'utf8');
    const ran = await scenario.cli(['scan', '--write', '--cache', 'development-configs/cache']);
    expect(ran.exitCode).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(before.replace(':1.0.0"', ':1.1.0"'));
    expect((await lstat(file)).mode & 0o777).toBe(0o755);
    expect(await scenario.git('diff', '--cached', '--name-only')).toBe('');
    expect(await scenario.git('status', '--porcelain')).toBe(' M development-configs/api.yaml\n');
    expect(await readdir(path.join(scenario.checkout, 'development-configs'))).toEqual(['api.yaml']);
    expect(scenario.slack.messages).toEqual([]);
  });

  it('does not follow symbolic links', async () => {
    await using scenario = await startApi();
    const outside = await mkdtemp(path.join(tmpdir(), 'towpath-outside-'));
    try {
      const target = path.join(outside, 'api.yaml');
      const text = await readFile(path.join(scenario.checkout, 'development-configs/api.yaml'), 'utf8');
      await writeFile(target, text);
      await symlink(target, path.join(scenario.checkout, 'development-configs/link.yaml'));
      await scenario.cli(['scan', '--write']);
      expect(await readFile(target, 'utf8')).toBe(text);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('works in a directory that is no git repository', async () => {
    await using scenario = await startApi();
    await rm(path.join(scenario.checkout, '.git'), { recursive: true });
    const ran = await scenario.cli(['scan', '--write']);
    expect(ran).toMatchObject({ exitCode: 0, report: { outcome: 'changed' } });
    expect(await readFile(path.join(scenario.checkout, 'development-configs/api.yaml'), 'utf8')).toContain(':1.1.0"');
  });

  it('writes the report alone to stdout with --json -', async () => {
    await using scenario = await startApi();
    const ran = await scenario.cli(['scan'], {});
    expect(ran.report?.registries).toEqual({ 'registry.example.org': { requests: expect.any(Number) } });
    expect(ran.report?.registries['registry.example.org']?.requests).toBe(scenario.registry.requests.length);
  });

  it('asks a registry at most twice for an image that it knows', async () => {
    await using scenario = await startApi();
    await scenario.cli(['scan']);
    scenario.registry.clearRequests();
    await scenario.cli(['scan']);
    expect(scenario.registry.requests.length).toBeLessThanOrEqual(2);
  });
});
