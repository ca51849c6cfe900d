import { describe, expect, it } from 'vitest';
import { deployment } from './manifests.ts';
import { CONFIG, startScenario } from './scenario.ts';

describe('what is done by hand', () => {
  it('is told with the person who asked where something was committed, and not otherwise', async () => {
    await using scenario = await startScenario({
      '.towpath.yaml': CONFIG,
      'development-configs/api.yaml': deployment(),
    });
    const { registry, slack } = scenario;
    await registry.pushMany(
      registry.repository('api'),
      ['1.0.0', '1.1.0'].map((tag) => ({ tag, created: '2026-01-01T00:00:00Z' })),
    );
    const who = ['--user', 'Ann <ann@example.org>'];
    const order = ['release', '--all', '--update-all-images', ...who];
    const rehearsed = await scenario.cli([...order, '--dry-run']);
    expect([rehearsed.exitCode, slack.messages]).toEqual([0, []]);

    const released = await scenario.cli(order);
    expect([released.exitCode, slack.messages.length]).toEqual([0, 1]);
    expect(slack.messages[0]?.text).toBe('checkout development: release by Ann: 1 image updated, 1 commit');
    expect(JSON.stringify(slack.messages[0])).toContain("1.0.0 → 1.1.0: the highest version in the range '∼1'");
    expect(JSON.stringify(slack.messages[0])).not.toContain('ann@example.org');
    expect(released.report?.requestedBy).toBe('Ann <ann@example.org>');

    const again = await scenario.cli(order);
    expect([again.exitCode, slack.messages.length]).toEqual([0, 1]);
  });
});
