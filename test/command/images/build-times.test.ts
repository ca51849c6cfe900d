import { describe, expect, it } from 'vitest';
import { askRegistries } from '../../../src/command/images/ask-registries.ts';
import type { ImageUse } from '../../../src/core/images/locate/image-use.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import type { TagPolicy } from '../../../src/core/images/select/tag-policy.ts';
import { memoryRegistries } from '../memory-registries.ts';

const POLICY: TagPolicy = { kind: 'glob', pattern: '*' };
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** Which tags were described for a workload at `current` where the registry's listing says this. */
async function described(current: string, listed: readonly TagFacts[]): Promise<readonly string[]> {
  const registries = {
    ...memoryRegistries({ 'example.org/app': [] }),
    list: async () => ({ tags: listed, complete: true }),
  };
  const asked: string[] = [];
  const describeTags = async (_repository: unknown, wanted: readonly TagFacts[]) => {
    asked.push(...wanted.map(({ tag }) => tag));
    return wanted;
  };
  const use = { name: 'example.org/app', tag: current } as ImageUse;
  const ask = { use, policy: POLICY, rule: undefined };
  await askRegistries([ask], { ...registries, describe: describeTags }, new AbortController().signal);
  return asked;
}

describe('images are asked for their build times', () => {
  const A = { tag: 'a', digest: digest('a'), createdMs: 1 };
  const B = { tag: 'b', digest: digest('b'), createdMs: 2 };

  it.each([
    { name: 'where the listing does not tell them', listed: [{ tag: 'a' }, { tag: 'b' }], asked: ['a', 'b'] },
    { name: 'of the current tag, so that it is remembered', listed: [A, B], asked: ['a'] },
    { name: 'of the current image under other names', listed: [A, B, { ...A, tag: 'c' }], asked: ['a', 'c'] },
    {
      name: 'of those alone that it does not tell',
      listed: [A, B, { tag: 'd', digest: digest('d') }],
      asked: ['a', 'd'],
    },
    { name: 'of a current tag that is gone', listed: [B], asked: ['a'] },
  ])('$name', async ({ listed, asked }) => {
    expect([...(await described('a', listed))].sort()).toEqual(asked);
  });
});
