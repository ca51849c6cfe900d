/** Child processes without a shell: arguments as a list, bounded output, bounded time. */
import { spawn } from 'node:child_process';
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
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** The last 64 KiB of stderr. */
  readonly stderr: string;
}

export type ExecErrorCode = 'COMMAND_NOT_FOUND' | 'COMMAND_TIMEOUT' | 'COMMAND_OUTPUT_LIMIT' | 'COMMAND_FAILED';

const DEFAULT_MAX_OUTPUT = 256 * 1024 * 1024;
const STDERR_TAIL = 64 * 1024;

/**
 * Runs `file` and gives its exit code and output, whatever the code.
 * Throws COMMAND_NOT_FOUND, COMMAND_TIMEOUT, COMMAND_OUTPUT_LIMIT, or the signal's reason.
 */
export async function exec(file: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
  options.signal?.throwIfAborted();
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const limits = enforceLimits(child, file, options);
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (limits.count(chunk.length)) stdout.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_TAIL);
  });
  // A child that ends without reading its input closes the pipe: that is its business, not an error of ours.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) => reject(startError(file, error)));
      child.once('close', (code, signalName) => resolve(code ?? 128 + (signalName === 'SIGKILL' ? 9 : 15)));
    });
    limits.throwIfBroken();
    return { exitCode, stdout: Buffer.concat(stdout), stderr };
  } finally {
    limits.dispose();
  }
}

function enforceLimits(child: ReturnType<typeof spawn>, file: string, options: ExecOptions) {
  let broken: unknown;
  let received = 0;
  const stop = (reason: unknown) => {
    broken ??= reason;
    child.kill('SIGKILL');
  };
  const timer =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          stop(
            new TowpathError<ExecErrorCode>('COMMAND_TIMEOUT', `${file} did not end within ${options.timeoutMs} ms`),
          );
        }, options.timeoutMs);
  const onAbort = () => stop(options.signal?.reason);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const max = options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT;
  return {
    count(bytes: number): boolean {
      received += bytes;
      if (received <= max) return true;
      stop(new TowpathError<ExecErrorCode>('COMMAND_OUTPUT_LIMIT', `${file} wrote more than ${max} bytes`));
      return false;
    },
    throwIfBroken(): void {
      if (broken !== undefined) throw broken;
    },
    dispose(): void {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    },
  };
}

function startError(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ENOENT') return error;
  return new TowpathError<ExecErrorCode>('COMMAND_NOT_FOUND', `cannot start ${file}: no such command`, {
    cause: error,
    hint: `Install ${file}, or add its directory to PATH.`,
  });
}
