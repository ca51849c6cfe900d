/** Fetches one branch's head into a ref of our own, whatever kind of clone this is. */
import { createHash } from 'node:crypto';
import { printable } from '../base/printable.ts';
import { branchHint, requireBranchName } from './branch-name.ts';
import type { Git } from './git.ts';
import { exchange, type Remote } from './remote.ts';
import { RepositoryError } from './repository-error.ts';

export interface BranchRequest {
  readonly git: Git;
  readonly remote: Remote;
  readonly branch: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The commit at the head of the branch on the remote, fetched just now. Side effects: objects, and the ref that
 * `ownRef` names; neither branches, remote-tracking branches, tags, FETCH_HEAD nor the working tree change.
 * Throws BRANCH_INVALID, BRANCH_NOT_FOUND and the codes of `exchange`.
 */
export async function fetchBranchHead(request: BranchRequest): Promise<string> {
  const { git, remote, branch, signal } = request;
  await requireBranchName(git, branch, signal);
  const ref = ownRef(branch);
  const args = [
    'fetch',
    '--no-tags',
    '--no-prune',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
    '--no-auto-maintenance',
    // Without this the remote-tracking branch would move as well.
    '--refmap=',
    ...(await depthArguments(request)),
    '--',
    remote.name,
    `+refs/heads/${branch}:${ref}`,
  ];
  try {
    await exchange(git, remote, { args, purpose: `fetch ${printable(branch)} from`, subject: branch, signal });
  } catch (error) {
    if (error instanceof RepositoryError && error.code === 'BRANCH_NOT_FOUND') throw await branchNotFound(request);
    throw error;
  }
  const sha = await git.output(['rev-parse', '--verify', `${ref}^{commit}`], { signal });
  return sha.toString('latin1').trim();
}

/** The branch's head as the remote tells it, without fetching anything; null where there is no such branch. */
export async function remoteHead(request: BranchRequest): Promise<string | null> {
  const { git, remote, branch, signal } = request;
  const args = ['ls-remote', '--refs', '--', remote.name, `refs/heads/${branch}`];
  const listing = await exchange(git, remote, {
    args,
    purpose: `read ${printable(branch)} of`,
    subject: branch,
    signal,
  });
  // The pattern matches the end of names too: only the exact name is the branch.
  return parseRefs(listing).get(`refs/heads/${branch}`) ?? null;
}

/**
 * The ref that keeps a fetched head from being collected as garbage. A digest of the name, because refs of names such as
 * `a` and `a/b`, or `A` and `a` where the file system folds case, cannot stand side by side.
 */
export function ownRef(branch: string): string {
  return `refs/towpath/${createHash('sha256').update(branch).digest('hex').slice(0, 40)}`;
}

/**
 * In a shallow clone the same depth as it has: with less, fetching would cut the clone's own history; with no
 * limit, one merge of an old branch would bring that branch's whole history.
 */
async function depthArguments(request: BranchRequest): Promise<string[]> {
  const { git, remote, branch, signal } = request;
  const shallow = await git.output(['rev-parse', '--is-shallow-repository'], { signal });
  if (shallow.toString('latin1').trim() !== 'true') return [];
  for (const known of [`refs/remotes/${remote.name}/${branch}`, ownRef(branch), 'HEAD']) {
    const args = ['rev-list', '--first-parent', '--count', known, '--'];
    const counted = await git.run(args, { ...remote.call, signal });
    const depth = counted.stdout.toString('latin1').trim();
    if (counted.exitCode === 0 && /^[1-9]\d*$/.test(depth)) return [`--depth=${depth}`];
  }
  return ['--depth=1'];
}

async function branchNotFound(request: BranchRequest): Promise<RepositoryError> {
  const { git, remote, branch, signal } = request;
  const args = ['ls-remote', '--symref', '--', remote.name, 'HEAD', 'refs/heads/*'];
  const listing = await exchange(git, remote, { args, purpose: 'list the branches of', subject: branch, signal });
  const names = [...parseRefs(listing).keys()]
    .filter((name) => name.startsWith('refs/heads/'))
    .map((name) => name.slice('refs/heads/'.length));
  const head = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(listing.toString('utf8'))?.[1];
  return new RepositoryError('BRANCH_NOT_FOUND', `${remote.label} has no branch ${printable(branch)}`, {
    subject: branch,
    hint: branchHint(branch, names, head !== undefined && names.includes(head) ? head : undefined),
  });
}

/** `git ls-remote`: one `<oid> TAB <ref>` a line, with `ref: …` lines between them where `--symref` asks for them. */
function parseRefs(listing: Buffer): Map<string, string> {
  const refs = new Map<string, string>();
  for (const line of listing.toString('utf8').split('\n')) {
    const [oid = '', name = ''] = line.split('\t');
    if (/^[0-9a-f]{40,64}$/.test(oid) && name !== '') refs.set(name, oid);
  }
  return refs;
}
