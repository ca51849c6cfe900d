import { describe, expect, it } from 'vitest';
import { imageEdits } from '../../../../src/core/images/image-edits.ts';
import { NO_POLICIES } from '../../../../src/core/images/locate/image-holder.ts';
import type { ImageUse } from '../../../../src/core/images/locate/image-use.ts';
import { locateFields } from '../../../../src/core/images/locate/locate-fields.ts';
import { locateImages } from '../../../../src/core/images/locate/locate-images.ts';
import { locateKustomizationImages } from '../../../../src/core/images/locate/locate-kustomization.ts';
import { locateValuesImages } from '../../../../src/core/images/locate/locate-values.ts';
import { applyEdits } from '../../../../src/core/manifests/edit.ts';
import { documentOf, fileOf } from '../../manifests/manifest-text.ts';

const digest = `sha256:${'1'.repeat(64)}`;
const next = `sha256:${'2'.repeat(64)}`;

function summary({ subject, container, name, tag, digest: pinned, position, fields }: ImageUse): string {
  const version = `${tag === undefined ? '' : `:${tag}`}${pinned === undefined ? '' : `@${pinned}`}`;
  return `${subject} ${container} ${name}${version} ${position.line}:${position.col} ${fields.map((field) => field.role).join(' ')}`;
}

describe('images of a kustomization', () => {
  const text = `resources: [base]
images:
  # bumped
  - name: acme/app
    newTag: v1.2.3 # here
  - name: short
    newName: ghcr.io/acme/long
    newTag: 1.10
  - {name: pinned, digest: "${digest}"}
  - name: renamed
    newName: acme/renamed
  - newTag: nameless
  - name: Not An Image
    newTag: v1
`;
  const located = locateKustomizationImages(fileOf(text, 'apps/prod/kustomization.yaml'));

  it('are its entries with a tag or a digest', () => {
    expect(located.uses.map(summary)).toEqual([
      'Kustomization/apps/prod/kustomization.yaml acme/app acme/app:v1.2.3 5:13 name tag',
      'Kustomization/apps/prod/kustomization.yaml short ghcr.io/acme/long:1.10 8:13 name tag',
      `Kustomization/apps/prod/kustomization.yaml pinned pinned@${digest} 9:12 name digest`,
    ]);
    expect(located.problems).toMatchObject([{ severity: 'warning', code: 'IMAGE_INVALID', position: { line: 14 } }]);
  });

  it('get their new version in the tag and in the digest', () => {
    const [app, short, pinned] = located.uses;
    if (app === undefined || short === undefined || pinned === undefined) throw new Error('three images expected');
    const edits = [
      ...imageEdits(app, { tag: 'v2', digest: undefined }),
      ...imageEdits(short, { tag: '1.20', digest: undefined }),
      ...imageEdits(pinned, { tag: undefined, digest: next }),
    ];
    const result = applyEdits(fileOf(text), edits);
    expect(result.kind === 'edited' ? new TextDecoder().decode(result.bytes) : result).toBe(
      text.replace('v1.2.3 #', 'v2 #').replace('1.10', '"1.20"').replace(digest, next),
    );
  });

  it('are none where the file cannot be read, which is a problem', () => {
    expect(locateKustomizationImages(fileOf('images: [\n'))).toMatchObject({
      uses: [],
      problems: [{ code: 'MANIFEST_UNREADABLE' }],
    });
    expect(locateKustomizationImages({ path: 'a.yaml', bytes: Uint8Array.of(0xff) })).toMatchObject({
      uses: [],
      problems: [{ code: 'MANIFEST_NOT_UTF8' }],
    });
    expect(locateKustomizationImages(fileOf('- a\n'))).toEqual({ uses: [], problems: [] });
  });
});

describe('images of a values file', () => {
  it('are found at any depth, named after their path', () => {
    const text = `image: {repository: acme/app, tag: 1.10}
backend:
  image: acme/backend
  tag: v2
  db:
    image:
      registry: ghcr.io
      repository: acme/db
      tag: "3"
      repositoryNote: {image: x y}
picture: {image: a boat}
list: [{image: acme/in-a-list}]
`;
    expect(locateValuesImages(fileOf(text, 'charts/prod.yaml')).uses.map(summary)).toEqual([
      'Values/charts/prod.yaml chart-image acme/app:1.10 1:36 repository tag',
      'Values/charts/prod.yaml backend acme/backend:v2 4:8 image tag',
      'Values/charts/prod.yaml backend.db ghcr.io/acme/db:3 9:12 repository registry tag',
    ]);
  });

  it.each([
    { what: 'is none', image: '{repository: acme/app}', found: [] },
    { what: 'is in a list', image: '{repository: acme/app, tag: [v1]}', found: [] },
    { what: 'is yet to be written', image: '{repository: acme/app, tag: ""}', found: ['acme/app'] },
    { what: 'is a digest alone', image: `{repository: acme/app, digest: "${digest}"}`, found: [`acme/app@${digest}`] },
    { what: 'is in the repository', image: '{repository: "acme/app:1"}', found: ['acme/app:1'] },
  ])('whose repository stands apart need a place for the version: it $what', ({ image, found }) => {
    const { uses } = locateValuesImages(fileOf(`image: ${image}\n`));
    expect(
      uses.map(({ name, tag, digest: pinned }) => `${name}${tag ? `:${tag}` : ''}${pinned ? `@${pinned}` : ''}`),
    ).toEqual(found);
  });

  it('are found once where anchors repeat them, however often', () => {
    const levels = Array.from(
      { length: 40 },
      (_, level) => `a${level + 1}: &a${level + 1} {l: *a${level}, r: *a${level}}\n`,
    );
    const { uses } = locateValuesImages(fileOf(`a0: &a0 {image: acme/app:1}\n${levels.join('')}`));
    expect(uses.map(summary)).toEqual(['Values/a.yaml a0 acme/app:1 1:17 image']);
  });
});

describe('an image of a custom kind', () => {
  const document = documentOf(`apiVersion: example.com/v1
kind: Engine
metadata:
  name: one
  annotations: {fluxcd.io/automated: "true", fluxcd.io/tag.motor: "semver:~1"}
spec:
  motor: {name: acme/motor, version: 1.10}
  jobs:
    - image: acme/job:1
    - image: Not An Image
`);

  it('is found by the paths of its parts, and follows the annotations of the object', () => {
    const rule = {
      position: { file: '.towpath.yaml', line: 1, col: 1 },
      kind: 'Engine',
      group: 'example.com',
      fields: { container: 'motor', paths: { repository: 'spec.motor.name', tag: 'spec.motor.version' } },
    };
    const { uses, problems } = locateImages(document, [rule, { ...rule, group: 'example.org' }]);
    expect(uses.map(summary)).toEqual(['Engine/one motor acme/motor:1.10 7:38 repository tag']);
    expect(uses[0]?.policies.automated).toBe(true);
    expect(problems).toEqual([]);
  });

  it('is found in lists by index', () => {
    expect(
      locateFields(document, {
        fields: { container: 'job', paths: { image: 'spec.jobs.0.image' } },
        policies: NO_POLICIES,
      }).uses.map(summary),
    ).toEqual(['Engine/one job acme/job:1 9:14 image']);
  });

  it.each(['spec.jobs.2.image', 'spec.jobs.x.image', 'spec.nothing', 'spec.motor', 'spec.jobs'])(
    'is none at %s',
    (path) => {
      expect(
        locateFields(document, { fields: { container: 'x', paths: { image: path } }, policies: NO_POLICIES }),
      ).toEqual({ uses: [], problems: [] });
    },
  );

  it.each(['spec.motor.nothing', 'spec.jobs'])('is none where its version should stand at %s', (tag) => {
    const fields = { container: 'motor', paths: { repository: 'spec.motor.name', tag } };
    expect(locateFields(document, { fields, policies: NO_POLICIES })).toEqual({ uses: [], problems: [] });
  });

  it('may have its version in the field with its name', () => {
    const fields = { container: 'job', paths: { repository: 'spec.jobs.0.image', tag: 'spec.nothing' } };
    expect(locateFields(document, { fields, policies: NO_POLICIES }).uses.map(summary)).toEqual([
      'Engine/one job acme/job:1 9:14 repository',
    ]);
  });

  it('is a problem where its field holds something else', () => {
    expect(
      locateFields(document, {
        fields: { container: 'job', paths: { image: 'spec.jobs.1.image' } },
        policies: { ...NO_POLICIES, automated: true },
      }),
    ).toMatchObject({
      uses: [],
      problems: [{ severity: 'error', code: 'IMAGE_INVALID', position: { line: 10, col: 14 } }],
    });
  });
});
