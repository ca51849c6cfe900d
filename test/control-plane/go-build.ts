/** Builds the main packages of a Go module and says truthfully how far it is. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildFlags, type GoModule } from './modules.ts';

export interface BuildStep {
  readonly phase: 'resolving' | 'compiling' | 'linking';
  /** Packages that the compiler was started for. */
  readonly done: number;
  /** Packages that have to be compiled. */
  readonly total: number;
  /** Packages that Go's own build cache already holds. */
  readonly cached: number;
}

export interface BuildOptions {
  readonly module: GoModule;
  readonly binaries: readonly string[];
  /** Where the binaries appear, each by a rename when all of them are whole. */
  readonly directory: string;
  readonly onStep?: ((step: BuildStep) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type GoCheck =
  | { readonly kind: 'usable'; readonly version: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unusable'; readonly reason: string };

/** Whether Go is there and new enough for the module (it may fetch a newer toolchain by itself, unless told not to). */
export async function checkGo(module: GoModule): Promise<GoCheck> {
  try {
    const lines = await run(['env', 'GOVERSION'], { module });
    return { kind: 'usable', version: lines[0] ?? 'unknown' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unusable', reason: (error as Error).message };
  }
}

/** Builds the binaries into `directory`. What is interrupted leaves nothing there; what is there already is replaced. */
export async function buildBinaries(options: BuildOptions): Promise<void> {
  const { module, binaries, directory, signal } = options;
  await mkdir(directory, { recursive: true });
  const draft = await mkdtemp(join(directory, '.build-'));
  try {
    const steps = await planSteps(options);
    for (const binary of binaries) {
      const target = packageOf(module, binary);
      const args = ['build', '-v', ...buildFlags(module), '-o', join(draft, binary), target];
      await run(args, { module, signal, onStderr: steps.onPackage });
    }
    await writeFile(join(draft, 'build.json'), await describeBuild(module));
    for (const name of [...binaries, 'build.json']) await rename(join(draft, name), join(directory, name));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function planSteps({ module, binaries, onStep, signal }: BuildOptions) {
  onStep?.({ phase: 'resolving', done: 0, total: 0, cached: 0 });
  const packages = binaries.map((binary) => packageOf(module, binary));
  const format = '{{.ImportPath}} {{.Stale}}';
  const lines = await run(['list', ...buildFlags(module), '-deps', '-f', format, ...packages], { module, signal });
  const stale = new Set(lines.filter((line) => line.endsWith(' true')).map((line) => line.split(' ')[0]));
  const cached = lines.length - stale.size;
  const started = new Set<string>();
  const onPackage = (line: string) => {
    if (stale.has(line)) started.add(line);
    const phase = started.size === stale.size ? 'linking' : 'compiling';
    onStep?.({ phase, done: started.size, total: stale.size, cached });
  };
  onPackage('');
  return { onPackage };
}

async function describeBuild(module: GoModule): Promise<string> {
  const check = await checkGo(module);
  const go = check.kind === 'usable' ? check.version : 'unknown';
  return `${JSON.stringify({ module: module.name, go, flags: buildFlags(module) }, null, 2)}\n`;
}

function packageOf(module: GoModule, binary: string): string {
  const path = Object.hasOwn(module.packages, binary) ? module.packages[binary] : undefined;
  if (path === undefined) throw new Error(`the Go module ${module.name} does not build ${binary}`);
  return path;
}

interface RunOptions {
  readonly module: GoModule;
  readonly signal?: AbortSignal | undefined;
  readonly onStderr?: (line: string) => void;
}

/** The lines that `go` writes to stdout; its last lines of stderr are the message of what it throws. */
async function run(args: readonly string[], { module, signal, onStderr }: RunOptions): Promise<string[]> {
  const child = spawn('go', args, {
    cwd: module.directory,
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Group of its own: the compilers that it starts end with it.
    detached: true,
  });
  const onAbort = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const output: string[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => output.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line);
    onStderr?.(line);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal?.throwIfAborted();
    if (code === 0) return output;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  const complaint = errors.filter((line) => !line.startsWith('go: downloading')).slice(-8);
  throw new Error(`go ${args[0]} in ${module.name} failed: ${complaint.join('\n')}`);
}
