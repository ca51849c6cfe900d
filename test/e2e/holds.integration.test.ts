import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { isWrite } from '../control-plane/fixtures.ts';
import { deployment } from './manifests.ts';
import { CONFIG, runAction, startScenario } from './scenario.ts';

describe('an update that somebody reverts', () => {
  it('stays undone, is told of once, and is made again when somebody asks for it from a workflow', async () => {
    await using scenario = await startScenario({
      '.towpath.yaml': CONFIG,
      'development-configs/api.yaml': deployment(),
    });
    const { registry, remote, slack, cluster } = scenario;
    const push = (...tags: string[]) =>
      registry.pushMany(
        registry.repository('api'),
        tags.map((tag) => ({ tag, created: '2026-01-01T00:00:00Z' })),
      );
    const file = () => remote.read('development-configs/api.yaml');
    const before = (await file()) ?? '';
    await push('1.0.0', '1.1.0');
    expect((await scenario.cli(['run'])).exitCode).toBe(0);
    expect(await file()).toContain(':1.1.0"');

    const reverted = await remote.commit({ files: { 'development-configs/api.yaml': before }, message: 'Revert it' });
    await push('1.2.0');
    const held = await scenario.cli(['run']);
    expect(held).toMatchObject({ exitCode: 0, stderr: '' });
    const words = `set back from 1.1.0 to 1.0.0 by Somebody Else in ${reverted.slice(0, 7)}`;
    expect(held.stdout).toContain(`skipped: on hold: ${words}`);
    expect(await file()).toBe(before.replace('spec:\n', `    towpath/hold.api: ${words}\nspec:\n`));
    expect(JSON.stringify(slack.messages.at(-1))).toContain(words);
    expect(slack.messages).toHaveLength(2);

    const mark = await cluster.mark();
    const [head] = await remote.log();
    const idle = await scenario.cli(['run']);
    expect(idle.stdout).toContain('1 image skipped');
    expect(idle.report?.environments[0]?.images).toMatchObject([{ action: 'skipped', reason: `on hold: ${words}` }]);
    expect([(await remote.log())[0], slack.messages.length]).toEqual([head, 2]);
    expect((await cluster.since(mark)).filter(isWrite)).toEqual([]);

    const kubeconfig = await readFile(scenario.env['KUBECONFIG'] ?? '', 'utf8');
    const lifted = await runAction(scenario, {
      inputs: {
        command: 'unhold',
        config: '.towpath.yaml',
        'dry-run': 'false',
        kubeconfig: Buffer.from(kubeconfig).toString('base64'),
        'slack-webhook-url': slack.url,
        arguments: "--user 'Ann' deployment/api",
      },
      event: { name: 'workflow_dispatch', payload: {} },
    });
    expect(lifted).toMatchObject({ exitCode: 0, stderr: '' });
    const [commit] = await remote.log();
    expect(commit?.message).toMatch(
      /^Taken off hold: .*:deployment\/api\n\nUnhold: .*:deployment\/api api\nRequested-by: Ann$/,
    );
    expect(await file()).toBe(before);
    expect((await scenario.cli(['run'])).exitCode).toBe(0);
    expect(await file()).toContain(':1.2.0"');
  });
});
