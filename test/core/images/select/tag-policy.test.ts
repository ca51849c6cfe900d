import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidates } from '../../../../src/core/images/select/candidates.ts';
import {
  factOf,
  parseConfigPolicy,
  parseTagPolicy,
  renderTagPolicy,
  type TagPolicy,
} from '../../../../src/core/images/select/tag-policy.ts';

/** The tags that pass the policy by name. */
function passing(policy: TagPolicy, tags: readonly string[]): string[] {
  const listing = { tags: tags.map((tag) => ({ tag })), complete: true };
  return candidates({ policy, current: { tag: undefined, digest: undefined }, listing }).map(({ tag }) => tag);
}

function parsed(text: string, parse = parseTagPolicy): TagPolicy {
  const answer = parse(text);
  if (!answer.ok) throw new Error(answer.message);
  return answer.policy;
}

describe('parseTagPolicy', () => {
  it.each([
    { text: 'master-*', policy: { kind: 'glob', pattern: 'master-*' } },
    { text: 'glob:master-*', policy: { kind: 'glob', pattern: 'master-*' } },
    { text: 'glob:glob:x', policy: { kind: 'glob', pattern: 'glob:x' } },
    { text: 'semver:~1.2', policy: { kind: 'semver', range: '~1.2' } },
    { text: 'semver: >=1.0, <2.0', policy: { kind: 'semver', range: ' >=1.0, <2.0' } },
    { text: 'regexp:^v', policy: { kind: 'regexp', pattern: '^v' } },
    { text: 'regex:^v', policy: { kind: 'regexp', pattern: '^v' } },
    { text: 'regexp:regex:x', policy: { kind: 'regexp', pattern: 'regex:x' } },
  ])('reads $text without a warning or with one', ({ text, policy }) => {
    expect(parsed(text)).toEqual(policy);
  });

  it.each([
    { text: 'Semver:~1', hint: "write 'semver:'" },
    { text: ' glob:x', hint: "write 'glob:'" },
    { text: 'REGEXP:x', hint: "write 'regexp:'" },
    { text: 'semver :~1', hint: "write 'semver:'" },
    { text: 'numerical:asc', hint: "'numerical' is known in the config file only" },
    { text: ' auto', hint: "write 'auto' if that was meant" },
    { text: 'image:1.0', hint: "only '*' is special" },
    { text: 'glob: develop-*', hint: "no tag can contain ' '" },
    { text: 'v1.?', hint: "no tag can contain '?'" },
    { text: 'v[12]', hint: "no tag can contain '['" },
    { text: 'v1.0 # current', hint: "no tag can contain ' '" },
  ])('takes $text for a glob, as Flux v1 does, and warns that it matches nothing', ({ text, hint }) => {
    const answer = parseTagPolicy(text);
    expect(answer).toMatchObject({ ok: true, policy: { kind: 'glob' }, warning: expect.stringContaining(hint) });
    expect(passing(parsed(text), ['develop-1', 'v1', 'v1.0', 'x', 'asc'])).toEqual([]);
  });

  it('warns of a range that only Flux v1 could read', () => {
    expect(parseTagPolicy('semver:>=1.0<2.0')).toMatchObject({
      ok: true,
      warning: expect.stringContaining('as Flux v1 did'),
    });
    expect(parseTagPolicy('semver:>=1.0 <2.0')).toMatchObject({ ok: true, warning: undefined });
  });

  it.each([
    { text: 'semver:~1.', hint: "Remove the trailing dot: '~1' or '~1.x' in place of '~1.'" },
    { text: 'semver:', hint: "Write '*' to allow every version" },
    { text: 'semver:latest', hint: "Write a range such as '>=1.2, <2', '~1.2', '^1.2.3', '1.x' or '>=1.2.0-0'" },
    { text: 'regexp:(?=a)', hint: 'Write the pattern without look-ahead and look-behind: RE2 has neither' },
    { text: 'regexp:(a', hint: 'Write the pattern in RE2 syntax: https://github.com/google/re2/wiki/Syntax' },
    { text: 'regexp:', hint: "Write 'regexp:.*' to allow every tag" },
    { text: '', hint: "Write 'glob:*' to allow every tag" },
    { text: 'glob:', hint: "Write 'glob:*' to allow every tag" },
  ])('refuses $text, which Flux v1 let match everything or nothing', ({ text, hint }) => {
    expect(parseTagPolicy(text)).toMatchObject({ ok: false, hint });
  });

  it('refuses a megabyte, and does not print it', () => {
    for (const prefix of ['', 'glob:', 'semver:', 'regexp:(', 'regexp:']) {
      const answer = parseTagPolicy(prefix + '(a+)+'.repeat(200_000));
      expect(answer.ok).toBe(false);
      if (!answer.ok) expect(answer.message.length).toBeLessThan(100);
    }
    expect(parseTagPolicy('a'.repeat(4_096)).ok).toBe(true);
    expect(parseTagPolicy('a'.repeat(4_097)).ok).toBe(false);
  });

  it('answers for any text, in printable words', () => {
    const text = fc
      .tuple(fc.constantFrom('', 'glob:', 'semver:', 'regexp:', 'regex:'), fc.string({ unit: 'binary', maxLength: 30 }))
      .map(([prefix, rest]) => prefix + rest);
    fc.assert(
      fc.property(text, (value) => {
        for (const parse of [parseTagPolicy, parseConfigPolicy]) {
          const answer = parse(value);
          const words = answer.ok ? (answer.warning ?? 'none') : `${answer.message} ${answer.hint}`;
          expect(words).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
        }
      }),
    );
  });
});

// What Flux v1's own tests say of its patterns; the empty tag of those tables can be no tag and is left out.
describe('patterns of Flux v1', () => {
  it.each([
    { text: '*', yes: ['1', 'foo'], no: [] },
    { text: 'glob:*', yes: ['1', 'foo'], no: [] },
    { text: 'master-*', yes: ['master-', 'master-foo'], no: ['foo-master'] },
    { text: 'semver:*', yes: ['1', '1.0', 'v1.0.3'], no: ['latest', '2.0.1-alpha.1'] },
    { text: 'semver:~1', yes: ['v1', '1', '1.2', '1.2.3'], no: ['latest', '2.0.0'] },
    { text: 'semver:2.0.1-alpha.1', yes: ['2.0.1-alpha.1'], no: ['2.0.1'] },
    { text: 'regexp:(.*?)', yes: ['1', 'foo'], no: [] },
    { text: 'regexp:^([a-zA-Z]+)$', yes: ['foo', 'BAR', 'fooBAR'], no: ['1', 'foo-1'] },
    { text: 'regex:^\\w{7}(?:\\w)?$', yes: ['af14eb2', 'bb73ed94', '946427ff'], no: ['1', 'foo', '946427ff-foo'] },
    { text: 'latest', yes: ['latest'], no: ['Latest', 'x-latest', '1'] },
    { text: 'glob:latest', yes: ['latest'], no: ['1'] },
    { text: 'glob:la*', yes: ['later'], no: ['latest', 'LATEST'] },
    { text: 'regexp:latest', yes: ['x-latest'], no: ['latest'] },
    { text: 'semver:>=0-0', yes: ['12345678'], no: ['latest'] },
  ])('$text lets in $yes and not $no', ({ text, yes, no }) => {
    expect(passing(parsed(text), [...yes, ...no])).toEqual(yes);
  });
});

describe('parseConfigPolicy', () => {
  it.each([
    { text: 'alphabetical', policy: { kind: 'alphabetical', order: 'asc', filter: undefined } },
    { text: 'alphabetical:', policy: { kind: 'alphabetical', order: 'asc', filter: undefined } },
    { text: 'alphabetical:desc', policy: { kind: 'alphabetical', order: 'desc', filter: undefined } },
    { text: 'numerical:asc', policy: { kind: 'numerical', order: 'asc', filter: undefined } },
    { text: 'latest-push', policy: { kind: 'latest-push', pattern: undefined } },
    { text: 'latest-push:main-*', policy: { kind: 'latest-push', pattern: 'main-*' } },
    { text: 'digest', policy: { kind: 'digest', tag: undefined } },
    { text: 'digest:stable', policy: { kind: 'digest', tag: 'stable' } },
    { text: 'auto', policy: { kind: 'auto' } },
    { text: 'glob:auto', policy: { kind: 'glob', pattern: 'auto' } },
    { text: 'semver:1.x', policy: { kind: 'semver', range: '1.x' } },
    { text: 'main-*', policy: { kind: 'glob', pattern: 'main-*' } },
  ])('reads $text', ({ text, policy }) => {
    expect(parsed(text, parseConfigPolicy)).toEqual(policy);
  });

  it.each([
    { text: 'alphabetical:up', message: "the order of 'alphabetical' is 'asc' or 'desc', not 'up'" },
    { text: 'numerical:ASC', message: "the order of 'numerical' is 'asc' or 'desc', not 'ASC'" },
    { text: 'latest-push:', message: 'the tag filter is empty and matches no tag' },
    { text: 'digest:', message: "'' is no tag to follow the digest of" },
    { text: 'digest:a b', message: "'a b' is no tag to follow the digest of" },
    { text: 'semver:1..2', message: "the version range cannot be read: '1..2'" },
  ])('refuses $text', ({ text, message }) => {
    expect(parseConfigPolicy(text)).toMatchObject({ ok: false, message, hint: expect.any(String) });
  });

  it.each([
    { text: 'semver:^1', kind: 'semver' },
    { text: 'alphabetical', kind: 'alphabetical' },
    { text: 'numerical:desc', kind: 'numerical' },
  ])('puts a filter to $text', ({ text, kind }) => {
    const filter = { pattern: '^v(\\d+)$', extract: '$1' };
    expect(parseConfigPolicy(text, filter)).toMatchObject({ ok: true, policy: { kind, filter } });
  });

  it.each([
    {
      text: 'glob:*',
      filter: { pattern: 'a', extract: undefined },
      message: "a filter with a pattern cannot go with 'glob'",
    },
    {
      text: 'auto',
      filter: { pattern: 'a', extract: undefined },
      message: "a filter with a pattern cannot go with 'auto'",
    },
    {
      text: 'numerical',
      filter: { pattern: 'a(', extract: undefined },
      message: 'the regular expression cannot be read: missing closing ): ',
    },
    { text: 'semver:1.x', filter: { pattern: 'a', extract: '$x' }, message: "the pattern has no group 'x' to extract" },
    {
      text: 'numerical',
      filter: { pattern: 'a'.repeat(5_000), extract: undefined },
      message: 'the tag filter has 5000 characters, at most 4096 are read',
    },
    {
      text: 'numerical',
      filter: { pattern: 'a', extract: 'a'.repeat(5_000) },
      message: 'the tag filter has 5000 characters, at most 4096 are read',
    },
  ])('refuses the filter of $text where $message', ({ text, filter, message }) => {
    expect(parseConfigPolicy(text, filter)).toMatchObject({ ok: false, message: expect.stringContaining(message) });
  });
});

describe('renderTagPolicy', () => {
  it.each([
    'glob:*',
    'glob:a:b',
    'semver:>=1.0, <2',
    'regexp:^v',
    'alphabetical:asc',
    'numerical:desc',
    'latest-push',
    'latest-push:a*',
    'digest',
    'digest:stable',
    'auto',
  ])('writes %s back', (text) => {
    expect(renderTagPolicy(parsed(text, parseConfigPolicy))).toBe(text);
  });

  it('writes what is read back as the same policy', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab1*.-:'), minLength: 1, maxLength: 8 });
    const text = fc
      .tuple(fc.constantFrom('', 'glob:', 'regex:', 'latest-push:', 'digest:'), word)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (value) => {
        const first = parseConfigPolicy(value);
        if (!first.ok) return;
        expect(parseConfigPolicy(renderTagPolicy(first.policy))).toMatchObject({ ok: true, policy: first.policy });
      }),
    );
  });
});

describe('what a policy needs to know', () => {
  it.each([
    { text: 'glob:*', fact: 'created' },
    { text: 'regexp:a', fact: 'created' },
    { text: 'latest-push', fact: 'pushed' },
    { text: 'digest', fact: 'digest' },
    { text: 'semver:*', fact: 'name' },
    { text: 'alphabetical', fact: 'name' },
    { text: 'numerical', fact: 'name' },
    { text: 'auto', fact: 'name' },
  ])('$text: $fact', ({ text, fact }) => {
    expect(factOf(parsed(text, parseConfigPolicy))).toBe(fact);
  });
});
