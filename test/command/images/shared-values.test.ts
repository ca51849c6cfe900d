import { describe, expect, it } from 'vitest';
import { release } from '../../../src/command/by-hand/release.ts';
import { planImages } from '../../../src/command/images/plan-images.ts';
import { NO_MANUAL, requestFor, startConfigRemote } from '../by-hand/manual-run.ts';
import { memoryRegistries } from '../memory-registries.ts';

const TAGS = { 'example.org/app': ['1.0.0', '1.1.0'].map((tag) => ({ tag })) };
const AUTOMATED = 'fluxcd.io/automated: "true", fluxcd.io/tag.app: semver:~1';

/** Two Deployments of a List; the image of the second repeats that of the first. */
function list(second: string): string {
  const item = (name: string, annotations: string, image: string) =>
    `- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: ${name}, namespace: prod, annotations: {${annotations}}}
  spec: {template: {spec: {containers: [{name: app, image: ${image}}]}}}
`;
  const items = item('one', AUTOMATED, '&image "example.org/app:1.0.0"') + item('two', second, '*image ');
  return `apiVersion: v1\nkind: List\nitems:\n${items}`;
}

const REPEATED = (reason: string) => `its value stands at an anchor that Deployment/prod/two app (${reason}) repeats`;

describe('an image whose value another one repeats', () => {
  it.each([
    { name: 'locked', second: `${AUTOMATED}, fluxcd.io/locked: "true"`, reason: 'locked' },
    { name: 'on hold', second: `${AUTOMATED}, towpath/hold.app: "broken"`, reason: 'on hold: broken' },
    { name: 'not automated', second: 'fluxcd.io/automated: "false"', reason: 'not automated' },
  ])('stays where the other one is $name', async ({ second, reason }) => {
    const { rows, changes } = await plan(list(second));
    expect(rows).toEqual([`failed ${REPEATED(reason)}`, `skipped ${reason}`]);
    expect(changes).toEqual([]);
  });

  it('stays where the policy of the other one keeps it', async () => {
    const { rows, changes } = await plan(list('fluxcd.io/automated: "true", fluxcd.io/tag.app: "semver:1.0.x"'));
    expect(rows[0]).toMatch(/^failed its value stands at an anchor that Deployment\/prod\/two app/);
    expect(changes).toEqual([]);
  });

  it.each([
    { name: 'moves with it', second: AUTOMATED },
    { name: 'says nothing of automation', second: '' },
  ])('moves where the other one $name', async ({ second }) => {
    const { rows, changes } = await plan(list(second));
    expect(rows.filter((row) => row.startsWith('updated'))).toHaveLength(second === '' ? 1 : 2);
    expect(changes).toEqual([list(second).replace('1.0.0', '1.1.0')]);
  });

  it('is not released past the lock of the other one, which nobody named', async () => {
    await using config = await startConfigRemote({ 'all.yaml': list('fluxcd.io/locked: "true"') });
    const before = await config.remote.head();
    const manual = { ...NO_MANUAL, updateAllImages: true };
    const asked = requestFor(['prod:deployment/one'], { manual });
    const result = await release(asked, await config.deps(memoryRegistries(TAGS)));
    expect(result.environments[0]?.images).toMatchObject([
      { subject: 'Deployment/prod/one', action: 'failed', reason: REPEATED('locked') },
    ]);
    expect(await config.remote.head()).toBe(before);
  });
});

async function plan(text: string) {
  const clock = { now: () => Date.parse('2026-11-20T12:00:00Z'), sleep: async () => undefined };
  const file = { path: 'all.yaml', bytes: Buffer.from(text) };
  const planned = await planImages(
    { files: [{ kind: 'objects', file }], rules: [], fields: [] },
    { registries: memoryRegistries(TAGS), clock, signal: new AbortController().signal },
  );
  return {
    rows: (planned.bumps.get('all.yaml') ?? []).map(({ row }) => `${row.action} ${row.reason}`),
    changes: planned.changes.map(({ bytes }) => Buffer.from(bytes).toString()),
  };
}
