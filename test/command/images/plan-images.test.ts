import { describe, expect, it } from 'vitest';
import { planImages } from '../../../src/command/images/plan-images.ts';
import type { ImageRule } from '../../../src/core/images/image-rule.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import { type MemoryRegistries, memoryRegistries } from '../memory-registries.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

const TAGS: readonly TagFacts[] = [
  { tag: '1.0.0', digest: digest('a'), platforms: ['linux/amd64', 'linux/arm64'], firstSeenMs: NOW - 30 * DAY },
  { tag: '1.1.0', digest: digest('b'), platforms: ['linux/amd64', 'linux/arm64'], firstSeenMs: NOW - 10 * DAY },
  { tag: '1.2.0', digest: digest('c'), platforms: ['linux/amd64'], firstSeenMs: NOW - DAY },
];

const RULE: ImageRule = {
  position: { file: '.towpath.yaml', line: 1, col: 1 },
  image: 'example.org/*',
  container: undefined,
  policy: { value: { kind: 'semver', range: '^1' }, position: { file: '.towpath.yaml', line: 2, col: 1 } },
  pin: undefined,
  platforms: [],
  minimumAgeMs: undefined,
  deny: [],
  windows: [],
};

const NONE = '';
const AUTOMATED = 'annotations: {fluxcd.io/automated: "true", fluxcd.io/tag.app: semver:~1.0}';

function manifest(image: string, annotations = NONE): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  ${annotations}
spec: {template: {spec: {containers: [{name: app, image: "${image}"}]}}}
`;
}

async function plan(text: string, rules: readonly ImageRule[], registries?: MemoryRegistries) {
  const files = [{ kind: 'objects' as const, file: { path: 'app.yaml', bytes: Buffer.from(text) } }];
  const asked = registries ?? memoryRegistries({ 'example.org/app': TAGS });
  const clock = { now: () => NOW, sleep: async () => undefined };
  const planned = await planImages(
    { files, rules, fields: [] },
    { registries: asked, clock, signal: new AbortController().signal },
  );
  const [change] = planned.changes;
  return {
    ...planned,
    row: planned.bumps.get('app.yaml')?.[0]?.row,
    text: change && Buffer.from(change.bytes).toString(),
    asked,
  };
}

describe('rules of the configuration', () => {
  it('automate images that no annotation speaks of', async () => {
    const { row, text } = await plan(manifest('example.org/app:1.0.0'), [RULE]);
    expect(row).toMatchObject({
      from: '1.0.0',
      to: '1.2.0',
      action: 'updated',
      reason: "the highest version in the range '^1'",
      policy: { text: 'semver:^1', from: 'rule', position: { file: '.towpath.yaml', line: 2, col: 1 } },
    });
    expect(text).toBe(manifest('example.org/app:1.2.0'));
  });

  it('leave images alone that no glob matches, and ask nobody about them', async () => {
    const { row, asked } = await plan(manifest('other.org/app:1.0.0'), [RULE]);
    expect(row).toBeUndefined();
    expect(asked.asked.list).toEqual([]);
  });

  it('yield to the filter of an annotation', async () => {
    const tags = memoryRegistries({ 'example.org/app': [...TAGS, { tag: '1.0.5' }] });
    const { row } = await plan(manifest('example.org/app:1.0.0', AUTOMATED), [RULE], tags);
    expect(row).toMatchObject({ to: '1.0.5' });
  });

  it.each([
    { name: 'automated: "false"', annotations: 'annotations: {fluxcd.io/automated: "false"}', reason: 'not automated' },
    { name: 'locked', annotations: 'annotations: {fluxcd.io/locked: "true"}', reason: 'locked' },
    { name: 'ignore', annotations: 'annotations: {fluxcd.io/ignore: "true"}', reason: 'ignored' },
  ])('yield to $name', async ({ annotations, reason }) => {
    const { row, changes } = await plan(manifest('example.org/app:1.0.0', annotations), [RULE]);
    expect(row).toMatchObject({ action: 'skipped', reason });
    expect(changes).toEqual([]);
  });

  it('set conditions for images whose policy stands in an annotation', async () => {
    const conditions = { ...RULE, policy: undefined, deny: ['1.0.5'] };
    const tags = memoryRegistries({ 'example.org/app': [...TAGS, { tag: '1.0.4' }, { tag: '1.0.5' }] });
    const { row } = await plan(manifest('example.org/app:1.0.0', AUTOMATED), [conditions], tags);
    expect(row).toMatchObject({ to: '1.0.4' });
  });

  it('without a policy automate nothing by themselves', async () => {
    const { row } = await plan(manifest('example.org/app:1.0.0'), [{ ...RULE, policy: undefined }]);
    expect(row).toBeUndefined();
  });

  it('take the newest tag that has every platform, and read platforms of as few tags as that takes', async () => {
    const { row, asked } = await plan(manifest('example.org/app:1.0.0'), [{ ...RULE, platforms: ['linux/arm64'] }]);
    expect(row).toMatchObject({ to: '1.1.0' });
    // The last two are for the commit's links.
    expect(asked.asked.describe).toEqual(['1.2.0', '1.1.0', '1.1.0', '1.0.0']);
  });

  it('wait until a tag has been known for its minimum age', async () => {
    const { row } = await plan(manifest('example.org/app:1.0.0'), [{ ...RULE, minimumAgeMs: 3 * DAY }]);
    expect(row).toMatchObject({ to: '1.1.0' });
  });

  it('change nothing outside of their windows, and say when they open', async () => {
    const window = { days: ['mon' as const], fromMinute: 0, toMinute: 1440, timeZone: 'UTC' };
    const { row } = await plan(manifest('example.org/app:1.0.0'), [{ ...RULE, windows: [window] }]);
    expect(row).toMatchObject({ action: 'unchanged', reason: expect.stringContaining('mon 00:00–24:00 UTC') });
  });

  it('pin the digest beside the tag, and then leave it there', async () => {
    const pinned = { ...RULE, pin: true };
    const first = await plan(manifest('example.org/app:1.0.0'), [pinned]);
    expect(first.row).toMatchObject({ from: '1.0.0', to: `1.2.0@${digest('c')}` });
    const second = await plan(first.text ?? '', [pinned]);
    expect(second.row).toMatchObject({ action: 'unchanged' });
    expect(second.changes).toEqual([]);
  });

  it('pin a tag that is already the newest', async () => {
    const { row } = await plan(manifest('example.org/app:1.2.0'), [{ ...RULE, pin: true }]);
    expect(row).toMatchObject({ from: '1.2.0', to: `1.2.0@${digest('c')}`, action: 'updated' });
  });
});

describe('digests', () => {
  it('move with the tag where the manifest has one', async () => {
    const { row, text } = await plan(manifest(`example.org/app:1.0.0@${digest('a')}`), [RULE]);
    expect(row).toMatchObject({ from: `1.0.0@${digest('a')}`, to: `1.2.0@${digest('c')}`, action: 'updated' });
    expect(text).toContain(`example.org/app:1.2.0@${digest('c')}`);
  });

  it('are no reason to change where the registry cannot tell the new one', async () => {
    const tags = memoryRegistries({ 'example.org/app': [...TAGS, { tag: '1.3.0' }] });
    const { row, changes } = await plan(manifest(`example.org/app:1.0.0@${digest('a')}`), [RULE], tags);
    expect(row).toMatchObject({ action: 'failed', reason: expect.stringContaining('1.3.0') });
    expect(changes).toEqual([]);
  });

  it('alone stay alone: the selected tag’s digest replaces them', async () => {
    const { row, text } = await plan(manifest(`example.org/app@${digest('a')}`), [RULE]);
    expect(row).toMatchObject({ from: digest('a'), to: digest('c') });
    expect(text).toContain(`example.org/app@${digest('c')}"`);
  });

  it('that are equal are no change', async () => {
    const { row } = await plan(manifest(`example.org/app@${digest('c')}`), [RULE]);
    expect(row).toMatchObject({ action: 'unchanged' });
  });
});

describe('the digest policy', () => {
  const FOLLOW: ImageRule = {
    ...RULE,
    pin: true,
    policy: { value: { kind: 'digest', tag: undefined }, position: RULE.position },
  };

  it('keeps the tag and moves the digest to where the tag stands now', async () => {
    const { row, asked } = await plan(manifest(`example.org/app:1.1.0@${digest('0')}`), [FOLLOW]);
    expect(row).toMatchObject({ from: `1.1.0@${digest('0')}`, to: `1.1.0@${digest('b')}`, action: 'updated' });
    expect(asked.asked.digest).toContain('1.1.0');
  });

  it('changes nothing while the tag stands where it stood', async () => {
    const { row } = await plan(manifest(`example.org/app:1.1.0@${digest('b')}`), [FOLLOW]);
    expect(row).toMatchObject({ action: 'unchanged' });
  });
});

describe('registries', () => {
  it('that do not answer fail their own images only', async () => {
    const both = `${manifest('lost.org/app:1.0.0', AUTOMATED)}---\n${manifest('example.org/app:1.0.0', AUTOMATED).replace('name: app\n', 'name: other\n')}`;
    const tags = memoryRegistries({ 'example.org/app': [...TAGS, { tag: '1.0.9' }] });
    const { bumps, problems } = await plan(both, [], tags);
    expect(bumps.get('app.yaml')?.map((bump) => bump.row.action)).toEqual(['failed', 'updated']);
    expect(problems).toEqual([expect.objectContaining({ severity: 'error', message: 'lost.org does not answer' })]);
  });

  it('choose once for workloads with the same image, policy and tag, and again for others', async () => {
    const workload = (name: string, tag: string) =>
      manifest(`example.org/app:${tag}`, AUTOMATED).replace('name: app\n', `name: ${name}\n`);
    const tags = memoryRegistries({ 'example.org/app': [...TAGS, { tag: '1.0.9' }] });
    const text = [workload('a', '1.0.0'), workload('b', '1.0.0'), workload('c', '1.0.9')].join('---\n');
    const { bumps } = await plan(text, [], tags);
    const [a, b, c] = (bumps.get('app.yaml') ?? []).map(({ choice }) => choice?.selection);
    expect(b).toBe(a);
    expect(a).toMatchObject({ kind: 'update', to: { tag: '1.0.9' } });
    expect(c).toMatchObject({ kind: 'keep' });
  });

  it('are asked once for an image that several workloads use', async () => {
    const both = `${manifest('example.org/app:1.0.0', AUTOMATED)}---\n${manifest('example.org/app:1.0.0', AUTOMATED).replace('name: app\n', 'name: other\n')}`;
    const { asked } = await plan(both, []);
    expect(asked.asked.list).toEqual(['example.org/app']);
  });
});
