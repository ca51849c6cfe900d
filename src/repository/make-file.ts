/** Makes files that the working tree does not have yet. */
import { constants } from 'node:fs';
import { lstat, mkdir, open, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

// O_EXCL: whatever has taken the name meanwhile, a link to anywhere included, is left as it is.
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export interface MadeFile {
  /** Takes back what was made: the file, and the directories that are empty without it. Never throws. */
  remove(): Promise<void>;
}

/**
 * Writes a new file, readable as the user's new files are, and makes the directories that it lacks. Nothing of it stays
 * where that fails. The directories that are there have been looked at by the caller: none is a link.
 */
export async function makeFile(root: string, path: string, bytes: Uint8Array): Promise<MadeFile> {
  const made: string[] = [];
  const location = join(root, path);
  let isMade = false;
  const remove = async () => {
    try {
      if (isMade) await rm(location, { force: true });
      for (const directory of made.toReversed()) await rmdir(directory);
    } catch {
      // reason: somebody has put something into it; the error that led here is reported
    }
  };
  try {
    for (const directory of directoriesAbove(root, path)) {
      if (await isThere(directory)) continue;
      await mkdir(directory);
      made.push(directory);
    }
    const handle = await open(location, FLAGS, 0o666);
    isMade = true;
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function directoriesAbove(root: string, path: string): string[] {
  const components = path.split('/').slice(0, -1);
  return components.map((_, index) => join(root, ...components.slice(0, index + 1)));
}

async function isThere(directory: string): Promise<boolean> {
  return (await lstat(directory).catch(() => undefined)) !== undefined;
}
