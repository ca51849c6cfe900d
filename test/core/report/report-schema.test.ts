import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../../src/core/report/report-schema.ts';
import { cluster, environment, explained, image, object, report } from './reports.ts';

const COMMITTED = path.join(import.meta.dirname, '..', '..', '..', 'schema', 'report.schema.json');
const validate = new Ajv2020({ strict: true }).compile(reportSchema());

const WHOLE = report({
  requestedBy: 'Alice <alice@example.org>',
  registries: { 'ghcr.io': { requests: 1 } },
  environments: [
    environment({
      images: [image('updated'), image('failed'), explained()],
      commits: [{ sha: 'a'.repeat(40), branch: 'main', message: 'm' }],
      clusters: [cluster([object('created')])],
    }),
  ],
  problems: [
    { severity: 'warning', code: 'X', message: 'm', position: { file: 'a', line: 1, col: 1 }, subject: 's', hint: 'h' },
  ],
});

const EXPLAINED = ['environments', 0, 'images', 2];

describe('the schema of a report', () => {
  it('is committed as it is generated (npm run docs)', () => {
    expect(JSON.parse(readFileSync(COMMITTED, 'utf8'))).toEqual(reportSchema());
  });

  it('takes what the code makes, as JSON has it', () => {
    const written = JSON.parse(
      JSON.stringify(report({ ...WHOLE, problems: [{ severity: 'error', code: 'X', message: 'm', hint: undefined }] })),
    );
    for (const value of [WHOLE, written, report()]) expect(validate(value) ? [] : validate.errors).toEqual([]);
  });

  it.each<{ name: string; path: (string | number)[]; value: unknown }>([
    { name: 'an outcome of its own', path: ['outcome'], value: 'partial' },
    { name: 'no outcome', path: ['outcome'], value: undefined },
    { name: 'a further key', path: ['extra'], value: 1 },
    { name: 'time running backwards', path: ['durationMs'], value: -1 },
    { name: 'half a request', path: ['registries', 'ghcr.io', 'requests'], value: 0.5 },
    { name: 'a registry without requests', path: ['registries', 'ghcr.io'], value: {} },
    { name: 'no GitHub', path: ['github'], value: undefined },
    { name: 'an unknown action of an image', path: ['environments', 0, 'images', 0, 'action'], value: 'bumped' },
    { name: 'an action of objects on an image', path: ['environments', 0, 'images', 0, 'action'], value: 'configured' },
    { name: 'no reason for a failure', path: ['environments', 0, 'images', 1, 'reason'], value: '' },
    { name: 'an image without a container', path: ['environments', 0, 'images', 0, 'container'], value: undefined },
    { name: 'a nested image', path: ['environments', 0, 'images', 0, 'image'], value: { name: 'a', tag: 'b' } },
    { name: 'a passed-over tag without a reason', path: [...EXPLAINED, 'rejected', 'tags', 0, 'reason'], value: '' },
    { name: 'passed-over tags of which there are none', path: [...EXPLAINED, 'rejected', 'tags'], value: [] },
    { name: 'a policy from nowhere', path: [...EXPLAINED, 'policy', 'from'], value: 'cluster' },
    { name: 'a link that is none', path: [...EXPLAINED, 'source', 'link'], value: 'javascript:alert(1)' },
    { name: 'a branch as a revision', path: [...EXPLAINED, 'source', 'revision'], value: 'main' },
    { name: 'a short commit', path: ['environments', 0, 'commits', 0, 'sha'], value: '1a2b3c4' },
    {
      name: 'an unknown action of an object',
      path: ['environments', 0, 'clusters', 0, 'objects', 0, 'action'],
      value: 'updated',
    },
    { name: 'a cluster without requests', path: ['environments', 0, 'clusters', 0, 'requests'], value: undefined },
    { name: 'line 0', path: ['problems', 0, 'position', 'line'], value: 0 },
    { name: 'a severity of its own', path: ['problems', 0, 'severity'], value: 'fatal' },
  ])('refuses $name', ({ path: steps, value }) => {
    const broken = structuredClone(WHOLE) as unknown as Record<string | number, never>;
    const last = steps.at(-1) ?? '';
    const parent = steps.slice(0, -1).reduce<Record<string | number, unknown>>((at, step) => at[step] as never, broken);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
    expect(validate(broken)).toBe(false);
  });
});
