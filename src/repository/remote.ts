/** The remote of the config repository: who it is, how it is authenticated, and how often it is asked. */
import type { Clock } from '../base/clock.ts';
import { TowpathError } from '../base/errors.ts';
import type { ExecErrorCode, ExecResult } from '../base/exec.ts';
import { printable } from '../base/printable.ts';
import { type Redactor, Secret } from '../base/secret.ts';
import { passwordsIn, tokenCredentials } from './credentials.ts';
import { type Git, type GitCall, gitFailed } from './git.ts';
import type { ConfigEntry } from './git-environment.ts';
import { explainRemoteFailure } from './remote-failure.ts';
import { RepositoryError } from './repository-error.ts';
import { failureReason, remoteWords, withoutCredentials } from './safe-text.ts';

export interface RemoteOptions {
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  readonly githubToken: Secret | undefined;
  readonly serverUrl: string | undefined;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** Told every credential that this room derives or finds, before git can print it. */
  readonly mask: (secret: Secret) => void;
}

export interface Remote {
  readonly name: string;
  /** The name and the address, without credentials. */
  readonly label: string;
  /** The remote that has promised to give objects which are missing here; null in a clone that is whole. */
  readonly promisor: string | null;
  /** What a git command needs that may talk to the remote. */
  readonly call: Pick<GitCall, 'config' | 'env' | 'timeoutMs'>;
  /** Waits before another try; false where there has been enough of them. */
  mayRetry(attempt: number, signal?: AbortSignal): Promise<boolean>;
}

const TRANSFER_TIMEOUT_MS = 5 * 60_000;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1_000;

/** The remote as git's configuration describes it. Throws NO_REMOTE. */
export async function openRemote(git: Git, options: RemoteOptions, signal?: AbortSignal): Promise<Remote> {
  const { name, clock } = options;
  const [fetchUrls, pushUrls, listing] = await Promise.all([
    remoteUrls(git, { name, push: false, signal }),
    remoteUrls(git, { name, push: true, signal }),
    git.output(['config', '--list', '-z'], { signal }),
  ]);
  const urls = [...fetchUrls, ...pushUrls];
  const config = parseConfig(listing);
  const credentials = tokenCredentials({ urls, token: options.githubToken, serverUrl: options.serverUrl, config });
  for (const value of [...credentials.secrets, ...passwordsIn(urls)]) {
    options.redactor.add(value);
    options.mask(new Secret(value));
  }
  return {
    name,
    label: `${name} (${printable(withoutCredentials(fetchUrls[0] ?? ''))})`,
    promisor: promisorOf(config, name),
    call: {
      config: [...credentials.config, [`remote.${name}.followRemoteHEAD`, 'never']],
      env: quietSsh(options.env, config),
      timeoutMs: TRANSFER_TIMEOUT_MS,
    },
    async mayRetry(attempt, retrySignal) {
      if (attempt >= ATTEMPTS) return false;
      await clock.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1), retrySignal);
      return true;
    },
  };
}

export interface Exchange {
  readonly args: readonly string[];
  /** What is being done, to stand after "cannot": `fetch main from`. */
  readonly purpose: string;
  readonly subject?: string | undefined;
  readonly input?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a git command that only reads from the remote, again after network faults, and gives its stdout.
 * Throws REMOTE_UNREACHABLE, REMOTE_UNAUTHORIZED, REMOTE_NOT_FOUND, BRANCH_NOT_FOUND or GIT_FAILED.
 */
export async function exchange(git: Git, remote: Remote, request: Exchange): Promise<Buffer> {
  for (let attempt = 1; ; attempt++) {
    const result = await runTransfer(git, remote, request);
    if (result.exitCode === 0) return result.stdout;
    const transient = explainRemoteFailure(result.stderr)?.transient ?? false;
    if (transient && (await remote.mayRetry(attempt, request.signal))) continue;
    throw remoteError(remote, request, result);
  }
}

/** Runs a git command that talks to the remote, once. One that hangs is a remote that cannot be reached. */
export async function runTransfer(git: Git, remote: Remote, request: Exchange): Promise<ExecResult> {
  try {
    return await git.run(request.args, { ...remote.call, input: request.input, signal: request.signal });
  } catch (error) {
    const code: ExecErrorCode = 'COMMAND_TIMEOUT';
    if (!(error instanceof TowpathError) || error.code !== code) throw error;
    const seconds = TRANSFER_TIMEOUT_MS / 1000;
    const message = `cannot ${request.purpose} ${remote.label}: no end after ${seconds} s`;
    throw new RepositoryError('REMOTE_UNREACHABLE', message, { subject: request.subject, cause: error });
  }
}

/** The error that says why an exchange failed, in the remote's own words where it had any. */
export function remoteError(remote: Remote, request: Exchange, result: ExecResult): RepositoryError {
  const failure = explainRemoteFailure(result.stderr);
  if (failure === null) return gitFailed(request.args, result);
  const reason = remoteWords(result.stderr) || failureReason(result.stderr);
  const detail = reason === '' ? '' : `: ${reason}`;
  return new RepositoryError(failure.code, `cannot ${request.purpose} ${remote.label}: ${failure.message}${detail}`, {
    subject: request.subject,
    hint: failure.hint,
  });
}

async function remoteUrls(git: Git, which: { name: string; push: boolean; signal: AbortSignal | undefined }) {
  const args = ['remote', 'get-url', '--all', ...(which.push ? ['--push'] : []), '--', which.name];
  const result = await git.run(args, { signal: which.signal });
  const urls = result.stdout
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  if (result.exitCode === 0 && urls.length > 0) return urls;
  if (result.exitCode === 0 || /No such remote|No URLs configured/.test(result.stderr)) {
    throw new RepositoryError('NO_REMOTE', `the repository has no remote named ${printable(which.name)}`, {
      hint: `Add it with 'git remote add ${printable(which.name)} URL': branches are read from it and commits are pushed to it.`,
    });
  }
  throw gitFailed(args, result);
}

/** `git config --list -z`: each entry is `key`, a newline, and the value; a key alone means true. */
function parseConfig(listing: Buffer): ConfigEntry[] {
  return listing
    .toString('utf8')
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const end = entry.indexOf('\n');
      return end === -1 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
    });
}

/** Source: https://git-scm.com/docs/partial-clone#_configuring_a_partial_clone (the extension is the older form) */
function promisorOf(config: readonly ConfigEntry[], preferred: string): string | null {
  const names = config.flatMap(([key, value]) => {
    if (key === 'extensions.partialclone') return [value];
    const name = /^remote\.(.+)\.promisor$/.exec(key)?.[1];
    return name === undefined || value === 'false' ? [] : [name];
  });
  return names.includes(preferred) ? preferred : (names[0] ?? null);
}

/** Keeps ssh from asking for passphrases and unknown hosts, unless somebody has said how ssh is to be run. */
function quietSsh(env: NodeJS.ProcessEnv, config: readonly ConfigEntry[]): NodeJS.ProcessEnv {
  const isChosen = env['GIT_SSH_COMMAND'] !== undefined || env['GIT_SSH'] !== undefined;
  if (isChosen || config.some(([key]) => key === 'core.sshcommand')) return {};
  return { GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
}
