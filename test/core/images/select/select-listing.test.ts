import { describe, expect, it } from 'vitest';
import { candidates } from '../../../../src/core/images/select/candidates.ts';
import { at, built, chosen, decide, inputOf, reasonAgainst } from './select-case.ts';

const SIGNATURE = `sha256-${'0123456789abcdef'.repeat(4)}`;

describe('a listing that says too little', () => {
  it.each([
    { name: 'empty', tags: [], complete: true, warning: undefined, expected: 'the registry lists no tags' },
    {
      name: 'empty with an answer',
      tags: [],
      complete: true,
      warning: 'ghcr.io answered null',
      expected: 'the registry lists no tags: ghcr.io answered null',
    },
    {
      name: 'partial',
      tags: ['2.0'],
      complete: false,
      warning: 'page 2 failed: 429',
      expected: 'the listing of the registry is not whole: page 2 failed: 429',
    },
    {
      name: 'partial without a word',
      tags: ['2.0'],
      complete: false,
      warning: undefined,
      expected: 'the listing of the registry is not whole',
    },
    {
      name: 'partial with the current tag in it',
      tags: ['1.0', '2.0'],
      complete: false,
      warning: 'too many pages',
      expected: 'the listing of the registry is not whole: too many pages',
    },
    {
      name: 'made of names that can be no tags',
      tags: ['', '-a', 'a b', 'a'.repeat(129)],
      complete: true,
      warning: undefined,
      expected: 'the registry lists no tags',
    },
  ])('changes nothing, with a warning: $name', ({ tags, complete, warning, expected }) => {
    for (const policy of ['semver:*', 'glob:*', 'alphabetical', 'auto', 'digest']) {
      const given = { policy, current: '1.0', tags, complete, ...(warning === undefined ? {} : { warning }) };
      expect(decide(given)).toEqual({ kind: 'keep', reason: expected, rejected: [], warnings: [expected] });
    }
  });

  it('passes a warning on where the listing is whole all the same', () => {
    const selection = decide({
      policy: 'semver:*',
      current: '1.0',
      tags: ['1.0', '1.1'],
      warning: 'the registry was slow',
    });
    expect(selection).toMatchObject({ kind: 'update', warnings: ['the registry was slow'] });
  });
});

describe('a listing without the current tag', () => {
  it.each([
    { name: 'by version', policy: 'semver:*', current: '1.4.0', tags: ['1.3.0', '1.5.0'], expected: '1.5.0' },
    { name: 'by alphabet', policy: 'alphabetical', current: 'm', tags: ['k', 'z'], expected: 'z' },
    { name: 'by number', policy: 'numerical', current: '5', tags: ['4', '6'], expected: '6' },
    {
      name: 'by kind',
      policy: 'auto',
      current: '1.4-slim',
      tags: ['1.3-slim', '1.5-slim', '1.6'],
      expected: '1.5-slim',
    },
  ])('allows a move that is surely upward: $name', ({ policy, current, tags, expected }) => {
    expect(chosen({ policy, current, tags })).toBe(expected);
  });

  it('allows one by a remembered build time', () => {
    const given = { policy: 'glob:*', current: 'gone', tags: built({ a: '2026-01-01', b: '2026-01-03' }) };
    expect(chosen({ ...given, remembered: { tag: 'gone', createdMs: at('2026-01-02') } })).toBe('b');
    expect(chosen({ ...given, remembered: { tag: 'gone', createdMs: at('2026-01-03') } })).toBe('keep');
  });

  it.each([
    {
      policy: 'glob:*',
      warning: "the listing does not have the current tag 'gone', and its build time is not remembered",
    },
    {
      policy: 'latest-push',
      warning: "the listing does not have the current tag 'gone', and its push time is not remembered",
    },
    {
      policy: 'numerical',
      warning: "the listing does not have the current tag 'gone', which has no place in the policy's order",
    },
  ])('allows no other, and warns: $policy', ({ policy, warning }) => {
    const tags = [{ tag: '7', createdMs: at('2026-01-01'), pushedMs: at('2026-01-01') }];
    expect(decide({ policy, current: 'gone', tags })).toMatchObject({
      kind: 'keep',
      reason: warning,
      warnings: [warning],
    });
  });

  it('is warned about where nothing is newer', () => {
    expect(decide({ policy: 'semver:*', current: '3.0', tags: ['1.0', '2.0'] })).toMatchObject({
      kind: 'keep',
      reason: "'2.0', the highest version in the range '*', is below the current tag",
      warnings: ["the listing does not have the current tag '3.0'"],
    });
  });

  it('prints a current tag that is none without its control characters', () => {
    const [warning] = decide({
      policy: 'glob:*',
      current: 'a\u001b[31m\n::error::x',
      tags: built({ b: '2026-01-01' }),
    }).warnings;
    expect(warning).toContain("'a\ufffd[31m\ufffd::error::x'");
  });
});

describe('names that are no images', () => {
  it.each([SIGNATURE, `${SIGNATURE}.sig`, `${SIGNATURE}.att`, `${SIGNATURE}.sbom`, `sha512-${'ab'.repeat(32)}`])(
    'never chooses %s',
    (tag) => {
      const given = { policy: 'glob:*', current: 'a', tags: built({ a: '2026-01-01', [tag]: '2026-02-01' }) };
      expect(chosen(given)).toBe('keep');
      expect(reasonAgainst(given, tag)).toBe('a signature or attachment, no image');
    },
  );

  it('leaves ordinary tags that begin alike', () => {
    expect(
      chosen({ policy: 'glob:*', current: 'a', tags: built({ a: '2026-01-01', 'sha256-abc': '2026-02-01' }) }),
    ).toBe('sha256-abc');
  });

  it('drops names outside the grammar of tags, and never prints them', () => {
    const bad = ['\u001b[31mred', '../../etc', 'a:b', 'é', '.hidden', 'x'.repeat(129)];
    const selection = decide({ policy: 'alphabetical', current: 'a', tags: ['a', 'b', ...bad] });
    expect(selection).toMatchObject({ kind: 'update', to: { tag: 'b' }, rejected: [] });
    expect(selection.warnings).toEqual(['6 names in the listing can be no tag']);
  });
});

describe('tags that a repository excludes', () => {
  const given = { policy: 'semver:*', current: '1.0', tags: ['1.0', '1.1', '1.2-rc.1', '1.2', '2.0.sig'] };

  it.each([
    { exclude: [], expected: '1.2' },
    { exclude: ['^.*\\.sig$'], expected: '1.2' },
    { exclude: ['\\.2$'], expected: '1.1' },
    { exclude: ['sig', '^1\\.[12]'], expected: 'keep' },
  ])('are never chosen: $exclude leave $expected', ({ exclude, expected }) => {
    expect(chosen({ ...given, exclude })).toBe(expected);
    const names = candidates(inputOf({ ...given, exclude })).map(({ tag }) => tag);
    expect(names).toEqual(
      given.tags.filter((tag) => /^1\.\d$/.test(tag) && !exclude.some((pattern) => new RegExp(pattern).test(tag))),
    );
  });

  it('are named with the pattern', () => {
    expect(reasonAgainst({ ...given, exclude: ['2$'] }, '1.2')).toBe("excluded by '2$'");
  });

  it('cannot be told by a pattern that is none', () => {
    expect(decide({ ...given, exclude: ['('] })).toMatchObject({
      kind: 'failed',
      reason: "in the exclusion '(' the regular expression cannot be read: missing closing ): '('",
    });
    expect(candidates(inputOf({ ...given, exclude: ['('] }))).toEqual([]);
  });
});

describe('a tag that is listed twice', () => {
  it('counts once, with the same facts whatever the order', () => {
    const tags = [
      ...built({ a: '2026-01-01', b: '2026-01-02' }),
      { tag: 'b', createdMs: at('2025-01-01') },
      { tag: 'b' },
      { tag: 'a', digest: 'sha256:x', createdMs: at('2026-01-01') },
    ];
    expect(decide({ policy: 'glob:*', current: 'a', tags })).toMatchObject({
      kind: 'update',
      to: { tag: 'b', createdMs: at('2026-01-02') },
    });
  });
});

describe('a policy that cannot be followed', () => {
  it.each([
    { name: 'range', policy: { kind: 'semver', range: '~1.' } as const },
    { name: 'regular expression', policy: { kind: 'regexp', pattern: '(?=a)' } as const },
    {
      name: 'filter',
      policy: { kind: 'numerical', order: 'asc', filter: { pattern: '(', extract: undefined } } as const,
    },
    { name: 'group', policy: { kind: 'alphabetical', order: 'asc', filter: { pattern: 'a', extract: '$1' } } as const },
  ])('is a failure, never everything: $name', ({ policy }) => {
    const selection = decide({ policy, current: '1.0', tags: ['1.0', '2.0'] });
    expect(selection).toMatchObject({ kind: 'failed', rejected: [], warnings: [] });
    expect(selection.reason).not.toBe('');
  });
});

describe('a tag that is listed twice with the same times', () => {
  it.each([
    { name: 'digest', twins: [{ digest: 'sha256:x' }, { digest: 'sha256:y' }] },
    { name: 'platforms', twins: [{ platforms: ['linux/amd64'] }, { platforms: ['linux/arm64'] }] },
    { name: 'time that is none', twins: [{ pushedMs: Number.NaN }, { pushedMs: Number.POSITIVE_INFINITY }] },
  ])('is always the same one: $name', ({ twins }) => {
    const tags = twins.map((facts) => ({ tag: 'b', ...facts }));
    expect(chosen({ policy: 'alphabetical', current: 'a', tags })).toBe('b');
  });
});

describe('a policy that no tag passes', () => {
  it.each([
    { policy: 'semver:^9', reason: "no version is in the range '^9'" },
    { policy: 'glob:x*', reason: "no tag matches 'glob:x*'" },
    { policy: 'regexp:^x', reason: "no tag matches 'regexp:^x'" },
    { policy: 'latest-push:x*', reason: "no tag matches 'glob:x*'" },
    { policy: 'numerical', reason: 'no tag yields a number' },
    { policy: 'auto', reason: 'the current tag is no version to compare with' },
  ])('keeps the image and says so: $policy', ({ policy, reason }) => {
    expect(decide({ policy, current: 'a', tags: ['a', '1.2.3'] })).toMatchObject({
      kind: 'keep',
      reason,
      warnings: [],
    });
  });
});
