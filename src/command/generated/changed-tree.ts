/** A tree as it will be once changes are in it: what a commit would hold, before it is made. */
import type { FileChange, TreeEntry } from '../../core/manifests/source-file.ts';
import type { Snapshot } from '../adapters/repository.ts';

export function withTreeChanges(tree: Snapshot, changes: readonly FileChange[]): Snapshot {
  if (changes.length === 0) return tree;
  const changed = new Map(changes.map((change) => [change.path, change]));
  return {
    ...tree,
    entries: changedEntries(tree.entries, changed),
    async read(paths, signal) {
      const unchanged = await tree.read(
        paths.filter((path) => !changed.has(path)),
        signal,
      );
      const read = new Map(unchanged.files.map((file) => [file.path, file]));
      const files = paths.flatMap((path) => {
        const change = changed.get(path);
        return change === undefined ? (read.get(path) ?? []) : { path, bytes: change.bytes };
      });
      return { files, problems: unchanged.problems };
    },
  };
}

function changedEntries(entries: readonly TreeEntry[], changed: ReadonlyMap<string, FileChange>): TreeEntry[] {
  const known = new Set(entries.map(({ path }) => path));
  const kept = entries.map((entry) => {
    const change = changed.get(entry.path);
    return change === undefined ? entry : { ...entry, size: change.bytes.length };
  });
  const added = [...changed.values()]
    .filter(({ path }) => !known.has(path))
    .map(({ path, bytes }): TreeEntry => ({ path, kind: 'file', size: bytes.length }));
  return [...kept, ...added].sort((a, b) => (a.path < b.path ? -1 : 1));
}
