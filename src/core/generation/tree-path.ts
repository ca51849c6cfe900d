/** Paths inside a repository: relative to its root, with `/`, '' for the root itself. */
import type { TreeEntry } from '../manifests/source-file.ts';

/** `written` relative to `directory`, without `.` and `..`; undefined where it leaves the root or is no such path. */
export function resolvePath(directory: string, written: string): string | undefined {
  if (written.startsWith('/') || /[\\\0]/.test(written) || /^[A-Za-z]:/.test(written)) return undefined;
  const segments = directory === '' ? [] : directory.split('/');
  for (const segment of written.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

/** The directory that a path lies in. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** `name` in `directory`. */
export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

/** The path of what keeps a new file from being made at `path`: a file above it, or one below it; undefined where none does. */
export function obstacleTo(path: string, entries: readonly TreeEntry[]): string | undefined {
  return entries.find((entry) => path.startsWith(`${entry.path}/`) || entry.path.startsWith(`${path}/`))?.path;
}
