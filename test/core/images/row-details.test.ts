import { describe, expect, it } from 'vitest';
import { type BumpInput, toBump } from '../../../src/core/images/bump.ts';
import type { ImageRule } from '../../../src/core/images/image-rule.ts';
import { locateImages } from '../../../src/core/images/locate/locate-images.ts';
import { policyRow } from '../../../src/core/images/row-details.ts';
import type { TagPolicy } from '../../../src/core/images/select/tag-policy.ts';
import { parseManifests } from '../../../src/core/manifests/parse.ts';
import { reportSchema } from '../../../src/core/report/report-schema.ts';
import { built, decide, type SelectCase } from './select/select-case.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const POSITION = { file: '.towpath.yaml', line: 3, col: 5 };

function useOf(image: string, annotations = '') {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, annotations: {${annotations}} }
spec: { template: { spec: { containers: [{ name: api, image: "${image}" }] } } }
`;
  const [use] = parseManifests({ path: 'api.yaml', bytes: Buffer.from(text) }).documents.flatMap(
    (document) => locateImages(document).uses,
  );
  if (use === undefined) throw new Error('no image');
  return use;
}

/** The row of an image that stands at `current`. */
function rowOf(given: SelectCase, more: Partial<BumpInput> = {}) {
  const use = useOf(`r.example/api:${given.current}`);
  return toBump({ use, selection: decide(given), pinned: false, digest: null, source: undefined, ...more }).row;
}

describe('the row of an image', () => {
  it('says why the image moves, and which newer tags were passed over', () => {
    const row = rowOf({
      policy: 'semver:^1',
      current: '1.1.0',
      tags: ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '2.0.0', 'latest'],
      gates: { deny: ['1.3.*'] },
    });
    expect(row).toEqual({
      subject: 'Deployment/api',
      container: 'api',
      image: 'r.example/api',
      from: '1.1.0',
      to: '1.2.0',
      action: 'updated',
      reason: "the highest version in the range '^1' that passes the gates",
      rejected: {
        tags: [
          { tag: '1.3.0', reason: "denied by '1.3.*'" },
          { tag: '2.0.0', reason: "outside the range '^1'" },
        ],
        more: 0,
      },
    });
  });

  it.each<{ name: string; given: SelectCase; more?: Partial<BumpInput>; reason: string }>([
    {
      name: 'by time',
      given: {
        policy: 'glob:main-*',
        current: 'main-1',
        tags: built({ 'main-1': '2026-01-01', 'main-2': '2026-01-02' }),
      },
      reason: "the newest build that matches 'glob:main-*' (built 2026-01-02T00:00:00Z)",
    },
    {
      name: 'by digest',
      given: { policy: 'digest', current: 'main', digest: 'sha256:b', tags: [{ tag: 'main', digest: DIGEST }] },
      more: { pinned: true, digest: DIGEST },
      reason: "the tag 'main' has another digest",
    },
    {
      name: 'for its pin alone',
      given: { policy: 'semver:^1', current: '1.0.0', tags: ['1.0.0'] },
      more: { pinned: true, digest: DIGEST },
      reason: 'pinned to its digest, as its rule says',
    },
  ])('says why it moves $name', ({ given, more, reason }) => {
    expect(rowOf(given, more)).toMatchObject({ action: 'updated', reason });
  });

  it('keeps its sentence where nothing changes, and says what was passed over', () => {
    expect(rowOf({ policy: 'semver:~1.4', current: '1.4.2', tags: ['1.4.2', '1.5.0'] })).toMatchObject({
      action: 'unchanged',
      reason: "the current tag '1.4.2' is the highest version in the range '~1.4'",
      rejected: { tags: [{ tag: '1.5.0', reason: "outside the range '~1.4'" }], more: 0 },
    });
  });

  it('has no word of tags that were passed over where there are none', () => {
    const row = rowOf({ policy: 'semver:~1.4', current: '1.4.2', tags: ['1.4.1', '1.4.2', 'main'] });
    expect(Object.keys(row)).not.toContain('rejected');
  });

  it('names five tags of ten thousand, the highest first, and counts the others', () => {
    const tags = ['1.0.0', ...Array.from({ length: 10_000 }, (_, index) => `2.${index}.0`)];
    const { rejected } = rowOf({ policy: 'semver:^1', current: '1.0.0', tags });
    expect(rejected?.tags.map(({ tag }) => tag)).toEqual(['2.9999.0', '2.9998.0', '2.9997.0', '2.9996.0', '2.9995.0']);
    expect(rejected?.more).toBe(9_995);
  });

  it('links what is new', () => {
    const source = { url: 'https://github.com/o/a', revision: 'b'.repeat(40), previous: 'c'.repeat(40) };
    const given = { policy: 'semver:^1', current: '1.0.0', tags: ['1.0.0', '1.1.0'] };
    expect(rowOf(given, { source }).source).toEqual({
      link: `https://github.com/o/a/compare/${'c'.repeat(40)}...${'b'.repeat(40)}`,
      revision: 'b'.repeat(40),
      previous: 'c'.repeat(40),
    });
    expect(rowOf({ ...given, tags: ['1.0.0'] }, { source }).source).toBeUndefined();
  });
});

describe('the policy of a row', () => {
  const semver: TagPolicy = { kind: 'semver', range: '^1' };
  const rule = { policy: { value: semver, position: POSITION } } as ImageRule;

  it('is the annotation as it was written, before any rule', () => {
    const use = useOf('r.example/api:1', '"fluxcd.io/tag.api": "main-*"');
    expect(policyRow(use, { rule, policy: { kind: 'glob', pattern: 'main-*' } })).toEqual({
      text: 'main-*',
      from: 'annotation',
      position: { file: 'api.yaml', line: 3, col: 59 },
    });
  });

  it('is that of the marker, before any annotation', () => {
    const mark = {
      policyName: 'shop/api',
      position: POSITION,
      follows: { fault: 'unused' },
      writtenName: undefined,
      digestMarked: false,
    };
    const use = { ...useOf('r.example/api:1', '"fluxcd.io/tag.api": "main-*"'), mark };
    expect(policyRow(use, { rule, policy: semver })).toEqual({
      text: 'semver:^1',
      from: 'marker',
      name: 'shop/api',
      position: POSITION,
    });
  });

  it('is that of the rule', () => {
    expect(policyRow(useOf('r.example/api:1'), { rule, policy: semver })).toEqual({
      text: 'semver:^1',
      from: 'rule',
      position: POSITION,
    });
  });

  it('is the default where neither says anything', () => {
    const policy: TagPolicy = { kind: 'glob', pattern: '*' };
    expect(policyRow(useOf('r.example/api:1'), { rule: undefined, policy })).toEqual({
      text: 'glob:*',
      from: 'default',
    });
  });

  it('is printable and short', () => {
    const use = useOf('r.example/api:1', `"fluxcd.io/tag.api": "a\\u202e${'x'.repeat(10_000)}"`);
    const { text } = policyRow(use, { rule: undefined, policy: semver });
    expect(text).toBe(`a\uFFFD${'x'.repeat(198)}…`);
  });

  it('may come from all that the schema names', () => {
    expect(JSON.stringify(reportSchema())).toContain('"annotation","marker","rule","default"');
  });
});
