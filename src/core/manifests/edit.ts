/** New values for scalars of a file: their bytes are replaced, and nothing else. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { findScalars, type ScalarPlace } from './find-scalars.ts';
import { readTrees } from './read-trees.ts';
import { renderPlain, renderQuoted } from './render-scalar.ts';
import { differsBesides } from './same-meaning.ts';
import type { ScalarEdit, ScalarSpan } from './scalar-span.ts';
import type { SourceFile } from './source-file.ts';
import { createSourceText, readSourceText, type SourceText } from './source-text.ts';
import type { YamlTree } from './yaml-tree.ts';

export type EditResult =
  | { readonly kind: 'edited'; readonly bytes: Uint8Array; readonly warnings: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * `file` with the new values in place, in the quotes that were there; plain text gets quotes only where the new value
 * would not read back as the same text. All edits or none: refused where a span is not a scalar of this file, where
 * two edits contradict each other, and where reading the result again shows any other difference.
 */
export function applyEdits(file: SourceFile, edits: readonly ScalarEdit[]): EditResult {
  const read = readSourceText(file);
  if (!read.ok) return { kind: 'refused', problem: read.problem };
  const { source } = read;
  const before = readTrees(source);
  if (!before.ok) return { kind: 'refused', problem: before.problem };
  const ordered = inOrder(edits);
  const places = findScalars(before.trees, new Set(ordered.map((edit) => edit.span.start)));
  const replacements: Replacement[] = [];
  for (const edit of ordered) {
    const place = places.get(edit.span.start);
    const refusal = reasonToRefuse({ edit, place, previous: replacements.at(-1)?.edit });
    if (place === undefined || refusal !== undefined) return refused(edit.span, refusal ?? 'is not there any more');
    replacements.push({ edit, text: render({ edit, place, source }) });
  }
  const text = splice(source.text, replacements);
  const difference = findDifference({ source, before: before.trees, text, replacements });
  if (difference !== undefined) return refused(difference, 'would change more than this value');
  return { kind: 'edited', bytes: new TextEncoder().encode(text), warnings: ordered.flatMap(sharedWarning) };
}

interface Replacement {
  readonly edit: ScalarEdit;
  readonly text: string;
}

/** By place; an edit that is given twice counts once. */
function inOrder(edits: readonly ScalarEdit[]): readonly ScalarEdit[] {
  const sorted = edits.toSorted((a, b) => a.span.start - b.span.start);
  return sorted.filter((edit, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || previous.span.start !== edit.span.start || previous.value !== edit.value;
  });
}

function reasonToRefuse(given: {
  readonly edit: ScalarEdit;
  readonly place: ScalarPlace | undefined;
  readonly previous: ScalarEdit | undefined;
}): string | undefined {
  const { edit, place, previous } = given;
  if (previous?.span.start === edit.span.start) return 'is used by images that are to change differently';
  if (place === undefined || place.node.end !== edit.span.end) return 'is not there any more';
  if (place.node.style === 'block') return 'is a block scalar';
  return place.node.text.includes('{{') ? 'is a template' : undefined;
}

function render({
  edit,
  place,
  source,
}: {
  readonly edit: ScalarEdit;
  readonly place: ScalarPlace;
  readonly source: SourceText;
}): string {
  const { node } = place;
  const written = source.text.slice(node.start, node.end);
  if (edit.value === node.text && written !== '') return written;
  if (node.style === 'single' || node.style === 'double') return renderQuoted(edit.value, node.style);
  const text = renderPlain(edit.value, place);
  if (node.start !== node.end) return text;
  // A key without a value: the place may touch its colon on one side, and a comment on the other.
  const before = /\s/.test(source.text.charAt(node.start - 1)) ? '' : ' ';
  const after = source.text.charAt(node.end) === '#' ? ' ' : '';
  return `${before}${text}${after}`;
}

function splice(text: string, replacements: readonly Replacement[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { edit, text: written } of replacements) {
    parts.push(text.slice(at, edit.span.start), written);
    at = edit.span.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** The edited scalar that another difference goes with; undefined where the new values are the only ones. */
function findDifference(given: {
  readonly source: SourceText;
  readonly before: readonly YamlTree[];
  readonly text: string;
  readonly replacements: readonly Replacement[];
}): ScalarSpan | undefined {
  const { source, before, text, replacements } = given;
  const after = readTrees(createSourceText(source.path, text));
  const changed = replacements.filter((one) => one.text !== source.text.slice(one.edit.span.start, one.edit.span.end));
  const values = new Map(changed.map(({ edit }) => [edit.span.start, edit.value]));
  const difference = after.ok ? differsBesides({ before, after: after.trees, values }) : 0;
  if (difference === undefined) return undefined;
  return (replacements.findLast(({ edit }) => edit.span.start <= difference) ?? replacements[0])?.edit.span;
}

function refused(span: ScalarSpan, clause: string): EditResult {
  return {
    kind: 'refused',
    problem: {
      severity: 'error',
      code: 'EDIT_REFUSED',
      message: `value ${printable(span.source)} ${clause}`,
      position: span.position,
      hint: 'Edit the file by hand, or write the value as plain or quoted text.',
    },
  };
}

function sharedWarning({ span }: ScalarEdit): Problem[] {
  if (!span.shared) return [];
  return [
    {
      severity: 'warning',
      code: 'EDIT_SHARED',
      message: `value ${printable(span.source)} stands at an anchor: what repeats it changes with it`,
      position: span.position,
    },
  ];
}
