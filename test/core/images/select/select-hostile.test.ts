import { describe, expect, it } from 'vitest';
import { candidates } from '../../../../src/core/images/select/candidates.ts';
import { selectTag } from '../../../../src/core/images/select/select.ts';
import { parseConstraint } from '../../../../src/core/images/versions/parse-constraint.ts';
import { parseDockerVersion } from '../../../../src/core/images/versions/parse-docker-version.ts';
import { inputOf, type SelectCase } from './select-case.ts';

// No test here looks at a clock: work that is not linear does not end within the runner's limit.
const MANY = 100_000;

function many(tag: (index: number) => string): { tag: string; createdMs: number }[] {
  return Array.from({ length: MANY }, (_, index) => ({ tag: tag(index), createdMs: index + 1 }));
}

function answer(given: SelectCase): string {
  const selection = selectTag(inputOf(given));
  return selection.kind === 'update' ? selection.to.tag : `${selection.kind}: ${selection.reason}`;
}

const LONG = many((index) => `${'a'.repeat(122)}${String(index).padStart(6, '0')}`);
const LAST = LONG[MANY - 1]?.tag ?? '';
const FIRST = LONG[0]?.tag ?? '';

describe('a hundred thousand tags of 128 characters', { timeout: 120_000 }, () => {
  it.each(['glob:*a*a*a*a*a*a*a*a*', 'regexp:^(a+)+\\d+$', 'regexp:(a|a)*(a|aa)+\\d+$', 'regexp:(((a*)*)*)*\\d$'])(
    'and %s',
    (policy) => {
      expect(answer({ policy, current: FIRST, tags: LONG })).toBe(LAST);
    },
  );

  it('and a filter of nested repetitions', () => {
    const filter = { pattern: '^(?:a+)+(?P<n>[0-9]+)$', extract: '$n' };
    expect(answer({ policy: 'numerical', filter, current: FIRST, tags: LONG })).toBe(LAST);
  });

  it('and the order of the alphabet', () => {
    expect(answer({ policy: 'alphabetical', current: FIRST, tags: LONG })).toBe(LAST);
  });

  it('and versions whose numbers have a hundred digits', () => {
    const tags = many((index) => `1.${'0'.repeat(110)}${index}.0`);
    expect(answer({ policy: 'semver:*', current: '1.0.0', tags })).toBe(tags[MANY - 1]?.tag);
    expect(answer({ policy: 'auto', current: '1.0.0', tags })).toBe(tags[MANY - 1]?.tag);
  });

  it('and a range of five hundred characters', () => {
    const policy = `semver:${Array.from({ length: 50 }, (_, index) => `>${index}.0`).join(' || ')}`;
    const tags = many((index) => `1.0.${index}-${'x.'.repeat(50)}y`);
    expect(answer({ policy, current: '1.0.0', tags })).toContain('keep:');
  });

  it('and versions that almost are none', () => {
    const [deep, wide] = [
      many((index) => `${'1-'.repeat(55)}${index}`),
      many((index) => `1${'.1'.repeat(55)}-x${index}`),
    ];
    expect(answer({ policy: 'auto', current: '1', tags: deep })).toContain('keep:');
    expect(answer({ policy: 'auto', current: '1', tags: wide })).toContain('keep:');
  });
});

describe('a regular expression that is too large for the listing', () => {
  const pattern = '^(?:a[ab0-9]{40}b|b[ab0-9]{50}c|c[ab0-9]{45}a)+[ab]$';
  const policy = `regexp:${pattern}`;
  const filter = { pattern, extract: undefined };

  it.each<Pick<SelectCase, 'policy' | 'filter' | 'exclude'>>([
    { policy },
    { policy: 'semver:*', filter },
    { policy: 'alphabetical', filter },
    { policy: 'numerical', filter: { pattern: `(${pattern})`, extract: '$1' } },
    { policy: 'glob:*', exclude: [pattern] },
    { policy: 'alphabetical', exclude: Array.from({ length: 30 }, () => '[a-f0-9]{12}x') },
  ])('is a failure that says what to do: $policy, $filter, $exclude', (given) => {
    expect(answer({ ...given, current: FIRST, tags: LONG })).toBe(
      'failed: the regular expression is too large for 100000 tags: write a shorter pattern or smaller repetition counts',
    );
    expect(candidates(inputOf({ ...given, current: FIRST, tags: LONG }))).toEqual([]);
  });

  it('is followed for a listing of ordinary size', () => {
    expect(answer({ policy, current: FIRST, tags: LONG.slice(0, 2_000) })).toContain('keep:');
  });
});

describe('control characters in what was written', () => {
  const esc = '\u001b\u0007';
  const tags = [
    { tag: '1.0.0', createdMs: 1 },
    { tag: '1.1.0', createdMs: 2 },
    { tag: '1.2.0-rc.1', createdMs: 3 },
    { tag: '3.0.0' },
    { tag: 'main', createdMs: 4 },
  ];
  const filter = { pattern: `^1.*|${esc}`, extract: undefined };

  it.each<{ name: string; given: Omit<SelectCase, 'tags'>; chosen: string }>([
    { name: 'a range', given: { policy: 'semver:>=1.0\r\n<2' }, chosen: '1.1.0' },
    { name: 'a range that nothing is in', given: { policy: 'semver:>=8.0\r\n<9' }, chosen: 'keep' },
    { name: 'a glob', given: { policy: `glob:${esc}*` }, chosen: 'keep' },
    { name: 'a glob for pushes', given: { policy: `latest-push:${esc}*` }, chosen: 'keep' },
    { name: 'a pattern', given: { policy: `regexp:^1.1|${esc}` }, chosen: '1.1.0' },
    { name: 'a pattern that matches nothing', given: { policy: `regexp:${esc}` }, chosen: 'keep' },
    { name: 'a filter', given: { policy: 'alphabetical', filter }, chosen: '1.2.0-rc.1' },
    { name: 'a filter of numbers', given: { policy: 'numerical:desc', filter }, chosen: 'keep' },
    { name: 'an exclusion', given: { policy: 'semver:*', exclude: [`^3|${esc}`] }, chosen: '1.1.0' },
    { name: 'a platform', given: { policy: 'semver:*', gates: { platforms: [`linux/${esc}`] } }, chosen: 'keep' },
    { name: 'a digest to follow', given: { policy: { kind: 'digest', tag: esc } }, chosen: 'keep' },
    { name: 'the current tag', given: { policy: 'glob:*', current: esc }, chosen: 'keep' },
  ])('are in no reason and in no warning: $name', ({ given, chosen }) => {
    const known = tags.map((facts) => ({ ...facts, platforms: ['linux/amd64'] }));
    for (const list of [tags, known, []]) {
      const selection = selectTag(inputOf({ current: '1.0.0', ...given, tags: list }));
      const words = [selection.reason, ...selection.warnings, ...selection.rejected.map(({ reason }) => reason)];
      for (const word of words) expect(word).toMatch(/^[^\p{Cc}]+$/u);
      if (list.length > 0) expect(selection.kind === 'update' ? selection.to.tag : selection.kind).toBe(chosen);
    }
  });
});

describe('hostile text in the engines', () => {
  it('does not make the range grammar go back and forth', () => {
    for (const part of ['1', '1 ', '1-1+b', ' - ', '1 - ', '||', '1.x.', '>', '1,', '\t']) {
      const range = part.repeat(Math.floor(512 / part.length));
      for (const end of ['', '!', '1', ' - 1']) {
        const parsed = parseConstraint((range + end).slice(-512));
        expect(typeof parsed.ok).toBe('boolean');
      }
    }
  });

  it('does not make the tag grammar of auto go back and forth', () => {
    for (const part of ['1', '1.', '1-', '-1', 'a', 'a.', '_', 'rc', 'rc.1-', 'v1_', '1a1.']) {
      for (let turn = 0; turn < 1_000; turn += 1) {
        expect(() => parseDockerVersion(`${part.repeat(128)}!`.slice(-128))).not.toThrow();
      }
    }
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes %s for a tag like any other', (tag) => {
    expect(answer({ policy: 'alphabetical', current: 'A', tags: ['A', tag] })).toBe(tag);
  });
});
