/** Every scalar and alias of a file in the order of the text: what a comment may belong to. */
import type {
  ContentNode,
  MapNode,
  Reached,
  ScalarNode,
  SequenceNode,
  YamlNode,
  YamlTree,
} from '../../manifests/yaml-tree.ts';

/** A place where something is written that is no comment. */
export interface WrittenScalar {
  readonly start: number;
  readonly end: number;
  /** Undefined for keys and aliases: nothing can be set there. */
  readonly value: WrittenValue | undefined;
}

export interface WrittenValue extends Reached<ScalarNode> {
  readonly tree: YamlTree;
  /** What the value stands in; undefined for a document that is one scalar. */
  readonly within: MapNode | SequenceNode | undefined;
}

/** Sorted by place; values that are not written at all (`key:`) are among them. */
export function writtenScalars(trees: readonly YamlTree[]): readonly WrittenScalar[] {
  const found: WrittenScalar[] = [];
  for (const tree of trees) visit(tree.root, { tree, within: undefined, shared: false, found });
  return found;
}

/** The index of the last one that begins at or before `offset`; -1 where none does. */
export function lastAtOrBefore(scalars: readonly WrittenScalar[], offset: number): number {
  let low = -1;
  let high = scalars.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((scalars[middle] as WrittenScalar).start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface Visit {
  readonly tree: YamlTree;
  readonly within: WrittenValue['within'];
  readonly shared: boolean;
  readonly found: WrittenScalar[];
}

function visit(node: YamlNode, given: Visit): void {
  const { tree, within, found } = given;
  if (node.kind === 'alias') {
    found.push({ start: node.start, end: node.end, value: undefined });
    return;
  }
  const shared = given.shared || tree.repeated.has(node);
  if (node.kind === 'scalar') {
    found.push({ start: node.start, end: node.end, value: { node, shared, tree, within } });
  } else if (node.kind === 'sequence') {
    for (const item of node.items) visit(item, { tree, within: node, shared, found });
  } else {
    for (const { key, value } of node.pairs) {
      visitKey(key, found);
      visit(value, { tree, within: node, shared, found });
    }
  }
}

/** Keys may be mappings; nobody marks what is in them. */
function visitKey(key: YamlNode, found: WrittenScalar[]): void {
  const written: ContentNode | undefined = key.kind === 'alias' ? undefined : key;
  found.push({ start: key.start, end: written?.end ?? key.end, value: undefined });
}
