/** Builds the main packages of a Go module and says truthfully how far it is. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildFlags, type GoModule } from './modules.ts';

export interface BuildStep {
  readonly binary: string;
  readonly phase: 'resolving' | 'compiling' | 'linking';
  /** Packages whose compilation has begun. */
  readonly done: number;
  /** Packages that have to be compiled: those that Go's own build cache does not hold. */
  readonly total: number;
}

export interface BuildOptions {
  readonly module: GoModule;
  readonly binaries: readonly string[];
  /** Where each binary appears, by a rename when it is whole. Nobody else may be building into it. */
  readonly directory: string;
  /** Of `go`: PATH, HOME, GO* and proxies count. */
  readonly env: NodeJS.ProcessEnv;
  readonly onStep: (step: BuildStep) => void;
  readonly signal?: AbortSignal | undefined;
}

export type GoCheck =
  | { readonly kind: 'usable' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unusable'; readonly reason: string };

const DRAFT = '.build-';

/** Whether Go is there and new enough for the module (it may fetch a newer toolchain by itself, unless told not to). */
export async function checkGo(module: GoModule, env: NodeJS.ProcessEnv): Promise<GoCheck> {
  try {
    await runGo(['env', 'GOVERSION'], { module, env });
    return { kind: 'usable' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unusable', reason: (error as Error).message };
  }
}

/** Builds the binaries into `directory`, one after the other; what is interrupted leaves none half-made. */
export async function buildBinaries(options: BuildOptions): Promise<void> {
  const { binaries, directory } = options;
  await mkdir(directory, { recursive: true });
  await removeDrafts(directory);
  const draft = await mkdtemp(join(directory, DRAFT));
  try {
    for (const binary of binaries) {
      const path = join(draft, binary);
      await buildOne(binary, path, options);
      await rename(path, join(directory, binary));
    }
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** What builds left that were killed. */
async function removeDrafts(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(DRAFT)) await rm(join(directory, name), { recursive: true, force: true });
  }
}

async function buildOne(binary: string, output: string, options: BuildOptions): Promise<void> {
  const { module, onStep } = options;
  const target = Object.hasOwn(module.packages, binary) ? module.packages[binary] : undefined;
  if (target === undefined) throw new Error(`the Go module ${module.name} does not build ${binary}`);
  onStep({ binary, phase: 'resolving', done: 0, total: 0 });
  const missing = await packagesToCompile(target, options);
  const total = missing.size;
  const tell = () => {
    const done = total - missing.size;
    onStep({ binary, phase: done === total ? 'linking' : 'compiling', done, total });
  };
  tell();
  const onStderr = (line: string) => {
    // With -v, go names each package when it begins to compile it, and says nothing of those in its cache.
    if (missing.delete(line)) tell();
  };
  await runGo(['build', '-v', ...buildFlags(module), '-o', output, target], { ...options, onStderr });
}

/** Import paths of what Go's build cache lacks: all of them on a fresh machine, none after a build that was the same. */
async function packagesToCompile(target: string, options: BuildOptions): Promise<Set<string>> {
  const format = '{{.ImportPath}}\t{{.Stale}}\t{{.StaleReason}}';
  const lines = await runGo(['list', ...buildFlags(options.module), '-deps', '-f', format, target], options);
  const missing = new Set<string>();
  for (const line of lines) {
    const [path = '', stale, reason = ''] = line.split('\t');
    if (stale === 'true' && !reason.includes('available in build cache')) missing.add(path);
  }
  return missing;
}

interface GoOptions {
  readonly module: GoModule;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  readonly onStderr?: (line: string) => void;
}

/** The lines that `go` writes to stdout; the end of its stderr is in the message of what it throws. */
async function runGo(args: readonly string[], { module, env, signal, onStderr }: GoOptions): Promise<string[]> {
  const child = spawn('go', args, {
    cwd: module.directory,
    env: { ...env, CGO_ENABLED: '0', GOWORK: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  const output: string[] = [];
  const complaints: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => output.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => {
    complaints.push(line);
    if (complaints.length > 8) complaints.shift();
    onStderr?.(line);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return output;
  throw new Error(`go ${args[0]} in the module ${module.name} failed: ${complaints.join('\n')}`);
}
