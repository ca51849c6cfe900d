/** One commit on a snapshot, pushed only where the branch still stands at that snapshot. */
import type { Clock } from '../base/clock.ts';
import type { ExecResult } from '../base/exec.ts';
import { printable } from '../base/printable.ts';
import type { NewCommit, PushResult } from '../command/adapters/repository.ts';
import { ownRef, remoteHead } from './branch-head.ts';
import type { Git, GitCall } from './git.ts';
import { writeTree } from './new-tree.ts';
import { type PushReply, parsePushReply } from './push-reply.ts';
import { type Exchange, type Remote, remoteError, runTransfer } from './remote.ts';
import { explainRemoteFailure } from './remote-failure.ts';
import { RepositoryError } from './repository-error.ts';
import { remoteWords } from './safe-text.ts';

export interface PushRequest {
  readonly git: Git;
  readonly remote: Remote;
  readonly clock: Clock;
  readonly commit: NewCommit;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the commit and moves the remote's branch from the snapshot's revision to it, in one step or not at all.
 * Side effects: objects in the clone, the remote-tracking branch as after any push, and the ref that `ownRef` names.
 * Throws CHANGE_INVALID, PUSH_REJECTED, REMOTE_UNREACHABLE, REMOTE_UNAUTHORIZED, REMOTE_NOT_FOUND or GIT_FAILED.
 */
export async function pushCommit(request: PushRequest): Promise<PushResult> {
  const { branch, revision } = request.commit.snapshot;
  if (branch === null || revision === null) {
    throw new RepositoryError('CHANGE_INVALID', 'a commit needs the snapshot of a branch, not the working tree');
  }
  const sha = await writeCommit(request, revision);
  const result = await pushUntilAnswered(request, { branch, parent: revision, sha });
  if (result.kind === 'pushed') await rememberHead(request.git, { branch, sha });
  return result;
}

/** Spares the next fetch some work. The commit is pushed already: neither a failure nor the signal may hide that. */
async function rememberHead(git: Git, head: { branch: string; sha: string }): Promise<void> {
  try {
    await git.run(['update-ref', ownRef(head.branch), head.sha]);
  } catch {
    // reason: the next fetch sets the ref as well
  }
}

interface Move {
  readonly branch: string;
  readonly parent: string;
  readonly sha: string;
}

/** The new commit's id. Committer is the author; both dates are now, in UTC. */
async function writeCommit(request: PushRequest, parent: string): Promise<string> {
  const { git, remote, clock, commit, signal } = request;
  const call: GitCall = remote.promisor !== null ? { ...remote.call, signal } : { signal };
  const isEmpty = commit.changes.length === 0 && commit.evenEmpty === true;
  const tree = isEmpty ? `${parent}^{tree}` : await writeTree({ git, revision: parent, changes: commit.changes, call });
  const date = `@${Math.floor(clock.now() / 1000)} +0000`;
  const env = {
    ...call.env,
    GIT_AUTHOR_NAME: commit.author.name,
    GIT_AUTHOR_EMAIL: commit.author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: commit.author.name,
    GIT_COMMITTER_EMAIL: commit.author.email,
    GIT_COMMITTER_DATE: date,
  };
  const input = commit.message.endsWith('\n') ? commit.message : `${commit.message}\n`;
  const args = ['commit-tree', '--no-gpg-sign', '-p', parent, '-F', '-', tree];
  return (await git.output(args, { ...call, env, input })).toString('latin1').trim();
}

/**
 * Pushes again after network faults and contended locks. A commit whose answer got lost may have arrived: the branch
 * itself tells. Without such a loss, a branch that stands at our very commit was moved there by somebody else.
 */
async function pushUntilAnswered(request: PushRequest, move: Move): Promise<PushResult> {
  const { git, remote, signal } = request;
  let wasLost = false;
  for (let attempt = 1; ; attempt++) {
    const result = await runTransfer(git, remote, exchangeFor(request, move));
    const reply = parsePushReply(git.redact(result.stdout.toString('utf8')), `refs/heads/${move.branch}`);
    if (reply.kind === 'accepted') return { kind: 'pushed', sha: move.sha };
    if (reply.kind === 'stale') return { kind: 'moved' };
    if (reply.kind !== 'up-to-date') {
      const failure = pushFailure(request, { move, reply, result });
      if (!failure.isRetryable) throw failure.error;
      wasLost ||= reply.kind !== 'contended';
      const head = await remoteHead({ git, remote, branch: move.branch, signal });
      if (head === move.parent) {
        if (await remote.mayRetry(attempt, signal)) continue;
        throw failure.error;
      }
      if (head !== move.sha) return { kind: 'moved' };
    }
    return wasLost ? { kind: 'pushed', sha: move.sha } : { kind: 'moved' };
  }
}

function exchangeFor(request: PushRequest, move: Move): Exchange {
  const ref = `refs/heads/${move.branch}`;
  return {
    args: [
      'push',
      '--porcelain',
      '--no-verify',
      '--no-follow-tags',
      '--recurse-submodules=no',
      // Compare and swap: plain fast-forward would also move a branch that was set back to an older commit.
      // With a child of the expected commit, the only thing that the lease lets pass is a fast-forward.
      `--force-with-lease=${ref}:${move.parent}`,
      '--',
      request.remote.name,
      `${move.sha}:${ref}`,
    ],
    purpose: `push to ${printable(move.branch)} of`,
    subject: move.branch,
    signal: request.signal,
  };
}

interface Failed {
  readonly move: Move;
  readonly reply: Exclude<PushReply, { kind: 'accepted' | 'stale' | 'up-to-date' }>;
  readonly result: ExecResult;
}

function pushFailure(request: PushRequest, failed: Failed): { error: RepositoryError; isRetryable: boolean } {
  const { move, reply, result } = failed;
  if (reply.kind === 'refused' || reply.kind === 'contended') {
    return {
      error: rejected(request, { move, reason: reply.reason, result }),
      isRetryable: reply.kind === 'contended',
    };
  }
  const error = remoteError(request.remote, exchangeFor(request, move), result);
  const isRetryable = reply.kind === 'unreported' || explainRemoteFailure(result.stderr)?.transient === true;
  return { error, isRetryable };
}

function rejected(request: PushRequest, refusal: { move: Move; reason: string; result: ExecResult }): RepositoryError {
  const branch = printable(refusal.move.branch);
  const words = remoteWords(refusal.result.stderr);
  const detail = words === '' ? '' : `: ${words}`;
  const message = `cannot push to ${branch} of ${request.remote.label}: rejected (${refusal.reason})${detail}`;
  return new RepositoryError('PUSH_REJECTED', message, {
    subject: refusal.move.branch,
    hint: `Allow the identity that pushes to bypass the protection of ${branch}, or let changes go through pull requests.`,
  });
}
