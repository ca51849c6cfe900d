/** Text → trees by the `yaml` package: the reader that decides what is YAML and what is not. */
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  Parser,
  Schema,
  type YAMLParseError,
} from 'yaml';
import type { Problem } from '../../base/errors.ts';
import { printable } from './printable.ts';
import type { ScalarStyle } from './scalar-span.ts';
import type { SourceText } from './source-text.ts';
import type { AliasNode, ContentNode, MapPair, YamlNode, YamlTree } from './yaml-tree.ts';

/** Deeper nesting than any manifest has; what lies deeper would exhaust the stack of those who walk it. */
export const MAX_DEPTH = 500;

export type TreesResult =
  | { readonly ok: true; readonly trees: readonly YamlTree[] }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The documents of a file, or the first thing that makes it unreadable: one document that cannot be read costs all of
 * them, since nobody can tell where it ends. Repeated keys are accepted, as the API server accepts them.
 */
export function composeTrees(source: SourceText): TreesResult {
  const trees: YamlTree[] = [];
  try {
    for (const document of composeDocuments(source.text)) {
      const error = document.errors[0];
      if (error !== undefined) throw fromParseError(error);
      trees.push(toTree(document));
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ok: false, problem: unreadableProblem(source, error) };
  }
  return { ok: true, trees };
}

class Unreadable extends Error {
  readonly offset: number;
  readonly hint: string | undefined;

  constructor(message: string, offset: number, hint?: string) {
    super(message);
    this.offset = offset;
    this.hint = hint;
  }
}

function* composeDocuments(text: string): Generator<Document.Parsed> {
  const parser = new Parser();
  // Every scalar stays the string that it is in the text; types are given by whoever needs them.
  const schema = new Schema({ schema: 'failsafe', merge: false, resolveKnownTags: false });
  const composer = new Composer({ version: '1.1', schema, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) yield* composer.next(token);
    if (parser.stack.length > MAX_DEPTH) {
      throw new Unreadable(`nested deeper than ${MAX_DEPTH} levels`, parser.offset);
    }
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end(true, text.length);
}

function toTree(document: Document.Parsed): YamlTree {
  const conversion: Conversion = { anchors: new Map(), open: new Set(), repeated: new Set() };
  const contents: unknown = document.contents;
  const root = contents === null ? undefined : convert(contents, conversion);
  // A document of nothing but comments, or of nothing at all, composes to an empty scalar.
  const empty = root?.kind === 'scalar' && root.style === 'plain' && root.text === '';
  return { root: empty ? undefined : root, repeated: conversion.repeated };
}

interface Conversion {
  readonly anchors: Map<string, ContentNode>;
  /** Anchors of the collections that are being read. */
  readonly open: Set<string>;
  readonly repeated: Set<ContentNode>;
}

function convert(node: unknown, conversion: Conversion): YamlNode {
  if (isAlias(node)) return convertAlias(node.source, node.range?.[0] ?? 0, conversion);
  if (isScalar(node)) {
    const [start, end] = node.range ?? [0, 0];
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return remember(
      { kind: 'scalar', start, end, tag: node.tag, anchor: node.anchor, style: styleOf(node.type), text },
      conversion,
    );
  }
  if (isMap(node) || isSeq(node)) {
    const [start, end] = node.range ?? [0, 0];
    const base = { start, end, tag: node.tag, anchor: node.anchor, flow: node.flow === true };
    if (base.anchor !== undefined) conversion.open.add(base.anchor);
    const content: ContentNode = isMap(node)
      ? { kind: 'map', ...base, pairs: node.items.map((pair) => convertPair(pair, conversion)) }
      : { kind: 'sequence', ...base, items: node.items.map((item) => convert(item, conversion)) };
    if (base.anchor !== undefined) conversion.open.delete(base.anchor);
    return remember(content, conversion);
  }
  throw new Error('a YAML node of no known kind');
}

function convertPair(pair: Pair<unknown, unknown>, conversion: Conversion): MapPair {
  const key = convert(pair.key, conversion);
  const hasValue = pair.value !== null && pair.value !== undefined;
  return { key, value: hasValue ? convert(pair.value, conversion) : emptyScalar(key.end) };
}

function convertAlias(name: string, offset: number, conversion: Conversion): AliasNode {
  if (conversion.open.has(name)) throw new Unreadable(`anchor ${printable(name)} contains itself`, offset);
  const target = conversion.anchors.get(name);
  if (target === undefined) throw new Unreadable(`alias ${printable(name)} has no anchor before it`, offset);
  conversion.repeated.add(target);
  return {
    kind: 'alias',
    start: offset,
    end: offset + name.length + 1,
    tag: undefined,
    anchor: undefined,
    name,
    target,
  };
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

function fromParseError(error: YAMLParseError): Unreadable {
  return new Unreadable(sentence(error.message), error.pos[0]);
}

/** The parser's message as a clause of ours: one line, lower-case start, no period, nothing unprintable. */
function sentence(message: string): string {
  const line = printable(message.replace(/\s*\n[\s\S]*$/, '')).replace(/[.:]$/, '');
  return line.charAt(0).toLowerCase() + line.slice(1);
}

function unreadableProblem(source: SourceText, error: Unreadable): Problem {
  const template = findTemplateLine(source.text);
  if (template !== undefined) {
    return {
      severity: 'error',
      code: 'MANIFEST_IS_TEMPLATE',
      message: `file is a template, not YAML: a line consists of ${printable(template.text)}`,
      position: source.positionAt(template.offset),
      hint: 'Keep templates outside of the environment path, or render them first.',
    };
  }
  return {
    severity: 'error',
    code: 'MANIFEST_UNREADABLE',
    message: `file cannot be read as YAML: ${error.message}`,
    position: source.positionAt(Math.min(error.offset, source.text.length)),
    hint: 'Correct the file; until then none of its documents counts.',
  };
}

/** A line of its own such as `{{- if .Values.enabled }}`: what makes a file a Go template and breaks it as YAML. */
function findTemplateLine(text: string): { readonly offset: number; readonly text: string } | undefined {
  const match = /^[ \t]*(\{\{-?[^\n]{0,200}?\}\})[ \t]*\r?$/m.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { offset: match.index + match[0].indexOf('{{'), text: match[1] };
}
