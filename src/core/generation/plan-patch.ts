/** Changes of generated objects → the change of the patch file that makes them. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { FileChange } from '../manifests/source-file.ts';
import { type GeneratedDocument, readDocument } from './generated-document.ts';
import { changesOf, type GeneratedManifests } from './generated-manifests.ts';
import { writePatch } from './write-patch.ts';

export type PatchPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'change'; readonly change: FileChange }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** `changes`: new bytes for files of `filesOf(manifests)`; those of other files do not count. */
export function planPatch(manifests: GeneratedManifests, changes: readonly FileChange[]): PatchPlan {
  const { generation, generated, documents, patchFile } = manifests;
  const own = new Map(changesOf(manifests, changes).map((change) => [change.path, change]));
  if (own.size === 0 || generation.patchPath === undefined) return { kind: 'none' };
  const wanted: GeneratedDocument[] = [];
  for (const document of documents) {
    const change = own.get(document.file.path);
    const changed = change === undefined ? document : readChanged(change);
    if ('problem' in changed) return { kind: 'refused', problem: changed.problem };
    wanted.push(changed);
  }
  const path = generation.patchPath;
  const result = writePatch({
    generated,
    patched: documents,
    wanted,
    patchFile: patchFile ?? { path, bytes: new Uint8Array() },
  });
  if (result.kind === 'refused') return result;
  if (result.kind === 'unchanged') return { kind: 'none' };
  const change = { path, bytes: result.bytes };
  return { kind: 'change', change: patchFile === undefined ? { ...change, isNew: true } : change };
}

function readChanged(change: FileChange): GeneratedDocument | { readonly problem: Problem } {
  const read = readDocument(change);
  const [document] = read.ok ? read.documents : [];
  if (document !== undefined) return document;
  const problem: Problem = {
    severity: 'error',
    code: 'PATCH_REFUSED',
    message: 'generated object cannot be read after its update',
    position: { file: change.path, line: 1, col: 1 },
  };
  return { problem: (read.ok ? undefined : read.problems[0]) ?? problem };
}

/** Each file once. Two different texts for one file are a problem about its path: two environments share it and disagree. */
export function joinChanges(changes: readonly FileChange[]): {
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
} {
  const joined: FileChange[] = [];
  const problems: Problem[] = [];
  for (const [path, group] of Map.groupBy(changes, (change) => change.path)) {
    const [first] = group;
    if (first !== undefined && group.every((change) => Buffer.compare(change.bytes, first.bytes) === 0)) {
      joined.push(first);
    } else {
      problems.push({
        severity: 'error',
        code: 'PATCH_CONFLICT',
        message: `${printable(path)} is to hold different updates for different environments`,
        position: { file: path, line: 1, col: 1 },
        subject: path,
        hint: 'Give each environment a .flux.yaml and files of its own.',
      });
    }
  }
  return { changes: joined, problems };
}
