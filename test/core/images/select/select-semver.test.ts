import { describe, expect, it } from 'vitest';
import { chosen, decide, reasonAgainst } from './select-case.ts';

const RELEASES = ['0.9.0', '1.0.0', '1.2.0', '1.2.3', '1.10.0', '2.0.0-rc.1', '2.0.0', 'latest', 'main', 'abcdef0'];

describe('semver policies choose the highest version in the range', () => {
  it.each([
    { policy: 'semver:*', current: '1.0.0', expected: '2.0.0' },
    { policy: 'semver:~1.2', current: '1.2.0', expected: '1.2.3' },
    { policy: 'semver:^1', current: '1.2.0', expected: '1.10.0' },
    { policy: 'semver:>=1.0 <2.0', current: '1.2.0', expected: '1.10.0' },
    { policy: 'semver:>=1.0<2.0', current: '1.2.0', expected: '1.10.0' },
    { policy: 'semver:>=1.0.0-0', current: '1.2.0', expected: '2.0.0' },
    { policy: 'semver:<2.0.0-z', current: '1.2.0', expected: '2.0.0-rc.1' },
    { policy: 'semver: ^1', current: '1.2.0', expected: '1.10.0' },
    { policy: 'semver:1.x || 0.9', current: '0.9.0', expected: '1.10.0' },
    { policy: 'semver:^3', current: '1.2.0', expected: 'keep' },
  ])('$policy from $current to $expected', ({ policy, current, expected }) => {
    expect(chosen({ policy, current, tags: RELEASES })).toBe(expected);
  });

  it('says why', () => {
    const selection = decide({ policy: 'semver:^1', current: '1.2.0', tags: RELEASES });
    expect(selection.reason).toBe("'1.10.0' is the highest version in the range '^1'");
    expect(Object.fromEntries(selection.rejected.map(({ tag, reason }) => [tag, reason]))).toEqual({
      '1.2.3': "below '1.10.0'",
      '1.0.0': 'below the current tag',
      '0.9.0': "outside the range '^1'",
      '2.0.0': "outside the range '^1'",
      '2.0.0-rc.1': "a pre-release, and the range '^1' names none",
      abcdef0: 'no version',
      latest: "'latest' is chosen only by 'glob:latest'",
      main: 'no version',
    });
  });
});

describe('equal versions', () => {
  it.each([
    { name: 'another spelling of the current version is no update', current: '1.2', tags: ['1.2', '1.2.0', 'v1.2'] },
    { name: 'nor is one with other leading zeros', current: '2026.5.1', tags: ['2026.05.01', '2026.5.1'] },
    { name: 'nor is one with the current tag gone', current: 'v1.2.0', tags: ['1.2', '1.2.0'] },
  ])('$name', ({ current, tags }) => {
    expect(chosen({ policy: 'semver:*', current, tags })).toBe('keep');
  });

  it.each([
    { current: '1.2.0', tags: ['v1.3.0', '1.3', '1.3.0', 'v1.3'], expected: '1.3.0' },
    { current: 'v1.2.0', tags: ['v1.3.0', '1.3', '1.3.0', 'v1.3'], expected: 'v1.3.0' },
    { current: '1.2', tags: ['v1.3.0', '1.3', '1.3.0', 'v1.3'], expected: '1.3' },
    { current: 'v1.2', tags: ['v1.3.0', '1.3', '1.3.0', 'v1.3'], expected: 'v1.3' },
    { current: 'v1', tags: ['v1.3.0', '1.3', '1.3.0', 'v1.3'], expected: 'v1.3.0' },
    { current: 'v1.2', tags: ['1.3', 'v1.3.0'], expected: 'v1.3.0' },
    { current: '1.2', tags: ['v1.3', '1.3.0'], expected: '1.3.0' },
    { current: 'main', tags: ['v1.3.0', '1.3', '1.3.0', 'v1.3'], expected: 'v1.3.0' },
    { current: '1.2', tags: ['1.03', '1.3'], expected: '1.3' },
  ])('between $tags the one written like $current wins: $expected', ({ current, tags, expected }) => {
    expect(chosen({ policy: 'semver:*', current, tags: [...tags, current] })).toBe(expected);
  });

  it('says which of the two rules decided', () => {
    const given = { policy: 'semver:*', current: '1.2.0', tags: ['1.3.0', '1.03.0', 'v1.3.0'] };
    expect(reasonAgainst(given, '1.03.0')).toBe("equal to '1.3.0', which comes later by its characters");
    expect(reasonAgainst(given, 'v1.3.0')).toBe("equal to '1.3.0', which is written more like the current tag");
  });
});

describe('a current tag outside the order', () => {
  it.each([
    { name: 'that is no version moves to the best match', current: 'main-abc', tags: [...RELEASES, 'main-abc'] },
    { name: 'moves even if it is not listed', current: 'placeholder', tags: RELEASES },
    { name: 'may be missing altogether', current: undefined, tags: RELEASES },
    { name: 'may be latest', current: 'latest', tags: RELEASES },
  ])('$name', ({ current, tags }) => {
    expect(chosen({ policy: 'semver:^1', tags, ...(current === undefined ? {} : { current }) })).toBe('1.10.0');
  });
});

describe('never down', () => {
  it('keeps a version above the range, and says so', () => {
    const selection = decide({ policy: 'semver:~1.2', current: '2.0.0', tags: RELEASES });
    expect(selection).toMatchObject({
      kind: 'keep',
      reason: "'1.2.3', the highest version in the range '~1.2', is below the current tag",
      warnings: [],
    });
  });

  it('keeps a pre-release above all releases', () => {
    expect(chosen({ policy: 'semver:*', current: '2.0.1-rc.1', tags: RELEASES })).toBe('keep');
  });

  it('takes the release of a pre-release for newer', () => {
    expect(chosen({ policy: 'semver:*', current: '2.0.0-rc.1', tags: RELEASES })).toBe('2.0.0');
  });
});

describe('Flux v2 policies by semver', () => {
  it('orders by what the filter extracts', () => {
    const filter = { pattern: '^release-(?P<v>.*)-[a-f0-9]+$', extract: '$v' };
    const tags = ['release-1.9.0-a1', 'release-1.10.0-b2', 'release-2.0.0-c3', '3.0.0'];
    expect(chosen({ policy: 'semver:^1', filter, current: 'release-1.9.0-a1', tags })).toBe('release-1.10.0-b2');
  });

  it('wants three parts where the policy says so', () => {
    const policy = { kind: 'semver', range: '*', threeParts: true } as const;
    expect(chosen({ policy, current: '1.0.0', tags: ['12345678', '2', '2.1', 'v1.1.0', '1.0.0'] })).toBe('v1.1.0');
  });
});
