import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConstraint } from '../../../../src/core/images/versions/parse-constraint.ts';
import { compareVersions, parseVersion, type Version } from '../../../../src/core/images/versions/semver.ts';
import { expectTotalOrder } from './total-order.ts';

describe('parseVersion', () => {
  it('fills in what is missing and drops leading zeros, `v` and build metadata', () => {
    expect(parseVersion('v2021.05')).toEqual({ major: '2021', minor: '5', patch: '0', pre: [] });
    expect(parseVersion('1.2.3-rc.01a+build')).toEqual({ major: '1', minor: '2', patch: '3', pre: ['rc', '01a'] });
  });

  it('keeps parts beyond 2^53 exact', () => {
    const [a, b] = ['1.9007199254740993.0', '1.9007199254740992.0'].map((text) => parseVersion(text) as Version);
    expect(compareVersions(a as Version, b as Version)).toBeGreaterThan(0);
  });

  it('compares numeric pre-release identifiers beyond 2^64 as numbers', () => {
    const [a, b] = ['1.0.0-99999999999999999999', '1.0.0-100000000000000000000'].map(
      (text) => parseVersion(text) as Version,
    );
    expect(compareVersions(a as Version, b as Version)).toBeLessThan(0);
  });
});

describe('compareVersions', () => {
  const identifier = fc.oneof(fc.nat(12).map(String), fc.constantFrom('alpha', 'rc', 'rc1', '0a', '-', 'x-y'));
  const version = fc
    .record({
      core: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
      pre: fc.array(identifier, { maxLength: 3 }),
    })
    .map(({ core, pre }) => parseVersion(core.join('.') + (pre.length === 0 ? '' : `-${pre.join('.')}`)) as Version);

  it('is a total order', () => expectTotalOrder(version, compareVersions));
});

describe('parseConstraint', () => {
  it.each([
    { range: '~1.', hint: 'trailing dot' },
    { range: '~v0.', hint: 'trailing dot' },
    { range: '', hint: "Write '*'" },
    { range: '==1.2', hint: "Write '='" },
    { range: '1.2.3.4', hint: 'three numbers' },
    { range: '18446744073709551616', hint: '2^64' },
    { range: '1 ||', hint: 'separator' },
    { range: 'stable', hint: '>=1.2, <2' },
  ])('hints at what is wrong with $range', ({ range, hint }) => {
    const parsed = parseConstraint(range);
    expect(parsed.ok ? '' : parsed.hint).toContain(hint);
  });

  it('refuses a range of more than 512 characters and says how long it is', () => {
    const parsed = parseConstraint(`>=1.0${' '.repeat(508)}`);
    expect(parsed).toMatchObject({ ok: false, message: 'the version range has 513 characters, at most 512 are read' });
    expect(parseConstraint(`>=1.0${' '.repeat(507)}`).ok).toBe(true);
  });

  it('answers for any text', () => {
    const text = fc.string({ unit: fc.constantFrom(...'01.x-+, |<>=~^va*é\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, (range) => {
        const parsed = parseConstraint(range);
        expect(parsed.ok ? parsed.constraint.groups.length > 0 : parsed.hint.length > 0).toBe(true);
      }),
    );
  });
});
