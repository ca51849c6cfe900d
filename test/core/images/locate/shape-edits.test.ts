import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { imageEdits } from '../../../../src/core/images/image-edits.ts';
import type { ImageUse } from '../../../../src/core/images/locate/image-use.ts';
import { locateImages } from '../../../../src/core/images/locate/locate-images.ts';
import { applyEdits } from '../../../../src/core/manifests/edit.ts';
import { parseManifests } from '../../../../src/core/manifests/parse.ts';

const root = new URL('../../../fixtures/locate/', import.meta.url);
const DIGEST = `sha256:${'2'.repeat(64)}`;

function usesIn(bytes: Uint8Array): readonly ImageUse[] {
  return parseManifests({ path: 'in.yaml', bytes }).documents.flatMap((document) => locateImages(document).uses);
}

/** Every image that may be edited, with the folder it stands in. */
const images = readdirSync(root).flatMap((folder) => {
  const bytes = readFileSync(new URL(`${folder}/in.yaml`, root));
  return usesIn(bytes).flatMap((use, index) =>
    use.refusal === undefined ? [{ folder, bytes, index, name: `${folder}: ${use.container}` }] : [],
  );
});

describe('an image that is found is written where it was read, whatever its shape', () => {
  it('has dozens of shapes to show it on', () => {
    expect(images.length).toBeGreaterThan(60);
  });

  it.each(images)('$name', ({ bytes, index }) => {
    for (const tag of ['9.8.7', '1.10', 'on', '2024-12-01', '1e3', '0x1F', '1234567', 'v_0.2.0-rc.1']) {
      expectOnlyVersion(bytes, index, tag);
    }
  });
});

/** Gives the image at `index` a new version and looks at all bytes outside, and at what is read back. */
function expectOnlyVersion(bytes: Uint8Array, index: number, tag: string): void {
  const before = usesIn(bytes);
  const use = before[index];
  if (use === undefined) throw new Error(`no image ${index}`);
  const alone = use.tag === undefined && use.digest !== undefined;
  const to = { tag: alone ? undefined : tag, digest: use.digest === undefined ? undefined : DIGEST };
  const edits = imageEdits(use, to);
  const result = applyEdits({ path: 'in.yaml', bytes }, edits);
  if (result.kind === 'refused') throw new Error(result.problem.message);
  expectPieces(piecesAround(decode(bytes), edits), decode(result.bytes));
  const after = usesIn(result.bytes);
  const starts = new Set(edits.map(({ span }) => span.start));
  // What stands at an anchor changes wherever it is repeated.
  const sharing = (one: ImageUse) => one.fields.some(({ span }) => starts.has(span.start));
  expect(after.map(summary)).toEqual(
    before.map((one, at) => (at === index || sharing(one) ? { ...summary(one), ...to } : summary(one))),
  );
}

function summary({ subject, container, name, tag, digest, refusal }: ImageUse) {
  return { subject, container, name, tag, digest, refusal };
}

/** The pieces of a text around the edits must stand in the new text, the first and the last of them at its ends. */
function expectPieces(pieces: readonly string[], text: string): void {
  const [first = '', ...others] = pieces;
  expect(text.slice(0, first.length)).toBe(first);
  let at = first.length;
  for (const [index, piece] of others.entries()) {
    at = index === others.length - 1 ? text.length - piece.length : text.indexOf(piece, at);
    expect(text.slice(at, at + piece.length)).toBe(piece);
    at += piece.length;
  }
}

function piecesAround(text: string, edits: ReturnType<typeof imageEdits>): readonly string[] {
  const spans = edits.map(({ span }) => span).toSorted((a, b) => a.start - b.start);
  const starts = [0, ...spans.map(({ end }) => end)];
  return starts.map((start, index) => text.slice(start, spans[index]?.start));
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
