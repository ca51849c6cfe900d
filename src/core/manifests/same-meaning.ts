/** Whether two readings of a file differ in nothing but some scalars. */
import { typeOfScalar } from './scalar-type.ts';
import type { MapNode, ScalarNode, SequenceNode, YamlNode, YamlTree } from './yaml-tree.ts';

export interface Comparison {
  readonly before: readonly YamlTree[];
  readonly after: readonly YamlTree[];
  /** The new texts of scalars by their offset in `before`; each must read back as that text, as a string. */
  readonly values: ReadonlyMap<number, string>;
}

/**
 * The offset in `before` of the first thing that differs although it should not; undefined where there is none.
 * Compared are the documents as written: keys, order, texts, quotes, tags, anchors, aliases.
 */
export function differsBesides({ before, after, values }: Comparison): number | undefined {
  if (before.length !== after.length) return 0;
  for (const [index, tree] of before.entries()) {
    const other = after[index];
    const difference = other === undefined ? tree.root.start : compare(tree.root, other.root, values);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

type Values = Comparison['values'];

function compare(a: YamlNode, b: YamlNode, values: Values): number | undefined {
  if (a.tag !== b.tag || a.anchor !== b.anchor) return a.start;
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && sameScalar(a, b, values) ? undefined : a.start;
    case 'alias':
      return b.kind === 'alias' && b.name === a.name ? undefined : a.start;
    case 'sequence':
      return b.kind === 'sequence' && b.flow === a.flow ? compareSequences(a, b, values) : a.start;
    case 'map':
      return b.kind === 'map' && b.flow === a.flow ? compareMaps(a, b, values) : a.start;
  }
}

function compareSequences(a: SequenceNode, b: SequenceNode, values: Values): number | undefined {
  if (a.items.length !== b.items.length) return a.start;
  for (let index = 0; index < a.items.length; index++) {
    const one = a.items[index];
    const other = b.items[index];
    if (one === undefined || other === undefined) return a.start;
    const difference = compare(one, other, values);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function compareMaps(a: MapNode, b: MapNode, values: Values): number | undefined {
  if (a.pairs.length !== b.pairs.length) return a.start;
  for (let index = 0; index < a.pairs.length; index++) {
    const one = a.pairs[index];
    const other = b.pairs[index];
    if (one === undefined || other === undefined) return a.start;
    const difference = compare(one.key, other.key, values) ?? compare(one.value, other.value, values);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function sameScalar(a: ScalarNode, b: ScalarNode, values: Values): boolean {
  const value = values.get(a.start);
  if (value === undefined) return a.text === b.text && a.style === b.style;
  return typeOfScalar(b) === value;
}
