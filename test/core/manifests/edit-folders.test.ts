import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { imageEdits } from '../../../src/core/images/image-edits.ts';
import { locateImages } from '../../../src/core/images/locate/locate-images.ts';
import { applyEdits } from '../../../src/core/manifests/edit.ts';
import { parseManifests } from '../../../src/core/manifests/parse.ts';

const root = new URL('../../fixtures/edits/', import.meta.url);

interface Wanted {
  readonly edits: readonly {
    readonly subject: string;
    readonly container: string;
    readonly tag?: string;
    readonly digest?: string;
  }[];
  readonly warnings?: readonly string[];
  readonly refused?: string;
}

describe('edits of images', () => {
  it.each(readdirSync(root))('give the file of the folder, byte by byte: %s', (behaviour) => {
    const file = { path: 'in.yaml', bytes: readFileSync(new URL(`${behaviour}/in.yaml`, root)) };
    const wanted = JSON.parse(readFileSync(new URL(`${behaviour}/edit.json`, root), 'utf8')) as Wanted;
    const uses = parseManifests(file).documents.flatMap((document) => locateImages(document).uses);
    const edits = wanted.edits.flatMap((edit) => {
      const use = uses.find((one) => one.subject === edit.subject && one.container === edit.container);
      expect(use, `${edit.subject} ${edit.container}`).toBeDefined();
      return use === undefined ? [] : imageEdits(use, { tag: edit.tag, digest: edit.digest });
    });
    const result = applyEdits(file, edits);
    const out = new URL(`${behaviour}/out.yaml`, root);
    if (result.kind === 'refused') {
      expect(result.problem.message).toBe(wanted.refused);
      expect(existsSync(out)).toBe(false);
      return;
    }
    expect(new TextDecoder().decode(result.bytes)).toBe(readFileSync(out, 'utf8'));
    expect(wanted.refused).toBeUndefined();
    expect(result.warnings.map((warning) => warning.message)).toEqual(wanted.warnings ?? []);
  });
});
