/** The entries of a patch file, and where they stand in it. */
import { type Problem, TowpathError, toProblem } from '../../base/errors.ts';
import { toDesiredObject } from '../manifests/desired-object.ts';
import type { ManifestDocument } from '../manifests/manifest-document.ts';
import { objectsIn } from '../manifests/parse.ts';
import { readTrees } from '../manifests/read-trees.ts';
import { typeOfScalar } from '../manifests/scalar-type.ts';
import type { SourceFile } from '../manifests/source-file.ts';
import { readSourceText, type SourceText } from '../manifests/source-text.ts';
import { isScalar, rootOf, type YamlTree } from '../manifests/yaml-tree.ts';
import type { JsonObject } from '../sync/desired-object.ts';
import { emitYaml } from './emit-yaml.ts';
import { resourceKey } from './generated-document.ts';
import { type DocumentText, splitDocuments } from './split-documents.ts';

export interface PatchEntry {
  /** As the patch file names it; its places are those in the file. */
  readonly document: ManifestDocument;
  readonly object: JsonObject;
  readonly key: string;
}

/** A part of the file: the text of one document, with the entries in it. */
export interface PatchPart extends DocumentText {
  /** None for comments and the like, several for a `List`. */
  readonly entries: readonly PatchEntry[];
}

export interface PatchFile {
  readonly path: string;
  readonly text: string;
  readonly parts: readonly PatchPart[];
}

export type ReadPatchFile =
  | { readonly ok: true; readonly file: PatchFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a patch file; two entries for the same object are a problem, and so is one that cannot be read. A document that
 * is no object means that this is another file, whose own reader would stumble over what is written into it.
 */
export function readPatchFile(source: SourceFile): ReadPatchFile {
  const read = readSourceText(source);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  const composed = readTrees(read.source);
  if (!composed.ok) return { ok: false, problems: [composed.problem] };
  const parsed = objectsIn(read.source, composed.trees);
  const problems = parsed.problems.filter(({ severity }) => severity === 'error');
  if (problems.length === 0) problems.push(...noPatches(read.source, composed.trees, parsed.documents));
  const entries: PatchEntry[] = [];
  for (const document of parsed.documents) {
    try {
      entries.push({ document, object: toDesiredObject(document).object, key: resourceKey(document) });
    } catch (error) {
      if (!(error instanceof TowpathError)) throw error;
      problems.push(toProblem(error));
    }
  }
  problems.push(...repeated(entries));
  if (problems.length > 0) return { ok: false, problems };
  const { text } = read.source;
  const parts = splitDocuments(text).map((part) => ({
    ...part,
    entries: entries.filter(({ document }) => isWithin(document.root.node.start, part)),
  }));
  return { ok: true, file: { path: source.path, text, parts } };
}

/** Whether the file is, byte for byte, what Flux would have written for its entries: nobody has edited it by hand. */
export function isFluxWritten(file: PatchFile): boolean {
  const entries = file.parts.flatMap((part) => part.entries);
  return file.text === entries.map(({ object }) => `---\n${emitYaml(object)}`).join('');
}

function noPatches(source: SourceText, trees: readonly YamlTree[], found: readonly ManifestDocument[]): Problem[] {
  const known = new Set(found.map(({ tree }) => tree));
  return trees
    .filter((tree) => !known.has(tree) && !isEmpty(tree))
    .map(({ root }) => ({
      severity: 'error',
      code: 'PATCH_INVALID',
      message: 'document is no patch of an object',
      position: source.positionAt(root.start),
      hint: 'Remove it, or let the patchFile of the .flux.yaml name another file.',
    }));
}

function isEmpty(tree: YamlTree): boolean {
  const root = rootOf(tree);
  return isScalar(root) && typeOfScalar(root.node) === null;
}

function isWithin(offset: number, { start, end }: DocumentText): boolean {
  return offset >= start && offset < end;
}

function repeated(entries: readonly PatchEntry[]): Problem[] {
  return [...Map.groupBy(entries, ({ key }) => key).values()].flatMap(([, ...others]) =>
    others.map(
      ({ document }): Problem => ({
        severity: 'error',
        code: 'PATCH_INVALID',
        message: `${document.subject} is patched twice`,
        position: document.position,
        subject: document.subject,
        hint: 'Join the two documents.',
      }),
    ),
  );
}
