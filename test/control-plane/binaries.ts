/** Finds the servers that the tests and the demo run, or builds them. */
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { TowpathError } from '../../src/base/errors.ts';
import { type BuildStep, buildBinaries, checkGo } from './go-build.ts';
import { acquireLock } from './lock.ts';
import { type BinaryName, fingerprint, type GoModule, modulesFor } from './modules.ts';
import { createProgress, formatElapsed, type Progress, renderBar } from './progress.ts';

export type { BinaryName } from './modules.ts';

export type BinariesErrorCode = 'BINARIES_MISSING';

export interface EnsureOptions {
  /** Where it is told what was taken and how far a build is; default stderr. */
  readonly progress?: Progress | undefined;
  /** KUBEBUILDER_ASSETS, XDG_CACHE_HOME and HOME count, and what `go` reads; default: the environment of the process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** The modules that give a binary, the preferred one first; default: those beside this file. */
  readonly modulesFor?: ((binary: string) => readonly GoModule[]) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The path of each binary asked for: from `$KUBEBUILDER_ASSETS`, else from the user's cache directory, else built from the
 * Go modules beside this file (minutes, the first time) into the cache. Says which it took. Throws BINARIES_MISSING.
 */
export async function ensureBinaries<Name extends string = BinaryName>(
  names: readonly Name[],
  options: EnsureOptions = {},
): Promise<Record<Name, string>> {
  const search = createSearch(options);
  const found = new Map<string, string>();
  await take(found, names, { from: '$KUBEBUILDER_ASSETS', find: search.inAssets, progress: search.progress });
  await take(found, names, { from: 'the cache', find: search.inCache, progress: search.progress });
  const missing = names.filter((name) => !found.has(name));
  for (const { module, binaries } of await chooseModules(missing, search)) {
    await buildLocked({ module, binaries }, search);
    for (const binary of binaries) found.set(binary, join(search.directoryOf(module), binary));
  }
  return Object.fromEntries(found) as Record<Name, string>;
}

interface Search {
  readonly progress: Progress;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal | undefined;
  modulesFor(binary: string): readonly GoModule[];
  /** Where the binaries of a module are kept. */
  directoryOf(module: GoModule): string;
  inAssets(binary: string): Promise<string | null>;
  inCache(binary: string): Promise<string | null>;
}

function createSearch(options: EnsureOptions): Search {
  const env = options.env ?? process.env;
  const assets = env['KUBEBUILDER_ASSETS'];
  const home = env['HOME'] ?? homedir();
  const cache = join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'towpath', 'control-plane');
  const search: Search = {
    progress: options.progress ?? createProgress(process.stderr),
    env,
    signal: options.signal,
    modulesFor: options.modulesFor ?? ((binary) => modulesFor(binary as BinaryName)),
    directoryOf: (module) => join(cache, `${module.name}-${fingerprint(module)}`),
    inAssets: (binary) => firstExecutable(assets ? [join(assets, binary)] : []),
    inCache: (binary) =>
      firstExecutable(search.modulesFor(binary).map((module) => join(search.directoryOf(module), binary))),
  };
  return search;
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  return null;
}

/** Adds to `found` what the place has of the names that are not found yet, and says so, a line for each directory. */
async function take(
  found: Map<string, string>,
  names: readonly string[],
  place: { from: string; find: (binary: string) => Promise<string | null>; progress: Progress },
): Promise<void> {
  const taken = new Map<string, string[]>();
  for (const name of names) {
    const path = found.has(name) ? null : await place.find(name);
    if (path === null) continue;
    found.set(name, path);
    taken.set(dirname(path), [...(taken.get(dirname(path)) ?? []), name]);
  }
  for (const [directory, binaries] of taken) {
    place.progress.line(`${binaries.join(', ')}: from ${place.from}, ${directory}`);
  }
}

interface ModuleBinaries {
  readonly module: GoModule;
  readonly binaries: string[];
}

/** For each binary the first of its modules that the Go of this machine can build. */
async function chooseModules(binaries: readonly string[], search: Search): Promise<ModuleBinaries[]> {
  const chosen: ModuleBinaries[] = [];
  for (const binary of binaries) {
    const usable = await firstUsable(search.modulesFor(binary), search.env);
    if ('reasons' in usable) throw missingError(binaries, usable.reasons);
    const entry = chosen.find((candidate) => candidate.module.name === usable.module.name);
    if (entry === undefined) chosen.push({ module: usable.module, binaries: [binary] });
    else entry.binaries.push(binary);
  }
  return chosen;
}

async function firstUsable(
  modules: readonly GoModule[],
  env: NodeJS.ProcessEnv,
): Promise<{ module: GoModule } | { reasons: string[] }> {
  const reasons: string[] = [];
  for (const module of modules) {
    const go = await checkGo(module, env);
    if (go.kind === 'usable') return { module };
    if (go.kind === 'missing') return { reasons: ['there is no go command'] };
    reasons.push(go.reason);
  }
  return { reasons };
}

function missingError(binaries: readonly string[], reasons: readonly string[]): TowpathError<BinariesErrorCode> {
  const names = binaries.join(', ');
  return new TowpathError('BINARIES_MISSING', `cannot get ${names}: ${reasons.join('; ')}`, {
    subject: names,
    hint:
      'Install Go 1.26 or newer (https://go.dev/dl/) and run this again, which builds them once and keeps them in the ' +
      `user's cache directory, or set KUBEBUILDER_ASSETS to a directory with the executables ${names}.`,
  });
}

async function buildLocked({ module, binaries }: ModuleBinaries, search: Search): Promise<void> {
  const { progress, signal, env } = search;
  const directory = search.directoryOf(module);
  await mkdir(dirname(directory), { recursive: true });
  await using _lock = await acquireLock(`${directory}.lock`, {
    signal,
    onWait: (holder) => progress.line(`${binaries.join(', ')}: process ${holder.pid} is building, waiting for it`),
  });
  const missing: string[] = [];
  for (const binary of binaries) {
    if ((await firstExecutable([join(directory, binary)])) === null) missing.push(binary);
  }
  if (missing.length === 0) return;
  progress.line(`building ${missing.join(', ')} into ${directory}; the next run takes them from there`);
  using watch = watchBuild(missing, progress);
  await buildBinaries({ module, binaries: missing, directory, env, signal, onStep: watch.onStep });
  progress.line(`built ${missing.join(', ')} in ${watch.elapsed()}`);
}

/** Shows the last step and the time that runs while a long step says nothing. */
function watchBuild(binaries: readonly string[], progress: Progress) {
  const startedAt = performance.now();
  const elapsed = () => formatElapsed(performance.now() - startedAt);
  let last: BuildStep | null = null;
  const show = () => {
    if (last !== null) progress.update(`${describeStep(last, binaries)}, ${elapsed()}`);
  };
  const ticking = setInterval(show, 1000);
  return {
    elapsed,
    onStep(step: BuildStep) {
      last = step;
      show();
    },
    [Symbol.dispose]: () => clearInterval(ticking),
  };
}

function describeStep({ binary, phase, done, total }: BuildStep, binaries: readonly string[]): string {
  const title = `building ${binary} (${binaries.indexOf(binary) + 1} of ${binaries.length})`;
  if (phase === 'resolving') return `${title}: finding out what has to be compiled`;
  return `${title} ${renderBar(done, total)} ${done} of ${total} packages${phase === 'linking' ? ', linking' : ''}`;
}
