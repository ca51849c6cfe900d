/** The names in a working tree: from git where there is one, from the directory itself otherwise. */
import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';
import { messageOf } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import { decodeName, type RawName } from './file-name.ts';
import type { Git } from './git.ts';
import { RepositoryError } from './repository-error.ts';

// Ten times what the largest known repositories of manifests hold; a home directory has more.
const MAX_NAMES = 500_000;

/** Names that git tracks, and those that it would: untracked and not ignored. Files may have gone since they were tracked. */
export async function listGitNames(git: Git, signal?: AbortSignal): Promise<RawName[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--full-name'];
  const listing = (await git.output(args, { signal })).toString('latin1');
  // A conflict lists a name once for each side. A trailing slash marks somebody else's repository inside this one.
  const names = new Set(listing.split('\0').filter((name) => name !== '' && !name.endsWith('/')));
  return withinLimit([...names], git.directory);
}

/** Every name below `root` except `.git` and what is in it. Symbolic links are listed and not followed. */
export async function listPlainNames(root: string, signal?: AbortSignal): Promise<RawName[]> {
  const names: RawName[] = [];
  const directories: RawName[] = [''];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    signal?.throwIfAborted();
    for (const entry of await readDirectory(root, directory)) {
      const name = entry.name.toString('latin1');
      if (name.toLowerCase() === '.git') continue;
      const path = directory === '' ? name : `${directory}/${name}`;
      if (entry.isDirectory()) directories.push(path);
      else names.push(path);
    }
    withinLimit(names, root);
  }
  return names;
}

/** The name as the file system takes it, byte for byte. */
export function locate(root: string, name: RawName): Buffer {
  return Buffer.concat([Buffer.from(root + sep, 'utf8'), Buffer.from(name, 'latin1')]);
}

async function readDirectory(root: string, directory: RawName) {
  try {
    return await readdir(locate(root, directory), { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    // A directory left out would look like one whose files were deleted.
    const subject = printable(decodeName(directory).path);
    throw new RepositoryError('FILE_UNREADABLE', `cannot list the directory: ${printable(messageOf(error))}`, {
      subject,
      cause: error,
    });
  }
}

function withinLimit(names: RawName[], root: string): RawName[] {
  if (names.length <= MAX_NAMES) return names;
  throw new RepositoryError('TOO_MANY_FILES', `${printable(root)} holds more than ${MAX_NAMES} files`, {
    hint: 'Start in the repository of the manifests.',
  });
}
