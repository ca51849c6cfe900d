/** A selection in words: why this tag, what was rejected and why. */
import type { PolicyRow } from '../report/report.ts';
import type { Rejection, Selection } from './select/selection.ts';

/** Rejected tags that are named one by one; the rest is counted by reason. */
const NAMED = 10;

/** Lines without indentation of the first, two spaces before each rejected tag; as many lines for any listing. */
export function explainSelection(selection: Selection): readonly string[] {
  const { rejected } = selection;
  const lines = [headline(selection), ...selection.warnings.map((warning) => `warning: ${warning}`)];
  if (rejected.length === 0) return lines;
  lines.push(`${rejected.length} ${rejected.length === 1 ? 'tag was' : 'tags were'} not chosen:`);
  for (const { tag, reason } of rejected.slice(0, NAMED)) lines.push(`  ${tag}: ${reason}`);
  for (const [reason, count] of countReasons(rejected.slice(NAMED))) lines.push(`  ${count} more: ${reason}`);
  return lines;
}

/** `policy semver:~1.4 (annotation at prod/api.yaml:7)`: what was followed, and where to change it. */
export function explainPolicy({ text, from, name, position }: PolicyRow): string {
  const at = position === undefined ? '' : ` at ${position.file}:${position.line}`;
  const what = from === 'default' ? 'default, there is no filter' : from;
  return `policy ${text} (${what}${name === undefined ? '' : ` of ImagePolicy ${name}`}${at})`;
}

function headline(selection: Selection): string {
  switch (selection.kind) {
    case 'update':
      return `update to ${selection.to.tag}: ${selection.reason}`;
    case 'keep':
      return `no change: ${selection.reason}`;
    default:
      return `failed: ${selection.reason}`;
  }
}

/** Most frequent first, then by text; the rarest, if they are many, as one. */
function countReasons(rejected: readonly Rejection[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { reason } of rejected) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (sorted.length <= NAMED) return sorted;
  const others = sorted.slice(NAMED).reduce((sum, [, count]) => sum + count, 0);
  return [...sorted.slice(0, NAMED), ['other reasons', others]];
}
