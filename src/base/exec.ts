/** Child processes without a shell: arguments as a list, bounded output, bounded time. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import { TowpathError } from './errors.ts';

export interface ExecOptions {
  readonly cwd?: string;
  /** The whole environment of the child; nothing is inherited beside it. */
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  /** Bytes of stdout after which the child is stopped; default 256 MiB. */
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal | undefined;
  /** How long a child that is stopped may take to clean up before it is killed; default 2,000. */
  readonly graceMs?: number;
  /** Kills what a child that has ended by itself leaves running in the background. */
  readonly killsLeftovers?: boolean;
}

export interface ExecResult {
  /** 128 + the signal's number for a child that a signal ended. */
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** The last 64 KiB of stderr. */
  readonly stderr: string;
}

export type ExecErrorCode = 'COMMAND_NOT_FOUND' | 'COMMAND_TIMEOUT' | 'COMMAND_OUTPUT_LIMIT' | 'COMMAND_FAILED';

const DEFAULT_MAX_OUTPUT = 256 * 1024 * 1024;
const DEFAULT_GRACE_MS = 2_000;
const STDERR_TAIL = 64 * 1024;
// Without groups (Windows) only the child itself can be stopped.
const HAS_PROCESS_GROUPS = process.platform !== 'win32';

/**
 * Runs `file` and gives its exit code and output, whatever the code.
 * A child that is stopped (time, output, signal) is asked to end first, together with the processes it started, so
 * that it can remove its lock files; what is left after `graceMs` is killed.
 * Throws COMMAND_NOT_FOUND, COMMAND_FAILED (cannot be started), COMMAND_TIMEOUT, COMMAND_OUTPUT_LIMIT, or the signal's reason.
 */
export async function exec(file: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
  options.signal?.throwIfAborted();
  const child = start(file, args, options);
  const limits = enforceLimits(child, file, options);
  const stdout: Buffer[] = [];
  const decoder = new StringDecoder('utf8');
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (limits.count(chunk.length)) stdout.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + decoder.write(chunk)).slice(-STDERR_TAIL);
  });
  // A child that ends without reading its input closes the pipe: that is its business, not an error of ours.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(startError(file, options.cwd, error)));
      child.once('close', (code, signalName) =>
        resolve(code ?? 128 + (constants.signals[signalName ?? 'SIGKILL'] ?? 9)),
      );
    });
    limits.throwIfBroken();
    return { exitCode, stdout: Buffer.concat(stdout), stderr };
  } finally {
    limits.dispose();
    if (options.killsLeftovers === true && HAS_PROCESS_GROUPS) signalGroup(child, 'SIGKILL');
  }
}

function start(file: string, args: readonly string[], options: ExecOptions): ChildProcessWithoutNullStreams {
  try {
    return spawn(file, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own: a git that is stopped must take its transport helpers with it.
      detached: HAS_PROCESS_GROUPS,
    });
  } catch (error) {
    throw startError(file, options.cwd, error);
  }
}

function enforceLimits(child: ChildProcessWithoutNullStreams, file: string, options: ExecOptions) {
  let broken: unknown;
  let received = 0;
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (reason: unknown) => {
    if (broken !== undefined) return;
    broken = reason;
    if (child.exitCode !== null || child.signalCode !== null) {
      abandon(child);
      return;
    }
    child.once('exit', () => abandon(child));
    signalGroup(child, 'SIGTERM');
    killTimer = setTimeout(() => signalGroup(child, 'SIGKILL'), options.graceMs ?? DEFAULT_GRACE_MS);
  };
  const { timeoutMs } = options;
  const onTimeout = () => stop(limitError('COMMAND_TIMEOUT', `${file} did not end within ${timeoutMs} ms`));
  const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
  const onAbort = () => stop(options.signal?.reason);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const max = options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT;
  return {
    count(bytes: number): boolean {
      received += bytes;
      if (received <= max) return broken === undefined;
      stop(limitError('COMMAND_OUTPUT_LIMIT', `${file} wrote more than ${max} bytes`));
      return false;
    },
    throwIfBroken(): void {
      if (broken !== undefined) throw broken;
    },
    dispose(): void {
      clearTimeout(timer);
      clearTimeout(killTimer);
      options.signal?.removeEventListener('abort', onAbort);
    },
  };
}

/** Ends what is left of a child that has exited: descendants would keep the pipes, and so the call, open. */
function abandon(child: ChildProcessWithoutNullStreams): void {
  signalGroup(child, 'SIGKILL');
  child.stdout.destroy();
  child.stderr.destroy();
}

function signalGroup(child: ChildProcessWithoutNullStreams, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (!HAS_PROCESS_GROUPS) {
    child.kill(name);
    return;
  }
  try {
    process.kill(-child.pid, name);
  } catch {
    // reason: the whole group has ended already
  }
}

function limitError(code: ExecErrorCode, message: string): TowpathError<ExecErrorCode> {
  return new TowpathError(code, message);
}

function startError(file: string, cwd: string | undefined, error: unknown): TowpathError<ExecErrorCode> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT' && cwd !== undefined && !existsSync(cwd)) {
    return new TowpathError('COMMAND_FAILED', `cannot start ${file}: its directory ${cwd} does not exist`, {
      cause: error,
    });
  }
  if (code === 'ENOENT') {
    return new TowpathError('COMMAND_NOT_FOUND', `cannot start ${file}: no such command`, {
      cause: error,
      hint: `Install ${file}, or add its directory to PATH.`,
    });
  }
  // The cause's own text may quote an argument; only its code is repeated.
  return new TowpathError('COMMAND_FAILED', `cannot start ${file} (${code})`, { cause: error });
}
