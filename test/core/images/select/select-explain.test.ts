import { describe, expect, it } from 'vitest';
import { explainPolicy, explainSelection } from '../../../../src/core/images/explain.ts';
import type { PolicyRow } from '../../../../src/core/report/report.ts';
import { at, built, decide } from './select-case.ts';

describe('explainPolicy', () => {
  const position = { file: 'prod/api.yaml', line: 7, col: 5 };

  it.each<{ policy: PolicyRow; words: string }>([
    {
      policy: { text: '~1', from: 'annotation', position },
      words: 'policy ~1 (annotation at prod/api.yaml:7)',
    },
    {
      policy: { text: 'semver:~1', from: 'rule', position: { ...position, file: '.towpath.yaml' } },
      words: 'policy semver:~1 (rule at .towpath.yaml:7)',
    },
    {
      policy: { text: 'semver:~1', from: 'marker', name: 'shop/api', position },
      words: 'policy semver:~1 (marker of ImagePolicy shop/api at prod/api.yaml:7)',
    },
    { policy: { text: 'glob:*', from: 'default' }, words: 'policy glob:* (default, there is no filter)' },
  ])('$words', ({ policy, words }) => {
    expect(explainPolicy(policy)).toBe(words);
  });
});

describe('explainSelection', () => {
  it('says why this tag, and what was rejected and why', () => {
    const selection = decide({
      policy: 'semver:^1',
      current: '1.1.0',
      tags: ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '2.0.0', 'latest'],
      gates: { deny: ['1.3.*'] },
    });
    expect(explainSelection(selection)).toEqual([
      "update to 1.2.0: '1.2.0' is the highest version in the range '^1' that passes the gates",
      '4 tags were not chosen:',
      "  1.3.0: denied by '1.3.*'",
      "  2.0.0: outside the range '^1'",
      '  1.0.0: below the current tag',
      "  latest: 'latest' is chosen only by 'glob:latest'",
    ]);
  });

  it('says why nothing changes', () => {
    const selection = decide({ policy: 'glob:*', current: 'b', tags: built({ a: '2026-01-01', b: '2026-01-02' }) });
    expect(explainSelection(selection)).toEqual([
      "no change: the current tag 'b' is the newest build that matches 'glob:*'",
      '1 tag was not chosen:',
      '  a: built before the current tag',
    ]);
  });

  it('shows warnings', () => {
    const selection = decide({ policy: 'semver:*', current: '1.0', tags: [], warning: 'quay.io answered 429' });
    expect(explainSelection(selection)).toEqual([
      'no change: the registry lists no tags: quay.io answered 429',
      'warning: the registry lists no tags: quay.io answered 429',
    ]);
  });

  it('shows failures', () => {
    const selection = decide({ policy: { kind: 'semver', range: '~1.' }, current: '1.0', tags: ['1.0'] });
    expect(explainSelection(selection)).toEqual(['failed: the version range cannot be read']);
  });

  it('counts what it does not name', () => {
    const many = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const tags = ['1.0', ...many('0.', 500), ...many('2.', 300), ...many('x', 200)];
    const lines = explainSelection(decide({ policy: 'semver:^1', current: '1.0', tags }));
    expect(lines.slice(0, 3)).toEqual([
      "no change: the current tag '1.0' is the highest version in the range '^1'",
      '1000 tags were not chosen:',
      "  2.299: outside the range '^1'",
    ]);
    expect(lines.slice(12)).toEqual(["  790 more: outside the range '^1'", '  200 more: no version']);
  });

  it('has as many lines for any listing', () => {
    const tags = Array.from({ length: 1_000 }, (_, index) => ({
      tag: `t${index}`,
      firstSeenMs: at('2026-05-01') + index * 1_000_000,
    }));
    const given = { policy: 'alphabetical', current: 'a', tags, gates: { minAgeMs: 10 ** 15 } };
    const lines = explainSelection(decide(given));
    expect(lines.length).toBe(23);
    expect(lines[22]).toMatch(/^ {2}\d+ more: other reasons$/);
  });
});
