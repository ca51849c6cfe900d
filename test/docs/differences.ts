/** The differences from Flux v1 that the migration page names, each with what proves it: a check, or a test on real parts. */
import { expect } from 'vitest';
import { triageImage } from '../../src/core/images/automation.ts';
import { imageEdits } from '../../src/core/images/image-edits.ts';
import type { ImageUse } from '../../src/core/images/locate/image-use.ts';
import { locateImages } from '../../src/core/images/locate/locate-images.ts';
import { podSpecPath } from '../../src/core/images/locate/locate-pods.ts';
import { parseReference } from '../../src/core/images/reference.ts';
import { selectTag } from '../../src/core/images/select/select.ts';
import type { Selection } from '../../src/core/images/select/selection.ts';
import type { TagFacts } from '../../src/core/images/select/tag-facts.ts';
import { parseTagPolicy } from '../../src/core/images/select/tag-policy.ts';
import { toDesiredObject } from '../../src/core/manifests/desired-object.ts';
import { findDuplicates } from '../../src/core/manifests/duplicates.ts';
import { applyEdits } from '../../src/core/manifests/edit.ts';
import { parseManifests } from '../../src/core/manifests/parse.ts';
import { payloadOf } from '../../src/core/sync/payload.ts';
import { MANIFEST_ACCEPT } from '../../src/registry/manifest.ts';
import { filesBelow, readPage } from './pages.ts';

/** A test elsewhere that proves the row: it runs on a real API server, registry and git remote. */
interface Elsewhere {
  readonly file: string;
  readonly test: string;
}

const RUN = 'test/e2e/run.integration.test.ts';
const GENERATED = 'test/command/generated/generated-run.test.ts';
const CONFLICTS = 'test/cluster/conflicts.integration.test.ts';

/** By the first cell of the row, in the order of the page. */
export const DIFFERENCES: Readonly<Record<string, (() => void) | Elsewhere>> = {
  'a filter that cannot be read': () => {
    const triage = triageImage(onlyUse(deployment('app:1.0.0', 'semver:~1.')), undefined, 0);
    expect(triage).toMatchObject({ kind: 'settled', row: { action: 'failed', from: '1.0.0', to: '1.0.0' } });
    expect(triage?.problems[0]).toMatchObject({ severity: 'error', position: { line: 6 } });
  },
  'an older tag': () => {
    expect(select('semver:~1', '2.0.0', ['1.9.0', '2.0.0']).kind).toBe('keep');
    expect(select('glob:main-*', 'main-9', ['main-9', 'rc-1']).kind).toBe('keep');
  },
  'a revert, or an older tag by hand': {
    file: 'test/command/images/set-back.test.ts',
    test: 'is not made again: the image is on hold, and the file says so, until it is taken off hold',
  },
  'the same version, written otherwise': () => {
    expect(select('semver:*', '1.0.0', ['1.0.0', 'v1.0.0', '1.0']).kind).toBe('keep');
  },
  'builds of the same second': () => {
    const facts = ['main-b', 'main-a'].map((tag) => ({ tag, createdMs: 1_000_000 }));
    expect(selectFrom('glob:main-*', 'main-b', facts).kind).toBe('keep');
  },
  'a current tag that has left the registry': () => {
    expect(select('semver:~1', '1.0.0', ['1.1.0'])).toMatchObject({ kind: 'update', to: { tag: '1.1.0' } });
    const lost = select('glob:main-*', 'main-1', ['main-2']);
    expect(lost).toMatchObject({ kind: 'keep', warnings: [expect.stringContaining('main-1')] });
    const facts = [{ tag: 'main-2', createdMs: 2_000 }];
    const remembered = { tag: 'main-1', createdMs: 1_000 };
    expect(selectFrom('glob:main-*', 'main-1', facts, remembered)).toMatchObject({ kind: 'update' });
  },
  'pre-releases in a range': () => {
    const range = 'semver:>=1.0.0-rc.0, <1.0.1';
    expect(select(range, '1.0.0-rc.0', ['1.0.0-rc.1'])).toMatchObject({ kind: 'update', to: { tag: '1.0.0-rc.1' } });
  },
  'a range without separators': () => {
    expect(parseTagPolicy('semver:>=1.0<2.0')).toMatchObject({ ok: true, warning: expect.stringContaining('Flux v1') });
    expect(select('semver:>=1.0<2.0', '1.0.0', ['1.4.0', '2.0.0'])).toMatchObject({ to: { tag: '1.4.0' } });
  },
  'registry:5000/app': () => {
    expect(parseReference('registry:5000/app')).toMatchObject({
      registry: 'registry:5000',
      path: 'app',
      tag: undefined,
    });
    expect(parseReference('registry:5000/app:v1')).toMatchObject({ registry: 'registry:5000', tag: 'v1' });
  },
  "a registry's tag: 1.10 without quotes": () => {
    expect(onlyUse(release('{ repository: app, tag: 1.10 }')).tag).toBe('1.10');
  },
  'both annotation prefixes': () => {
    const both = deployment('app:1.0.0', 'semver:~1', '    flux.weave.works/tag.app: glob:*\n');
    const { uses, problems } = located(both);
    expect(uses[0]?.policies.tagFilters.get('app')?.value).toBe('semver:~1');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'ANNOTATION_OVERRULED' }]);
  },
  'automated: true without quotes': () => {
    const text = deployment('app:1.0.0', 'semver:~1').replace('"true"', 'true');
    expect(onlyUse(text).policies.automated).toBe(true);
    const [document] = parse(text).documents;
    if (document === undefined) throw new Error('no document');
    expect(toDesiredObject(document).object['metadata']).toMatchObject({
      annotations: { 'fluxcd.io/automated': 'true' },
    });
  },
  'a digest beside the tag': () => {
    const old = `sha256:${'a'.repeat(64)}`;
    const digest = `sha256:${'b'.repeat(64)}`;
    const text = deployment(`app:1.0.0@${old}`, 'semver:~1');
    expect(edited(text, { tag: '1.1.0', digest })).toBe(text.replace(`1.0.0@${old}`, `1.1.0@${digest}`));
  },
  edits: () => {
    const text = `# kept\r\n\r\n${deployment("'app:1.0.0'   # kept", 'semver:~1').replaceAll('\n', '\r\n')}`.trimEnd();
    expect(edited(text, { tag: '1.1.0', digest: undefined })).toBe(text.replace('app:1.0.0', 'app:1.1.0'));
  },
  'a manifest without a namespace': () => {
    const text = deployment('app:1.0.0', 'semver:~1');
    expect(text).not.toContain('namespace');
    expect(edited(text, { tag: '1.1.0', digest: undefined })).toContain('app:1.1.0');
  },
  'which workloads': () => {
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod', 'ReplicaSet']) {
      expect(podSpecPath(kind)).toBeDefined();
    }
    expect(onlyUse(release('app:1', 'FluxHelmRelease')).container).toBe('chart-image');
    const volume = '      volumes: [{ name: data, image: { reference: "data:1" } }]\n';
    expect(located(deployment('app:1.0.0', 'semver:~1') + volume).uses.map((use) => use.name)).toEqual(['app', 'data']);
  },
  'which images': () => {
    expect(MANIFEST_ACCEPT).toContain('application/vnd.oci.image.index.v1+json');
    expect(MANIFEST_ACCEPT).toContain('application/vnd.oci.image.manifest.v1+json');
  },
  'a file that cannot be read': () => {
    const bad = parseManifests({ path: 'bad.yaml', bytes: Buffer.from('kind: [') });
    expect(bad).toMatchObject({ documents: [], problems: [{ code: 'MANIFEST_UNREADABLE' }] });
    expect(readPage('test/e2e/bad-input.integration.test.ts')).toContain(
      "'exits 1 for $name, after everything else is done'",
    );
  },
  'an object that is defined twice': () => {
    const text = deployment('app:1.0.0', 'semver:~1');
    const other = text.replace('name: app', 'name: other');
    const { documents } = parse(`${text}---\n${text}---\n${other}`);
    const repeated = findDuplicates(documents).documents;
    expect(documents.filter((document) => !repeated.includes(document)).map(({ name }) => name)).toEqual(['other']);
  },
  'how objects are applied': {
    file: CONFLICTS,
    test: 'is taken over where its values differ, and the row says from whom',
  },
  'objects that are as they should be': {
    file: 'test/cluster/no-op.integration.test.ts',
    test: 'over random objects of 26 kinds sends nothing but one list for each kind',
  },
  'a field that another controller owns': {
    file: CONFLICTS,
    test: 'is not touched: the object fails with the field and its owner',
  },
  CustomResourceDefinitions: {
    file: 'test/cluster/definitions.integration.test.ts',
    test: 'comes with its resources in one run, in any order of the files',
  },
  'marks on objects': () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { key: 'value' } };
    expect(payloadOf(object, 'shop')).toEqual({ ...object, metadata: { name: 'a', namespace: 'shop' } });
  },
  'a branch that moves meanwhile': {
    file: RUN,
    test: 'reads a branch that moved again and plans anew, losing nobody’s commit',
  },
  'state in the repository': () => {
    const sources = filesBelow('src/repository', '.ts').map(readPage).join('\n');
    expect(sources).not.toMatch(/refs\/notes|refs\/tags|flux-sync/);
  },
  'where generators run': {
    file: GENERATED,
    test: 'run in the directory of their .flux.yaml, with a warning where Flux ran them elsewhere',
  },
  'what generators see': {
    file: 'test/render/generators.test.ts',
    test: 'get what programs need of the environment, and no credential',
  },
  'new files of updaters': { file: GENERATED, test: 'commits no file that its updaters leave behind' },
  'a generator that fails': { file: GENERATED, test: 'goes on with the others where they fail for one' },
  'a notifier that fails': {
    file: RUN,
    test: 'tells nobody a secret: token, webhook and registry password appear in no output',
  },
};

function select(policy: string, current: string, tags: readonly string[]): Selection {
  const facts = tags.map((tag, index) => ({ tag, createdMs: 1_000_000 + index }));
  return selectFrom(policy, current, facts);
}

function selectFrom(policy: string, current: string, tags: readonly TagFacts[], remembered?: TagFacts): Selection {
  const parsed = parseTagPolicy(policy);
  if (!parsed.ok) throw new Error(parsed.message);
  return selectTag({
    policy: parsed.policy,
    current: { tag: current, digest: undefined },
    listing: { tags, complete: true },
    remembered,
    gates: { minAgeMs: undefined, platforms: [], deny: [] },
    nowMs: 0,
  });
}

function deployment(image: string, policy: string, annotation = ''): string {
  return `kind: Deployment\napiVersion: apps/v1\nmetadata:\n  annotations:\n    fluxcd.io/automated: "true"\n    fluxcd.io/tag.app: ${policy}\n${annotation}  name: app\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: ${image}\n`;
}

function release(image: string, kind = 'HelmRelease'): string {
  return `kind: ${kind}\napiVersion: helm.fluxcd.io/v1\nmetadata: { name: app }\nspec:\n  values:\n    image: ${image}\n`;
}

function parse(text: string) {
  return parseManifests({ path: 'app.yaml', bytes: Buffer.from(text) });
}

function located(text: string) {
  const all = parse(text).documents.map((document) => locateImages(document));
  return { uses: all.flatMap(({ uses }) => uses), problems: all.flatMap(({ problems }) => problems) };
}

function onlyUse(text: string): ImageUse {
  const [use, ...more] = located(text).uses;
  if (use === undefined || more.length > 0) throw new Error(`not one image in ${text}`);
  return use;
}

function edited(text: string, to: { tag: string; digest: string | undefined }): string {
  const result = applyEdits({ path: 'app.yaml', bytes: Buffer.from(text) }, imageEdits(onlyUse(text), to));
  if (result.kind !== 'edited') throw new Error(result.problem.message);
  return Buffer.from(result.bytes).toString('utf8');
}
