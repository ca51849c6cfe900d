import { describe, expect, it } from 'vitest';
import type { TagFacts } from '../../src/core/images/select/tag-facts.ts';
import { type RegistryErrorCode, registryError } from '../../src/registry/errors.ts';
import { DEFAULT_LIMITS } from '../../src/registry/limits.ts';
import { emptyMemory, noteTag } from '../../src/registry/memory.ts';
import { listByVendor, readPushes, type VendorUse } from '../../src/registry/vendor-listing.ts';
import type { Vendor } from '../../src/registry/vendors/vendor.ts';

const HOUR = 3_600_000;
const DIGEST = `sha256:${'a'.repeat(64)}`;

interface FakeVendor extends Partial<Omit<Vendor, 'pages'>> {
  readonly pages?: readonly (readonly TagFacts[])[];
  /** Thrown after the pages. */
  readonly fails?: RegistryErrorCode;
}

function useOf(fake: FakeVendor, nowMs = 100 * HOUR): VendorUse & { read: number; warnings: string[]; nowMs: number } {
  const use = {
    read: 0,
    warnings: [] as string[],
    nowMs,
    path: 'org/app',
    memory: emptyMemory('registry.test', 'org/app'),
    clock: { now: () => use.nowMs, sleep: async () => undefined },
    limits: { ...DEFAULT_LIMITS, recentPages: 3, tags: 10 },
    onWarning: (message: string) => void use.warnings.push(message),
    vendor: {
      order: 'recent' as const,
      athome: false,
      movesShowFirst: true,
      ...fake,
      async *pages() {
        for (const page of fake.pages ?? []) {
          use.read++;
          yield page;
        }
        if (fake.fails !== undefined) throw registryError(fake.fails, 'it failed');
      },
    },
  };
  return use;
}

const pushed = (tag: string, hours: number): TagFacts => ({ tag, digest: DIGEST, pushedMs: hours * HOUR });

describe('a vendor that tells the latest pushes first', () => {
  it('is read until all wanted tags are told of, and then only back to what is known', async () => {
    const use = useOf({ pages: [[pushed('d', 90)], [pushed('c', 60)], [pushed('b', 50)], [pushed('a', 10)]] });
    expect([...((await readPushes(use, ['b', 'd'])) ?? []).keys()]).toEqual(['d', 'c', 'b']);
    use.read = 0;
    use.nowMs = 101 * HOUR;
    await readPushes(use, ['b', 'c', 'd']);
    expect(use.read).toBe(1);
    expect(use.memory.pushesKnownMs).toBe(101 * HOUR);
  });

  it('is read on for a tag that is wanted for the first time', async () => {
    const use = useOf({ pages: [[pushed('c', 90)], [pushed('b', 50)], [pushed('a', 10)]] });
    use.memory.pushesKnownMs = 99 * HOUR;
    await readPushes(use, ['a']);
    expect(use.read).toBe(3);
    use.read = 0;
    await readPushes(use, ['a']);
    expect(use.read).toBe(1);
  });

  it('is read past pushes since the last time, though all wanted tags have been told of', async () => {
    const use = useOf({ pages: [[pushed('c', 99)], [pushed('b', 98.5)], [pushed('a', 10)]] });
    use.memory.pushesKnownMs = 99 * HOUR;
    await readPushes(use, ['c']);
    expect(use.read).toBe(3);
  });

  it('that does not lead back to what was known makes that doubtful', async () => {
    const use = useOf({ pages: Array.from({ length: 9 }, (_, i) => [pushed(`t${i}`, 99.9)]) });
    noteTag(use.memory, 'old', { nowMs: 1, digest: DIGEST, pushedMs: 5 });
    use.memory.pushesKnownMs = 99 * HOUR;
    await readPushes(use, ['old']);
    expect(use.read).toBe(3);
    expect(use.memory.tags.get('old')).toMatchObject({ digest: DIGEST, pushedMs: undefined });
  });

  it('is not searched again for a tag that it did not tell of', async () => {
    const use = useOf({ pages: [[pushed('b', 90)], [pushed('a', 10)]] });
    await readPushes(use, ['b', 'untold']);
    expect(use.read).toBe(2);
    use.read = 0;
    await readPushes(use, ['b', 'untold']);
    expect(use.read).toBe(1);
  });

  it('is read no further than is reasonable', async () => {
    const use = useOf({ pages: Array.from({ length: 9 }, (_, i) => [pushed(`t${i}`, 90 - i)]) });
    expect((await readPushes(use, ['t8']))?.size).toBe(3);
    expect(use.read).toBe(3);
  });

  it('has no say on names that are no tags, nor by a second mention', async () => {
    const use = useOf({ pages: [[pushed('a', 90), pushed('no tag', 80), pushed('a', 10)]] });
    await readPushes(use, ['a']);
    expect([...use.memory.tags]).toMatchObject([['a', { pushedMs: 90 * HOUR }]]);
  });
});

describe('a vendor that gives all tags', () => {
  it('is left for the plain listing without a word where they are too many, though they come at once', async () => {
    const use = useOf({ order: 'whole', pages: [Array.from<TagFacts>({ length: 1_000_000 }).fill({ tag: 'a' })] });
    expect(await listByVendor(use)).toBeUndefined();
    expect(use.warnings).toEqual([]);
  });

  it('is read to its end', async () => {
    const use = useOf({ order: 'whole', pages: [[pushed('b', 50)], [pushed('a', 10)]] });
    expect(await listByVendor(use)).toEqual({ tags: [pushed('b', 50), pushed('a', 10)], complete: true });
  });

  it.each([
    { name: 'gives nothing', pages: [[]] },
    { name: 'gives more than is reasonable', pages: [Array.from({ length: 11 }, (_, i) => pushed(`t${i}`, 1))] },
    { name: 'fails midway', pages: [[pushed('a', 1)]], fails: 'REGISTRY_ANSWER_MALFORMED' as const },
  ])('and $name has to be done without', async (fake) => {
    expect(await listByVendor(useOf({ order: 'whole', ...fake }))).toBeUndefined();
  });
});

describe.each([
  { order: 'recent' as const, ask: (use: VendorUse) => readPushes(use, ['a']) },
  { order: 'whole' as const, ask: (use: VendorUse) => listByVendor(use) },
])('a vendor ($order) that fails', ({ order, ask }) => {
  it.each(['REGISTRY_UNAUTHORIZED', 'REGISTRY_FORBIDDEN', 'REGISTRY_NOT_FOUND', 'REGISTRY_REFUSED'] as const)(
    'with %s is left alone for a day, silently',
    async (fails) => {
      const use = useOf({ order, fails, pages: [[]] });
      expect(await ask(use)).toBeUndefined();
      expect(await ask(use)).toBeUndefined();
      use.nowMs += 23 * HOUR;
      await ask(use);
      expect([use.read, use.warnings]).toEqual([1, []]);
      use.nowMs += 2 * HOUR;
      await ask(use);
      expect(use.read).toBe(2);
    },
  );

  it('is not left alone for longer than a day, whatever the clock was when it failed', async () => {
    const use = useOf({ order, pages: [[pushed('a', 1)]] });
    use.memory.vendorOffUntilMs = 10_000 * HOUR;
    expect(await ask(use)).toBeDefined();
  });

  it.each([
    { athome: false, fails: 'REGISTRY_UNAVAILABLE' as const },
    { athome: true, fails: 'REGISTRY_ANSWER_MALFORMED' as const },
  ])(
    'with $fails is done without, and that is said (served by the registry itself: $athome)',
    async ({ athome, fails }) => {
      const use = useOf({ order, athome, fails });
      expect(await ask(use)).toBeUndefined();
      expect(use.warnings).toEqual(["the vendor's own listing of org/app is not used: it failed"]);
    },
  );

  it.each(['REGISTRY_UNAVAILABLE', 'REGISTRY_TIMEOUT', 'REGISTRY_RATE_LIMITED', 'REGISTRY_UNREACHABLE'] as const)(
    "with %s is the registry's failure where the registry itself serves it",
    async (fails) => {
      await expect(ask(useOf({ order, athome: true, fails }))).rejects.toMatchObject({ code: fails });
    },
  );
});
