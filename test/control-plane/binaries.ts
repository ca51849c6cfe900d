/** Finds the servers that the tests and the demo run, or builds them. */
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { TowpathError } from '../../src/base/errors.ts';
import { type BuildStep, buildBinaries, checkGo } from './go-build.ts';
import { acquireLock } from './lock.ts';
import { type BinaryName, fingerprint, type GoModule, modulesFor } from './modules.ts';
import { createProgress, formatElapsed, type Progress } from './progress.ts';

export type { BinaryName } from './modules.ts';

export type BinariesErrorCode = 'BINARIES_MISSING';

export interface EnsureOptions {
  /** Where it is told what was taken and how far a build is; default stderr. */
  readonly progress?: Progress;
  /** Read for KUBEBUILDER_ASSETS, XDG_CACHE_HOME. */
  readonly env?: NodeJS.ProcessEnv;
  readonly modulesFor?: (binary: string) => readonly GoModule[];
  readonly signal?: AbortSignal;
}

/**
 * The path of each binary asked for: from `$KUBEBUILDER_ASSETS`, else the user's cache directory, else built from the Go
 * modules beside this file (minutes, the first time). Says which it took. Throws BINARIES_MISSING.
 */
export async function ensureBinaries<Name extends string = BinaryName>(
  names: readonly Name[],
  options: EnsureOptions = {},
): Promise<Record<Name, string>> {
  const search = searchWith(options);
  const found = new Map<Name, string>();
  for (const name of names) {
    const path = (await search.inAssets(name)) ?? (await search.inCache(name));
    if (path !== null) found.set(name, path);
  }
  const missing = names.filter((name) => !found.has(name));
  for (const [module, binaries] of await chooseModules(missing, search)) {
    const directory = await buildLocked({ module, binaries }, search);
    for (const name of binaries) found.set(name as Name, join(directory, name));
  }
  return Object.fromEntries(found) as Record<Name, string>;
}

interface Search {
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
  modulesFor(binary: string): readonly GoModule[];
  directoryOf(module: GoModule): string;
  inAssets(binary: string): Promise<string | null>;
  inCache(binary: string): Promise<string | null>;
}

function searchWith(options: EnsureOptions): Search {
  const env = options.env ?? process.env;
  const progress = options.progress ?? createProgress(process.stderr);
  const cache = join(env['XDG_CACHE_HOME'] || join(env['HOME'] ?? homedir(), '.cache'), 'towpath', 'control-plane');
  const assets = env['KUBEBUILDER_ASSETS'];
  const modules = options.modulesFor ?? ((binary) => modulesFor(binary as BinaryName));
  const directoryOf = (module: GoModule) => join(cache, `${module.name}-${fingerprint(module)}`);
  return {
    progress,
    signal: options.signal,
    modulesFor: modules,
    directoryOf,
    async inAssets(binary) {
      if (!assets) return null;
      const path = join(assets, binary);
      if (!(await isExecutable(path))) return null;
      progress.line(`${binary}: ${path} ($KUBEBUILDER_ASSETS)`);
      return path;
    },
    async inCache(binary) {
      for (const module of modules(binary)) {
        const path = join(directoryOf(module), binary);
        if (!(await isExecutable(path))) continue;
        progress.line(`${binary}: ${path} (cache)`);
        return path;
      }
      return null;
    },
  };
}

/** The first module for each binary that the Go of this machine can build. */
async function chooseModules(binaries: readonly string[], search: Search): Promise<Map<GoModule, string[]>> {
  const chosen = new Map<string, { module: GoModule; binaries: string[] }>();
  for (const binary of binaries) {
    const reasons: string[] = [];
    const usable = await firstUsable(search.modulesFor(binary), reasons);
    if (usable === null) throw missingError(binaries, reasons);
    const entry = chosen.get(usable.name) ?? { module: usable, binaries: [] };
    entry.binaries.push(binary);
    chosen.set(usable.name, entry);
  }
  return new Map([...chosen.values()].map((entry) => [entry.module, entry.binaries]));
}

async function firstUsable(modules: readonly GoModule[], reasons: string[]): Promise<GoModule | null> {
  for (const module of modules) {
    const go = await checkGo(module);
    if (go.kind === 'usable') return module;
    reasons.push(go.kind === 'missing' ? 'there is no go command' : go.reason);
    if (go.kind === 'missing') return null;
  }
  return null;
}

function missingError(binaries: readonly string[], reasons: readonly string[]): TowpathError<BinariesErrorCode> {
  const names = binaries.join(', ');
  return new TowpathError('BINARIES_MISSING', `cannot get ${names}: ${reasons.join('; ')}`, {
    subject: names,
    hint:
      'Install Go 1.26 or newer (https://go.dev/dl/) and run this again, which builds them once and keeps them in the ' +
      `cache directory, or set KUBEBUILDER_ASSETS to a directory with the executables ${names}.`,
  });
}

async function buildLocked(
  { module, binaries }: { module: GoModule; binaries: string[] },
  search: Search,
): Promise<string> {
  const { progress, signal } = search;
  const directory = search.directoryOf(module);
  await mkdir(directory, { recursive: true });
  await using _lock = await acquireLock(`${directory}.lock`, {
    signal,
    onWait: (holder) => progress.line(`${binaries.join(', ')}: process ${holder.pid} is building, waiting for it`),
  });
  const missing: string[] = [];
  for (const binary of binaries) if ((await search.inCache(binary)) === null) missing.push(binary);
  if (missing.length === 0) return directory;
  const title = `building ${missing.join(', ')}`;
  const startedAt = performance.now();
  const elapsed = () => formatElapsed(performance.now() - startedAt);
  progress.line(`${title} from ${module.directory}, once; later runs take them from ${directory}`);
  let text = '';
  const show = () => progress.update(`${title}: ${text}, ${elapsed()}`);
  const ticking = setInterval(show, 1000);
  try {
    const onStep = (step: BuildStep) => {
      text = describe(step);
      show();
    };
    await buildBinaries({ module, binaries: missing, directory, signal, onStep });
  } finally {
    clearInterval(ticking);
  }
  progress.line(`built ${missing.join(', ')} in ${elapsed()}`);
  return directory;
}

function describe({ phase, done, total, cached }: BuildStep): string {
  if (phase === 'resolving') return 'finding out what to compile';
  const packages = `${done} of ${total} packages`;
  return `${phase === 'linking' ? 'linking, ' : ''}${packages}${cached > 0 ? ` (${cached} more were compiled before)` : ''}`;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
