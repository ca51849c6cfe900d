/** The patch file after an update: generated objects on one side, the objects as they are to be on the other. */
import { type Problem, TowpathError } from '../../base/errors.ts';
import type { SourceFile } from '../manifests/source-file.ts';
import { deepEqual } from '../sync/json.ts';
import { applyPatches } from './apply-patches.ts';
import { editByHand } from './edit-patch.ts';
import type { GeneratedDocument } from './generated-document.ts';
import { compareText } from './order.ts';
import { renderEntry } from './patch-entry.ts';
import { isFluxWritten, type PatchFile, readPatchFile } from './patch-file.ts';

export interface PatchUpdate {
  /** As the generators print them. */
  readonly generated: readonly GeneratedDocument[];
  /** The same objects, in the same order, patched as the file says now. */
  readonly patched: readonly GeneratedDocument[];
  /** The same objects, in the same order, as they are to be. */
  readonly wanted: readonly GeneratedDocument[];
  /** Empty bytes where there is no such file yet. */
  readonly patchFile: SourceFile;
}

export type PatchResult =
  | { readonly kind: 'written'; readonly bytes: Uint8Array }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * The patch file that makes `wanted` of `generated`. A file that Flux wrote is written as Flux would write it now, all
 * of it: an entry for each object that differs from the generated one, in the order of their keys. One with a human's
 * comments or layout keeps every byte that has nothing to do with the update. Either is applied again before it is
 * given back, and refused where the result is not exactly `wanted`.
 */
export function writePatch(update: PatchUpdate): PatchResult {
  const read = readPatchFile(update.patchFile);
  if (!read.ok) return refused(update, read.problems[0]?.message ?? 'cannot be read');
  if (update.patched.every(({ object }, index) => deepEqual(object, update.wanted[index]?.object))) {
    return { kind: 'unchanged' };
  }
  try {
    const candidates = isFluxWritten(read.file) ? [asFlux] : [byHand, asFlux];
    for (const write of candidates) {
      const text = write(update, read.file);
      const bytes = text === undefined ? undefined : new TextEncoder().encode(text);
      if (bytes !== undefined && makesWanted(update, bytes)) return { kind: 'written', bytes };
    }
  } catch (error) {
    if (!(error instanceof TowpathError)) throw error;
    return refused(update, `cannot hold the update: ${error.message}`);
  }
  return refused(update, 'cannot hold the update: no patch makes exactly this change');
}

/** Every entry anew. Source: https://github.com/fluxcd/flux/blob/master/pkg/cluster/kubernetes/patch.go */
function asFlux({ generated, wanted }: PatchUpdate): string {
  return generated
    .map((from, index) => ({ from, to: wanted[index] ?? from }))
    .toSorted((a, b) => compareText(a.from.key, b.from.key))
    .map(({ from, to }) => renderEntry(from.document, from.object, to.object))
    .join('');
}

function byHand({ generated, patched, wanted }: PatchUpdate, file: PatchFile): string | undefined {
  const changes = generated.flatMap((from, index) => {
    const [before, after] = [patched[index]?.object, wanted[index]?.object];
    if (before === undefined || after === undefined || deepEqual(before, after)) return [];
    return [{ key: from.key, before, after, entry: renderEntry(from.document, from.object, after) }];
  });
  return editByHand(file, changes);
}

function makesWanted({ generated, wanted, patchFile }: PatchUpdate, bytes: Uint8Array): boolean {
  const applied = applyPatches(generated, { path: patchFile.path, bytes });
  return applied.ok && applied.documents.every(({ object }, index) => deepEqual(object, wanted[index]?.object));
}

function refused({ patchFile }: PatchUpdate, clause: string): PatchResult {
  const problem: Problem = {
    severity: 'error',
    code: 'PATCH_REFUSED',
    message: `patch file ${clause}`,
    position: { file: patchFile.path, line: 1, col: 1 },
    subject: patchFile.path,
    hint: 'Make the change by hand, in the patch file or in what the generators read.',
  };
  return { kind: 'refused', problem };
}
