import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { planImages } from '../../../src/command/images/plan-images.ts';
import { startFaultServer } from '../../registry/fault-server.ts';
import { image } from '../../registry/images.ts';
import { push, registriesAt, smallRegistry } from '../../registry/small-registry.ts';

const REPOSITORY = 'registry.test/org/app';

function workload(annotations: readonly string[], images: Readonly<Record<string, string>>): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  annotations:
${annotations.map((line) => `    ${line}\n`).join('')}spec:
  template:
    spec:
      containers:
${Object.entries(images)
  .map(([name, tag]) => `        - {name: ${name}, image: "${REPOSITORY}:${tag}"}\n`)
  .join('')}`;
}

/** Plans one file against a registry that holds `builds`, tags by their build times; `asked` is what it was asked for. */
async function plan(text: string, builds: Readonly<Record<string, string>>) {
  const content = smallRegistry();
  for (const [tag, created] of Object.entries(builds)) push(content, tag, image({ created, salt: tag }));
  await using server = await startFaultServer((request, response) => content.answer(request, response));
  const { registries } = registriesAt(server.url);
  const planned = await planImages(
    { files: [{ kind: 'objects', file: { path: 'app.yaml', bytes: Buffer.from(text) } }], rules: [], fields: [] },
    { registries, clock: systemClock, signal: new AbortController().signal },
  );
  const [change] = planned.changes;
  return {
    text: change === undefined ? text : Buffer.from(change.bytes).toString('utf8'),
    rows: planned.bumps.get('app.yaml')?.map(({ row }) => row),
    problems: planned.problems,
    asked: server.lines().map((line) => line.replace('/v2/org/app/', '')),
  };
}

const AUTOMATED = 'fluxcd.io/automated: "true"';
const BUILDS = {
  '1.0.0': '2026-01-01T00:00:00Z',
  '1.1.0': '2026-01-02T00:00:00Z',
  'main-1': '2026-01-03T00:00:00Z',
  'main-2': '2026-01-05T00:00:00Z',
  'side-1': '2026-01-04T00:00:00Z',
  latest: '2026-01-06T00:00:00Z',
};

describe('a container without a policy of its own', () => {
  it('gets the newest build of any tag but latest', async () => {
    const { text, rows } = await plan(workload([AUTOMATED], { app: '1.0.0' }), BUILDS);
    expect(text).toContain(`${REPOSITORY}:main-2"`);
    expect(rows).toMatchObject([{ from: '1.0.0', to: 'main-2', action: 'updated' }]);
  });

  it('does so beside containers that have one', async () => {
    const filters = [AUTOMATED, 'fluxcd.io/tag.app: semver:^1', 'fluxcd.io/tag.gone: glob:side-*'];
    const { rows } = await plan(workload(filters, { app: '1.0.0', side: 'side-1' }), BUILDS);
    expect(rows).toMatchObject([{ to: '1.1.0' }, { from: 'side-1', to: 'main-2' }]);
  });
});

describe('annotations of both prefixes', () => {
  it('follow the newer one and warn of the older, which came first or not', async () => {
    const both = ['flux.weave.works/tag.app: glob:main-*', 'fluxcd.io/tag.app: semver:^1'];
    for (const filters of [both, both.toReversed()]) {
      const { rows, problems } = await plan(workload([AUTOMATED, ...filters], { app: '1.0.0' }), BUILDS);
      expect(rows).toMatchObject([{ to: '1.1.0' }]);
      expect(problems).toMatchObject([{ severity: 'warning', code: 'ANNOTATION_OVERRULED' }]);
    }
  });
});

describe('an invalid policy', () => {
  it.each(['semver:~1.', 'regexp:(?=a)', 'semver:', 'regexp:('])(
    'is an error at its line, matches nothing, and holds no other container up: %s',
    async (policy) => {
      const text = workload([AUTOMATED, `fluxcd.io/tag.bad: "${policy}"`, 'fluxcd.io/tag.app: semver:^1'], {
        bad: '1.0.0',
        app: '1.0.0',
      });
      const { rows, problems, text: after } = await plan(text, BUILDS);
      expect(rows).toMatchObject([
        { action: 'failed', reason: expect.stringContaining('invalid policy') },
        { to: '1.1.0', action: 'updated' },
      ]);
      expect(problems).toMatchObject([{ severity: 'error', position: { file: 'app.yaml', line: 7, col: 24 } }]);
      expect(after).toBe(text.replace(`app, image: "${REPOSITORY}:1.0.0`, `app, image: "${REPOSITORY}:1.1.0`));
    },
  );
});

describe('what a registry is asked for', () => {
  it.each(['semver:*', 'semver:^1'])('is the list alone where %s finds nothing newer', async (policy) => {
    const { asked } = await plan(workload([AUTOMATED, `fluxcd.io/tag.app: "${policy}"`], { app: '1.1.0' }), BUILDS);
    expect(asked).toEqual(['GET tags/list?n=1000']);
  });

  it('is, by build time, the list and the images of tags that match, and that of the current one', async () => {
    const { asked, rows } = await plan(
      workload([AUTOMATED, 'fluxcd.io/tag.app: glob:main-*'], { app: 'side-1' }),
      BUILDS,
    );
    expect(rows).toMatchObject([{ to: 'main-2' }]);
    expect(asked[0]).toBe('GET tags/list?n=1000');
    expect(asked.filter((line) => line.includes('manifests/')).sort()).toEqual([
      'GET manifests/main-1',
      'GET manifests/main-2',
      'GET manifests/side-1',
    ]);
    expect(asked).toHaveLength(1 + 2 * 3);
  });
});

describe('a hold', () => {
  it.each([
    { lines: ['towpath/hold.ap: it leaks'], warned: "Did you mean 'app'?" },
    { lines: ['towpath/hold.database: it leaks'], warned: 'Use one of: app, side.' },
  ])('for a container that is not there is a warning, once: $lines', async ({ lines, warned }) => {
    const { rows, problems } = await plan(workload([AUTOMATED, ...lines], { app: '1.0.0', side: '1.0.0' }), BUILDS);
    expect(rows?.map(({ action }) => action)).toEqual(['updated', 'updated']);
    expect(problems).toMatchObject([
      { severity: 'warning', code: 'HOLD_WITHOUT_IMAGE', position: { file: 'app.yaml', line: 7 }, hint: warned },
    ]);
  });

  it.each([
    { of: 'another container', lines: [AUTOMATED, 'towpath/hold.side: it leaks'] },
    { of: 'nothing', lines: [AUTOMATED, 'towpath/hold.gone: "false"'] },
    { of: 'a workload without automation', lines: ['towpath/hold.ap: it leaks'] },
  ])('of $of is none', async ({ lines }) => {
    const { problems } = await plan(workload(lines, { app: '1.0.0', side: '1.0.0' }), BUILDS);
    expect(problems).toEqual([]);
  });

  it('is warned of twenty times for a workload, however many there are', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `towpath/hold.c${i}: it leaks`);
    const images = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`app${i}`, '1.0.0']));
    const { problems } = await plan(workload([AUTOMATED, ...many], images), BUILDS);
    expect(problems.map(({ code }) => code)).toEqual(Array(20).fill('HOLD_WITHOUT_IMAGE'));
  });
});
