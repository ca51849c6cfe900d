/** What a `.flux.yaml` makes of an environment: the objects to look at, to apply and to update. */

import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { FileChange, SourceFile } from '../manifests/source-file.ts';
import { applyPatches } from './apply-patches.ts';
import type { GeneratedDocument } from './generated-document.ts';
import type { Generation } from './generation.ts';
import { type GeneratorOutputs, readGenerated } from './read-generated.ts';

export interface GeneratedManifests {
  readonly generation: Generation;
  /** As the generators print them. */
  readonly generated: readonly GeneratedDocument[];
  /** The same objects in the same order, with the patch file's entries: what is applied, and where images are looked for. */
  readonly documents: readonly GeneratedDocument[];
  /** Undefined where there is none, or none yet. */
  readonly patchFile: SourceFile | undefined;
}

export type ReadManifests =
  | { readonly ok: true; readonly manifests: GeneratedManifests }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads what the generators printed and patches it. `patchFile`: the file at `generation.patchPath`, if it is in the tree. */
export function readManifests(given: GeneratorOutputs & { readonly patchFile: SourceFile | undefined }): ReadManifests {
  const { generation, patchFile } = given;
  const read = readGenerated(given);
  if (!read.ok) return read;
  const generated = read.documents;
  if (patchFile === undefined)
    return { ok: true, manifests: { generation, generated, documents: generated, patchFile } };
  const patched = applyPatches(generated, patchFile);
  return patched.ok
    ? { ok: true, manifests: { generation, generated, documents: patched.documents, patchFile } }
    : patched;
}

/** For generators that printed no object at all: nobody can tell whether that is what they were to do. */
export function nothingWarning({ generation, generated }: GeneratedManifests): Problem | undefined {
  const { config, configPath } = generation;
  if (generated.length > 0 || config.generators.length === 0) return undefined;
  return {
    severity: 'warning',
    code: 'GENERATED_NOTHING',
    message: `generators of ${printable(configPath)} printed no object`,
    position: config.position,
    subject: printable(configPath),
    hint: 'Run them where the file lies. If there is nothing to apply, write `generators: []`.',
  };
}

/** The objects as files: each stands for itself, under a path that no file of the repository has. */
export function filesOf(manifests: GeneratedManifests): readonly SourceFile[] {
  return manifests.documents.map((document) => document.file);
}

/** Those of `changes` that are to objects of `manifests`. */
export function changesOf(manifests: GeneratedManifests, changes: readonly FileChange[]): readonly FileChange[] {
  const paths = new Set(manifests.documents.map((document) => document.file.path));
  return changes.filter((change) => paths.has(change.path));
}
