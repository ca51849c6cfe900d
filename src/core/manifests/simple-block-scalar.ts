/** `|` and `>` scalars as people write them: without an indentation indicator. */
import { type Cursor, NOT_SIMPLE, skipLineEnd } from './simple-cursor.ts';
import type { ScalarNode } from './yaml-tree.ts';

/** Reads from the indicator to the line behind the scalar. `parentIndent`: its lines are indented deeper than this. */
export function readBlockScalar(cursor: Cursor, parentIndent: number): ScalarNode {
  const { text, pos: start } = cursor;
  const folded = text.charAt(start) === '>';
  cursor.pos += 1;
  const chomp = text.charAt(cursor.pos);
  const mark = chomp === '+' || chomp === '-' ? chomp : '';
  cursor.pos += mark.length;
  if (!skipLineEnd(cursor)) throw NOT_SIMPLE;
  const lines = readLines(cursor, parentIndent);
  let last = lines.length - 1;
  while (last >= 0 && lines[last]?.text === '') last--;
  if (last === -1) throw NOT_SIMPLE;
  const content = lines.slice(0, last + 1).map((line) => line.text);
  const trailing = lines.length - content.length;
  const breaks = mark === '-' ? 0 : mark === '+' ? 1 + trailing : 1;
  const value = (folded ? fold(content) : content.join('\n')) + '\n'.repeat(breaks);
  const end = (mark === '+' ? lines.at(-1) : lines[last])?.end ?? cursor.pos;
  return { kind: 'scalar', start, end, tag: undefined, anchor: undefined, style: 'block', text: value };
}

interface Line {
  /** Without indentation and line break; empty for a blank line. */
  readonly text: string;
  /** Behind the line break. */
  readonly end: number;
}

function readLines(cursor: Cursor, parentIndent: number): readonly Line[] {
  const { text } = cursor;
  const lines: Line[] = [];
  let indent = -1;
  let widestBlank = 0;
  while (cursor.pos < text.length) {
    const newline = text.indexOf('\n', cursor.pos);
    const lineEnd = newline === -1 ? text.length : newline;
    const stop = text.charAt(lineEnd - 1) === '\r' && lineEnd > cursor.pos ? lineEnd - 1 : lineEnd;
    let content = cursor.pos;
    while (text.charCodeAt(content) === 0x20) content++;
    const spaces = content - cursor.pos;
    const isContent = content < stop;
    if (isContent && spaces < (indent === -1 ? parentIndent + 1 : indent)) {
      if (text.charCodeAt(content) === 0x09) throw NOT_SIMPLE;
      break;
    }
    // Whether a last line without a line break gets one is a question for the real reader.
    if (newline === -1) throw NOT_SIMPLE;
    if (!isContent) {
      widestBlank = Math.max(widestBlank, spaces);
      lines.push({ text: '', end: newline + 1 });
    } else {
      if (indent === -1 && text.charCodeAt(content) === 0x09) throw NOT_SIMPLE;
      if (indent === -1) indent = spaces;
      lines.push({ text: text.slice(cursor.pos + indent, stop), end: newline + 1 });
    }
    cursor.pos = newline + 1;
  }
  if (widestBlank > indent) throw NOT_SIMPLE;
  return lines;
}

/** Lines joined by blanks, blank lines as line breaks; lines that are indented further keep theirs by rules of their own. */
function fold(lines: readonly string[]): string {
  let value = '';
  let blanks = 0;
  let started = false;
  for (const line of lines) {
    if (line === '') {
      blanks++;
      continue;
    }
    if (line.startsWith(' ') || line.startsWith('\t')) throw NOT_SIMPLE;
    value += (blanks === 0 ? (started ? ' ' : '') : '\n'.repeat(blanks)) + line;
    started = true;
    blanks = 0;
  }
  return value;
}
