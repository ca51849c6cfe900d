/** Paths inside a repository: relative to its root, with `/`, '' for the root itself. */

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
