/**
 * Image policy markers in the comments of a file.
 * Source: https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources
 */
import type { Position, Problem } from '../../../base/errors.ts';
import type { SourceText } from '../../manifests/source-text.ts';
import type { YamlTree } from '../../manifests/yaml-tree.ts';
import { type MarkerText, parseMarker } from './parse-marker.ts';
import { lastAtOrBefore, type WrittenScalar, type WrittenValue, writtenScalars } from './written-scalars.ts';

export interface ImageMarker extends MarkerText {
  readonly value: WrittenValue;
  /** Of the comment. */
  readonly position: Position;
}

export interface ReadMarkers {
  /** In the order of the text, at most one for each value. */
  readonly markers: readonly ImageMarker[];
  readonly problems: readonly Problem[];
}

const NEEDLE = '$imagepolicy';

/** Whether a file can hold markers: a search of its bytes. False is certain. */
export function mentionsMarkers(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(NEEDLE);
}

/**
 * The markers in every document of a file: comments directly behind a value, and comments of one line directly above
 * an item of a list that has none behind it. What clearly means to be a marker and is none is a warning at its place.
 */
export function readMarkers(source: SourceText, trees: readonly YamlTree[]): ReadMarkers {
  const { text } = source;
  const scalars = writtenScalars(trees);
  const markers: ImageMarker[] = [];
  const problems: Problem[] = [];
  for (let at = text.indexOf(NEEDLE); at !== -1; ) {
    const comment = commentAround(at, { text, scalars });
    if (comment.kind === 'comment') {
      const found = judge(comment, { text, scalars });
      if (found?.kind === 'marker') {
        markers.push({ ...found.marker, value: found.value, position: source.positionAt(comment.start) });
      } else if (found?.kind === 'fault') {
        problems.push(invalid(source.positionAt(comment.start), found));
      }
    }
    at = text.indexOf(NEEDLE, comment.end);
  }
  return { markers, problems };
}

interface File {
  readonly text: string;
  readonly scalars: readonly WrittenScalar[];
}

interface Comment {
  readonly kind: 'comment';
  /** Of its `#`. */
  readonly start: number;
  /** Of the line, without its break. */
  readonly end: number;
  readonly lineStart: number;
  /** What is written last before it, on this line or above. */
  readonly before: WrittenScalar | undefined;
}

/**
 * The comment that the text at `at` is part of. `none` where it is part of something else, and the place to look on from;
 * nothing is looked at twice, whatever the file.
 */
function commentAround(at: number, { text, scalars }: File): Comment | { readonly kind: 'none'; readonly end: number } {
  const before = scalars[lastAtOrBefore(scalars, at)];
  const inHeader = before?.value?.node.style === 'block' && !text.slice(before.start, at).includes('\n');
  if (before !== undefined && before.end > at && !inHeader) return { kind: 'none', end: before.end };
  const between = (inHeader ? before?.start : before?.end) ?? 0;
  const from = between + text.slice(between, at).lastIndexOf('\n') + 1;
  const hash = /(?:^|[\s\uFEFF])#/.exec(text.slice(from, at));
  if (hash === null) return { kind: 'none', end: nextBlank(text, at) };
  const start = from + hash.index + hash[0].length - 1;
  const newline = text.indexOf('\n', at);
  const lineEnd = newline === -1 ? text.length : newline;
  const end = text.charAt(lineEnd - 1) === '\r' ? lineEnd - 1 : lineEnd;
  return { kind: 'comment', start, end, lineStart: text.lastIndexOf('\n', start) + 1, before };
}

/** Within a tag or the name of an anchor, no comment begins. */
function nextBlank(text: string, at: number): number {
  const blank = /\s/g;
  blank.lastIndex = at;
  return blank.exec(text)?.index ?? text.length;
}

type Judgement =
  | { readonly kind: 'marker'; readonly marker: MarkerText; readonly value: WrittenValue }
  | { readonly kind: 'fault'; readonly message: string; readonly hint: string };

/** Null for prose that only speaks of markers, and for lines that are commented out. */
function judge(comment: Comment, file: File): Judgement | null {
  const written = file.text.slice(comment.start, comment.end);
  const behind = valueBefore(comment, file);
  const meant = behind !== undefined || /^#+\s*\{/.test(written);
  if (!meant) return null;
  const parsed = parseMarker(written);
  if (!parsed.ok) return { kind: 'fault', message: parsed.message, hint: parsed.hint };
  const { marker } = parsed;
  if (behind !== undefined) return { kind: 'marker', marker, value: behind };
  const below = itemBelow(comment, file);
  if (typeof below !== 'string') return { kind: 'marker', marker, value: below };
  return { kind: 'fault', message: below, hint: 'Put the comment behind the value, on the same line.' };
}

/** The value that the comment stands directly behind. */
function valueBefore({ start, lineStart, before }: Comment, { text }: File): WrittenValue | undefined {
  const value = before?.value;
  if (before === undefined || value === undefined || value.node.style === 'block' || before.end < lineStart)
    return undefined;
  const between = text.slice(before.end, start);
  const isEmpty = before.start === before.end;
  return (isEmpty ? /^[ \t]*:?[ \t]*$/ : /^[ \t]*,?[ \t]*$/).test(between) ? value : undefined;
}

/** The item of a list that the comment stands directly above, or why it belongs to none. */
function itemBelow({ start, end, lineStart }: Comment, { text, scalars }: File): WrittenValue | string {
  const nowhere = 'the comment stands behind no value that could be set';
  if (text.slice(lineStart, start).trim() !== '') return nowhere;
  const next = text.indexOf('\n', end) + 1;
  const dash = /^[ \t]*-[ \t]+(?:[&!][^ \t]*[ \t]+)*/.exec(next === 0 ? '' : lineFrom(text, next));
  if (dash === null) return nowhere;
  const item = scalars[lastAtOrBefore(scalars, next + dash[0].length)];
  const value = item?.value;
  if (item?.start !== next + dash[0].length || value?.within?.kind !== 'sequence' || value.node.style === 'block') {
    return nowhere;
  }
  if (/^[ \t]+#/.test(lineFrom(text, item.end))) return 'the item has a comment behind its value, which counts instead';
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(lineStart - 1, 0));
  if (/^[ \t]*#/.test(above)) return 'above an item, the comment must be alone';
  return value;
}

function lineFrom(text: string, from: number): string {
  const newline = text.indexOf('\n', from);
  return text.slice(from, newline === -1 ? text.length : newline);
}

function invalid(position: Position, { message, hint }: { readonly message: string; readonly hint: string }): Problem {
  return {
    severity: 'warning',
    code: 'IMAGE_MARKER_INVALID',
    message: `image policy marker does not count: ${message}`,
    position,
    hint,
  };
}
