import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGates, isTooYoung } from '../../../../src/core/images/select/gates.ts';
import { newerTags } from '../../../../src/core/images/select/select.ts';
import { at, built, chosen, decide, inputOf, reasonAgainst } from './select-case.ts';

const DAY = 86_400_000;
const BOTH = ['linux/amd64', 'linux/arm64/v8'];
const NOW = at('2026-06-10');

function seen(tag: string, date: string) {
  return { tag, firstSeenMs: at(date) };
}

describe('required platforms', () => {
  const tags = [
    { tag: '1.25.2', platforms: BOTH },
    { tag: '1.25.3', platforms: BOTH },
    { tag: '1.25.4', platforms: ['linux/amd64'] },
    { tag: '1.25.5' },
  ];

  it.each([
    { platforms: [], expected: '1.25.5' },
    { platforms: ['linux/amd64'], expected: '1.25.4' },
    { platforms: ['linux/amd64', 'linux/arm64'], expected: '1.25.3' },
    { platforms: ['linux/arm64/v8'], expected: '1.25.3' },
    { platforms: ['Linux/ARM64'], expected: '1.25.3' },
    { platforms: ['linux/amd64/v1'], expected: '1.25.4' },
    { platforms: ['linux/arm64/v9'], expected: 'keep' },
    { platforms: ['linux/s390x'], expected: 'keep' },
    { platforms: ['windows/amd64'], expected: 'keep' },
    { platforms: ['linux'], expected: 'keep' },
  ])('$platforms let $expected pass', ({ platforms, expected }) => {
    expect(chosen({ policy: 'semver:*', current: '1.25.2', tags, gates: { platforms } })).toBe(expected);
  });

  it.each([
    { present: ['linux/arm64'], required: 'linux/arm64/v8', expected: 'b' },
    { present: ['linux/arm'], required: 'linux/arm/v7', expected: 'b' },
    { present: ['linux/arm/v6'], required: 'linux/arm/v7', expected: 'keep' },
    { present: ['linux/arm/v6'], required: 'linux/arm', expected: 'b' },
    { present: ['linux/riscv64'], required: 'linux/riscv64/x', expected: 'keep' },
    { present: ['Linux/ARM64/V8'], required: 'linux/arm64', expected: 'b' },
    { present: ['Linux/ARM'], required: 'linux/arm/V7', expected: 'b' },
    { present: [], required: 'linux/amd64', expected: 'keep' },
  ])('$present for $required: $expected', ({ present, required, expected }) => {
    const gates = { platforms: [required] };
    expect(chosen({ policy: 'alphabetical', current: 'a', tags: ['a', { tag: 'b', platforms: present }], gates })).toBe(
      expected,
    );
  });

  it('say what is missing and what is not known', () => {
    const given = { policy: 'semver:*', current: '1.25.2', tags, gates: { platforms: ['linux/arm64', 'linux/s390x'] } };
    expect(reasonAgainst(given, '1.25.4')).toBe('not built for linux/arm64, linux/s390x');
    expect(reasonAgainst(given, '1.25.5')).toBe('its platforms are not known, required: linux/arm64, linux/s390x');
    expect(decide(given).reason).toBe(
      "'1.25.5' is newer but held back: its platforms are not known, required: linux/arm64, linux/s390x",
    );
  });
});

describe('minimum age', () => {
  const tags = ['1.0', seen('1.1', '2026-06-01'), seen('1.2', '2026-06-07'), seen('1.3', '2026-06-09')];

  it.each([
    { days: 0, expected: '1.3' },
    { days: 1, expected: '1.3' },
    { days: 2, expected: '1.2' },
    { days: 3, expected: '1.2' },
    { days: 4, expected: '1.1' },
    { days: 10, expected: 'keep' },
  ])('of $days days lets $expected pass', ({ days, expected }) => {
    expect(chosen({ policy: 'semver:*', current: '1.0', tags, nowMs: NOW, gates: { minAgeMs: days * DAY } })).toBe(
      expected,
    );
  });

  it.each([
    { name: 'the push counts where the tag was never seen', facts: { pushedMs: at('2026-06-01') }, expected: '2.0' },
    {
      name: 'the push counts where it was before the first sight',
      facts: { firstSeenMs: NOW, pushedMs: at('2026-06-01') },
      expected: '2.0',
    },
    {
      name: 'the first sight counts where it was before the push',
      facts: { firstSeenMs: at('2026-06-01'), pushedMs: NOW },
      expected: '2.0',
    },
    {
      name: 'a push in the future does not count',
      facts: { firstSeenMs: NOW, pushedMs: at('2026-07-01') },
      expected: 'keep',
    },
    {
      name: 'a push in the future does no harm',
      facts: { firstSeenMs: at('2026-06-01'), pushedMs: at('2026-07-01') },
      expected: '2.0',
    },
    {
      name: 'a push in year 1 does not count',
      facts: { firstSeenMs: NOW, pushedMs: at('0001-01-01T00:00:00Z') },
      expected: 'keep',
    },
    { name: 'a push at the epoch does not count', facts: { firstSeenMs: NOW, pushedMs: 0 }, expected: 'keep' },
    { name: 'a first sight at the epoch does not count', facts: { firstSeenMs: 0 }, expected: 'keep' },
    {
      name: 'a push that is no number does not count',
      facts: { firstSeenMs: NOW, pushedMs: Number.NaN },
      expected: 'keep',
    },
    { name: 'the build does not count', facts: { createdMs: at('2020-01-01') }, expected: 'keep' },
    { name: 'nothing known does not pass', facts: {}, expected: 'keep' },
    { name: 'no number does not pass', facts: { firstSeenMs: Number.NaN }, expected: 'keep' },
    { name: 'a first sight in the future does not pass', facts: { firstSeenMs: at('2026-07-01') }, expected: 'keep' },
  ])('$name', ({ facts, expected }) => {
    const gates = { minAgeMs: 3 * DAY };
    expect(
      chosen({ policy: 'semver:*', current: '1.0', tags: ['1.0', { tag: '2.0', ...facts }], nowMs: NOW, gates }),
    ).toBe(expected);
  });

  it('counts from the later of two times where a tag is listed twice', () => {
    const twins = [9_999_999_999_000, 10_000_000_000_000].map((firstSeenMs) => ({ tag: '2.0', firstSeenMs }));
    const given = { policy: 'semver:*', current: '1.0', tags: ['1.0', ...twins], nowMs: 10_000_000_000_005 };
    expect(chosen({ ...given, gates: { minAgeMs: 6 } })).toBe('keep');
    expect(chosen({ ...given, gates: { minAgeMs: 5 } })).toBe('2.0');
  });

  it('says how long it has been known and how long it must be', () => {
    const given = { policy: 'semver:*', current: '1.0', tags, nowMs: NOW + 3_600_000, gates: { minAgeMs: 3 * DAY } };
    expect(reasonAgainst(given, '1.3')).toBe('known for 1 d 1 h, the minimum age is 3 d');
    expect(decide(given).reason).toBe("'1.2' is the highest version in the range '*' that passes the gates");
  });
});

describe('the age of a tag', () => {
  const GATES = { minAgeMs: 3 * DAY, platforms: [], deny: [] };
  const times = fc.option(
    fc.oneof(
      fc.integer({ min: NOW - 10 * DAY, max: NOW + 10 * DAY }),
      fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, at('0001-01-01T00:00:00Z')),
    ),
    { nil: undefined },
  );
  const isOldEnough = (ms: number | undefined) => ms !== undefined && ms > at('2020-01-01') && ms <= NOW - 3 * DAY;

  it('is enough exactly where its push or its first sight lies that far back, whatever the other one says', () => {
    fc.assert(
      fc.property(times, times, times, (firstSeenMs, pushedMs, createdMs) => {
        const facts = { tag: 'a', firstSeenMs, pushedMs, createdMs };
        const passes = isOldEnough(firstSeenMs) || isOldEnough(pushedMs);
        expect(isTooYoung(facts, GATES, NOW)).toBe(!passes);
        expect(compileGates(GATES, NOW)(facts) === undefined).toBe(passes);
      }),
    );
  });

  it('never shrinks as time goes on', () => {
    fc.assert(
      fc.property(times, times, fc.integer({ min: 0, max: 30 * DAY }), (firstSeenMs, pushedMs, laterMs) => {
        const facts = { tag: 'a', firstSeenMs, pushedMs };
        if (!isTooYoung(facts, GATES, NOW)) expect(isTooYoung(facts, GATES, NOW + laterMs)).toBe(false);
      }),
    );
  });
});

describe('denied tags', () => {
  it.each([
    { deny: ['1.3'], expected: '1.2' },
    { deny: ['1.*'], expected: 'keep' },
    { deny: ['*-rc*', '1.3'], expected: '1.2' },
    { deny: ['x'], expected: '1.3' },
    { deny: [''], expected: '1.3' },
  ])('$deny leave $expected', ({ deny, expected }) => {
    expect(chosen({ policy: 'semver:*', current: '1.1', tags: ['1.1', '1.2', '1.3'], gates: { deny } })).toBe(expected);
  });
});

describe('gates and the order of time', () => {
  it('takes the next newest build', () => {
    const tags = built({ a: '2026-01-01', b: '2026-01-02', c: '2026-01-03' });
    expect(chosen({ policy: 'glob:*', current: 'a', tags, gates: { deny: ['c'] } })).toBe('b');
  });

  it('lists what was held back before what was merely older', () => {
    const tags = ['1.0', '1.1', '1.2', '1.3'];
    expect(decide({ policy: 'semver:*', current: '1.0', tags, gates: { deny: ['1.3'] } }).rejected).toEqual([
      { tag: '1.3', reason: "denied by '1.3'", above: true },
      { tag: '1.1', reason: "below '1.2'" },
    ]);
  });
});

describe('newerTags', () => {
  const tags = ['1.0', '1.1', '1.2', '1.3', '2.0', 'main'];

  it('names what selection tries, best first, whatever the gates', () => {
    const input = inputOf({ policy: 'semver:^1', current: '1.1', tags, gates: { deny: ['*'] } });
    expect(newerTags(input).map(({ tag }) => tag)).toEqual(['1.3', '1.2']);
  });

  it('is empty where nothing is newer and where nothing may be chosen', () => {
    expect(newerTags(inputOf({ policy: 'semver:^1', current: '1.3', tags }))).toEqual([]);
    expect(newerTags(inputOf({ policy: 'semver:^1', current: '1.1', tags, complete: false }))).toEqual([]);
  });

  it('is the followed tag for a digest', () => {
    expect(newerTags(inputOf({ policy: 'digest', current: 'main', tags }))).toEqual([{ tag: 'main' }]);
  });
});
