/** Which `.flux.yaml` says how the manifests of an environment are made. */
import type { TreeEntry } from '../manifests/source-file.ts';
import { directoryOf, joinPath, resolvePath } from './tree-path.ts';

export const FLUX_CONFIG = '.flux.yaml';

/** An environment path and the file that governs it. */
export interface GovernedPath {
  /** As the environment writes it. */
  readonly path: string;
  readonly configPath: string;
}

export interface GenerationSearch {
  readonly governed: readonly GovernedPath[];
  /** The paths that no `.flux.yaml` governs: their manifests are their files. */
  readonly raw: readonly string[];
}

/**
 * Looks for each path: the path itself where it is a `.flux.yaml`, else its directory, then each directory above it up
 * to the root; never below it. Other files, and what is not in the tree or leaves it, are raw.
 * Source: https://github.com/fluxcd/flux/blob/master/pkg/manifests/configaware.go
 */
export function findGeneration(entries: readonly TreeEntry[], environmentPaths: readonly string[]): GenerationSearch {
  const configs = new Set(entries.map((entry) => entry.path).filter(isFluxConfig));
  if (configs.size === 0) return { governed: [], raw: environmentPaths };
  const tree: Tree = { configs, files: new Set(entries.map((entry) => entry.path)), directories: allAbove(entries) };
  const governed: GovernedPath[] = [];
  const raw: string[] = [];
  for (const path of environmentPaths) {
    const configPath = governing(resolvePath('', path), tree);
    if (configPath === undefined) raw.push(path);
    else governed.push({ path, configPath });
  }
  return { governed, raw };
}

interface Tree {
  readonly configs: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
  readonly directories: ReadonlySet<string>;
}

function governing(path: string | undefined, { configs, files, directories }: Tree): string | undefined {
  if (path === undefined) return undefined;
  if (files.has(path)) return configs.has(path) ? path : undefined;
  if (!directories.has(path)) return undefined;
  for (let directory = path; ; directory = directoryOf(directory)) {
    const candidate = joinPath(directory, FLUX_CONFIG);
    if (configs.has(candidate)) return candidate;
    if (directory === '') return undefined;
  }
}

function allAbove(entries: readonly TreeEntry[]): ReadonlySet<string> {
  const directories = new Set<string>(['']);
  for (const { path } of entries) {
    for (let above = directoryOf(path); !directories.has(above); above = directoryOf(above)) directories.add(above);
  }
  return directories;
}

function isFluxConfig(path: string): boolean {
  return path === FLUX_CONFIG || path.endsWith(`/${FLUX_CONFIG}`);
}
