/** Text → trees by the `yaml` package: the reader that decides what is YAML and what is not. */
import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  Parser,
  type Range,
  Schema,
  type YAMLMap,
  type YAMLParseError,
  type YAMLSeq,
} from 'yaml';
import { messageOf, type Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { ScalarStyle } from './scalar-span.ts';
import type { SourceText } from './source-text.ts';
import { unreadableProblem } from './unreadable.ts';
import type { AliasNode, ContentNode, MapNode, MapPair, SequenceNode, YamlNode, YamlTree } from './yaml-tree.ts';

/** Deeper nesting than any manifest has, aliases followed; what lies deeper would exhaust the stack of those who walk it. */
export const MAX_DEPTH = 500;

/** Pieces (words, blanks, line breaks) of a text; the densest manifests have one for every three characters. */
export const MAX_PIECES = 1_000_000;

const MAX_DIRECTIVES = 100;

export type TreesResult =
  | { readonly ok: true; readonly trees: readonly YamlTree[] }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The documents of a file, or the first thing that makes it unreadable: one document that cannot be read costs all of
 * them, since nobody can tell where it ends. Documents without content are left out. Repeated keys are accepted, as the API server accepts them.
 */
export function composeTrees(source: SourceText): TreesResult {
  const trees: YamlTree[] = [];
  // The parser reads the first line after a byte order mark wrongly: it never gets to see one.
  const shift = source.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  try {
    for (const document of composeDocuments(source.text.slice(shift))) {
      const error = document.errors[0];
      if (error !== undefined) throw fromParseError(error, source.text.slice(shift));
      const tree = toTree(document, shift);
      if (tree !== undefined) trees.push(tree);
    }
  } catch (error) {
    // Whatever the parser stumbles over is the trouble of this file alone.
    const { offset, message } = error instanceof Unreadable ? error : new Unreadable(sentence(messageOf(error)), 0);
    return { ok: false, problem: unreadableProblem(source, { offset: offset + shift, reason: message }) };
  }
  return { ok: true, trees };
}

class Unreadable extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

function* composeDocuments(text: string): Generator<Document.Parsed> {
  const parser = new Parser();
  // Every scalar stays the string that it is in the text; types are given by whoever needs them.
  const schema = new Schema({ schema: 'failsafe', merge: false, resolveKnownTags: false });
  const composer = new Composer({ version: '1.1', schema, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  let pieces = 0;
  let directives = 0;
  for (const piece of new Lexer().lex(text)) {
    for (const token of parser.next(piece)) {
      yield* composer.next(token);
      if (token.type === 'directive') directives++;
      // What follows the first error is of no use, and may be very long.
      if (token.type === 'error') return yield* composer.end(true, text.length);
    }
    pieces++;
    const excess = excessOf({ depth: parser.stack.length, pieces, directives });
    if (excess !== undefined) throw new Unreadable(excess, parser.offset);
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end(true, text.length);
}

function excessOf(counts: { depth: number; pieces: number; directives: number }): string | undefined {
  if (counts.depth > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`;
  if (counts.pieces > MAX_PIECES) return `more than ${MAX_PIECES} words and blanks`;
  return counts.directives > MAX_DIRECTIVES ? `more than ${MAX_DIRECTIVES} directives` : undefined;
}

/** Undefined for a document without content: comments only, or nothing at all. */
function toTree(document: Document.Parsed, shift: number): YamlTree | undefined {
  const conversion: Conversion = {
    shift,
    anchors: new Map(),
    open: new Set(),
    repeated: new Set(),
    heights: new Map(),
    tallest: 0,
  };
  const contents: unknown = document.contents;
  if (contents === null || (isScalar(contents) && contents.source === '' && contents.type === 'PLAIN'))
    return undefined;
  return { root: convert(contents, conversion), repeated: conversion.repeated };
}

interface Conversion {
  /** Between offsets of the parser and offsets into the text. */
  readonly shift: number;
  readonly anchors: Map<string, ContentNode>;
  /** Anchors of the collections that are being read. */
  readonly open: Set<string>;
  readonly repeated: Set<ContentNode>;
  /** Levels of the collections with an anchor, those behind their aliases included. */
  readonly heights: Map<ContentNode, number>;
  /** The most levels of any node beside the one that is read, so far. */
  tallest: number;
}

function convert(node: unknown, conversion: Conversion): YamlNode {
  if (isAlias(node)) return convertAlias(node, conversion);
  if (isScalar(node)) {
    const [start, end] = placeOf(node, conversion);
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return remember(
      { kind: 'scalar', start, end, tag: node.tag, anchor: node.anchor, style: styleOf(node.type), text },
      conversion,
    );
  }
  if (isMap(node) || isSeq(node)) {
    const [start, end] = placeOf(node, conversion);
    const base = { start, end, tag: node.tag, anchor: node.anchor, flow: node.flow === true };
    if (base.anchor !== undefined) conversion.open.add(base.anchor);
    const content = measured(conversion, start, () =>
      isMap(node) ? convertMap(node, base, conversion) : convertSequence(node, base, conversion),
    );
    if (base.anchor !== undefined) conversion.open.delete(base.anchor);
    return remember(content, conversion);
  }
  throw new Error('a YAML node of no known kind');
}

/** The collection at `start`: aliases can pile up levels that the text does not have, one upon the other. */
function measured<T extends ContentNode>(conversion: Conversion, start: number, read: () => T): T {
  const beside = conversion.tallest;
  conversion.tallest = 0;
  const content = read();
  const height = conversion.tallest + 1;
  if (height > MAX_DEPTH) {
    throw new Unreadable(`nested deeper than ${MAX_DEPTH} levels by its aliases`, start - conversion.shift);
  }
  if (content.anchor !== undefined) conversion.heights.set(content, height);
  conversion.tallest = Math.max(beside, height);
  return content;
}

type CollectionBase = Omit<MapNode, 'kind' | 'pairs'>;

function convertMap(node: YAMLMap, base: CollectionBase, conversion: Conversion): MapNode {
  const pairs = node.items.map((pair) => convertPair(pair, conversion));
  return { kind: 'map', ...base, end: base.flow ? base.end : (pairs.at(-1)?.value.end ?? base.end), pairs };
}

function convertSequence(node: YAMLSeq, base: CollectionBase, conversion: Conversion): SequenceNode {
  const items = node.items.map((item) => convert(item, conversion));
  return { kind: 'sequence', ...base, end: base.flow ? base.end : (items.at(-1)?.end ?? base.end), items };
}

function convertPair(pair: Pair<unknown, unknown>, conversion: Conversion): MapPair {
  const key = convert(pair.key, conversion);
  const hasValue = pair.value !== null && pair.value !== undefined;
  return { key, value: hasValue ? convert(pair.value, conversion) : emptyScalar(key.end) };
}

function convertAlias(alias: Alias, conversion: Conversion): AliasNode {
  const name = alias.source;
  const [start, end] = placeOf(alias, conversion);
  const offset = start - conversion.shift;
  if (conversion.open.has(name)) throw new Unreadable(`anchor ${printable(name)} contains itself`, offset);
  const target = conversion.anchors.get(name);
  // Its name is not repeated: where a password begins with an asterisk, it is the password.
  if (target === undefined) throw new Unreadable('an alias has no anchor before it', offset);
  conversion.repeated.add(target);
  conversion.tallest = Math.max(conversion.tallest, conversion.heights.get(target) ?? 0);
  return { kind: 'alias', start, end, tag: undefined, anchor: undefined, name, target };
}

function placeOf(node: { readonly range?: Range | null | undefined }, { shift }: Conversion): [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start + shift, end + shift];
}

function remember<T extends ContentNode>(node: T, conversion: Conversion): T {
  if (node.anchor !== undefined) conversion.anchors.set(node.anchor, node);
  return node;
}

function emptyScalar(offset: number): ContentNode {
  return { kind: 'scalar', start: offset, end: offset, tag: undefined, anchor: undefined, style: 'plain', text: '' };
}

function styleOf(type: string | undefined): ScalarStyle {
  switch (type) {
    case 'QUOTE_SINGLE':
      return 'single';
    case 'QUOTE_DOUBLE':
      return 'double';
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return 'block';
    default:
      return 'plain';
  }
}

function fromParseError(error: YAMLParseError, text: string): Unreadable {
  const reason = sentence(error.message);
  if (!reason.startsWith('missing closing')) return new Unreadable(reason, error.pos[0]);
  return new Unreadable('a quote stays open', openQuote(text, error.pos[0]));
}

/** Where the quoted scalar begins that ends at `end`: the parser knows only where it ran out of text. */
function openQuote(text: string, end: number): number {
  let offset = 0;
  for (const piece of new Lexer().lex(text)) {
    const isMark = piece === '\u0002' || piece === '\u0018' || piece === '\u001f';
    const reaches = offset <= end && offset + piece.length >= end;
    if (reaches && /^["']/.test(piece)) return offset;
    if (!isMark) offset += piece.length;
  }
  return end;
}

/** Messages quote the text that they are about. */
const MAX_MESSAGE = 500;

/** The parser's message as a clause of ours: one line, lower-case start, no period, nothing unprintable. */
function sentence(message: string): string {
  const line = printable(message.slice(0, MAX_MESSAGE).replace(/\s*\n[\s\S]*$/, '')).replace(/[.:]$/, '');
  return line.charAt(0).toLowerCase() + line.slice(1);
}
