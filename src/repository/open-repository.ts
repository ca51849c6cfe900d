/** The config repository: git where the directory is in a git repository, a plain directory otherwise. */
import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { TowpathError } from '../base/errors.ts';
import type { ExecErrorCode } from '../base/exec.ts';
import { printable } from '../base/printable.ts';
import { Redactor, type Secret } from '../base/secret.ts';
import type { Repository, Snapshot } from '../command/adapters/repository.ts';
import { fetchBranchHead } from './branch-head.ts';
import { createGit, type Git, gitFailed } from './git.ts';
import { readHistory } from './history.ts';
import { pushCommit } from './push-commit.ts';
import { openRemote, type Remote } from './remote.ts';
import { RepositoryError } from './repository-error.ts';
import { failureReason } from './safe-text.ts';
import { treeSnapshot } from './tree-snapshot.ts';
import { workTreeSnapshot } from './work-tree.ts';
import { writeFiles } from './write-files.ts';

export interface RepositoryOptions {
  /** Anywhere inside the repository. */
  readonly directory: string;
  /** The environment of the run: what git is told of it, and the Actions variables that name the branch. */
  readonly env: NodeJS.ProcessEnv;
  /** Goes to `serverUrl` and nowhere else, and only where git's own configuration has no header for it. */
  readonly githubToken?: Secret | undefined;
  /** `https://github.com`, or that of a GitHub Enterprise Server. */
  readonly serverUrl?: string | undefined;
  readonly clock: Clock;
  /** Told every credential that is derived from the token or found in a URL, before git can print it. */
  readonly mask: (secret: Secret) => void;
  /** Default `origin`. */
  readonly remote?: string | undefined;
  /** Files with more bytes are problems when they are read; default 5 MiB. */
  readonly maxFileBytes?: number | undefined;
}

export interface OpenedRepository extends Repository {
  /** What all paths are relative to: the top of the git work tree, or else the directory itself. Absolute. */
  readonly root: string;
}

const DEFAULT_MAX_FILE_BYTES = 5 * 1024 * 1024;

/**
 * Opens the repository that `directory` is in. Nothing is fetched or written.
 * Throws REPOSITORY_NOT_TRUSTED, NO_WORK_TREE, GIT_FAILED, or COMMAND_NOT_FOUND where the repository needs a git that is not there.
 */
export async function openRepository(options: RepositoryOptions, signal?: AbortSignal): Promise<OpenedRepository> {
  const directory = resolve(options.directory);
  const redactor = new Redactor();
  if (options.githubToken !== undefined) redactor.add(options.githubToken);
  const root = await findRoot(createGit({ directory, env: options.env, redactor }), signal);
  if (root === null) return openPlainDirectory(directory, options);
  return openGitRepository({ git: createGit({ directory: root, env: options.env, redactor }), redactor, options });
}

function openGitRepository(opened: { git: Git; redactor: Redactor; options: RepositoryOptions }): OpenedRepository {
  const { git, redactor, options } = opened;
  const { env, clock, mask, githubToken, serverUrl } = options;
  const maxFileBytes = options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;
  const name = options.remote ?? 'origin';
  const remoteOf = (signal?: AbortSignal): Promise<Remote> =>
    openRemote(git, { name, env, clock, mask, githubToken, serverUrl, redactor }, signal);
  return {
    root: git.directory,
    currentBranch: (signal) => currentBranch(git, env, signal),
    async branchHead(branch, signal): Promise<Snapshot> {
      const remote = await remoteOf(signal);
      const revision = await fetchBranchHead({ git, remote, branch, signal });
      return treeSnapshot({ store: { git, remote, revision }, branch, maxFileBytes, signal });
    },
    workTree: (signal) => workTreeSnapshot({ root: git.directory, git, maxFileBytes, signal }),
    async push(commit, signal) {
      return pushCommit({ git, remote: await remoteOf(signal), clock, commit, signal });
    },
    write: (changes, signal) => writeFiles(git.directory, changes, signal),
    async history(request, signal) {
      const remote = request.snapshot.branch === null ? null : await remoteOf(signal);
      return readHistory({ git, remote, request, maxFileBytes, signal });
    },
  };
}

function openPlainDirectory(root: string, options: RepositoryOptions): OpenedRepository {
  const maxFileBytes = options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;
  const refuse = async (): Promise<never> => {
    throw new RepositoryError('NOT_A_REPOSITORY', `${printable(root)} is in no git repository`, {
      hint: "Start in a clone of the config repository; in a workflow, run 'actions/checkout' first.",
    });
  };
  return {
    root,
    currentBranch: async () => null,
    branchHead: refuse,
    push: refuse,
    workTree: (signal) => workTreeSnapshot({ root, git: null, maxFileBytes, signal }),
    write: (changes, signal) => writeFiles(root, changes, signal),
    history: async () => [],
  };
}

/** The top of the work tree, or null outside of any repository. */
async function findRoot(git: Git, signal: AbortSignal | undefined): Promise<string | null> {
  const args = ['rev-parse', '--show-toplevel'];
  try {
    const result = await git.run(args, { signal });
    if (result.exitCode === 0) return result.stdout.toString('utf8').replace(/\r?\n$/, '');
    if (/not a git repository \(or any /i.test(result.stderr)) return null;
    throw rootError(git, result.stderr) ?? gitFailed(args, result);
  } catch (error) {
    const code: ExecErrorCode = 'COMMAND_NOT_FOUND';
    const isMissing = error instanceof TowpathError && error.code === code;
    // A plain directory needs no git; in a repository the paths would be relative to the wrong directory.
    if (isMissing && !(await isBelowGit(git.directory))) return null;
    throw error;
  }
}

function rootError(git: Git, stderr: string): RepositoryError | null {
  const directory = printable(git.directory);
  if (/dubious ownership|unsafe repository/i.test(stderr)) {
    return new RepositoryError(
      'REPOSITORY_NOT_TRUSTED',
      `git does not trust the repository at ${directory}: it belongs to another user`,
      {
        hint: `Run 'git config --global --add safe.directory ${directory}' if you trust it.`,
      },
    );
  }
  if (/must be run in a work tree/i.test(stderr)) {
    return new RepositoryError('NO_WORK_TREE', `${directory} has no working tree: ${failureReason(stderr)}`, {
      hint: 'Start in a clone that is not bare.',
    });
  }
  return null;
}

async function isBelowGit(directory: string): Promise<boolean> {
  for (let current = directory; ; current = dirname(current)) {
    try {
      await access(join(current, '.git'));
      return true;
    } catch {
      // reason: not here, perhaps further up
    }
    if (dirname(current) === current) return false;
  }
}

/**
 * In Actions a checkout may leave HEAD detached; the runner tells the branch then. For a pull request it calls the merge
 * ref a branch too, which nobody can push to.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
async function currentBranch(
  git: Git,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const result = await git.run(['symbolic-ref', '--quiet', 'HEAD'], { signal });
  const ref = result.stdout.toString('utf8').trim();
  if (result.exitCode === 0 && ref.startsWith('refs/heads/')) return ref.slice('refs/heads/'.length);
  const name = env['GITHUB_REF_NAME'] ?? '';
  if (env['GITHUB_REF_TYPE'] !== 'branch' || name === '') return null;
  const fullRef = env['GITHUB_REF'] ?? `refs/heads/${name}`;
  return fullRef === `refs/heads/${name}` ? name : null;
}
