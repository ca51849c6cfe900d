import { describe, expect, it } from 'vitest';
import { deployment } from './manifests.ts';
import { CONFIG, startScenario } from './scenario.ts';

describe('towpath explain', () => {
  it('says why each tag stays or moves and what was not chosen, and changes nothing', async () => {
    await using scenario = await startScenario({
      '.towpath.yaml': CONFIG,
      'development-configs/api.yaml': deployment(),
      'development-configs/web.yaml': deployment({ name: 'web', annotations: ['fluxcd.io/locked: "true"'] }),
    });
    const { registry } = scenario;
    await registry.pushMany(
      registry.repository('api'),
      ['1.0.0', '1.1.0', '2.0.0', 'latest'].map((tag) => ({ tag, created: '2026-01-01T00:00:00Z' })),
    );
    const all = await scenario.cli(['explain']);
    expect(all.exitCode).toBe(0);
    expect(all.stdout).toContain('update to 1.1.0');
    expect(all.stdout).toContain('policy semver:~1');
    expect(all.stdout).toContain('development-configs/api.yaml:16');
    expect(all.stdout).toMatch(/2\.0\.0: .*~1/);
    expect(all.stdout).toContain('locked');
    const one = await scenario.cli(['explain', 'web']);
    expect(one.stdout).not.toContain('update to');
    expect(await scenario.git('status', '--porcelain')).toBe('');
    expect(scenario.slack.messages).toEqual([]);
  });
});
