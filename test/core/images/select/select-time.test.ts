import { describe, expect, it } from 'vitest';
import { at, built, chosen, decide, reasonAgainst } from './select-case.ts';

const BUILDS = built({
  'main-1': '2026-01-01',
  'main-2': '2026-01-02',
  'main-3': '2026-01-03',
  'develop-4': '2026-01-04',
  latest: '2026-01-05',
});

describe('glob and regexp policies choose the newest build', () => {
  it.each([
    { policy: 'glob:main-*', current: 'main-1', expected: 'main-3' },
    { policy: 'main-*', current: 'main-1', expected: 'main-3' },
    { policy: 'glob:*', current: 'main-1', expected: 'develop-4' },
    { policy: 'regexp:^main-\\d$', current: 'main-1', expected: 'main-3' },
    { policy: 'regex:^main-\\d$', current: 'main-1', expected: 'main-3' },
    { policy: 'regexp:(?i)DEVELOP', current: 'main-3', expected: 'develop-4' },
    { policy: 'regexp:op-', current: 'main-3', expected: 'develop-4' },
    { policy: 'glob:Main-*', current: 'main-1', expected: 'keep' },
    { policy: 'glob:main-*', current: 'main-3', expected: 'keep' },
    { policy: 'glob:main-*', current: 'develop-4', expected: 'keep' },
  ])('$policy from $current to $expected', ({ policy, current, expected }) => {
    expect(chosen({ policy, current, tags: BUILDS })).toBe(expected);
  });

  it('says when the chosen one was built, and what happened to the others', () => {
    const selection = decide({ policy: 'glob:main-*', current: 'main-1', tags: BUILDS });
    expect(selection.reason).toBe(
      "'main-3' is the newest build that matches 'glob:main-*' (built 2026-01-03T00:00:00Z)",
    );
    expect(selection.rejected).toEqual([
      { tag: 'main-2', reason: "built before 'main-3'" },
      { tag: 'develop-4', reason: "does not match 'glob:main-*'" },
      { tag: 'latest', reason: "'latest' is chosen only by 'glob:latest'" },
    ]);
  });

  it('keeps a current tag that was built after all that match', () => {
    const selection = decide({ policy: 'glob:main-*', current: 'develop-4', tags: BUILDS });
    expect(selection.reason).toBe(
      "'main-3', the newest build that matches 'glob:main-*', is built before the current tag",
    );
  });
});

describe('equal build times', () => {
  const twins = built({ 'v1.3': '2026-02-01', '1.3.0': '2026-02-01', 'v1.3.0': '2026-02-01', abc: '2026-02-01' });

  it('are no update', () => {
    expect(chosen({ policy: 'glob:*', current: 'abc', tags: twins })).toBe('keep');
  });

  it.each([
    { current: '1.2.0', expected: '1.3.0' },
    { current: 'v1.2', expected: 'v1.3' },
    { current: 'v1.2.0', expected: 'v1.3.0' },
    { current: 'old', expected: 'v1.3.0' },
  ])('between new ones the one written like $current wins: $expected', ({ current, expected }) => {
    expect(chosen({ policy: 'glob:*', current, tags: [...twins, ...built({ [current]: '2026-01-01' })] })).toBe(
      expected,
    );
  });
});

describe('tags without a time', () => {
  const zero = at('0001-01-01T00:00:00Z');

  it.each([
    { name: 'no time', createdMs: undefined },
    { name: 'year 1', createdMs: zero },
    { name: 'the last moment of year 1', createdMs: at('0001-12-31T23:59:59.999Z') },
    { name: 'no number', createdMs: Number.NaN },
    { name: 'infinity', createdMs: Number.POSITIVE_INFINITY },
    { name: 'more than a date can hold', createdMs: 8_640_000_000_000_001 },
  ])('are never chosen: $name', ({ createdMs }) => {
    const given = { policy: 'glob:*', current: 'a', tags: [...built({ a: '2026-01-01' }), { tag: 'b', createdMs }] };
    const selection = decide(given);
    expect(selection).toMatchObject({ kind: 'keep', warnings: [] });
    expect(reasonAgainst(given, 'b')).toBe('no readable build time');
  });

  it('do not stand in the way of the others', () => {
    const tags = [...built({ a: '2026-01-01', c: '2026-01-02' }), { tag: 'b' }];
    expect(chosen({ policy: 'glob:*', current: 'a', tags })).toBe('c');
  });

  it('mean no change with a warning where no candidate has one', () => {
    const tags = [{ tag: 'main-1', createdMs: zero }, { tag: 'main-2' }, ...built({ other: '2026-01-01' })];
    const selection = decide({ policy: 'glob:main-*', current: 'other', tags });
    expect(selection).toMatchObject({ kind: 'keep', warnings: ['no tag that passes has a readable build time'] });
  });

  it('are read from 1970 on, and before it', () => {
    expect(
      chosen({
        policy: 'glob:*',
        current: 'a',
        tags: [
          { tag: 'a', createdMs: -5 },
          { tag: 'b', createdMs: 0 },
        ],
      }),
    ).toBe('b');
    expect(chosen({ policy: 'glob:*', current: 'a', tags: built({ a: '0002-01-01', b: '0002-01-02' }) })).toBe('b');
  });
});

describe('a current tag without a time', () => {
  const tags = [...built({ 'main-2': '2026-01-02' }), { tag: 'main-1' }];

  it('means no change with a warning', () => {
    const selection = decide({ policy: 'glob:main-*', current: 'main-1', tags });
    expect(selection).toMatchObject({
      kind: 'keep',
      warnings: ["the build time of the current tag 'main-1' is not known"],
    });
  });

  it('is placed by what is remembered of it', () => {
    const given = { policy: 'glob:main-*', current: 'main-1', tags };
    expect(chosen({ ...given, remembered: { tag: 'main-1', createdMs: at('2026-01-01') } })).toBe('main-2');
    expect(chosen({ ...given, remembered: { tag: 'main-1', createdMs: at('2026-01-03') } })).toBe('keep');
    expect(chosen({ ...given, remembered: { tag: 'main-1', createdMs: at('0001-01-01') } })).toBe('keep');
    expect(chosen({ ...given, remembered: { tag: 'other', createdMs: at('2026-01-01') } })).toBe('keep');
  });

  it('is not placed by the memory of another image under that tag', () => {
    const listed = [...built({ 'main-2': '2026-01-02' }), { tag: 'main-1', digest: 'sha256:new' }];
    const remembered = { tag: 'main-1', digest: 'sha256:old', createdMs: at('2026-01-01') };
    expect(chosen({ policy: 'glob:*', current: 'main-1', tags: listed, remembered })).toBe('keep');
  });

  it('may be the lack of a tag', () => {
    expect(decide({ policy: 'glob:*', tags: BUILDS }).warnings).toEqual([
      'the build time of the current image without a tag is not known',
    ]);
  });
});

describe('latest-push', () => {
  const pushes = [
    { tag: 'a', pushedMs: at('2026-01-01'), createdMs: at('2026-03-01') },
    { tag: 'b', pushedMs: at('2026-01-02'), createdMs: at('2020-01-01') },
    { tag: 'c-1', pushedMs: at('2026-01-03') },
  ];

  it.each([
    { policy: 'latest-push', expected: 'c-1' },
    { policy: 'latest-push:?', expected: 'keep' },
    { policy: 'latest-push:b*', expected: 'b' },
  ])('orders by push time: $policy chooses $expected', ({ policy, expected }) => {
    expect(chosen({ policy, current: 'a', tags: pushes })).toBe(expected);
  });

  it('does not take the build time instead', () => {
    const selection = decide({
      policy: 'latest-push',
      current: 'a',
      tags: built({ a: '2026-01-01', b: '2026-01-02' }),
    });
    expect(selection).toMatchObject({ kind: 'keep', warnings: ['no tag that passes has a push time'] });
  });
});

describe('the tag latest', () => {
  it.each([
    { policy: 'glob:latest', expected: 'latest' },
    { policy: 'latest', expected: 'latest' },
    { policy: 'glob:lat*', expected: 'keep' },
    { policy: 'regexp:^latest$', expected: 'keep' },
    { policy: 'glob:*', expected: 'LATER' },
    { policy: 'latest-push:latest', expected: 'keep' },
    { policy: 'alphabetical', expected: 'keep' },
  ])('is chosen by $policy: $expected', ({ policy, expected }) => {
    const tags = [
      ...built({ old: '2026-01-01', LATER: '2026-01-02', LATEST: '2026-01-05' }),
      { tag: 'latest', createdMs: at('2026-01-06'), pushedMs: at('2026-01-06') },
      { tag: 'Latest', createdMs: at('2026-01-07'), pushedMs: at('2026-01-06') },
    ];
    expect(chosen({ policy, current: 'old', tags })).toBe(expected);
  });

  it('is an ordinary word at the end of another tag', () => {
    const tags = built({ 'main-1': '2026-01-01', 'main-latest': '2026-01-02' });
    expect(chosen({ policy: 'glob:main-*', current: 'main-1', tags })).toBe('main-latest');
  });
});
