/** Adding pairs to mappings and cutting pairs out of them, as changes of the text around them. */
import type { MapNode, MapPair } from './yaml-tree.ts';

/** Replaces what stands between two offsets. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface NewPair {
  /** Ready to be written: quoted where it has to be. */
  readonly key: string;
  /** Ready to be written on the line of the key, or the lines below it (each with its indentation). */
  readonly value: string | readonly string[];
}

/** Adds a pair behind the last one of a mapping that has pairs: on a line of its own, or behind a comma. */
export function addPair(text: string, map: MapNode, pair: NewPair): TextChange | undefined {
  const last = map.pairs.at(-1);
  if (last === undefined) return undefined;
  if (map.flow) {
    const value = typeof pair.value === 'string' ? pair.value : pair.value.join(' ');
    return insertion(last.value.end, `, ${pair.key}: ${value}`);
  }
  return addLines(text, last, linesOf(pair, columnOf(text, map.start)));
}

/** Adds whole lines below the line that `pair` ends on. */
export function addLines(text: string, pair: MapPair, lines: readonly string[]): TextChange {
  const end = endOfPair(text, pair);
  const lineBreak = lineBreakBefore(text, end);
  if (end > 0 && text.charAt(end - 1) === '\n') return insertion(end, lines.map((line) => line + lineBreak).join(''));
  // The last line of a text without a final line break: it stays without.
  return insertion(end, lines.map((line) => lineBreak + line).join(''));
}

/** Cuts a pair out of a mapping that keeps others; undefined where it shares its lines with something else. */
export function cutPair(text: string, map: MapNode, pair: MapPair): TextChange | undefined {
  if (map.flow) return cutFlowPair(map, pair);
  const start = startOfLine(text, pair.key.start);
  if (text.slice(start, pair.key.start).trim() !== '') return undefined;
  const end = endOfPair(text, pair);
  if (text.charAt(end - 1) === '\n' || start === 0) return { start, end, text: '' };
  // The last line of a text without a final line break: the line before takes its place.
  return { start: start - (text.charAt(start - 2) === '\r' ? 2 : 1), end, text: '' };
}

/** How far the keys of a block mapping are indented. */
export function columnOf(text: string, offset: number): number {
  return offset - startOfLine(text, offset);
}

function linesOf(pair: NewPair, column: number): readonly string[] {
  const indent = ' '.repeat(column);
  if (typeof pair.value === 'string') return [`${indent}${pair.key}: ${pair.value}`];
  return [`${indent}${pair.key}:`, ...pair.value];
}

function insertion(at: number, text: string): TextChange {
  return { start: at, end: at, text };
}

function cutFlowPair(map: MapNode, pair: MapPair): TextChange {
  const index = map.pairs.indexOf(pair);
  const next = map.pairs[index + 1];
  if (next !== undefined) return { start: pair.key.start, end: next.key.start, text: '' };
  const previous = map.pairs[index - 1];
  return { start: previous?.value.end ?? pair.key.start, end: pair.value.end, text: '' };
}

/** Behind the line break of the line that the pair's value ends on; a block scalar ends behind one already. */
function endOfPair(text: string, pair: MapPair): number {
  const end = Math.max(pair.value.end, pair.key.end);
  if (text.charAt(end - 1) === '\n') return end;
  const newline = text.indexOf('\n', end);
  return newline === -1 ? text.length : newline + 1;
}

/** The last line break up to `offset`, as it is written there. */
function lineBreakBefore(text: string, offset: number): string {
  const newline = text.lastIndexOf('\n', offset - 1);
  return newline > 0 && text.charAt(newline - 1) === '\r' ? '\r\n' : '\n';
}

function startOfLine(text: string, offset: number): number {
  const newline = text.lastIndexOf('\n', offset - 1);
  // A byte order mark is no part of the first line.
  return newline === -1 && text.charCodeAt(0) === 0xfeff ? 1 : newline + 1;
}
