/** Whether two readings of a file differ in nothing but some scalars. */
import { typeOfScalar } from './scalar-type.ts';
import type { MapPair, ScalarNode, YamlNode, YamlTree } from './yaml-tree.ts';

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

function compare(a: YamlNode, b: YamlNode, values: ReadonlyMap<number, string>): number | undefined {
  if (a.tag !== b.tag || a.anchor !== b.anchor) return a.start;
  if (a.kind === 'alias') return b.kind === 'alias' && b.name === a.name ? undefined : a.start;
  if (a.kind === 'scalar') return b.kind === 'scalar' && sameScalar(a, b, values) ? undefined : a.start;
  if (a.kind === 'sequence') {
    if (b.kind !== 'sequence' || b.flow !== a.flow) return a.start;
    return compareAll({ a: a.items, b: b.items, at: a.start, values });
  }
  if (b.kind !== 'map' || b.flow !== a.flow) return a.start;
  return compareAll({ a: a.pairs.flatMap(bothOf), b: b.pairs.flatMap(bothOf), at: a.start, values });
}

function compareAll(lists: {
  readonly a: readonly YamlNode[];
  readonly b: readonly YamlNode[];
  readonly at: number;
  readonly values: ReadonlyMap<number, string>;
}): number | undefined {
  if (lists.a.length !== lists.b.length) return lists.at;
  for (const [index, node] of lists.a.entries()) {
    const other = lists.b[index];
    const difference = other === undefined ? lists.at : compare(node, other, lists.values);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function bothOf(pair: MapPair): readonly YamlNode[] {
  return [pair.key, pair.value];
}

function sameScalar(a: ScalarNode, b: ScalarNode, values: ReadonlyMap<number, string>): boolean {
  const value = values.get(a.start);
  if (value === undefined) return a.text === b.text && a.style === b.style;
  return typeOfScalar(b) === value;
}
