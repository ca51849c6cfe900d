/** Branch names: which are allowed, and which one was probably meant. */

import { printable } from '../base/printable.ts';
import type { Git } from './git.ts';
import { RepositoryError } from './repository-error.ts';

const MAX_COMPARED = 64;
const MAX_LISTED = 5;

/** Throws BRANCH_INVALID for what git does not allow as a branch's name, such as one that would change a refspec. */
export async function requireBranchName(git: Git, branch: string, signal?: AbortSignal): Promise<void> {
  // A NUL cannot be handed to a process; git checks all else. The prefix keeps `-x` from being an option.
  const isValid =
    !branch.includes('\0') && (await git.run(['check-ref-format', `refs/heads/${branch}`], { signal })).exitCode === 0;
  if (isValid) return;
  throw new RepositoryError('BRANCH_INVALID', `'${printable(branch)}' is no name that git allows for a branch`, {
    hint: 'Correct the branch in the configuration.',
  });
}

/** A hint for `wanted`, which is none of `existing`: the nearest, else a few of them with `preferred` first. */
export function branchHint(wanted: string, existing: readonly string[], preferred: string | undefined): string {
  if (existing.length === 0) return 'Push a first commit: the remote has no branches yet.';
  const close = nearest(wanted, existing);
  if (close !== undefined) return `Did you mean '${printable(close)}'?`;
  const rest = existing.filter((name) => name !== preferred);
  const listed = [...(preferred === undefined ? [] : [preferred]), ...rest].slice(0, MAX_LISTED);
  const more = existing.length > listed.length ? ` and ${existing.length - listed.length} more` : '';
  return `Use a branch that the remote has: ${listed.map((text) => printable(text)).join(', ')}${more}.`;
}

function nearest(wanted: string, existing: readonly string[]): string | undefined {
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const close = existing
    .filter((name) => Math.abs(name.length - wanted.length) <= allowed && name.length <= MAX_COMPARED)
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed);
  return close.sort((a, b) => a.distance - b.distance)[0]?.name;
}

/** Insertions, deletions and replacements that lead from one text to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[to.length] ?? 0;
}
