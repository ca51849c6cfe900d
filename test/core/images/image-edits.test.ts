import { describe, expect, it } from 'vitest';
import { imageEdits } from '../../../src/core/images/image-edits.ts';
import { locateImages } from '../../../src/core/images/locate/locate-images.ts';
import { documentOf } from '../manifests/manifest-text.ts';

const old = `sha256:${'1'.repeat(64)}`;
const next = `sha256:${'2'.repeat(64)}`;

/** The new texts by role, for an image in the values of a HelmRelease. */
function edited(image: string, to: { tag?: string; digest?: string }): Record<string, string> {
  const text = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a}\nspec: {values: ${image}}\n`;
  const [use] = locateImages(documentOf(text)).uses;
  if (use === undefined) throw new Error(`no image in ${image}`);
  const edits = imageEdits(use, { tag: to.tag, digest: to.digest });
  return Object.fromEntries(
    edits.map((edit) => [use.fields.find((field) => field.span === edit.span)?.role, edit.value]),
  );
}

describe('a new version of an image', () => {
  it.each([
    { name: 'goes into the image', image: '{image: acme/app:1}', to: { tag: '2' }, edits: { image: 'acme/app:2' } },
    {
      name: 'is added where there is none',
      image: '{image: acme/app}',
      to: { tag: '2' },
      edits: { image: 'acme/app:2' },
    },
    {
      name: 'leaves a port alone',
      image: '{image: "registry:5000/app"}',
      to: { tag: '2' },
      edits: { image: 'registry:5000/app:2' },
    },
    {
      name: 'goes into the tag beside the image',
      image: '{image: acme/app, tag: 1.0}',
      to: { tag: '2' },
      edits: { tag: '2' },
    },
    {
      name: 'moves out of the image where a tag stands beside it',
      image: '{image: "acme/app:0", tag: 1.0}',
      to: { tag: '2' },
      edits: { image: 'acme/app', tag: '2' },
    },
    {
      name: 'goes into the image beside a registry',
      image: '{registry: ghcr.io, image: "acme/app:1"}',
      to: { tag: '2' },
      edits: { image: 'acme/app:2' },
    },
    {
      name: 'goes into the tag beside the repository',
      image: '{image: {repository: acme/app, tag: 1.0}}',
      to: { tag: '2' },
      edits: { tag: '2' },
    },
    {
      name: 'goes into the repository without a tag',
      image: '{image: {repository: "acme/app:1"}}',
      to: { tag: '2' },
      edits: { repository: 'acme/app:2' },
    },
    {
      name: 'fills an empty tag',
      image: '{image: {repository: acme/app, tag: ""}}',
      to: { tag: '2' },
      edits: { tag: '2' },
    },
    { name: 'with the same tag changes nothing', image: '{image: "acme/app:1"}', to: { tag: '1' }, edits: {} },
    {
      name: 'with a tag and a digest goes where both are',
      image: `{image: "acme/app:1@${old}"}`,
      to: { tag: '2', digest: next },
      edits: { image: `acme/app:2@${next}` },
    },
    {
      name: 'as a digest alone replaces the digest alone',
      image: `{image: "acme/app@${old}"}`,
      to: { digest: next },
      edits: { image: `acme/app@${next}` },
    },
    {
      name: 'without a digest drops the old one',
      image: `{image: "acme/app:1@${old}"}`,
      to: { tag: '2' },
      edits: { image: 'acme/app:2' },
    },
    {
      name: 'with a first digest pins the image',
      image: '{image: "acme/app:1"}',
      to: { tag: '1', digest: next },
      edits: { image: `acme/app:1@${next}` },
    },
    {
      name: 'with a first digest pins the tag beside the repository',
      image: '{image: {repository: acme/app, tag: v1}}',
      to: { tag: 'v1', digest: next },
      edits: { tag: `v1@${next}` },
    },
    {
      name: 'keeps the digest within the tag',
      image: `{image: {repository: acme/app, tag: "1@${old}"}}`,
      to: { tag: '2', digest: next },
      edits: { tag: `2@${next}` },
    },
    {
      name: 'keeps the digest within the repository',
      image: `{image: {repository: "acme/app@${old}", tag: v1}}`,
      to: { tag: 'v2', digest: next },
      edits: { repository: `acme/app@${next}`, tag: 'v2' },
    },
    {
      name: 'fills the digest of its own',
      image: `{image: {repository: acme/app, tag: v1, digest: "${old}"}}`,
      to: { tag: 'v2', digest: next },
      edits: { tag: 'v2', digest: next },
    },
    {
      name: 'with the same tag replaces only the digest',
      image: `{image: {repository: acme/app, tag: v1, digest: "${old}"}}`,
      to: { tag: 'v1', digest: next },
      edits: { digest: next },
    },
    {
      name: 'without a digest empties the digest of its own',
      image: `{image: {repository: acme/app, tag: v1, digest: "${old}"}}`,
      to: { tag: 'v2' },
      edits: { tag: 'v2', digest: '' },
    },
    {
      name: 'as a digest alone leaves an empty tag empty',
      image: `{image: {repository: acme/app, tag: "", digest: "${old}"}}`,
      to: { digest: next },
      edits: { digest: next },
    },
  ])('$name', ({ image, to, edits }) => {
    expect(edited(image, to)).toEqual(edits);
  });

  it('goes nowhere where the image must not be edited', () => {
    expect(edited('{image: "{{ .Values.x }}"}', { tag: '2' })).toEqual({});
  });
});
