/** Which files of a tree are manifests of an environment. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { TreeEntry } from './source-file.ts';

export interface SelectedPaths {
  /** Each path once, sorted by code units. */
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * The `.yaml` and `.yml` files below `environmentPaths` (directories or files, relative to the root). Left out: what
 * lies in a Helm chart (a directory with both `Chart.yaml` and `values.yaml`), symbolic links, submodules. A path that
 * leaves the root, or that matches nothing, is a problem.
 */
export function selectManifestPaths(entries: readonly TreeEntry[], environmentPaths: readonly string[]): SelectedPaths {
  return selectPaths(entries, { below: environmentPaths, accepts: isManifestFile });
}

/** The files below the paths that `accepts` takes; Helm charts, symbolic links and submodules are left out. */
export function selectPaths(
  entries: readonly TreeEntry[],
  given: { readonly below: readonly string[]; readonly accepts: (entry: TreeEntry) => boolean },
): SelectedPaths {
  const problems: Problem[] = [];
  const charts = chartDirectories(entries);
  const selected = new Set<string>();
  for (const written of given.below) {
    const path = normalize(written);
    if (path === undefined) {
      problems.push(outsideRoot(written));
      continue;
    }
    const below = entries.filter((entry) => isAtOrBelow(entry.path, path));
    if (below.length === 0) problems.push(matchesNothing(written));
    for (const entry of below) {
      if (isFile(entry) && given.accepts(entry) && !isInChart(entry.path, charts)) selected.add(entry.path);
    }
  }
  return { paths: [...selected].sort(), problems };
}

/** The path without `.` and empty segments, '' for the root; undefined where it leaves the root. */
function normalize(written: string): string | undefined {
  if (written.startsWith('/') || written.includes('\\') || /^[A-Za-z]:/.test(written)) return undefined;
  const segments: string[] = [];
  for (const segment of written.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

function isAtOrBelow(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

/** Neither a link nor a submodule. */
export function isFile({ kind }: TreeEntry): boolean {
  return kind === 'file' || kind === 'executable';
}

/** A file by the name of YAML. */
export function isManifestFile({ path }: TreeEntry): boolean {
  return /\.ya?ml$/.test(path);
}

function chartDirectories(entries: readonly TreeEntry[]): ReadonlySet<string> {
  const withChart = directoriesOf(entries, 'Chart.yaml');
  const withValues = directoriesOf(entries, 'values.yaml');
  return withChart.intersection(withValues);
}

function directoriesOf(entries: readonly TreeEntry[], fileName: string): Set<string> {
  const directories = new Set<string>();
  for (const { path } of entries) {
    const slash = path.lastIndexOf('/');
    if (path.slice(slash + 1) === fileName) directories.add(slash === -1 ? '' : path.slice(0, slash));
  }
  return directories;
}

function isInChart(path: string, charts: ReadonlySet<string>): boolean {
  if (charts.size === 0) return false;
  if (charts.has('')) return true;
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (charts.has(path.slice(0, slash))) return true;
  }
  return false;
}

function outsideRoot(written: string): Problem {
  return {
    severity: 'error',
    code: 'PATH_OUTSIDE_ROOT',
    message: `environment path ${printable(written)} leads out of the repository`,
    hint: 'Write the path relative to the root of the repository, with `/`.',
  };
}

function matchesNothing(written: string): Problem {
  return {
    severity: 'error',
    code: 'PATH_NOT_FOUND',
    message: `environment path ${printable(written)} matches no file`,
    hint: 'Correct the path, or commit the first file below it.',
  };
}
