/** The text to change for an annotation that comes or goes, and what has to be read back afterwards. */
import type { AnnotationPlace } from './annotation-place.ts';
import type { ManifestDocument } from './manifest-document.ts';
import { addLines, addPair, columnOf, cutPair, type TextChange } from './pair-surgery.ts';
import { renderPlain, renderQuoted } from './render-scalar.ts';
import type { MapNode, MapPair, ScalarNode, YamlNode, YamlTree } from './yaml-tree.ts';

export interface PlannedChange {
  readonly change: TextChange;
  /** A document as it is to be read back. */
  readonly expected: (tree: YamlTree) => YamlTree;
  /** Texts of the new scalars in the expected trees, by their offset there. */
  readonly values: ReadonlyMap<number, string>;
}

export interface NewAnnotation {
  readonly key: string;
  readonly value: string;
}

/** Offsets of scalars that no text holds yet. */
const HOLDER_KEY = -3;
const NEW_KEY = -2;
const NEW_VALUE = -1;

type Place<K extends AnnotationPlace['kind']> = Extract<AnnotationPlace, { readonly kind: K }>;

/** Adds the annotation, and what has to be around it. */
export function addAnnotation(
  document: ManifestDocument,
  place: Place<'there' | 'beside' | 'empty' | 'none'>,
  annotation: NewAnnotation,
): PlannedChange | undefined {
  const { text } = document.source;
  const values = new Map([
    [HOLDER_KEY, 'annotations'],
    [NEW_KEY, annotation.key],
    [NEW_VALUE, annotation.value],
  ]);
  const done = (change: TextChange, from: MapNode, to: MapNode): PlannedChange => ({
    change,
    expected: (tree) => replaceMap(tree, from, to),
    values,
  });
  if (place.kind === 'there') return undefined;
  const { metadata } = place;
  if (place.kind === 'none') {
    const holder: MapPair = { key: scalarAt(HOLDER_KEY), value: newMap(metadata.flow) };
    const column = columnOf(text, metadata.start);
    const line = `${' '.repeat(column + unitOf(document, metadata))}${written(annotation, metadata)}`;
    const value = metadata.flow ? `{${written(annotation, metadata)}}` : [line];
    const change = addPair(text, metadata, { key: keyLike(metadata, 'annotations'), value });
    return change === undefined ? undefined : done(change, metadata, withPair(metadata, holder));
  }
  const { holder } = place;
  if (place.kind === 'beside' && place.annotations.pairs.length > 0) {
    const { annotations } = place;
    const change = addPair(text, annotations, rendered(annotation, annotations));
    return change === undefined ? undefined : done(change, annotations, withPair(annotations, newPair()));
  }
  const inBlock = place.kind === 'empty' && !metadata.flow && holder.value.start === holder.value.end;
  const filled = {
    ...metadata,
    pairs: metadata.pairs.map((pair) => (pair === holder ? { key: pair.key, value: newMap(!inBlock) } : pair)),
  };
  if (inBlock) {
    const column = columnOf(text, holder.key.start) + unitOf(document, metadata);
    return done(
      addLines(text, holder, [`${' '.repeat(column)}${written(annotation, newMap(false))}`]),
      metadata,
      filled,
    );
  }
  const { start, end } = holder.value;
  const blank = /\s/.test(text.charAt(start - 1)) ? '' : ' ';
  return done({ start, end, text: `${blank}{${written(annotation, newMap(true))}}` }, metadata, filled);
}

/** Cuts the annotation out, with the whole of `annotations` where it is the only one. */
export function removeAnnotation(
  document: ManifestDocument,
  place: Place<'there'>,
): PlannedChange | 'shares its lines with something else' {
  const { metadata, holder, annotations, pair } = place;
  const last = annotations.pairs.length === 1;
  const [map, gone] = last ? [metadata, holder] : [annotations, pair];
  const change = cutPair(document.source.text, map, gone);
  if (change === undefined) return 'shares its lines with something else';
  const rest: MapNode = { ...map, pairs: map.pairs.filter((one) => one !== gone) };
  return { change, expected: (tree) => replaceMap(tree, map, rest), values: new Map() };
}

/** How far the file indents: by what the metadata is indented below its key. */
function unitOf(document: ManifestDocument, metadata: MapNode): number {
  const { text } = document.source;
  const unit = columnOf(text, metadata.start) - columnOf(text, document.root.node.start);
  return unit > 0 && !document.root.node.flow ? unit : 2;
}

function rendered(annotation: NewAnnotation, map: MapNode): { readonly key: string; readonly value: string } {
  const quoted = isJson(map);
  const { key, value } = annotation;
  const context = { inFlow: map.flow };
  return quoted
    ? { key: renderQuoted(key, 'double'), value: renderQuoted(value, 'double') }
    : { key: renderPlain(key, context), value: renderPlain(value, context) };
}

function written(annotation: NewAnnotation, map: MapNode): string {
  const { key, value } = rendered(annotation, map);
  return `${key}: ${value}`;
}

function keyLike(map: MapNode, key: string): string {
  return isJson(map) ? renderQuoted(key, 'double') : key;
}

/** A flow mapping whose keys are quoted: new ones are quoted too. */
function isJson(map: MapNode): boolean {
  const key = map.pairs.at(-1)?.key;
  return map.flow && key?.kind === 'scalar' && key.style === 'double';
}

function newPair(): MapPair {
  return { key: scalarAt(NEW_KEY), value: scalarAt(NEW_VALUE) };
}

function newMap(flow: boolean): MapNode {
  return { kind: 'map', start: 0, end: 0, tag: undefined, anchor: undefined, flow, pairs: [newPair()] };
}

/** Its text is one that no file holds: what counts is the text in `values`. */
function scalarAt(start: number): ScalarNode {
  return { kind: 'scalar', start, end: start, tag: undefined, anchor: undefined, style: 'plain', text: '\0' };
}

function withPair(map: MapNode, pair: MapPair): MapNode {
  return { ...map, pairs: [...map.pairs, pair] };
}

function replaceMap(tree: YamlTree, from: MapNode, to: MapNode): YamlTree {
  const replace = (node: YamlNode): YamlNode => {
    if (node === from) return to;
    if (node.kind === 'sequence') return { ...node, items: node.items.map(replace) };
    if (node.kind !== 'map') return node;
    return { ...node, pairs: node.pairs.map(({ key, value }) => ({ key, value: replace(value) })) };
  };
  return { ...tree, root: replace(tree.root) };
}
