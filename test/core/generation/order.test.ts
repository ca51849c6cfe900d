import { describe, expect, it } from 'vitest';
import { compareKeys, compareText } from '../../../src/core/generation/order.ts';

describe('the order of keys', () => {
  it.each([
    { keys: ['$patch', '_', '1', '2', '10', 'A', 'Z', 'a', 'b'] },
    { keys: ['a', 'a1', 'a2', 'a10', 'ab'] },
    { keys: ['$setElementOrder/containers', 'containers', 'initContainers'] },
    { keys: ['a.b/c', 'a/b'] },
    { keys: ['a1b', 'a01b', 'a2b'] },
    { keys: ['v1.9', 'v1.10'] },
    { keys: ['z-9', 'z-10', 'z-100'] },
  ])('is that of Go: $keys', ({ keys }) => {
    expect(keys.toReversed().toSorted(compareKeys)).toEqual(keys);
  });
});

describe('the order of ids', () => {
  it('is that of their bytes in UTF-8', () => {
    const ids = ['<cluster>:namespace/a', 'Z', 'a', 'a:b', 'ab', 'b', '\uffee', '\u{1f680}'];
    expect(ids.toReversed().toSorted(compareText)).toEqual(ids);
  });
});
