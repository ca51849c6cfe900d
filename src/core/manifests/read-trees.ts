/** Text → trees, whatever reader it takes. */
import { composeTrees, type TreesResult } from './compose-tree.ts';
import { readSimpleTrees } from './simple-trees.ts';
import type { SourceText } from './source-text.ts';

/** The documents of a text that have content, or what makes it unreadable. */
export function readTrees(source: SourceText): TreesResult {
  const trees = readSimpleTrees(source.text);
  return trees === undefined ? composeTrees(source) : { ok: true, trees };
}
