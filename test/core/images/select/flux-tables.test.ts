import { describe, expect, it } from 'vitest';
import { orderedTags } from '../../../../src/core/images/by-hand/ordered-tags.ts';
import { setPolicies } from '../../../../src/core/images/by-hand/policy-edits.ts';
import { imageEdits } from '../../../../src/core/images/image-edits.ts';
import { locateImages } from '../../../../src/core/images/locate/locate-images.ts';
import type { TagFacts } from '../../../../src/core/images/select/tag-facts.ts';
import { parseTagPolicy } from '../../../../src/core/images/select/tag-policy.ts';
import { applyEdits } from '../../../../src/core/manifests/edit.ts';
import { documentOf, fileOf } from '../../manifests/manifest-text.ts';
import { at, chosen, decide } from './select-case.ts';

// What Flux v1's own tests promise of policies written to files, of the order of tags, and of automation.

function workload(annotations: readonly string[]): string {
  const lines = annotations.map((line) => `    ${line}\n`).join('');
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: # a comment beside what changes
  name: web
${lines === '' ? '' : `  annotations:\n${lines}`}spec:
  template:
    metadata: # another
      labels:
        app: web
    spec:
      containers:
      - image: nginx  # keys in an order of their own
        name: web     # and comments in columns
`;
}

const OTHER = "example.com/scrape: 'false'";

describe('policies in a file', () => {
  it.each<{ name: string; before: string[]; set: Record<string, string | null>; after: string[] }>([
    {
      name: 'are added beside other annotations',
      before: [OTHER],
      set: { automated: 'true' },
      after: [OTHER, 'fluxcd.io/automated: "true"'],
    },
    {
      name: 'keep the prefix they have',
      before: ["flux.weave.works/automated: 'true'"],
      set: { automated: 'true' },
      after: ["flux.weave.works/automated: 'true'"],
    },
    {
      name: 'keep the prefix they have beside other annotations',
      before: ["flux.weave.works/automated: 'true'", OTHER],
      set: { automated: 'true' },
      after: ["flux.weave.works/automated: 'true'", OTHER],
    },
    {
      name: 'begin with the prefix of today',
      before: [],
      set: { automated: 'true' },
      after: ['fluxcd.io/automated: "true"'],
    },
    {
      name: 'are set and dropped at once',
      before: ["flux.weave.works/automated: 'true'", OTHER],
      set: { locked: 'true', automated: null },
      after: [OTHER, 'fluxcd.io/locked: "true"'],
    },
    {
      name: 'are dropped beside other annotations',
      before: ['fluxcd.io/automated: true', OTHER],
      set: { automated: null },
      after: [OTHER],
    },
    {
      name: 'are dropped with the mapping where they stood alone',
      before: ['fluxcd.io/automated: true'],
      set: { automated: null },
      after: [],
    },
    { name: 'need not be there to be dropped', before: [], set: { automated: null, locked: null }, after: [] },
    {
      name: 'need not be there to be dropped, and others stay',
      before: [OTHER],
      set: { automated: null },
      after: [OTHER],
    },
    {
      name: 'of several lines are dropped whole',
      before: ['fluxcd.io/locked_msg: |-\n      one\n      two'],
      set: { locked_msg: null },
      after: [],
    },
    {
      name: 'of several lines with an empty one are dropped whole',
      before: ['fluxcd.io/locked_msg: |-\n      one\n\n      three'],
      set: { locked_msg: null },
      after: [],
    },
    { name: 'may be globs', before: [], set: { 'tag.web': 'glob:*' }, after: ['fluxcd.io/tag.web: glob:*'] },
    { name: 'may be globs without a word', before: [], set: { 'tag.web': 'v1' }, after: ['fluxcd.io/tag.web: v1'] },
    { name: 'may be ranges', before: [], set: { 'tag.web': 'semver:*' }, after: ['fluxcd.io/tag.web: semver:*'] },
    {
      name: 'may be regular expressions',
      before: [],
      set: { 'tag.web': 'regexp:(.*?)' },
      after: ['fluxcd.io/tag.web: regexp:(.*?)'],
    },
    {
      name: 'keep the prefix of filters',
      before: ['filter.fluxcd.io/web: glob:*'],
      set: { 'tag.web': 'glob:*' },
      after: ['filter.fluxcd.io/web: glob:*'],
    },
  ])('$name', ({ before, set, after }) => {
    const result = setPolicies(fileOf(workload(before)), {
      subject: 'Deployment/web',
      policies: new Map(Object.entries(set)),
    });
    expect(result.kind === 'edited' ? new TextDecoder().decode(result.bytes) : result.problem).toBe(workload(after));
  });

  it.each(['semver:invalid', 'regexp:*'])('cannot be %s', (text) => {
    expect(parseTagPolicy(text)).toMatchObject({ ok: false });
  });
});

/** Tags in the order of a policy, the newest first. */
function ordered(policy: string, tags: readonly TagFacts[]): string[] {
  const parsed = parseTagPolicy(policy);
  const [use] = locateImages(documentOf(workload([]))).uses;
  if (!parsed.ok || use === undefined) throw new Error('a policy and an image are expected');
  const listing = { tags, complete: true };
  return orderedTags({ policy: parsed.policy, use, listing, nowMs: 0 }).map(({ tag }) => tag);
}

describe('the order of tags', () => {
  it('by version takes the longer of two equal ones first, and leaves out what is none', () => {
    const tags = ['3', 'v1', '1.10', '1.2.30', '1.10.0', 'bbb-not-semver', 'aaa-not-semver'].map((tag) => ({ tag }));
    const expected = ['3', '1.10.0', '1.10', '1.2.30', 'v1'];
    expect(ordered('semver:*', tags)).toEqual(expected);
    expect(ordered('semver:*', tags.toReversed())).toEqual(expected);
  });

  it('by build time takes no account of other times, and puts those without one last', () => {
    const time = at('2017-01-13T16:22:58Z');
    const tags = [
      { tag: '2', createdMs: time },
      { tag: '0', createdMs: time + 1_000, pushedMs: time + 3_600_000 },
      {
        tag: '3',
        createdMs: time - 1_000,
        pushedMs: time + 60_000,
        labels: { 'org.opencontainers.image.created': '2030-01-01T00:00:00Z' },
      },
      { tag: '4' },
      { tag: '1', createdMs: time, pushedMs: time },
      { tag: '5' },
    ];
    expect(ordered('glob:*', tags)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(ordered('glob:*', tags.toReversed())).toEqual(['0', '1', '2', '3', '4', '5']);
  });
});

describe('automation', () => {
  const time = at('2026-01-01');

  it('by range needs no build time, not even a readable one', () => {
    const tags = [
      { tag: '1.0', createdMs: at('0001-01-01') },
      { tag: '1.1', createdMs: at('0001-01-01') },
    ];
    expect(chosen({ policy: 'semver:*', current: '1.0', tags })).toBe('1.1');
    expect(decide({ policy: 'glob:*', current: '1.0', tags }).kind).toBe('keep');
  });

  it('gives an image without a tag a version, but no newest build, which nobody could call newer', () => {
    const tags = [
      { tag: '1.0', createdMs: time },
      { tag: '1.1', createdMs: time + 1 },
    ];
    expect(chosen({ policy: 'semver:*', tags })).toBe('1.1');
    expect(chosen({ policy: 'glob:*', tags })).toBe('keep');
  });

  it('goes on where one of the tags that match tells nothing of itself', () => {
    const tags = [{ tag: 'a', createdMs: time }, { tag: 'b' }, { tag: 'c', createdMs: time + 1 }];
    expect(chosen({ policy: 'glob:*', current: 'a', tags })).toBe('c');
  });

  it.each(['nginx', 'library/nginx', 'docker.io/nginx', 'index.docker.io/library/nginx', 'registry-1.docker.io/nginx'])(
    'writes the name as it stands: %s',
    (name) => {
      const text = workload([]).replace('nginx', name);
      const [use] = locateImages(documentOf(text)).uses;
      const result = applyEdits(
        fileOf(text),
        use === undefined ? [] : imageEdits(use, { tag: '1.27', digest: undefined }),
      );
      expect(result.kind === 'edited' ? new TextDecoder().decode(result.bytes) : result.problem).toBe(
        text.replace(`image: ${name} `, `image: ${name}:1.27 `),
      );
    },
  );
});
