import { describe, expect, it } from 'vitest';
import { candidates } from '../../../../src/core/images/select/candidates.ts';
import { inputOf, type SelectCase } from './select-case.ts';

const TAGS = [
  '1.2.0',
  'latest',
  '1.3.0',
  'main-2',
  'main-1',
  '1.3.0-rc.1',
  `sha256-${'a'.repeat(64)}.sig`,
  'not a tag',
];

function names(given: Omit<SelectCase, 'tags'>): string[] {
  return candidates(inputOf({ ...given, tags: TAGS })).map(({ tag }) => tag);
}

describe('candidates', () => {
  it.each([
    { policy: 'glob:main-*', expected: ['main-2', 'main-1'] },
    { policy: 'regexp:^1', expected: ['1.2.0', '1.3.0', '1.3.0-rc.1'] },
    { policy: 'semver:*', expected: ['1.2.0', '1.3.0'] },
    { policy: 'alphabetical', expected: ['1.2.0', '1.3.0', 'main-2', 'main-1', '1.3.0-rc.1'] },
    { policy: 'numerical', expected: [] },
    { policy: 'latest-push:*-1', expected: ['main-1'] },
    { policy: 'auto', expected: ['1.2.0', '1.3.0'] },
    { policy: 'digest', expected: ['1.2.0'] },
    { policy: 'digest:main-1', expected: ['main-1'] },
    { policy: 'glob:latest', expected: ['latest'] },
  ])('of $policy are $expected, in the order of the listing', ({ policy, expected }) => {
    expect(names({ policy, current: '1.2.0' })).toEqual(expected);
  });

  it('carries the facts that the listing has', () => {
    const tags = [{ tag: 'a', createdMs: 5, digest: 'sha256:a' }];
    expect(candidates(inputOf({ policy: 'glob:*', tags }))).toEqual(tags);
  });

  it('are none for a policy that cannot be followed', () => {
    expect(names({ policy: { kind: 'semver', range: '~1.' } })).toEqual([]);
    expect(names({ policy: { kind: 'regexp', pattern: '(' } })).toEqual([]);
  });
});
