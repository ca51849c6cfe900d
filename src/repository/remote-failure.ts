/** What a failed exchange with the remote means, read from git's stderr (in English: see git-environment.ts). */
import type { RepositoryErrorCode } from './repository-error.ts';

export interface RemoteFailure {
  readonly code: RepositoryErrorCode;
  /** Worth another try: the network or the server may do better in a moment. */
  readonly transient: boolean;
  readonly message: string;
  readonly hint?: string;
}

interface Rule extends RemoteFailure {
  readonly pattern: RegExp;
}

const UNREACHABLE = { code: 'REMOTE_UNREACHABLE', message: 'the remote cannot be reached' } as const;

/** The first that matches counts. Patterns are of fixed length, so that hostile output costs linear time. */
const RULES: readonly Rule[] = [
  {
    pattern: /couldn't find remote ref|remote branch .{1,300} not found/i,
    code: 'BRANCH_NOT_FOUND',
    transient: false,
    message: 'the remote has no such branch',
  },
  {
    // A permanent move is answered with a redirect, which is not followed while a token is being sent.
    pattern: /returned error: 30[1278]|unable to update url base from redirection/i,
    ...UNREACHABLE,
    transient: false,
    message: 'the remote redirects to another address',
    hint: "Set the remote's URL to the repository's present address with 'git remote set-url'.",
  },
  {
    pattern:
      /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|returned error: 40[13]|Permission denied \(|Permission to .{1,300} denied|Write access to repository not granted|Invalid username or (?:password|token)|Access denied/i,
    code: 'REMOTE_UNAUTHORIZED',
    transient: false,
    message: 'the remote refuses these credentials',
    hint: "Give the job 'permissions: contents: write' and pass its token, or check out with 'persist-credentials: true'; on a terminal, log in with git's credential helper.",
  },
  {
    pattern: /Host key verification failed/i,
    code: 'REMOTE_UNAUTHORIZED',
    transient: false,
    message: "the remote's host key is not known",
    hint: "Add the host's public key to known_hosts.",
  },
  {
    pattern: /Could not resolve host|unable to look up|Name or service not known|Temporary failure in name resolution/i,
    ...UNREACHABLE,
    transient: true,
    message: "the remote's host name cannot be resolved",
    hint: "Check the remote's URL and the network.",
  },
  {
    pattern:
      /returned error: (?:408|429|5\d\d)|HTTP (?:408|429|5\d\d)|Connection (?:timed out|refused|reset|closed|was reset)|Couldn't connect|Could(?:n't| not) connect|Failed to connect|Operation timed out|Operation too slow|timed? ?out after|early EOF|unexpected disconnect|hung up unexpectedly|RPC failed|Empty reply from server|transfer closed|SSL_(?:connect|read|ERROR_SYSCALL)|GnuTLS recv error|TLS connection was non-properly terminated|HTTP\/2 (?:stream|framing)|Network is unreachable|No route to host|Recv failure|Send failure|Broken pipe/i,
    ...UNREACHABLE,
    transient: true,
  },
  {
    pattern:
      /Repository not found|repository '.{1,2000}' not found|returned error: 404|does not appear to be a git repository|no such device or address/i,
    code: 'REMOTE_NOT_FOUND',
    transient: false,
    message: 'the remote has no such repository, or does not show it to these credentials',
    hint: "Check the remote's URL, and that the credentials may read the repository.",
  },
  {
    // Another git process works in the same repository; it will be done in a moment.
    pattern: /shallow file has changed|\.lock': File exists|cannot lock ref 'refs\/towpath\//i,
    code: 'GIT_FAILED',
    transient: true,
    message: 'another git process holds a lock in this repository',
    hint: 'Wait for it to end, or remove the lock file it has left.',
  },
  {
    pattern: /Could not read from remote repository/i,
    ...UNREACHABLE,
    transient: false,
    hint: "Check the remote's URL, and that these credentials may use it.",
  },
];

/** The meaning of `stderr`, or null where it is none of the known ways in which an exchange fails. */
export function explainRemoteFailure(stderr: string): RemoteFailure | null {
  const rule = RULES.find((candidate) => candidate.pattern.test(stderr));
  if (rule === undefined) return null;
  const { pattern: _, ...failure } = rule;
  return failure;
}
