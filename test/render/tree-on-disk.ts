/** A directory as the tree that commands are run on. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { TreeSource } from '../../src/command/adapters/generators.ts';
import type { TreeEntry } from '../../src/core/manifests/source-file.ts';

export function treeOnDisk(root: string): TreeSource & { readonly entries: readonly TreeEntry[] } {
  const entries = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name: name.split(path.sep).join('/'), stats: lstatSync(path.join(root, name)) }))
    .filter(({ stats }) => !stats.isDirectory())
    .map(({ name, stats }): TreeEntry => {
      const kind = stats.isSymbolicLink() ? 'symlink' : stats.mode & 0o111 ? 'executable' : 'file';
      return { path: name, kind, size: stats.size };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    entries,
    read: async (paths) => ({
      files: paths.map((name) => ({ path: name, bytes: readFileSync(path.join(root, name)) })),
      problems: [],
    }),
    links: async (paths) => new Map(paths.map((name) => [name, readlinkSync(path.join(root, name))])),
  };
}

/** A tree of texts: a path that ends with `*` is executable. */
export function treeOf(
  files: Readonly<Record<string, string>>,
): TreeSource & { readonly entries: readonly TreeEntry[] } {
  const contents = new Map(Object.entries(files).map(([name, text]) => [name.replace(/\*$/, ''), Buffer.from(text)]));
  const entries = Object.keys(files).map((name): TreeEntry => {
    const bare = name.replace(/\*$/, '');
    return { path: bare, kind: bare === name ? 'file' : 'executable', size: contents.get(bare)?.length ?? 0 };
  });
  return {
    entries,
    read: async (paths) => ({
      files: paths.flatMap((name) => {
        const bytes = contents.get(name);
        return bytes === undefined ? [] : [{ path: name, bytes }];
      }),
      problems: [],
    }),
    links: async () => new Map(),
  };
}
