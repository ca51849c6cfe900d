import { describe, expect, it } from 'vitest';
import { at, built, chosen, decide, reasonAgainst } from './select-case.ts';

const TAGS = [
  { tag: 'stable', digest: 'sha256:new', firstSeenMs: at('2026-05-30'), platforms: ['linux/amd64'] },
  { tag: '1.0', digest: 'sha256:one' },
  { tag: 'bare' },
];

describe('a digest policy keeps the tag and moves the digest', () => {
  it('to the one the tag has now', () => {
    const selection = decide({ policy: 'digest', current: 'stable', digest: 'sha256:old', tags: TAGS });
    expect(selection).toMatchObject({ kind: 'update', to: { tag: 'stable', digest: 'sha256:new' }, warnings: [] });
    expect(selection.reason).toBe("the tag 'stable' has another digest");
  });

  it.each([
    {
      name: 'nothing where the digest is the same',
      policy: 'digest',
      current: 'stable',
      digest: 'sha256:new',
      expected: 'keep',
    },
    { name: 'pins a tag without a digest', policy: 'digest', current: 'stable', digest: undefined, expected: 'stable' },
    {
      name: 'moves to the named tag',
      policy: 'digest:stable',
      current: '1.0',
      digest: 'sha256:one',
      expected: 'stable',
    },
    {
      name: 'follows a tag for a digest alone',
      policy: 'digest:stable',
      current: undefined,
      digest: 'sha256:old',
      expected: 'stable',
    },
    {
      name: 'is content with the digest alone',
      policy: 'digest:stable',
      current: undefined,
      digest: 'sha256:new',
      expected: 'keep',
    },
  ])('$name', ({ policy, current, digest, expected }) => {
    const given = {
      policy,
      tags: TAGS,
      ...(current === undefined ? {} : { current }),
      ...(digest === undefined ? {} : { digest }),
    };
    expect(chosen(given)).toBe(expected);
    expect(decide(given).warnings).toEqual([]);
  });

  it.each([
    { name: 'the tag is not listed', current: 'gone', warning: "the listing does not have the tag 'gone' to follow" },
    { name: 'its digest is not known', current: 'bare', warning: "the digest of the tag 'bare' is not known" },
    {
      name: 'there is no tag',
      current: undefined,
      warning: 'the current image without a tag but a digest names none whose digest could be followed',
    },
  ])('changes nothing, with a warning, where $name', ({ current, warning }) => {
    const given = { policy: 'digest', digest: 'sha256:old', tags: TAGS, ...(current === undefined ? {} : { current }) };
    expect(decide(given)).toMatchObject({ kind: 'keep', warnings: [warning] });
  });

  it('waits for the gates', () => {
    const given = { policy: 'digest', current: 'stable', digest: 'sha256:old', tags: TAGS };
    expect(chosen({ ...given, gates: { platforms: ['linux/arm64'] } })).toBe('keep');
    expect(chosen({ ...given, gates: { minAgeMs: 86_400_000 * 3 } })).toBe('keep');
    expect(chosen({ ...given, gates: { minAgeMs: 86_400_000 } })).toBe('stable');
    expect(decide({ ...given, gates: { deny: ['sta*'] } }).reason).toBe(
      "the tag 'stable' has another digest but is held back: denied by 'sta*'",
    );
  });
});

describe('an image by digest alone, under another policy', () => {
  const tags = [
    { tag: '1.0.0', digest: 'sha256:a', createdMs: at('2026-01-01') },
    { tag: '1.0', digest: 'sha256:a', createdMs: at('2026-01-01') },
    { tag: '1.1.0', digest: 'sha256:b', createdMs: at('2026-01-02') },
  ];

  it.each([
    { policy: 'semver:*', digest: 'sha256:a', expected: '1.1.0' },
    { policy: 'semver:*', digest: 'sha256:b', expected: 'keep' },
    { policy: 'semver:1.0.x', digest: 'sha256:b', expected: 'keep' },
    { policy: 'semver:*', digest: 'sha256:unknown', expected: '1.1.0' },
    { policy: 'glob:*', digest: 'sha256:a', expected: '1.1.0' },
    { policy: 'glob:*', digest: 'sha256:b', expected: 'keep' },
    { policy: 'glob:*', digest: 'sha256:unknown', expected: 'keep' },
    { policy: 'auto', digest: 'sha256:a', expected: 'keep' },
  ])(
    'stands where the tags with its digest stand: $policy at $digest gives $expected',
    ({ policy, digest, expected }) => {
      expect(chosen({ policy, digest, tags })).toBe(expected);
    },
  );

  it('is not moved to another name of itself, and that is said of it', () => {
    const given = { policy: 'semver:*', digest: 'sha256:b', tags };
    expect(reasonAgainst(given, '1.1.0')).toBe('the current image itself');
    expect(reasonAgainst(given, '1.0.0')).toBe('below the current tag');
  });

  it('may be remembered', () => {
    const remembered = { tag: 'gone', digest: 'sha256:old', createdMs: at('2025-12-31') };
    expect(chosen({ policy: 'glob:*', digest: 'sha256:old', tags, remembered })).toBe('1.1.0');
  });

  it('is warned about by time where nothing is known of it', () => {
    expect(decide({ policy: 'glob:*', digest: 'sha256:x', tags: built({ a: '2026-01-01' }) }).warnings).toEqual([
      'the build time of the current image without a tag but a digest is not known',
    ]);
  });
});
