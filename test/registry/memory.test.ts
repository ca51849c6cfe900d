import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/registry/limits.ts';
import { emptyMemory, mostDue, noteTag, noteUntold, pruneMemory } from '../../src/registry/memory.ts';
import { parseMemory, printMemory } from '../../src/registry/memory-text.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const PLACE = { registry: 'registry.test', path: 'org/app', limits: DEFAULT_LIMITS };

const fresh = () => emptyMemory('registry.test', 'org/app');

describe('the memory of a tag', () => {
  it('keeps the time it was first seen, until its digest changes', () => {
    const memory = fresh();
    expect(noteTag(memory, '1', { nowMs: 10 })).toEqual({ firstSeenMs: 10 });
    expect(noteTag(memory, '1', { nowMs: 20 })).toEqual({ firstSeenMs: 10 });
    expect(noteTag(memory, '1', { nowMs: 30, digest: A })).toEqual({ firstSeenMs: 10, digest: A, verifiedMs: 30 });
    expect(noteTag(memory, '1', { nowMs: 40, digest: A })).toEqual({ firstSeenMs: 10, digest: A, verifiedMs: 40 });
    expect(noteTag(memory, '1', { nowMs: 50, digest: B })).toEqual({
      firstSeenMs: 50,
      digest: B,
      verifiedMs: 50,
      moves: 1,
    });
  });

  it('is not fooled by a clock that was ahead', () => {
    const memory = fresh();
    noteTag(memory, '1', { nowMs: 1000, digest: A });
    expect(noteTag(memory, '1', { nowMs: 10 })).toMatchObject({ firstSeenMs: 10 });
    expect(noteTag(memory, '1', { nowMs: 11, digest: A })).toMatchObject({ firstSeenMs: 10, verifiedMs: 11 });
  });

  it('is no reason to save where nothing is new', () => {
    const memory = fresh();
    noteTag(memory, '1', { nowMs: 10 });
    memory.changed = false;
    noteTag(memory, '1', { nowMs: 20 });
    expect(memory.changed).toBe(false);
  });
});

describe('the tag most due for verification', () => {
  it('is the one verified longest ago, where those that have moved age faster', () => {
    const memory = fresh();
    memory.tags.set('old', { firstSeenMs: 0, digest: A, verifiedMs: 100 });
    memory.tags.set('newer', { firstSeenMs: 0, digest: A, verifiedMs: 900 });
    memory.tags.set('unknown', { firstSeenMs: 0 });
    const tags = ['newer', 'unknown', 'old', 'absent'];
    expect(mostDue(memory, tags, 1000)).toBe('old');
    memory.tags.set('newer', { firstSeenMs: 0, digest: A, verifiedMs: 900, moves: 2 });
    expect(mostDue(memory, tags, 1000)).toBe('newer');
    memory.tags.set('future', { firstSeenMs: 0, digest: A, verifiedMs: 99_999 });
    expect(mostDue(memory, ['old', 'future'], 1000)).toBe('future');
    expect(mostDue(memory, ['unknown'], 1000)).toBeUndefined();
  });

  it('comes round to every tag', () => {
    const memory = fresh();
    const tags = Array.from({ length: 20 }, (_, i) => `t${i}`);
    for (const tag of tags) noteTag(memory, tag, { nowMs: 0, digest: A });
    noteTag(memory, 't3', { nowMs: 1, digest: B });
    const seen = new Set<string>();
    for (let nowMs = 100; seen.size < tags.length && nowMs < 100_000; nowMs += 100) {
      const tag = mostDue(memory, tags, nowMs) ?? '';
      seen.add(tag);
      noteTag(memory, tag, { nowMs, digest: tag === 't3' ? B : A });
    }
    expect(seen.size).toBe(tags.length);
  });
});

describe('what is remembered', () => {
  it('reads back as it was written, hostile names included', () => {
    const memory = fresh();
    noteTag(memory, '__proto__', { nowMs: 10, digest: A, pushedMs: 9 });
    noteUntold(memory, 'constructor', 11);
    memory.images.set(A, {
      createdMs: 5,
      platforms: ['linux/amd64'],
      labels: { 'org.opencontainers.image.source': 'x' },
    });
    memory.scheme = { kind: 'bearer', realm: 'https://registry.test/token', service: 'reg', scope: undefined };
    const read = parseMemory(printMemory(memory), PLACE);
    expect(read).toEqual({ ...memory, changed: false });
    expect(({} as Record<string, unknown>)['firstSeenMs']).toBeUndefined();
  });

  it('is nothing for another version, registry or repository', () => {
    const text = printMemory(fresh());
    expect(parseMemory(text, PLACE)).toBeDefined();
    expect(parseMemory(text.replace('"version":1', '"version":2'), PLACE)).toBeUndefined();
    expect(parseMemory(text, { ...PLACE, registry: 'other.test' })).toBeUndefined();
    expect(parseMemory(text, { ...PLACE, path: 'org/other' })).toBeUndefined();
    expect(parseMemory(text.slice(0, -5), PLACE)).toBeUndefined();
  });

  it('leaves out what does not fit', () => {
    const base = { version: 1, registry: 'registry.test', repository: 'org/app' };
    const tags = {
      'bad tag': { firstSeenMs: 1 },
      a: { firstSeenMs: 'x' },
      b: { firstSeenMs: 1, digest: 'zip', verifiedMs: -1 },
      c: 5,
    };
    const images = { [A]: { createdMs: '5' }, [B]: { platforms: 'linux' }, none: {} };
    const read = parseMemory(JSON.stringify({ ...base, tags, images, scheme: { kind: 'magic' } }), PLACE);
    expect(read).toEqual({ ...fresh(), tags: new Map([['b', { firstSeenMs: 1 }]]) });
  });

  it('may be any JSON without harm', () => {
    const base = { version: 1, registry: 'registry.test', repository: 'org/app' };
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (tags, images) => {
        parseMemory(JSON.stringify({ ...base, tags, images, scheme: images }), PLACE);
      }),
    );
  });

  it('is bounded: tags gone longest and facts that no tag leads to are dropped', () => {
    const memory = fresh();
    for (let i = 0; i < 10; i++) noteTag(memory, `t${i}`, { nowMs: i, digest: i === 0 ? B : A });
    memory.images.set(A, {});
    memory.images.set(B, {});
    memory.listed = new Set(['t8', 't9']);
    pruneMemory(memory, { ...DEFAULT_LIMITS, rememberedGoneTags: 3 });
    expect([...memory.tags.keys()]).toEqual(['t5', 't6', 't7', 't8', 't9']);
    expect([...memory.images.keys()]).toEqual([A]);
    pruneMemory(memory, { ...DEFAULT_LIMITS, rememberedTags: 2 });
    expect([...memory.tags.keys()]).toEqual(['t8', 't9']);
  });
});
