/** Generated objects with the patch file applied: what the environment asks for. */
import { type Problem, TowpathError } from '../../base/errors.ts';
import type { SourceFile } from '../manifests/source-file.ts';
import { type GeneratedDocument, type ReadDocuments, writeDocument } from './generated-document.ts';
import { applyEntry } from './patch-entry.ts';
import { type PatchEntry, type PatchFile, readPatchFile } from './patch-file.ts';

/**
 * `documents` with the entries of `source` applied to those they name. All or none: an entry for an object that is not
 * generated, or that cannot be applied, is a problem at its place. What no entry names keeps its text.
 */
export function applyPatches(documents: readonly GeneratedDocument[], source: SourceFile): ReadDocuments {
  const read = readPatchFile(source);
  return read.ok ? applyPatchFile(documents, read.file) : read;
}

/** One document as another version of the patch file has it; undefined where its entry cannot be applied. */
export function patchedBy(document: GeneratedDocument, file: PatchFile): SourceFile | undefined {
  const entry = file.parts.flatMap((part) => part.entries).find(({ key }) => key === document.key);
  if (entry === undefined) return document.file;
  const result = applyOne(document, entry);
  return 'file' in result ? result.file : undefined;
}

/** As `applyPatches`, with a file that is read already. */
function applyPatchFile(documents: readonly GeneratedDocument[], file: PatchFile): ReadDocuments {
  const problems: Problem[] = [];
  const patched = new Map<GeneratedDocument, GeneratedDocument>();
  const byKey = Map.groupBy(documents, ({ key }) => key);
  for (const entry of file.parts.flatMap((part) => part.entries)) {
    const [target, another] = byKey.get(entry.key) ?? [];
    if (target === undefined) {
      problems.push(noTarget(entry, 'is patched and not generated'));
    } else if (another !== undefined) {
      problems.push(noTarget(entry, 'is patched and generated in several API groups'));
    } else {
      const result = applyOne(target, entry);
      if ('file' in result) patched.set(target, result);
      else problems.push(result);
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, documents: documents.map((document) => patched.get(document) ?? document) };
}

function applyOne(target: GeneratedDocument, entry: PatchEntry): GeneratedDocument | Problem {
  try {
    return writeDocument(target.file.path, applyEntry(target.document, target.object, entry.object));
  } catch (error) {
    if (!(error instanceof TowpathError)) throw error;
    return {
      severity: 'error',
      code: 'PATCH_INVALID',
      message: `${target.document.subject} cannot be patched: ${error.message}`,
      position: entry.document.position,
      subject: target.document.subject,
      hint: 'Correct the document, or remove it from the patch file.',
    };
  }
}

function noTarget({ document }: PatchEntry, clause: string): Problem {
  return {
    severity: 'error',
    code: 'PATCH_TARGET',
    message: `${document.subject} ${clause}`,
    position: document.position,
    subject: document.subject,
    hint: 'Remove the document from the patch file, or let the generators print the object.',
  };
}
