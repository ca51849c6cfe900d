/** What holds for every past: a hold writes its annotation and nothing else, and without one the plan is as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastCommit } from '../../../src/command/adapters/repository.ts';
import type { LookBack } from '../../../src/command/images/hold-look-back.ts';
import { planImages } from '../../../src/command/images/plan-images.ts';
import { NOW_MS } from '../../repository/workplace.ts';
import { deployment } from '../by-hand/manual-run.ts';
import { memoryRegistries } from '../memory-registries.ts';

const TAGS = Array.from({ length: 6 }, (_, minor) => ({ tag: `1.${minor}.0`, createdMs: minor * 1_000 + 1 }));
const REGISTRIES = memoryRegistries({ 'example.org/api': TAGS, 'example.org/web': TAGS });

const POLICIES = ['semver:^1', 'glob:*', 'alphabetical:asc', 'regexp:.*'];
const version = fc.nat({ max: 5 }).map((minor) => `1.${minor}.0`);
const state = fc.record({
  api: version,
  web: version,
  note: fc.constantFrom(
    '',
    'towpath/hold.app: "false"',
    'towpath/hold.app: until 2025-01-01 x',
    'example.org/other: x',
  ),
});
const past = fc.array(fc.oneof({ weight: 6, arbitrary: state }, { weight: 1, arbitrary: fc.constant(null) }), {
  maxLength: 5,
});

function textOf(given: { api: string; web: string; note: string }, policy: string): string {
  const annotations = ['fluxcd.io/automated: "true"', `fluxcd.io/tag.app: "${policy}"`];
  const noted = given.note === '' ? annotations : [...annotations, given.note];
  const api = deployment('api', `example.org/api:${given.api}`, noted);
  return `${api}---\n${deployment('web', `example.org/web:${given.web}`, annotations)}`;
}

async function planOf(text: string, lookBack?: LookBack) {
  const file = { path: 'all.yaml', bytes: Buffer.from(text) };
  const deps = {
    registries: REGISTRIES,
    clock: { now: () => NOW_MS, sleep: async () => undefined },
    signal: new AbortController().signal,
  };
  const input = { files: [{ kind: 'objects' as const, file }], rules: [], fields: [] };
  const plan = await planImages(lookBack === undefined ? input : { ...input, lookBack }, deps);
  const [change] = plan.changes;
  return {
    bumps: plan.bumps.get('all.yaml') ?? [],
    text: change === undefined ? text : Buffer.from(change.bytes).toString(),
  };
}

describe('whatever was before', () => {
  it('an image on hold keeps its version, and the others move as they would without it', async () => {
    let held = 0;
    await fc.assert(
      fc.asyncProperty(state, past, fc.constantFrom(...POLICIES), async (now, before, policy) => {
        const text = textOf(now, policy);
        const texts = [text, ...before.map((given) => (given === null ? 'not: [yaml' : textOf(given, policy)))];
        const commits = texts.map(
          (given, index): PastCommit => ({
            revision: String(index).repeat(40),
            author: 'Ann',
            committedMs: NOW_MS - index * 1_000,
            message: 'Change',
            files: new Map([['all.yaml', Buffer.from(given)]]),
          }),
        );
        const without = await planOf(text);
        const plan = await planOf(text, {
          fileOf: (path) => path,
          isFollowed: () => true,
          pastOf: (path, bytes) => (bytes === null ? undefined : { path, bytes }),
          history: async () => commits,
        });
        let expected = without.text;
        for (const [index, bump] of plan.bumps.entries()) {
          const other = without.bumps[index];
          if (bump.hold === undefined || bump.hold.text === null) {
            expect(bump).toEqual(other);
            continue;
          }
          held += 1;
          expect(bump.row).toMatchObject({ action: 'skipped', from: bump.use.tag, to: bump.use.tag });
          expect(other?.row.action).toBe('updated');
          expected = expected.replace(`${bump.use.name}:${other?.row.to}`, `${bump.use.name}:${bump.use.tag}`);
        }
        const isHold = (line: string) => line.includes('towpath/hold.app:') && !line.includes('"false"');
        const bare = (whole: string) => whole.split('\n').filter((line) => !isHold(line));
        expect(bare(plan.text)).toEqual(bare(expected));
      }),
      { numRuns: 150 },
    );
    expect(held).toBeGreaterThan(20);
  });
});
