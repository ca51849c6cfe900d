import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainSelection } from '../../../../src/core/images/explain.ts';
import { isTag } from '../../../../src/core/images/reference.ts';
import { comparePlaces, type Place } from '../../../../src/core/images/select/place.ts';
import { rulesOf } from '../../../../src/core/images/select/policy-rules.ts';
import { selectTag } from '../../../../src/core/images/select/select.ts';
import type { SelectionInput } from '../../../../src/core/images/select/selection.ts';
import type { TagFacts } from '../../../../src/core/images/select/tag-facts.ts';
import type { TagPolicy } from '../../../../src/core/images/select/tag-policy.ts';
import { shuffled } from './select-case.ts';

const RUNS = { numRuns: 1_500 };

const name = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', 'v', 'main-', 'n-'),
      fc.array(fc.constantFrom('0', '1', '2', '10', '01', '20240101', '18446744073709551615'), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom('', '-rc.1', '-rc.2', 'b1', '-slim', '-1', '_2', '-abc1234'),
    )
    .map(([prefix, numbers, rest]) => prefix + numbers.join('.') + rest),
  fc.constantFrom('latest', 'LATEST', 'main', 'a', 'b', 'abc1234', '1234567', `sha256-${'0'.repeat(64)}.sig`),
  fc.constantFrom('', 'no tag', '-x', '\u001b[2J', 'é'),
);

const time = fc.constantFrom(
  undefined,
  0,
  1,
  2,
  3,
  10 ** 12,
  -62_135_596_800_000,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
);

const facts: fc.Arbitrary<TagFacts> = fc.record({
  tag: name,
  createdMs: time,
  pushedMs: time,
  firstSeenMs: time,
  digest: fc.constantFrom(undefined, 'sha256:a', 'sha256:b'),
  platforms: fc.constantFrom(undefined, [], ['linux/amd64'], ['linux/amd64', 'linux/arm64/v8']),
});

const filter = fc.constantFrom(
  undefined,
  { pattern: '^n-(?P<n>[0-9.]+)$', extract: '$n' },
  { pattern: '(\\d+)', extract: '$1' },
  { pattern: '^v', extract: undefined },
  { pattern: '(', extract: undefined },
);
const direction = fc.constantFrom('asc' as const, 'desc' as const);

const policy: fc.Arbitrary<TagPolicy> = fc.oneof(
  fc.record({ kind: fc.constant('glob' as const), pattern: fc.constantFrom('*', 'main-*', 'latest', '1*') }),
  fc.record({ kind: fc.constant('regexp' as const), pattern: fc.constantFrom('.', '^v?\\d', '(?=x)', 'latest') }),
  fc.record({
    kind: fc.constant('semver' as const),
    range: fc.constantFrom('*', '*-0', '^1', '~1.0', '>=1<2', '~1.'),
    filter,
  }),
  fc.record({ kind: fc.constant('alphabetical' as const), order: direction, filter }),
  fc.record({ kind: fc.constant('numerical' as const), order: direction, filter }),
  fc.record({ kind: fc.constant('latest-push' as const), pattern: fc.constantFrom(undefined, 'main-*') }),
  fc.record({ kind: fc.constant('digest' as const), tag: fc.constantFrom(undefined, 'main', '1') }),
  fc.constant({ kind: 'auto' as const }),
);

const gates = fc.record({
  minAgeMs: fc.constantFrom(undefined, 0, 5),
  platforms: fc.constantFrom([], ['linux/amd64'], ['linux/arm64']),
  deny: fc.constantFrom([], ['*-rc*'], ['2*', '*']),
});

const input: fc.Arbitrary<SelectionInput> = fc
  .record({
    policy,
    tags: fc.array(facts, { maxLength: 12 }),
    pick: fc.nat(),
    current: fc.option(name, { nil: undefined }),
    digest: fc.constantFrom(undefined, 'sha256:a'),
    complete: fc.boolean(),
    remembered: fc.option(facts, { nil: undefined }),
    gates,
  })
  .map(({ policy: rule, tags, pick, current, digest, complete, remembered, gates: conditions }) => ({
    policy: rule,
    // Half of the time the current tag is one of the listing.
    current: { tag: pick % 2 === 0 ? current : (tags[pick % Math.max(1, tags.length)]?.tag ?? current), digest },
    listing: { tags, complete: complete || pick % 5 !== 0 },
    remembered,
    gates: conditions,
    nowMs: 8,
  }));

describe('every selection', () => {
  it('is the same for any order of the tags', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 1, max: 1_000_000 }), (given, seed) => {
        const { listing } = given;
        const other = selectTag({ ...given, listing: { ...listing, tags: shuffled(listing.tags, seed) } });
        expect(other).toEqual(selectTag(given));
      }),
      RUNS,
    );
  });

  it('is final: once followed, it is kept', () => {
    fc.assert(
      fc.property(input, (given) => {
        const selection = selectTag(given);
        if (selection.kind !== 'update') return;
        const { tag, digest } = selection.to;
        expect(selectTag({ ...given, current: { tag, digest } }).kind).toBe('keep');
      }),
      RUNS,
    );
  });

  it('never goes down, sideways or back to the same tag', () => {
    fc.assert(
      fc.property(input, (given) => {
        const selection = selectTag(given);
        if (selection.kind !== 'update' || given.policy.kind === 'digest') return;
        expect(selection.to.tag).not.toBe(given.current.tag);
        const [from, to] = [placeBefore(given), placeOf(given, selection.to)];
        if (from === undefined || to === undefined) return;
        const descending = 'order' in given.policy && given.policy.order === 'desc';
        expect(comparePlaces(to, from) * (descending ? -1 : 1)).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  it('chooses only listed tags, never from a listing that is not whole, and never `latest` unnamed', () => {
    fc.assert(
      fc.property(input, (given) => {
        const selection = selectTag(given);
        if (selection.kind !== 'update') return;
        expect(given.listing.complete).toBe(true);
        expect(given.listing.tags).toContainEqual(selection.to);
        const named =
          given.policy.kind === 'digest' || (given.policy.kind === 'glob' && given.policy.pattern === 'latest');
        if (!named) expect(selection.to.tag.toLowerCase()).not.toBe('latest');
      }),
      RUNS,
    );
  });

  it('accounts for every valid tag once: chosen, rejected or current', () => {
    fc.assert(
      fc.property(input, (given) => {
        const selection = selectTag(given);
        const names = selection.rejected.map(({ tag }) => tag);
        expect(new Set(names).size).toBe(names.length);
        if (selection.kind === 'failed' || !given.listing.complete || given.policy.kind === 'digest') return;
        const valid = new Set(given.listing.tags.map(({ tag }) => tag).filter((tag) => /^\w[\w.-]{0,127}$/.test(tag)));
        if (selection.kind === 'update') valid.delete(selection.to.tag);
        if (given.current.tag !== undefined) valid.delete(given.current.tag);
        expect(new Set(names)).toEqual(valid);
      }),
      RUNS,
    );
  });

  it('names the tags first that stand, or may stand, above the answer', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { rejected } = selectTag(given);
        const above = rejected.filter((rejection) => rejection.above);
        expect(rejected.slice(0, above.length)).toEqual(above);
      }),
      RUNS,
    );
  });

  it('is explained in bounded, printable lines', () => {
    fc.assert(
      fc.property(input, (given) => {
        const lines = explainSelection(selectTag(given));
        expect(lines.length).toBeLessThan(30);
        for (const line of lines) expect(line).toMatch(/^[^\p{Cc}\p{Cf}]{1,400}$/u);
      }),
      RUNS,
    );
  });
});

/** Where the current tag stands by what is certain of it: its name, or the time that the listing gives. */
function placeBefore(given: SelectionInput): Place | undefined {
  const { tag } = given.current;
  if (tag === undefined) return undefined;
  // A name that can be no tag is dropped from the listing, so what the listing says of it does not count.
  const entries = isTag(tag) ? given.listing.tags.filter((entry) => entry.tag === tag) : [];
  return entries.length > 1 ? undefined : placeOf(given, entries[0] ?? { tag });
}

function placeOf(given: SelectionInput, entry: TagFacts): Place | undefined {
  if (given.policy.kind === 'digest') return undefined;
  const compiled = rulesOf(given.policy, given.current.tag);
  return compiled.ok ? compiled.rules.placeOf(entry) : undefined;
}
