/** The directories of an environment that kustomize builds. */
import { isFile, selectPaths } from './select-paths.ts';
import type { TreeEntry } from './source-file.ts';

export interface KustomizationRoot {
  /** '' for the root of the tree. */
  readonly directory: string;
  /** The path of its kustomization. */
  readonly file: string;
}

/** Names in the order in which the first is taken. https://github.com/kubernetes-sigs/kustomize/blob/master/api/konfig/general.go */
const NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * The topmost directories with a kustomization at or below each of `paths`; what lies below those is theirs to take or to
 * leave. A path that is a file has none.
 */
export function kustomizationRoots(
  entries: readonly TreeEntry[],
  paths: readonly string[],
): readonly KustomizationRoot[] {
  const accepts = (entry: TreeEntry) => isFile(entry) && NAMES.includes(split(entry.path).name);
  const found = new Map<string, KustomizationRoot>();
  for (const path of selectPaths(entries, { below: paths, accepts }).paths) {
    const { directory, name } = split(path);
    const other = found.get(directory);
    if (other !== undefined && NAMES.indexOf(split(other.file).name) < NAMES.indexOf(name)) continue;
    found.set(directory, { directory, file: path });
  }
  const roots = [...found.values()].filter(({ directory }) => !aboves(directory).some((above) => found.has(above)));
  return roots.sort((a, b) => (a.directory < b.directory ? -1 : 1));
}

/** Whether a file lies in the directory, at any depth. */
export function isBelow(path: string, directory: string): boolean {
  return directory === '' || path.startsWith(`${directory}/`);
}

function split(path: string): { readonly directory: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { directory: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

/** The directories above this one, the root of the tree included. */
function aboves(directory: string): readonly string[] {
  if (directory === '') return [];
  const found = [''];
  for (let slash = directory.indexOf('/'); slash !== -1; slash = directory.indexOf('/', slash + 1)) {
    found.push(directory.slice(0, slash));
  }
  return found;
}
