/** What can go wrong with the config repository, as codes that callers branch on. */
import { TowpathError } from '../base/errors.ts';

export type RepositoryErrorCode =
  /** The directory is in no git repository, and the operation needs one. */
  | 'NOT_A_REPOSITORY'
  /** Git refuses the repository because it belongs to somebody else. */
  | 'REPOSITORY_NOT_TRUSTED'
  /** A bare repository, or the inside of `.git`: there are no files to look at. */
  | 'NO_WORK_TREE'
  | 'NO_REMOTE'
  | 'BRANCH_INVALID'
  | 'BRANCH_NOT_FOUND'
  /** The remote did not answer, or broke off, more often than it is asked. */
  | 'REMOTE_UNREACHABLE'
  /** The remote knows no such repository, or does not show it to these credentials. */
  | 'REMOTE_NOT_FOUND'
  | 'REMOTE_UNAUTHORIZED'
  /** The remote took the commit and declined it: a protected branch, a ruleset, a hook. */
  | 'PUSH_REJECTED'
  /** What is asked for cannot be done: nothing changes, or a path is no file that could change. */
  | 'CHANGE_INVALID'
  | 'FILE_NOT_FOUND'
  /** A symbolic link, a directory, a submodule or a device stands where a file was expected. */
  | 'FILE_NOT_REGULAR'
  | 'FILE_NAME_INVALID'
  | 'FILE_TOO_LARGE'
  | 'FILE_UNREADABLE'
  | 'FILE_UNWRITABLE'
  /** Further files than a repository of manifests can have: probably not the directory that was meant. */
  | 'TOO_MANY_FILES'
  /** Git failed in a way that has no code of its own. */
  | 'GIT_FAILED';

export interface RepositoryErrorDetails {
  readonly subject?: string | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** An error of this room. */
export class RepositoryError extends TowpathError<RepositoryErrorCode> {
  constructor(code: RepositoryErrorCode, message: string, details: RepositoryErrorDetails = {}) {
    super(code, message, details);
  }
}
