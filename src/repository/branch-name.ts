/** Branch names: which are allowed, and which one was probably meant. */

import { nearest } from '../base/nearest.ts';
import { printable } from '../base/printable.ts';
import type { Git } from './git.ts';
import { RepositoryError } from './repository-error.ts';

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
