import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/command/adapters/repository.ts';
import { imageFilesOf } from '../../../src/command/environment-manifests.ts';
import { findSources } from '../../../src/command/generated/environment-sources.ts';
import type { ImageSettings } from '../../../src/command/images/find-images.ts';
import { planImages } from '../../../src/command/images/plan-images.ts';
import type { EnvironmentConfig } from '../../../src/config/config.ts';
import type { ImageRule } from '../../../src/core/images/image-rule.ts';
import type { FieldRule } from '../../../src/core/images/locate/field-rule.ts';
import { memoryRegistries } from '../memory-registries.ts';

const POSITION = { file: '.towpath.yaml', line: 1, col: 1 };
const NOW = Date.parse('2026-11-20T12:00:00Z');

const RULE: ImageRule = {
  position: POSITION,
  image: 'example.org/*',
  container: undefined,
  policy: { value: { kind: 'semver', range: '^1' }, position: POSITION },
  pin: undefined,
  platforms: [],
  minimumAgeMs: undefined,
  deny: [],
  windows: [],
};

const DATABASE: FieldRule = {
  position: POSITION,
  kind: 'Database',
  group: 'db.example.org',
  fields: { container: 'engine', paths: { repository: 'spec.engine.name', tag: 'spec.engine.version' } },
};

const KUSTOMIZATION = `resources: [app.yaml]
images:
- name: api
  newName: example.org/app # ours
  newTag: 1.0.0
- name: untouched
  newName: example.org/app
`;

const VALUES = `backend:
  image:
    repository: example.org/app
    tag: "1.0.0"   # keep
kind: of a values file
`;

const OBJECT = `apiVersion: db.example.org/v1
kind: Database
metadata: {name: orders}
spec: {engine: {name: example.org/app, version: 1.0.0}}
`;

interface Outcome {
  readonly rows: Readonly<Record<string, string>>;
  readonly changed: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

async function plan(
  files: Readonly<Record<string, string>>,
  given: { readonly values?: readonly string[]; readonly settings?: Partial<ImageSettings> } = {},
): Promise<Outcome> {
  const environment: EnvironmentConfig = {
    name: 'dev',
    position: POSITION,
    branch: undefined,
    paths: [{ value: 'dev', position: POSITION }],
    values: (given.values ?? []).map((value) => ({ value, position: POSITION })),
    clusters: [],
    generators: false,
  };
  const signal = new AbortController().signal;
  const read = await findSources({ snapshot: snapshotOf(files), environment, event: { fromFork: false } }, signal);
  const settings = { rules: [RULE], fields: [DATABASE], ...given.settings };
  const registries = memoryRegistries({ 'example.org/app': [{ tag: '1.0.0' }, { tag: '1.1.0' }] });
  const clock = { now: () => NOW, sleep: async () => undefined };
  const planned = await planImages({ files: imageFilesOf([read]), ...settings }, { registries, clock, signal });
  const rows = [...planned.bumps.values()].flat().map(({ row }) => row);
  return {
    rows: Object.fromEntries(
      rows.map((row) => [`${row.subject} ${row.container}`, `${row.from} -> ${row.to}: ${row.action}`]),
    ),
    changed: Object.fromEntries(planned.changes.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])),
    problems: [...read.problems, ...planned.problems].map(({ code, position }) => `${code} ${position?.file}`),
  };
}

function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  const entries = Object.entries(files).map(([path, text]) => ({ path, kind: 'file' as const, size: text.length }));
  return {
    branch: null,
    revision: null,
    entries,
    links: async () => new Map(),
    read: async (paths) => ({
      files: paths.map((path) => ({ path, bytes: Buffer.from(files[path] ?? '') })),
      problems: [],
    }),
  };
}

describe('images beside those of workloads', () => {
  it.each(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])('stand in the images of a %s', async (name) => {
    const { rows, changed, problems } = await plan({ [`dev/${name}`]: KUSTOMIZATION });
    expect(rows).toEqual({ [`Kustomization/dev/${name} api`]: '1.0.0 -> 1.1.0: updated' });
    expect(changed).toEqual({ [`dev/${name}`]: KUSTOMIZATION.replace('newTag: 1.0.0', 'newTag: 1.1.0') });
    expect(problems).toEqual([]);
  });

  it('stand in the Helm values files that the environment names, wherever these lie', async () => {
    const files = { 'dev/app.yaml': '', 'charts/api/Chart.yaml': '', 'charts/api/values.yaml': VALUES };
    const { rows, changed, problems } = await plan(files, { values: ['charts/*/values.yaml'] });
    expect(rows).toEqual({ 'Values/charts/api/values.yaml backend': '1.0.0 -> 1.1.0: updated' });
    expect(changed).toEqual({ 'charts/api/values.yaml': VALUES.replace('"1.0.0"', '"1.1.0"') });
    expect(problems).toEqual([]);
  });

  it('stand in the fields that the configuration names for a kind', async () => {
    const { rows, changed } = await plan({ 'dev/orders.yaml': OBJECT });
    expect(rows).toEqual({ 'Database/orders engine': '1.0.0 -> 1.1.0: updated' });
    expect(changed).toEqual({ 'dev/orders.yaml': OBJECT.replace('version: 1.0.0', 'version: 1.1.0') });
  });

  it('follow the annotations of their object before the rules', async () => {
    const held = OBJECT.replace('name: orders', 'name: orders, annotations: {fluxcd.io/locked: "true"}');
    const { rows } = await plan({ 'dev/orders.yaml': held });
    expect(rows).toEqual({ 'Database/orders engine': '1.0.0 -> 1.0.0: skipped' });
  });

  it.each([
    { name: 'of a kind of another group', files: { 'dev/a.yaml': OBJECT.replace('db.example.org', 'example.com') } },
    { name: 'of a values file that nobody names', files: { 'dev/values.yaml': VALUES.replace(/^kind.*\n/m, '') } },
    {
      name: 'of a kustomization beside the environment',
      files: { 'dev/a.yaml': '', 'kustomization.yaml': KUSTOMIZATION },
    },
  ])('are left alone: those $name', async ({ files }) => {
    expect(await plan(files)).toEqual({ rows: {}, changed: {}, problems: [] });
  });

  it('are left alone without a rule that gives them a policy', async () => {
    const files = { 'dev/kustomization.yaml': KUSTOMIZATION, 'dev/orders.yaml': OBJECT, 'values.yaml': VALUES };
    const settings = { rules: [{ ...RULE, policy: undefined }] };
    expect(await plan(files, { values: ['values.yaml'], settings })).toEqual({ rows: {}, changed: {}, problems: [] });
  });

  it('cost nothing else where their file cannot be read', async () => {
    const files = { 'dev/kustomization.yaml': 'images: [', 'dev/orders.yaml': OBJECT };
    const { rows, problems } = await plan(files);
    expect(rows).toEqual({ 'Database/orders engine': '1.0.0 -> 1.1.0: updated' });
    expect(problems).toEqual(['MANIFEST_UNREADABLE dev/kustomization.yaml']);
  });

  it('are a mistake of the configuration where a glob for values files matches none', async () => {
    const { problems } = await plan({ 'dev/app.yaml': '' }, { values: ['charts/*.yaml', 'dev/app.yaml'] });
    expect(problems).toEqual(['PATH_NOT_FOUND .towpath.yaml']);
  });
});
