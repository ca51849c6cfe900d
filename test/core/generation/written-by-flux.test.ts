/** Patches that the libraries of Flux 1.25 (k8s.io/apimachinery 0.21.3, json-patch 4.11, yaml 2.4.0) wrote for these objects. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyPatches } from '../../../src/core/generation/apply-patches.ts';
import { isFluxWritten, readPatchFile } from '../../../src/core/generation/patch-file.ts';
import { writePatch } from '../../../src/core/generation/write-patch.ts';
import { documents, patchFile } from './streams.ts';

const FOLDERS = path.join(import.meta.dirname, '..', '..', 'fixtures', 'generation', 'written-by-flux');

describe('a patch of Flux', () => {
  it.each(readdirSync(FOLDERS).sort())('%s', (behaviour) => {
    const [generated, wanted, flux] = ['generated.yaml', 'wanted.yaml', 'flux-patch.yaml'].map((name) =>
      readFileSync(path.join(FOLDERS, behaviour, name), 'utf8'),
    ) as [string, string, string];
    const before = documents(generated);
    const after = documents(wanted);

    const written = writePatch({ generated: before, patched: before, wanted: after, patchFile: patchFile('') });
    const isNothing = before.every(
      (document, index) => JSON.stringify(document.object) === JSON.stringify(after[index]?.object),
    );
    if (isNothing) expect(written).toEqual({ kind: 'unchanged' });
    else expect(written.kind === 'written' && Buffer.from(written.bytes).toString()).toBe(flux);

    const applied = applyPatches(before, patchFile(flux));
    expect(applied.ok && applied.documents.map(({ object }) => object)).toEqual(after.map(({ object }) => object));

    const read = readPatchFile(patchFile(flux));
    expect(read.ok && isFluxWritten(read.file)).toBe(true);
  });
});
