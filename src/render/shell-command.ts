/** Runs one command of the repository. */
import { TowpathError } from '../base/errors.ts';
import { type ExecErrorCode, exec } from '../base/exec.ts';
import { printable } from '../base/printable.ts';
import type { RepositoryCommand } from '../core/generation/flux-config.ts';
import { RenderError, type RenderErrorCode } from './render-error.ts';
import { lastWords } from './safe-text.ts';

export interface ShellCommand {
  readonly role: 'generator' | 'updater';
  readonly command: RepositoryCommand;
  readonly configPath: string;
  /** Absolute. */
  readonly directory: string;
  /** All that the command sees; nothing is inherited beside it. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: CommandLimits;
  /** Bytes that the commands before it have printed: the limit is one for all of them. */
  readonly printed?: number;
  /** Takes the run's secrets out of what a command wrote. */
  readonly redact: (text: string) => string;
  /** Added to the hint of a failure. */
  readonly note?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CommandLimits {
  /** For a command that names no timeout. */
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
}

/** No command waits longer, whatever it asks for: a job of GitHub Actions ends by then. */
const LONGEST_TIMEOUT_MS = 6 * 60 * 60 * 1000;

/**
 * What the command printed. This is the one place of the program that uses a shell: what it runs is the repository's
 * own text, written for `/bin/sh -c` as Flux ran it, and nothing is put into it. A command takes the processes with it
 * that it started, but those in sessions of their own. Throws GENERATOR_* or UPDATER_* errors at the command's place, or the signal's reason.
 */
export async function runShellCommand(given: ShellCommand): Promise<Uint8Array> {
  const { command, limits, signal } = given;
  const timeoutMs = Math.min(command.timeoutMs ?? limits.timeoutMs, LONGEST_TIMEOUT_MS);
  try {
    const result = await exec('/bin/sh', ['-c', command.command], {
      cwd: given.directory,
      env: given.env,
      timeoutMs,
      maxOutputBytes: limits.maxOutputBytes - (given.printed ?? 0),
      // They would go on in a tree that is being looked at, or removed.
      killsLeftovers: true,
      signal,
    });
    if (result.exitCode === 0) return result.stdout;
    throw failure(given, result.exitCode, result.stderr);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof RenderError ? error : stopped(given, timeoutMs, error);
  }
}

function failure(given: ShellCommand, exitCode: number, stderr: string): RenderError {
  const words = lastWords(given.redact(stderr));
  const said = words === '' ? 'it wrote nothing to stderr' : words;
  return commandError(given, 'FAILED', {
    clause: `failed (exit code ${exitCode}): ${said}`,
    hint: `Run it where its .flux.yaml lies: ${printable(given.redact(given.command.command))}${given.note ?? ''}`,
  });
}

function stopped(given: ShellCommand, timeoutMs: number, cause: unknown): RenderError {
  const code = cause instanceof TowpathError ? (cause.code as ExecErrorCode) : undefined;
  if (code === 'COMMAND_TIMEOUT') {
    const hint = 'Let it do less, or set its `timeout`, such as 3m.';
    return commandError(given, 'TIMEOUT', { clause: `did not end within ${timeoutMs / 1000} s`, hint, cause });
  }
  if (code === 'COMMAND_OUTPUT_LIMIT') {
    const limit = `${Math.floor(given.limits.maxOutputBytes / 1024 / 1024)} MiB`;
    const hint = 'Let it print the manifests of this environment only.';
    return commandError(given, 'OUTPUT_LIMIT', { clause: `printed more than ${limit}`, hint, cause });
  }
  const clause = `cannot be started (${code ?? 'unknown error'})`;
  return commandError(given, 'FAILED', { clause, hint: 'Run on a machine with a POSIX shell at /bin/sh.', cause });
}

function commandError(
  { role, configPath, command }: ShellCommand,
  ending: 'FAILED' | 'TIMEOUT' | 'OUTPUT_LIMIT',
  details: { readonly clause: string; readonly hint: string; readonly cause?: unknown },
): RenderError {
  const code: RenderErrorCode = role === 'generator' ? `GENERATOR_${ending}` : `UPDATER_${ending}`;
  return new RenderError(code, `${role} of ${printable(configPath)} ${details.clause}`, {
    subject: configPath,
    position: command.position,
    hint: details.hint,
    cause: details.cause,
  });
}
