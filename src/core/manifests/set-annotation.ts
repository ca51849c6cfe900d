/** Annotations of an object set and removed in its file, every other byte kept. */
import type { Position, Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { type AnnotationPlace, findAnnotation } from './annotation-place.ts';
import { addAnnotation, type PlannedChange, removeAnnotation } from './annotation-surgery.ts';
import { applyEdits, type EditResult } from './edit.ts';
import type { ManifestDocument } from './manifest-document.ts';
import { objectsIn } from './parse.ts';
import { readTrees } from './read-trees.ts';
import { differsBesides } from './same-meaning.ts';
import type { SourceFile } from './source-file.ts';
import { createSourceText, readSourceText } from './source-text.ts';
import { type ScalarNode, valueAt, type YamlTree } from './yaml-tree.ts';

export interface AnnotationChange {
  /** `Kind/namespace/name`, or `Kind/name`, as parseManifests gives it. */
  readonly subject: string;
  readonly key: string;
  /** `null` removes the annotation, and `annotations` with its last one. */
  readonly value: string | null;
}

/**
 * `file` with one annotation changed. An existing value keeps its place and its quotes; a new annotation is added below
 * the last one, `annotations` at the end of `metadata`. Removing one that is not there changes nothing. Refused where
 * the object is not in the file, is there twice, or where the annotations are not written out at the object.
 */
export function setAnnotation(file: SourceFile, change: AnnotationChange): EditResult {
  const read = readSourceText(file);
  if (!read.ok) return { kind: 'refused', problem: read.problem };
  const composed = readTrees(read.source);
  if (!composed.ok) return { kind: 'refused', problem: composed.problem };
  const matching = objectsIn(read.source, composed.trees).documents.filter(({ subject }) => subject === change.subject);
  const [document] = matching;
  if (document === undefined) return refused(change, { file: file.path, line: 1, col: 1 }, 'is not in this file');
  if (matching.length > 1) return refused(change, document.position, 'is in this file more than once');
  const place = findAnnotation(document, change.key);
  if (place.kind === 'elsewhere') return refused(change, document.namePosition, place.clause);
  if (change.value !== null && place.kind === 'there' && place.pair.value.kind === 'scalar') {
    return replaceValue(file, { document, node: place.pair.value, value: change.value });
  }
  const planned = plan({ document, place, change });
  if (planned === undefined) return { kind: 'edited', bytes: file.bytes, warnings: [] };
  return carryOut(planned, { document, change, trees: composed.trees });
}

function plan(given: {
  readonly document: ManifestDocument;
  readonly place: Exclude<AnnotationPlace, { readonly kind: 'elsewhere' }>;
  readonly change: AnnotationChange;
}): PlannedChange | 'shares its lines with something else' | undefined {
  const { document, place, change } = given;
  if (change.value !== null) return addAnnotation(document, place, { key: change.key, value: change.value });
  return place.kind === 'there' ? removeAnnotation(document, place) : undefined;
}

function replaceValue(
  file: SourceFile,
  given: { readonly document: ManifestDocument; readonly node: ScalarNode; readonly value: string },
): EditResult {
  const { document, node, value } = given;
  const { start, end, style, text } = node;
  const position = document.source.positionAt(start);
  const shared = isShared(document) || document.tree.repeated.has(node);
  const span = { start, end, style, source: text, position, shared };
  return applyEdits(file, [{ span, value }]);
}

function carryOut(
  planned: PlannedChange | 'shares its lines with something else',
  given: {
    readonly document: ManifestDocument;
    readonly change: AnnotationChange;
    readonly trees: readonly YamlTree[];
  },
): EditResult {
  const { document, change, trees } = given;
  if (typeof planned === 'string') return refused(change, document.namePosition, planned);
  const { source } = document;
  const { start, end, text } = planned.change;
  const written = source.text.slice(0, start) + text + source.text.slice(end);
  const after = readTrees(createSourceText(source.path, written));
  const before = trees.map((tree) => planned.expected(tree));
  if (!after.ok || differsBesides({ before, after: after.trees, values: planned.values }) !== undefined) {
    return refused(change, document.namePosition, 'has annotations that cannot be changed without changing more');
  }
  const warnings = isShared(document) ? [sharedWarning(document)] : [];
  return { kind: 'edited', bytes: new TextEncoder().encode(written), warnings };
}

function isShared(document: ManifestDocument): boolean {
  const { tree, root } = document;
  const annotations = valueAt(tree, root, ['metadata', 'annotations']) ?? valueAt(tree, root, ['metadata']);
  return annotations?.shared === true;
}

function sharedWarning(document: ManifestDocument): Problem {
  return {
    severity: 'warning',
    code: 'EDIT_SHARED',
    message: `annotations of ${document.subject} stand at an anchor: what repeats them changes with them`,
    position: document.namePosition,
    subject: document.subject,
  };
}

function refused(change: AnnotationChange, position: Position, clause: string): EditResult {
  const problem: Problem = {
    severity: 'error',
    code: 'EDIT_REFUSED',
    message: `${printable(change.subject)} ${clause}`,
    position,
    subject: printable(change.subject),
    hint: `Write the annotation ${printable(change.key)} by hand.`,
  };
  return { kind: 'refused', problem };
}
