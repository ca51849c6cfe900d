/** A place in a text that is read as everyday YAML, and what is read at a place: scalars, flow collections. */
import type { ContentNode, MapPair, ScalarNode, YamlNode } from './yaml-tree.ts';

/** Thrown where a text leaves the everyday subset: then `composeTrees` has to say what it means, or that it is broken. */
export const NOT_SIMPLE = Symbol('not simple');

/** Reading position; `text` has no carriage return but before a line feed. */
export interface Cursor {
  readonly text: string;
  pos: number;
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const DOUBLE = 0x22;
const HASH = 0x23;
const SINGLE = 0x27;
const COMMA = 0x2c;
const DASH = 0x2d;
const COLON = 0x3a;
const QUESTION = 0x3f;
const OPEN_SEQUENCE = 0x5b;
const CLOSE_SEQUENCE = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;

/** Implicit keys may be longer than this by no YAML reader. */
const MAX_KEY_LENGTH = 1000;
const MAX_FLOW_DEPTH = 20;

/** Whether the character at `at` ends a word: a blank, a line break, or the end. */
export function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === SPACE || code === LF || code === CR || at >= text.length;
}

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.pos) === SPACE) cursor.pos++;
}

/** Moves behind the line break if nothing but a comment is left on the line; false where something else is. */
export function skipLineEnd(cursor: Cursor): boolean {
  const { text } = cursor;
  skipSpaces(cursor);
  const code = text.charCodeAt(cursor.pos);
  if (code === HASH) {
    if (text.charCodeAt(cursor.pos - 1) !== SPACE) return false;
    const end = text.indexOf('\n', cursor.pos);
    cursor.pos = end === -1 ? text.length : end + 1;
    return true;
  }
  if (code === LF) cursor.pos += 1;
  else if (code === CR) cursor.pos += 2;
  else return cursor.pos >= text.length;
  return true;
}

/**
 * A key with the colon behind it, the cursor moved behind both; undefined (the cursor unmoved) where there is no key.
 * A quoted scalar counts as a key only if a colon and a blank follow.
 */
export function readKey(cursor: Cursor): ScalarNode | undefined {
  const start = cursor.pos;
  const key = isQuote(cursor) ? readQuoted(cursor) : readPlainKey(cursor);
  if (key === undefined) return undefined;
  skipSpaces(cursor);
  if (cursor.text.charCodeAt(cursor.pos) === COLON && isBlankAt(cursor.text, cursor.pos + 1)) {
    cursor.pos += 1;
    return key;
  }
  cursor.pos = start;
  return undefined;
}

/** A scalar or a flow collection that ends on its line; the cursor is left behind it. */
export function readInline(cursor: Cursor): ContentNode {
  const code = cursor.text.charCodeAt(cursor.pos);
  if (code === DOUBLE || code === SINGLE) return readQuoted(cursor);
  if (code === OPEN_MAP || code === OPEN_SEQUENCE) return readFlow(cursor, 0);
  return readPlain(cursor);
}

/** The empty scalar of a key or a dash with nothing behind it. */
export function emptyScalar(at: number): ScalarNode {
  return scalar({ start: at, end: at, style: 'plain', text: '' });
}

function isQuote(cursor: Cursor): boolean {
  const code = cursor.text.charCodeAt(cursor.pos);
  return code === DOUBLE || code === SINGLE;
}

function readQuoted(cursor: Cursor): ScalarNode {
  const { text, pos: start } = cursor;
  const quote = text.charAt(start);
  let close = text.indexOf(quote, start + 1);
  if (quote === "'") while (text.charAt(close + 1) === "'" && close !== -1) close = text.indexOf("'", close + 2);
  else while (close !== -1 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  if (close === -1) throw NOT_SIMPLE;
  const inner = text.slice(start + 1, close);
  if (inner.includes('\n') || inner.includes('\t')) throw NOT_SIMPLE;
  cursor.pos = close + 1;
  const style = quote === "'" ? 'single' : 'double';
  return scalar({
    start,
    end: close + 1,
    style,
    text: style === 'single' ? inner.replaceAll("''", "'") : unescaped(inner),
  });
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

/** Escapes that JSON has too; the others are left to the real reader. */
function unescaped(inner: string): string {
  if (!inner.includes('\\')) return inner;
  if (!/^(?:[^\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*$/.test(inner)) throw NOT_SIMPLE;
  return JSON.parse(`"${inner}"`) as string;
}

function readPlainKey(cursor: Cursor): ScalarNode | undefined {
  const { text, pos: start } = cursor;
  if (!canStartPlain(cursor)) return undefined;
  let last = start;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON && isBlankAt(text, at + 1)) {
      if (at - start > MAX_KEY_LENGTH) throw NOT_SIMPLE;
      cursor.pos = at;
      return scalar({ start, end: last + 1, style: 'plain', text: text.slice(start, last + 1) });
    }
    if (code === TAB) throw NOT_SIMPLE;
    if (code === LF || code === CR || at >= text.length) return undefined;
    if (code === HASH && text.charCodeAt(at - 1) === SPACE) return undefined;
    if (code !== SPACE) last = at;
  }
}

function readPlain(cursor: Cursor): ScalarNode {
  const { text, pos: start } = cursor;
  if (!canStartPlain(cursor)) throw NOT_SIMPLE;
  let last = start;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR || at >= text.length) break;
    if (code === TAB || (code === COLON && isBlankAt(text, at + 1))) throw NOT_SIMPLE;
    if (code === HASH && text.charCodeAt(at - 1) === SPACE) break;
    if (code !== SPACE) last = at;
  }
  cursor.pos = last + 1;
  return scalar({ start, end: last + 1, style: 'plain', text: text.slice(start, last + 1) });
}

/** Whether a plain scalar may begin here: no indicator, or one of `-?:` with something behind it. */
function canStartPlain({ text, pos }: Cursor): boolean {
  const code = text.charCodeAt(pos);
  if (code === DASH || code === QUESTION || code === COLON) {
    return !isBlankAt(text, pos + 1) && text.charCodeAt(pos + 1) !== TAB;
  }
  return !INDICATORS.has(code) && !isBlankAt(text, pos);
}

const INDICATORS: ReadonlySet<number> = new Set([...',[]{}#&*!|>\'"%@`\t'].map((character) => character.charCodeAt(0)));

function readFlow(cursor: Cursor, depth: number): ContentNode {
  if (depth > MAX_FLOW_DEPTH) throw NOT_SIMPLE;
  const { text, pos: start } = cursor;
  const isMap = text.charCodeAt(start) === OPEN_MAP;
  const close = isMap ? CLOSE_MAP : CLOSE_SEQUENCE;
  const pairs: MapPair[] = [];
  const items: YamlNode[] = [];
  cursor.pos += 1;
  skipSpaces(cursor);
  for (let first = true; text.charCodeAt(cursor.pos) !== close; first = false) {
    if (!first) {
      if (text.charCodeAt(cursor.pos) !== COMMA) throw NOT_SIMPLE;
      cursor.pos += 1;
      skipSpaces(cursor);
    }
    if (isMap) pairs.push(readFlowPair(cursor, depth));
    else items.push(readFlowValue(cursor, depth));
    skipSpaces(cursor);
  }
  cursor.pos += 1;
  const base = { start, end: cursor.pos, tag: undefined, anchor: undefined, flow: true };
  return isMap ? { kind: 'map', ...base, pairs } : { kind: 'sequence', ...base, items };
}

function readFlowPair(cursor: Cursor, depth: number): MapPair {
  const key = isQuote(cursor) ? readQuoted(cursor) : readFlowPlain(cursor);
  skipSpaces(cursor);
  if (cursor.text.charCodeAt(cursor.pos) !== COLON || cursor.text.charCodeAt(cursor.pos + 1) !== SPACE)
    throw NOT_SIMPLE;
  cursor.pos += 1;
  skipSpaces(cursor);
  return { key, value: readFlowValue(cursor, depth) };
}

function readFlowValue(cursor: Cursor, depth: number): ContentNode {
  if (isQuote(cursor)) return readQuoted(cursor);
  const code = cursor.text.charCodeAt(cursor.pos);
  if (code === OPEN_MAP || code === OPEN_SEQUENCE) return readFlow(cursor, depth + 1);
  return readFlowPlain(cursor);
}

function readFlowPlain(cursor: Cursor): ScalarNode {
  const { text, pos: start } = cursor;
  if (
    !canStartPlain(cursor) ||
    (isFlowIndicator(text.charCodeAt(start + 1)) === true && /[-?:]/.test(text.charAt(start)))
  ) {
    throw NOT_SIMPLE;
  }
  let last = start;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON && (isBlankAt(text, at + 1) || isFlowIndicator(text.charCodeAt(at + 1)))) {
      if (at - start > MAX_KEY_LENGTH) throw NOT_SIMPLE;
      break;
    }
    if (isFlowIndicator(code)) break;
    if (code === LF || code === CR || code === TAB || at >= text.length) throw NOT_SIMPLE;
    if (code === HASH && text.charCodeAt(at - 1) === SPACE) throw NOT_SIMPLE;
    if (code !== SPACE) last = at;
  }
  cursor.pos = last + 1;
  return scalar({ start, end: last + 1, style: 'plain', text: text.slice(start, last + 1) });
}

function isFlowIndicator(code: number): boolean {
  return code === COMMA || code === OPEN_SEQUENCE || code === CLOSE_SEQUENCE || code === OPEN_MAP || code === CLOSE_MAP;
}

function scalar(of: Pick<ScalarNode, 'start' | 'end' | 'style' | 'text'>): ScalarNode {
  return {
    kind: 'scalar',
    start: of.start,
    end: of.end,
    tag: undefined,
    anchor: undefined,
    style: of.style,
    text: of.text,
  };
}
