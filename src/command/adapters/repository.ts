/** What the commands need of the config repository. */
import type { Problem } from '../../base/errors.ts';
import type { FileChange, SourceFile, TreeEntry } from '../../core/manifests/source-file.ts';

/** A tree that does not change while it is looked at: a branch's head, or the working tree as it is read. */
export interface Snapshot {
  /** Null for the working tree (whatever is checked out). */
  readonly branch: string | null;
  /** The commit; for the working tree the commit checked out, or null without one. */
  readonly revision: string | null;
  /** Every file of the tree, sorted by path. */
  readonly entries: readonly TreeEntry[];
  /** Reads files in the order asked. A file that cannot be read (too large, gone) is a problem, not an exception. */
  read(paths: readonly string[], signal?: AbortSignal): Promise<ReadResult>;
  /** The targets of symbolic links, by their path. What is no link, cannot be read or is not UTF-8 is left out. */
  links(paths: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

export interface ReadResult {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

export interface Identity {
  readonly name: string;
  readonly email: string;
}

export interface NewCommit {
  /** The snapshot the changes were planned on: its revision becomes the parent. */
  readonly snapshot: Snapshot;
  readonly changes: readonly FileChange[];
  /** Without changes the commit is made all the same: its message is what it is for. */
  readonly evenEmpty?: boolean;
  readonly message: string;
  readonly author: Identity;
}

/** `moved`: the branch's head is no longer the snapshot's revision; nothing was written: read again and plan again. */
export type PushResult = { readonly kind: 'pushed'; readonly sha: string } | { readonly kind: 'moved' };

/** What to look back at. */
export interface HistoryRequest {
  /** From its commit backwards. */
  readonly snapshot: Snapshot;
  /** Files of interest. */
  readonly paths: readonly string[];
  /** Commits to look at, at the most. */
  readonly limit: number;
}

/** A commit of the branch itself: what a merge brought counts as the merge's. */
export interface PastCommit {
  readonly revision: string;
  /** The author's name, as the commit has it. */
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly committedMs: number;
  readonly message: string;
  /** Those of the paths that the commit changed, with their new bytes; null where it left none that can be read. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
}

export interface Repository {
  /** The branch checked out, or null (detached, or no git repository). */
  currentBranch(signal?: AbortSignal): Promise<string | null>;
  /** The head of `branch` on the remote, freshly fetched. Throws BRANCH_NOT_FOUND, REMOTE_UNREACHABLE and the like. */
  branchHead(branch: string, signal?: AbortSignal): Promise<Snapshot>;
  workTree(signal?: AbortSignal): Promise<Snapshot>;
  /**
   * The branch's commits, the newest first, as far back as asked or as they go. A shallow clone is deepened for it; the
   * history of a working tree is that of its commit, as far as it is here. Files that were renamed are not followed.
   */
  history(request: HistoryRequest, signal?: AbortSignal): Promise<readonly PastCommit[]>;
  /** Makes one commit on the snapshot and pushes it, only if the branch has not moved. The working tree stays as it is. */
  push(commit: NewCommit, signal?: AbortSignal): Promise<PushResult>;
  /** Replaces bytes of files in the working tree, and makes new ones: modes kept, symlinks refused, nothing staged. */
  write(changes: readonly FileChange[], signal?: AbortSignal): Promise<void>;
}
