import { describe, expect, it } from 'vitest';
import { setPolicies } from '../../../../src/core/images/by-hand/policy-edits.ts';
import { fileOf, podOf } from '../../manifests/manifest-text.ts';

function changed(text: string, policies: Record<string, string | null>): string {
  const result = setPolicies(fileOf(text), { subject: 'Pod/one', policies: new Map(Object.entries(policies)) });
  return result.kind === 'edited' ? new TextDecoder().decode(result.bytes) : `refused: ${result.problem.message}`;
}

describe('policies', () => {
  it('that are new are written with the prefix of today, all of them', () => {
    expect(
      changed(podOf({}), { locked: 'true', locked_user: 'Ann <ann@example.com>', locked_msg: 'release: wait' }),
    ).toBe(
      podOf({
        metadata:
          '  annotations:\n    fluxcd.io/locked: "true"\n    fluxcd.io/locked_user: Ann <ann@example.com>\n    fluxcd.io/locked_msg: "release: wait"\n',
      }),
    );
  });

  it.each([
    {
      written: 'flux.weave.works/automated: "true"',
      policy: 'automated',
      value: 'false',
      result: 'flux.weave.works/automated: "false"',
    },
    {
      written: 'fluxcd.io/automated: true',
      policy: 'automated',
      value: 'false',
      result: 'fluxcd.io/automated: "false"',
    },
    {
      written: 'filter.fluxcd.io/app: glob:a-*',
      policy: 'tag.app',
      value: 'semver:>=1.0',
      result: 'filter.fluxcd.io/app: semver:>=1.0',
    },
    {
      written: "fluxcd.io/tag.app: 'glob:a-*'",
      policy: 'tag.app',
      value: 'regexp:^v[0-9]+',
      result: "fluxcd.io/tag.app: 'regexp:^v[0-9]+'",
    },
  ])('that are there keep their annotation and its quotes: $written', ({ written, policy, value, result }) => {
    expect(changed(podOf({ metadata: `  annotations:\n    ${written} # why\n` }), { [policy]: value })).toBe(
      podOf({ metadata: `  annotations:\n    ${result} # why\n` }),
    );
  });

  it('are changed where they count, if several annotations set them', () => {
    const annotations = (value: string) =>
      podOf({ metadata: `  annotations:\n    flux.weave.works/locked: "false"\n    fluxcd.io/locked: ${value}\n` });
    expect(changed(annotations('"false"'), { locked: 'true' })).toBe(annotations('"true"'));
  });

  it('that are dropped are gone under every prefix', () => {
    const metadata =
      '  annotations:\n    flux.weave.works/locked: "true"\n    fluxcd.io/locked: "true"\n    fluxcd.io/locked_msg: wait\n';
    expect(
      changed(podOf({ metadata, rest: 'spec: {}\n' }), { locked: null, locked_user: null, locked_msg: null }),
    ).toBe(podOf({ rest: 'spec: {}\n' }));
  });

  it('about holds have a prefix of their own', () => {
    const held = podOf({ metadata: '  annotations:\n    towpath/hold.app: until 2026-12-01 why\n' });
    expect(changed(podOf({}), { 'hold.app': 'until 2026-12-01 why' })).toBe(held);
    expect(changed(held, { 'hold.app': 'why: not' })).toBe(
      podOf({ metadata: '  annotations:\n    towpath/hold.app: "why: not"\n' }),
    );
    expect(changed(held, { 'hold.app': null })).toBe(podOf({}));
  });

  it('of an object that is not there are refused', () => {
    expect(changed('apiVersion: v1\nkind: Pod\nmetadata: {name: two}\n', { locked: 'true' })).toBe(
      'refused: Pod/one is not in this file',
    );
  });
});
