/** Changes of a patch file that people have edited: nothing but what has to change does. */
import { applyEdits } from '../manifests/edit.ts';
import type { ScalarEdit } from '../manifests/scalar-span.ts';
import type { JsonObject } from '../sync/desired-object.ts';
import { changedTexts } from './changed-texts.ts';
import { findPatched } from './find-patched.ts';
import { compareText } from './order.ts';
import type { PatchEntry, PatchFile, PatchPart } from './patch-file.ts';
import { patchTypeOf } from './patch-types.ts';

/** What is to become of one patched object. */
export interface EntryChange {
  readonly key: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** The whole entry as Flux would write it; '' where the object is to be as it is generated. */
  readonly entry: string;
}

/**
 * The file's text after the changes: values that an entry sets already are replaced where they stand, an entry that
 * has to set more is written anew below its comments, new ones are added, empty ones removed. Undefined for a file
 * that cannot be edited so.
 */
export function editByHand(file: PatchFile, changes: readonly EntryChange[]): string | undefined {
  const lineBreak = file.text.includes('\r\n') ? '\r\n' : '\n';
  const pending = new Map(
    changes.map((change) => [change.key, { ...change, entry: change.entry.replaceAll('\n', lineBreak) }]),
  );
  const parts: { readonly key: string | undefined; readonly text: string }[] = [];
  for (const part of file.parts) {
    const text = changedPart(file, part, pending);
    if (text === undefined) return undefined;
    const key = part.entries[0]?.key;
    for (const entry of part.entries) pending.delete(entry.key);
    parts.push({ key, text });
  }
  for (const { key, entry } of pending.values()) {
    if (entry === '') continue;
    const greater = parts.findIndex((part) => part.key !== undefined && compareText(part.key, key) > 0);
    // Nothing can stand in front of a document that has no marker.
    const index = greater === 0 && !hasMarker(file.text) ? 1 : greater;
    parts.splice(index === -1 ? parts.length : index, 0, { key, text: entry });
  }
  return joined(
    parts.map((part) => part.text),
    lineBreak,
  );
}

function changedPart(file: PatchFile, part: PatchPart, changes: ReadonlyMap<string, EntryChange>): string | undefined {
  const text = file.text.slice(part.start, part.end);
  const changed = part.entries.flatMap((entry) => {
    const change = changes.get(entry.key);
    return change === undefined ? [] : [{ entry, change }];
  });
  const [only] = changed;
  if (only === undefined) return text;
  if (part.entries.length > 1) return undefined;
  const { entry, change } = only;
  if (change.entry === '') return '';
  return editedInPlace(file, part, only) ?? headOf(file, part, entry) + change.entry.replace(/^---\r?\n/, '');
}

/** The part with new values for scalars of the entry; undefined where it does not set them all. */
function editedInPlace(
  file: PatchFile,
  part: PatchPart,
  { entry, change }: { readonly entry: PatchEntry; readonly change: EntryChange },
): string | undefined {
  const type = patchTypeOf(entry.document.apiVersion, entry.document.kind);
  const edits: ScalarEdit[] = [];
  for (const { path, value } of changedTexts(change.before, change.after) ?? []) {
    const found = findPatched(entry.document, path, type);
    if (found === undefined) return undefined;
    const { start, end, style, text } = found.node;
    const position = entry.document.source.positionAt(start);
    const span = { start: start - part.start, end: end - part.start, style, source: text, position, shared: false };
    edits.push({ span, value });
  }
  if (edits.length === 0) return undefined;
  const bytes = new TextEncoder().encode(file.text.slice(part.start, part.end));
  const edited = applyEdits({ path: file.path, bytes }, edits);
  return edited.kind === 'edited' ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(edited.bytes) : undefined;
}

/** The marker and the comments above an entry. */
function headOf(file: PatchFile, part: PatchPart, entry: PatchEntry): string {
  const lineStart = file.text.lastIndexOf('\n', entry.document.root.node.start - 1) + 1;
  if (lineStart > part.start) return file.text.slice(part.start, lineStart);
  return hasMarker(file.text.slice(part.start)) ? '---\n' : '';
}

function hasMarker(text: string): boolean {
  return /^\ufeff?---(?:\s|$)/.test(text);
}

function joined(parts: readonly string[], lineBreak: string): string {
  let text = '';
  for (const part of parts) {
    if (text !== '' && part !== '' && !text.endsWith('\n')) text += lineBreak;
    text += part;
  }
  return text;
}
