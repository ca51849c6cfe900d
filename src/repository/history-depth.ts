/** Makes a shallow clone deep enough to look back. */
import { printable } from '../base/printable.ts';
import type { Git } from './git.ts';
import { exchange, type Remote } from './remote.ts';

export interface Deepening {
  readonly git: Git;
  readonly remote: Remote;
  readonly branch: string;
  /** A commit of the branch. */
  readonly revision: string;
  /** Commits that are to be here, that one included. */
  readonly depth: number;
  readonly signal?: AbortSignal | undefined;
}

/** The branch may have moved on since it was read; with a few commits more than asked the next look back needs no fetch. */
const SLACK = 50;

/**
 * Fetches the history of the branch once, if it ends here before `depth` only because the clone is shallow. No ref moves.
 * Throws the codes of `exchange`.
 */
export async function deepen(request: Deepening): Promise<void> {
  const { git, remote, branch, depth, signal } = request;
  if (!(await endsEarly(request))) return;
  const args = [
    ...['fetch', '--no-tags', '--no-prune', '--no-write-fetch-head', '--no-recurse-submodules'],
    ...['--no-auto-maintenance', '--refmap=', `--depth=${depth + SLACK}`, '--', remote.name, `refs/heads/${branch}`],
  ];
  await exchange(git, remote, {
    args,
    purpose: `fetch the history of ${printable(branch)} from`,
    subject: branch,
    signal,
  });
}

/** A shallow clone does not show the parents of its last commits; the commits themselves still name them. */
async function endsEarly({ git, remote, revision, depth, signal }: Deepening): Promise<boolean> {
  const shallow = await git.output(['rev-parse', '--is-shallow-repository'], { signal });
  if (shallow.toString('latin1').trim() !== 'true') return false;
  const call = { ...remote.call, signal };
  const args = ['rev-list', '--first-parent', `--max-count=${depth}`, revision, '--'];
  const commits = (await git.output(args, call)).toString('latin1').trim().split('\n');
  const last = commits.at(-1) ?? revision;
  if (commits.length >= depth) return false;
  const commit = await git.output(['cat-file', 'commit', last], call);
  const [header = ''] = commit.toString('latin1').split('\n\n', 1);
  return /^parent /m.test(header);
}
