import { describe, expect, it } from 'vitest';
import { registryError } from '../../src/registry/errors.ts';
import { DEFAULT_LIMITS } from '../../src/registry/limits.ts';
import { emptyMemory, noteTag } from '../../src/registry/memory.ts';
import type { Repository } from '../../src/registry/repositories.ts';
import { addTimes } from '../../src/registry/times.ts';
import type { VendorUse } from '../../src/registry/vendor-listing.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

/** A repository that remembers `1.0` with digest A, pushed at 5, and a vendor that tells of `1.1`, or fails. */
function repositoryWith(options: { vendorFails?: boolean; movesShowFirst?: boolean; pushesOnly?: boolean } = {}) {
  const memory = emptyMemory('registry.test', 'org/app');
  memory.pushesKnownMs = 50_000_000;
  noteTag(memory, '1.0', { nowMs: 3, digest: A, pushedMs: 5 });
  const repository = { memory, pushes: undefined } as unknown as Repository;
  let read = 0;
  const use: VendorUse = {
    memory,
    path: 'org/app',
    clock: { now: () => 90_000_000, sleep: async () => undefined },
    limits: DEFAULT_LIMITS,
    onWarning: () => undefined,
    vendor: {
      order: 'recent',
      athome: false,
      movesShowFirst: options.movesShowFirst ?? true,
      pushesOnly: options.pushesOnly ?? false,
      async *pages() {
        read++;
        if (options.vendorFails) throw registryError('REGISTRY_UNAVAILABLE', 'it failed');
        yield [{ tag: '1.1', digest: B, pushedMs: 7, platforms: ['linux/amd64'] }];
      },
    },
  };
  return { repository, use, read: () => read };
}

const TAGS = [{ tag: '1.0' }, { tag: '1.1' }, { tag: '1.2', digest: A, pushedMs: 1 }];

describe('the times of tags', () => {
  it('are what the vendor tells now and has told before', async () => {
    const { repository, use } = repositoryWith();
    expect(await addTimes(repository, { use, tags: TAGS, wanted: 'pushes' })).toMatchObject([
      { tag: '1.0', digest: A, pushedMs: 5 },
      { tag: '1.1', digest: B, pushedMs: 7, platforms: ['linux/amd64'] },
      { tag: '1.2', digest: A, pushedMs: 1 },
    ]);
  });

  it('are asked for once in a run', async () => {
    const { repository, use, read } = repositoryWith();
    await addTimes(repository, { use, tags: TAGS, wanted: 'pushes' });
    await addTimes(repository, { use, tags: TAGS, wanted: 'pushes' });
    expect(read()).toBe(1);
  });

  it('are not asked for before builds where that spares nothing, and can still be asked for after', async () => {
    const { repository, use, read } = repositoryWith({ pushesOnly: true });
    const [first, second] = await addTimes(repository, { use, tags: TAGS, wanted: 'builds' });
    expect([first?.pushedMs, second?.pushedMs, read()]).toEqual([5, undefined, 0]);
    const [, told] = await addTimes(repository, { use, tags: TAGS, wanted: 'pushes' });
    expect([told?.pushedMs, read()]).toEqual([7, 1]);
    const [, known] = await addTimes(repository, { use, tags: TAGS, wanted: 'builds' });
    expect([known?.pushedMs, read()]).toEqual([7, 1]);
  });

  it('are asked for before builds where that spares asking for images', async () => {
    const { repository, use, read } = repositoryWith();
    await addTimes(repository, { use, tags: TAGS, wanted: 'builds' });
    expect(read()).toBe(1);
  });

  it('come without a digest from memory where the vendor could not say whether it still holds', async () => {
    for (const given of [
      repositoryWith({ vendorFails: true }),
      { ...repositoryWith({ vendorFails: true }), use: undefined },
    ]) {
      const [first] = await addTimes(given.repository, { use: given.use, tags: TAGS, wanted: 'pushes' });
      expect(first).toMatchObject({ tag: '1.0', digest: undefined, pushedMs: 5 });
    }
  });
});
