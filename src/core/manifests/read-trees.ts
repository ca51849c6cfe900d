/** Text → trees, whatever reader it takes. */
import { composeTrees, type TreesResult } from './compose-tree.ts';
import { readSimpleTrees } from './simple-trees.ts';
import type { SourceText } from './source-text.ts';
import { unreadableProblem } from './unreadable.ts';

/**
 * The documents of a file that have content, or what makes the file unreadable. Control characters are no YAML to the
 * readers of Kubernetes, though the parser here would take them.
 */
export function readTrees(source: SourceText): TreesResult {
  const offset = source.text.search(FORBIDDEN);
  if (offset !== -1) {
    const code = source.text.charCodeAt(offset).toString(16).padStart(4, '0').toUpperCase();
    return { ok: false, problem: unreadableProblem(source, { offset, reason: `control character U+${code}` }) };
  }
  const trees = readSimpleTrees(source.text);
  return trees === undefined ? composeTrees(source) : { ok: true, trees };
}

/** Source: https://yaml.org/spec/1.1/#id868524 */
const FORBIDDEN = /[^\P{Cc}\t\n\r\u0080-\u009f]/u;
