import { describe, expect, it } from 'vitest';
import { policyKeys, readPolicies } from '../../../../src/core/images/locate/annotations.ts';
import { documentOf, podOf } from '../../manifests/manifest-text.ts';

function read(...lines: readonly string[]) {
  return readPolicies(
    documentOf(podOf({ metadata: `  annotations:\n${lines.map((line) => `    ${line}\n`).join('')}` })),
  );
}

const nothing = {
  automated: undefined,
  locked: false,
  lockedUser: undefined,
  lockedMessage: undefined,
  ignore: undefined,
  tagFilters: new Map(),
  holds: new Map(),
};

describe('the policies of a workload', () => {
  it.each([
    { lines: ['fluxcd.io/automated: "true"'], policies: { automated: true } },
    { lines: ['fluxcd.io/automated: true'], policies: { automated: true } },
    { lines: ["flux.weave.works/automated: 'true'"], policies: { automated: true } },
    { lines: ['fluxcd.io/automated: "false"'], policies: { automated: false } },
    { lines: ['fluxcd.io/automated: yes'], policies: { automated: false } },
    { lines: ['fluxcd.io/automated: "True"'], policies: { automated: false } },
    { lines: ['fluxcd.io/automated:'], policies: { automated: false } },
    {
      lines: ['fluxcd.io/locked: "true"', 'fluxcd.io/locked_user: Ann <ann@example.com>', 'fluxcd.io/locked_msg: wait'],
      policies: { locked: true, lockedUser: 'Ann <ann@example.com>', lockedMessage: 'wait' },
    },
    {
      lines: ['fluxcd.io/locked: "false"', 'fluxcd.io/locked_msg: "a\\u0007b"'],
      policies: { lockedMessage: 'a\uFFFDb' },
    },
    { lines: ['fluxcd.io/ignore: "true"'], policies: { ignore: 'true' } },
    { lines: ['fluxcd.io/ignore: sync_only'], policies: { ignore: 'sync_only' } },
    { lines: ['fluxcd.io/ignore: "false"'], policies: {} },
    {
      lines: ['fluxcd.io/unknown: "true"', 'example.com/automated: "true"', 'xfluxcd.io/automated: "true"'],
      policies: {},
    },
    { lines: ['"fluxcd\\u002eio/automated": "true"'], policies: { automated: true } },
  ])('are read from $lines', ({ lines, policies }) => {
    expect(read(...lines)).toEqual({ policies: { ...nothing, ...policies }, problems: [] });
  });

  it('have holds by container, as written, under one prefix alone', () => {
    const { policies, problems } = read(
      'towpath/hold.app: until 2026-12-01 flaky',
      'towpath/hold.side: "false"',
      'fluxcd.io/hold.other: why',
      'towpath/held: why',
    );
    expect(problems).toEqual([]);
    expect(
      [...policies.holds].map(([container, { value, position }]) => `${container} ${value} ${position.line}`),
    ).toEqual(['app until 2026-12-01 flaky 6', 'side false 7']);
  });

  it('have tag filters by container, as written, with their places', () => {
    const { policies, problems } = read(
      'fluxcd.io/tag.app: semver:~1.2',
      "filter.fluxcd.io/side: 'glob:a-*'",
      'flux.weave.works/tag.chart-image: regexp:^v',
      'fluxcd.io/tag.num: 1.10',
      'fluxcd.io/tag.none: ""',
    );
    expect(problems).toEqual([]);
    expect(
      [...policies.tagFilters].map(
        ([container, { value, position }]) => `${container} ${value} ${position.line}:${position.col}`,
      ),
    ).toEqual([
      'app semver:~1.2 6:24',
      'num 1.10 9:24',
      'none  10:25',
      'side glob:a-* 7:28',
      'chart-image regexp:^v 8:39',
    ]);
  });

  it.each([
    {
      lines: ['flux.weave.works/automated: "true"', 'fluxcd.io/automated: "false"'],
      winner: 'fluxcd.io/automated',
      loser: 'flux.weave.works/automated',
      line: 6,
    },
    {
      lines: ['fluxcd.io/automated: "false"', 'flux.weave.works/automated: "true"'],
      winner: 'fluxcd.io/automated',
      loser: 'flux.weave.works/automated',
      line: 7,
    },
    {
      lines: ['fluxcd.io/tag.a: glob:1', 'filter.fluxcd.io/a: glob:2'],
      winner: 'fluxcd.io/tag.a',
      loser: 'filter.fluxcd.io/a',
      line: 7,
    },
    {
      lines: ['flux.weave.works/tag.a: glob:3', 'filter.fluxcd.io/a: glob:2'],
      winner: 'filter.fluxcd.io/a',
      loser: 'flux.weave.works/tag.a',
      line: 6,
    },
  ])('follow $winner where $loser says it too, with a warning', ({ lines, winner, loser, line }) => {
    const { policies, problems } = read(...lines);
    expect(policies.automated).not.toBe(true);
    expect(policies.tagFilters.get('a')?.value).toBe(
      winner.endsWith('automated') ? undefined : winner.startsWith('filter') ? 'glob:2' : 'glob:1',
    );
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'ANNOTATION_OVERRULED',
        message: `annotation ${loser} does not count beside ${winner}`,
        position: { file: 'a.yaml', line, col: expect.any(Number) },
        subject: 'Pod/one',
        hint: `Remove ${loser}.`,
      },
    ]);
  });

  it('come from anchors and merge keys too', () => {
    const text = `x: &x {fluxcd.io/automated: "true"}\n${podOf({ metadata: '  annotations:\n    <<: *x\n    fluxcd.io/locked: "true"\n' })}`;
    expect(readPolicies(documentOf(text)).policies).toMatchObject({ automated: true, locked: true });
  });

  it.each([
    '',
    '  annotations:\n',
    '  annotations: []\n',
    '  annotations: text\n',
    '  annotations: {fluxcd.io/automated: [true]}\n',
  ])('are none in %j', (metadata) => {
    expect(readPolicies(documentOf(podOf({ metadata })))).toEqual({ policies: nothing, problems: [] });
  });

  it('are not read from the annotations of the pods', () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {metadata: {annotations: {fluxcd.io/automated: "true"}}}}\n';
    expect(readPolicies(documentOf(text)).policies.automated).toBeUndefined();
  });

  it('are not confused by a megabyte of annotation', () => {
    const { policies } = read(
      `fluxcd.io/tag.a: glob:${'x'.repeat(1_000_000)}`,
      'fluxcd.io/automated: "true"',
      `fluxcd.io/locked_msg: ${'y'.repeat(1_000_000)}`,
    );
    expect(policies.automated).toBe(true);
    expect(policies.tagFilters.get('a')?.value).toHaveLength(1_000_005);
    expect(policies.lockedMessage).toHaveLength(121);
  });
});

describe('the annotations that set a policy', () => {
  it('are named, the one that counts first', () => {
    const document = documentOf(
      podOf({
        metadata:
          '  annotations: {flux.weave.works/tag.a: x, filter.fluxcd.io/a: y, fluxcd.io/tag.a: z, fluxcd.io/locked: "true"}\n',
      }),
    );
    expect(policyKeys(document, 'tag.a')).toEqual(['fluxcd.io/tag.a', 'filter.fluxcd.io/a', 'flux.weave.works/tag.a']);
    expect(policyKeys(document, 'locked')).toEqual(['fluxcd.io/locked']);
    expect(policyKeys(document, 'automated')).toEqual([]);
  });
});
