import { describe, expect, it } from 'vitest';
import { built, decide, type SelectCase } from './select-case.ts';

/** Tags that stand, or may stand, above the answer. */
function above(given: SelectCase): string[] {
  return decide(given)
    .rejected.filter((rejection) => rejection.above)
    .map(({ tag }) => tag);
}

describe('of the tags that were not chosen, those that people ask about', () => {
  it.each<{ name: string; given: SelectCase; expected: string[] }>([
    {
      name: 'are held back by a gate, then outside of the range, highest first',
      given: {
        policy: 'semver:^1',
        current: '1.1.0',
        tags: ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '2.0.0', '3.0.0', 'latest', 'main-7'],
        gates: { deny: ['1.3.*'] },
      },
      expected: ['1.3.0', '3.0.0', '2.0.0'],
    },
    {
      name: 'are pre-releases of what comes next, not of what came before',
      given: { policy: 'semver:~1.4', current: '1.4.2', tags: ['1.4.2', '1.4.3', '1.4.3-rc.1', '1.4.4-rc.1'] },
      expected: ['1.4.4-rc.1'],
    },
    {
      name: 'are above the chosen tag, not only above the current one',
      given: { policy: 'semver:1.x || 3.x', current: '1.4.2', tags: ['1.4.2', '2.0.0', '3.1.0', '4.0.0'] },
      expected: ['4.0.0'],
    },
    {
      name: 'are above the current tag where nothing changes',
      given: { policy: 'semver:~1.4', current: '1.4.2', tags: ['1.3.0', '1.4.2', '1.5.0'] },
      expected: ['1.5.0'],
    },
    {
      name: 'are pre-releases for auto, not other variants',
      given: { policy: 'auto', current: '1.2.0', tags: ['1.2.0', '1.3.0-rc.1', '1.4.0-alpine', '2', '1.1.0-rc.1'] },
      expected: ['1.3.0-rc.1'],
    },
    {
      name: 'are excluded ones that would be newer',
      given: { policy: 'semver:*', current: '1.0.0', tags: ['1.0.0', '1.1.0', '0.9.0'], exclude: ['\\.[19]\\.'] },
      expected: ['1.1.0'],
    },
    {
      name: 'have no time to go by',
      given: {
        policy: 'glob:main-*',
        current: 'main-1',
        tags: [...built({ 'main-0': '2026-01-01', 'main-1': '2026-01-02', 'dev-2': '2026-01-03' }), 'main-2'],
      },
      expected: ['main-2'],
    },
    {
      name: 'cannot be compared with a current tag whose time nobody knows',
      given: { policy: 'glob:*', current: 'gone', tags: built({ a: '2026-01-01', b: '2026-01-02' }) },
      expected: ['b', 'a'],
    },
    {
      name: 'are lower where the order runs down',
      given: { policy: 'numerical:desc', current: '5', tags: ['3', '4', '5', '9'], exclude: ['^3$'] },
      expected: ['3'],
    },
    {
      name: 'are the followed tag itself, where a gate holds its new digest back',
      given: {
        policy: 'digest',
        current: 'main',
        digest: 'sha256:a',
        tags: [{ tag: 'main', digest: 'sha256:b' }],
        gates: { deny: ['main'] },
      },
      expected: ['main'],
    },
    {
      name: 'are none where the newest is there already',
      given: { policy: 'semver:*', current: '2.0.0', tags: ['1.0.0', '2.0.0', 'main'] },
      expected: [],
    },
  ])('$name', ({ given, expected }) => {
    expect(above(given)).toEqual(expected);
  });
});
