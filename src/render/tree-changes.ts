/** What updaters have done to a copy of the tree. */
import { chmod, lstat, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrent } from '../base/concurrency.ts';
import type { Position } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import type { FileChange, TreeEntry } from '../core/manifests/source-file.ts';
import { RenderError } from './render-error.ts';
import { digestOf, type ScratchTree } from './scratch-tree.ts';
import { directoriesAbove } from './tree-paths.ts';

/** For messages: whose updater it is, and where that is written. */
export interface UpdaterPlace {
  readonly configPath: string;
  readonly position: Position | undefined;
}

/** A manifest is never larger; a file that grows beyond it was not written by an updater of images. */
const MAX_CHANGED_BYTES = 5 * 1024 * 1024;
const CONCURRENT_FILES = 16;

/**
 * The files of the tree that have other bytes now. Throws UPDATER_REFUSED where one is gone, or is no file any more, and
 * where a link leads elsewhere. Their modes are put back: no commit changes those, so nobody may come to need that.
 */
export async function changedFiles(scratch: ScratchTree, by: UpdaterPlace): Promise<readonly FileChange[]> {
  const paths = [...scratch.files.keys()].sort();
  for (const directory of new Set(paths.flatMap(directoriesAbove))) {
    const stats = await lstat(join(scratch.root, directory)).catch(() => undefined);
    // What is read through a link would be somebody else's file.
    if (stats?.isDirectory() !== true) throw refused(by, `removed the directory ${printable(directory)}`);
  }
  for (const [path, target] of scratch.links) {
    const now = await readlink(join(scratch.root, path)).catch(() => undefined);
    if (now !== target) throw refused(by, `changed the link ${printable(path)}`);
  }
  const changes = await mapConcurrent(paths, CONCURRENT_FILES, async (path): Promise<FileChange | undefined> => {
    const location = join(scratch.root, path);
    const before = scratch.files.get(path);
    const stats = await lstat(location).catch(() => undefined);
    if (stats === undefined) throw refused(by, `deleted ${printable(path)}`);
    if (!stats.isFile()) throw refused(by, `put something else in the place of ${printable(path)}`);
    if (stats.size > MAX_CHANGED_BYTES && stats.size !== before?.size) {
      throw refused(by, `made ${printable(path)} larger than ${MAX_CHANGED_BYTES / 1024 / 1024} MiB`);
    }
    const isExecutable = (stats.mode & 0o111) !== 0;
    const isAsBefore = isExecutable === before?.isExecutable && (stats.mode & 0o400) !== 0;
    if (!isAsBefore) await chmod(location, before?.isExecutable === true ? 0o755 : 0o644);
    const bytes = await readFile(location);
    return digestOf(bytes) === before?.digest ? undefined : { path, bytes };
  });
  return changes.filter((change) => change !== undefined);
}

/** Removes every file that the tree did not have, and says which: no commit gets them, so nobody may come to need them. */
export async function removeNewFiles(scratch: ScratchTree, entries: readonly TreeEntry[]): Promise<readonly string[]> {
  const known = new Set(entries.map((entry) => entry.path));
  const removed: string[] = [];
  const visit = async (directory: string): Promise<void> => {
    for (const entry of await readdir(join(scratch.root, directory), { withFileTypes: true })) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory()) {
        await visit(path);
        continue;
      }
      if (known.has(path)) continue;
      await rm(join(scratch.root, path), { force: true });
      removed.push(path);
    }
  };
  await visit('');
  return removed.sort();
}

function refused({ configPath, position }: UpdaterPlace, clause: string): RenderError {
  return new RenderError('UPDATER_REFUSED', `updater of ${printable(configPath)} ${clause}`, {
    subject: configPath,
    position,
    hint: 'Let updaters change the text of existing files, and nothing else.',
  });
}
