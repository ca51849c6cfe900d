/** Git as a child process in one directory, with our settings and with its words made safe to repeat. */
import { type ExecResult, exec } from '../base/exec.ts';
import type { Redactor } from '../base/secret.ts';
import { type ConfigEntry, gitEnvironment, settingArguments, withConfig } from './git-environment.ts';
import { RepositoryError } from './repository-error.ts';
import { failureReason, withoutCredentials } from './safe-text.ts';

export interface GitCall {
  readonly input?: string | Uint8Array | undefined;
  /** Variables beside those of the run. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Configuration that must stand neither in the process list nor in a file. */
  readonly config?: readonly ConfigEntry[] | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Git {
  readonly directory: string;
  /** Runs git and gives its result whatever the exit code; `stderr` holds no credentials. */
  run(args: readonly string[], call?: GitCall): Promise<ExecResult>;
  /** Runs git and gives its stdout; throws GIT_FAILED where the exit code is not 0. */
  output(args: readonly string[], call?: GitCall): Promise<Buffer>;
  /** `text` without credentials: for what is repeated of stdout. */
  redact(text: string): string;
}

export interface GitOptions {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  /** Knows the credentials of the run; asked at each call, so that later ones count too. */
  readonly redactor: Redactor;
}

const LOCAL_TIMEOUT_MS = 120_000;

/** Git in `directory`. Arguments never pass a shell; nothing is ever asked of a person. */
export function createGit(options: GitOptions): Git {
  const { directory, redactor } = options;
  const base = gitEnvironment(options.env);
  const settings = settingArguments();
  const redact = (text: string) => redactor.redact(withoutCredentials(text));
  async function run(args: readonly string[], call: GitCall = {}): Promise<ExecResult> {
    const result = await exec('git', [...settings, ...args], {
      cwd: directory,
      env: withConfig({ ...base, ...call.env }, call.config ?? []),
      timeoutMs: call.timeoutMs ?? LOCAL_TIMEOUT_MS,
      signal: call.signal,
      ...(call.input === undefined ? {} : { input: call.input }),
    });
    return { ...result, stderr: redact(result.stderr) };
  }
  return {
    directory,
    run,
    redact,
    async output(args, call) {
      const result = await run(args, call);
      if (result.exitCode !== 0) throw gitFailed(args, result);
      return result.stdout;
    },
  };
}

/** The error for a git command that failed and has no more telling code. */
export function gitFailed(args: readonly string[], result: ExecResult): RepositoryError {
  const reason = failureReason(result.stderr);
  const said = reason === '' ? '' : `: ${reason}`;
  return new RepositoryError('GIT_FAILED', `git ${args[0] ?? ''} failed (exit code ${result.exitCode})${said}`);
}
