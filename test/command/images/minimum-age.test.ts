import { describe, expect, it } from 'vitest';
import type { TimesAsk } from '../../../src/command/adapters/registries.ts';
import type { Ask } from '../../../src/command/images/ask-registries.ts';
import { chooseTag } from '../../../src/command/images/choose-tag.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import { memoryRegistries } from '../memory-registries.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

const daysAgo = (days: number) => NOW - days * DAY;

interface Told {
  /** Push times that the registry's own listing knows. */
  readonly pushes: Readonly<Record<string, number>>;
  readonly fails?: boolean;
}

/** What becomes of `1.0` by `semver:^1` with a minimum age of three days, and which pushes were asked for. */
async function choose(tags: readonly TagFacts[], told: Told, minimumAgeMs: number | undefined = 3 * DAY) {
  const asked: string[][] = [];
  const registries = {
    ...memoryRegistries({ 'example.org/app': tags }),
    times: async (_repository: unknown, { tags: wanted }: TimesAsk) => {
      asked.push(wanted.map(({ tag }) => tag));
      if (told.fails) throw new Error('no answer');
      return wanted.map((facts) => ({ ...facts, pushedMs: told.pushes[facts.tag] }));
    },
  };
  const position = { file: 'app.yaml', line: 1, col: 1 };
  const use = {
    subject: 'Deployment/app',
    container: 'app',
    name: 'example.org/app',
    tag: '1.0',
    digest: undefined,
    position,
    fields: [],
    policies: {
      automated: true,
      locked: false,
      lockedUser: undefined,
      lockedMessage: undefined,
      ignore: undefined,
      tagFilters: new Map(),
      holds: new Map(),
    },
    refusal: undefined,
  };
  const rule = { image: '*', container: undefined, policy: undefined, pin: undefined, platforms: [], deny: [] };
  const ask: Ask = {
    use,
    policy: { kind: 'semver', range: '^1' },
    rule: { ...rule, position, minimumAgeMs, windows: [] },
  };
  const answer = { listing: { tags, complete: true }, remembered: new Map(), problem: undefined, choices: new Map() };
  const clock = { now: () => NOW, sleep: async () => undefined };
  const { row } = await chooseTag(ask, answer, { registries, clock, signal: new AbortController().signal });
  return { to: row.to, asked };
}

describe('a minimum age', () => {
  const CURRENT = { tag: '1.0', firstSeenMs: daysAgo(30) };
  const seenToday = (tag: string) => ({ tag, firstSeenMs: NOW });

  it('is met by a tag that was pushed last week and is seen for the first time today', async () => {
    const { to, asked } = await choose([CURRENT, seenToday('1.1')], { pushes: { '1.1': daysAgo(7) } });
    expect({ to, asked }).toEqual({ to: '1.1', asked: [['1.1']] });
  });

  it('is met by the newest of the tags that are old enough', async () => {
    const tags = [CURRENT, seenToday('1.1'), seenToday('1.2'), seenToday('1.3')];
    const pushes = { '1.1': daysAgo(7), '1.2': daysAgo(4), '1.3': daysAgo(1) };
    expect((await choose(tags, { pushes })).to).toBe('1.2');
  });

  it('asks about the tags that wait, and about no others', async () => {
    const tags = [{ tag: '0.9', firstSeenMs: NOW }, CURRENT, { tag: '1.1', firstSeenMs: daysAgo(9) }, seenToday('1.2')];
    const { to, asked } = await choose(tags, { pushes: {} });
    expect({ to, asked }).toEqual({ to: '1.1', asked: [['1.2']] });
  });

  it.each([
    { name: 'nothing is newer', tags: [CURRENT] },
    { name: 'every newer tag was seen for long enough', tags: [CURRENT, { tag: '1.1', firstSeenMs: daysAgo(4) }] },
    { name: 'the listing tells the push', tags: [CURRENT, { ...seenToday('1.1'), pushedMs: daysAgo(4) }] },
  ])('asks nobody where $name', async ({ tags }) => {
    expect((await choose(tags, { pushes: {} })).asked).toEqual([]);
  });

  it('asks nobody where none is set', async () => {
    expect(await choose([CURRENT, seenToday('1.1')], { pushes: {} }, 0)).toEqual({ to: '1.1', asked: [] });
  });

  it('waits for its first sight to be long ago where the registry does not tell', async () => {
    expect((await choose([CURRENT, seenToday('1.1')], { pushes: {} })).to).toBe('1.0');
    expect((await choose([CURRENT, seenToday('1.1')], { pushes: {}, fails: true })).to).toBe('1.0');
  });

  it('does not ask about tags without end', async () => {
    const tags = Array.from({ length: 300 }, (_, index) => seenToday(`1.${index + 1}`));
    const { asked } = await choose([CURRENT, ...tags], { pushes: {} });
    expect(asked.map((names) => names.length)).toEqual([100]);
    expect(asked[0]?.[0]).toBe('1.300');
  });
});
