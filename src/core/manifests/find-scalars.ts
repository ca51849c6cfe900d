/** Scalars of a file by their offset. */
import type { ScalarNode, YamlNode, YamlTree } from './yaml-tree.ts';

export interface ScalarPlace {
  readonly node: ScalarNode;
  /** Within `[…]` or `{…}`. */
  readonly inFlow: boolean;
}

/** The scalars that begin at one of `starts`, where they are written; keys and aliases are none. */
export function findScalars(trees: readonly YamlTree[], starts: ReadonlySet<number>): ReadonlyMap<number, ScalarPlace> {
  const found = new Map<number, ScalarPlace>();
  const visit = (node: YamlNode, inFlow: boolean): void => {
    if (node.kind === 'scalar' && starts.has(node.start)) found.set(node.start, { node, inFlow });
    if (node.kind === 'sequence') for (const item of node.items) visit(item, inFlow || node.flow);
    if (node.kind === 'map') for (const pair of node.pairs) visit(pair.value, inFlow || node.flow);
  };
  for (const { root } of trees) visit(root, false);
  return found;
}
