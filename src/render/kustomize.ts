/** Builds kustomizations with the kustomize of the machine, in a copy of the tree. */
import { join } from 'node:path';
import { mapConcurrent } from '../base/concurrency.ts';
import { type Problem, TowpathError, toProblem } from '../base/errors.ts';
import { type ExecErrorCode, type ExecResult, exec } from '../base/exec.ts';
import { printable } from '../base/printable.ts';
import type { Kustomize, KustomizeBuild, KustomizeRun } from '../command/adapters/kustomize.ts';
import { commandVariables } from './command-variables.ts';
import { RenderError, type RenderErrorCode } from './render-error.ts';
import { createScratchTree, type ScratchTree } from './scratch-tree.ts';

export interface KustomizeOptions {
  /** The environment of the run. A build gets little of it, and no credential. */
  readonly env: NodeJS.ProcessEnv;
  /** The run's own directory, removed with everything in it when the run ends. */
  readonly scratch: () => Promise<string>;
  /** Takes the run's secrets out of what a build wrote. */
  readonly redact: (text: string) => string;
  readonly limits?: Partial<KustomizeLimits> | undefined;
}

export interface KustomizeLimits {
  /** Of one build. */
  readonly timeoutMs: number;
  /** Of one build. */
  readonly maxOutputBytes: number;
  /** Of the tree that is copied. */
  readonly maxTreeBytes: number;
}

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const MAX_TREE_BYTES = 1024 * 1024 * 1024;

const BUILDS_AT_ONCE = 4;

/** The program that is taken, the first that is there. Helm and exec plugins are off unless a flag asks for them. */
const PROGRAMS: readonly { readonly file: string; readonly command: string }[] = [
  { file: 'kustomize', command: 'build' },
  { file: 'kubectl', command: 'kustomize' },
];

/**
 * Remote bases are cloned by git: it must not ask anybody, read the settings of the machine, or take a path of the
 * machine for a remote. ssh finds the user's keys without `HOME`, and is told not to look for them.
 */
const GIT_VARIABLES = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_ALLOW_PROTOCOL: 'https:ssh',
  GIT_SSH_COMMAND: 'ssh -F none -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityFile=none',
} as const;

export function createKustomize(options: KustomizeOptions): Kustomize {
  const limits = {
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    maxTreeBytes: MAX_TREE_BYTES,
    ...options.limits,
  };
  return { build: (run, signal) => buildAll(run, { options, limits, signal }) };
}

interface Surroundings {
  readonly options: KustomizeOptions;
  readonly limits: KustomizeLimits;
  readonly signal: AbortSignal | undefined;
}

async function buildAll(run: KustomizeRun, around: Surroundings): Promise<readonly KustomizeBuild[]> {
  const { options, limits, signal } = around;
  const parent = await options.scratch();
  const { tree } = run;
  const scratch = await createScratchTree({
    tree,
    kubeconfig: null,
    parent,
    maxTreeBytes: limits.maxTreeBytes,
    signal,
  });
  try {
    return await mapConcurrent(run.directories, BUILDS_AT_ONCE, (directory) => build(directory, scratch, around));
  } finally {
    await scratch.remove();
  }
}

async function build(directory: string, scratch: ScratchTree, around: Surroundings): Promise<KustomizeBuild> {
  try {
    const { exitCode, stdout, stderr } = await runFirst(directory, scratch, around);
    if (exitCode === 0) return { kind: 'built', directory, bytes: stdout };
    return {
      kind: 'failed',
      directory,
      problem: failure(directory, exitCode, around.options.redact(stderr).replaceAll(`${scratch.root}/`, '')),
    };
  } catch (error) {
    around.signal?.throwIfAborted();
    return { kind: 'failed', directory, problem: stopped(directory, error, around.limits) };
  }
}

/** Runs the first program that is on the PATH. */
async function runFirst(directory: string, scratch: ScratchTree, around: Surroundings): Promise<ExecResult> {
  const { options, limits, signal } = around;
  const env = { ...commandVariables(options.env, scratch), ...GIT_VARIABLES };
  const { timeoutMs, maxOutputBytes } = limits;
  let missing: unknown;
  for (const { file, command } of PROGRAMS) {
    try {
      const args = [command, join(scratch.root, directory)];
      return await exec(file, args, {
        cwd: scratch.root,
        env,
        timeoutMs,
        maxOutputBytes,
        killsLeftovers: true,
        signal,
      });
    } catch (error) {
      if (!(error instanceof TowpathError && error.code === 'COMMAND_NOT_FOUND')) throw error;
      missing = error;
    }
  }
  throw missing;
}

function failure(directory: string, exitCode: number, stderr: string): Problem {
  const words = causeIn(stderr);
  const said = words === '' ? 'it wrote nothing to stderr' : words;
  return buildProblem(directory, 'KUSTOMIZE_FAILED', {
    clause: `failed (exit code ${exitCode}): ${said}`,
    hint: `Run kustomize build ${nameOf(directory)}; plugins, Helm charts and files above the kustomization are not allowed.`,
  });
}

const LONGEST_CAUSE = 400;

/** How kubectl logs an error: level, time, process, place, message. */
const LOGGED = /^[EF]\d{4} [\d:.]{1,20} +\d{1,10} [\w.]{1,40}:\d{1,6}\] "[\w ]{1,40}" err=(?="|<)/;

/** kustomize wraps its errors from the outside in: what went wrong stands at the end, of several lines where git or Helm said it. */
function causeIn(stderr: string): string {
  const lines = stderr.trim().split(/[\r\n]+/);
  const start = lines.findLastIndex((line) => line.startsWith('Error: ') || LOGGED.test(line));
  const error = lines
    .slice(start)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
  const cause = LOGGED.test(error) ? error.replace(LOGGED, '').slice(1, -1).trim() : error.replace(/^Error: /, '');
  const tail = cause.length > LONGEST_CAUSE ? `…${cause.slice(-LONGEST_CAUSE)}` : cause;
  return printable(tail, { longest: LONGEST_CAUSE + 1 });
}

function stopped(directory: string, error: unknown, limits: KustomizeLimits): Problem {
  const code = error instanceof TowpathError ? (error.code as ExecErrorCode) : undefined;
  if (code === 'COMMAND_NOT_FOUND') {
    const hint = 'Install kustomize or kubectl before the step that runs towpath.';
    return buildProblem(directory, 'KUSTOMIZE_NOT_FOUND', {
      clause: 'needs kustomize or kubectl, and neither is there',
      hint,
    });
  }
  if (code === 'COMMAND_TIMEOUT') {
    const hint = 'Vendor the remote bases of the kustomization, or let it do less.';
    return buildProblem(directory, 'KUSTOMIZE_TIMEOUT', {
      clause: `did not end within ${limits.timeoutMs / 1000} s`,
      hint,
    });
  }
  if (code === 'COMMAND_OUTPUT_LIMIT') {
    const clause = `printed more than ${Math.floor(limits.maxOutputBytes / 1024 / 1024)} MiB`;
    return buildProblem(directory, 'KUSTOMIZE_OUTPUT_LIMIT', { clause, hint: 'Split the kustomization.' });
  }
  const clause = `cannot be started (${code ?? 'unknown error'})`;
  return buildProblem(directory, 'KUSTOMIZE_FAILED', { clause, hint: 'Check the kustomize of the machine.' });
}

function buildProblem(
  directory: string,
  code: RenderErrorCode,
  { clause, hint }: { readonly clause: string; readonly hint: string },
): Problem {
  const subject = nameOf(directory);
  return toProblem(new RenderError(code, `kustomize build of ${subject} ${clause}`, { subject, hint }));
}

function nameOf(directory: string): string {
  return directory === '' ? '.' : printable(directory);
}
