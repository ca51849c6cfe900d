/** The run's own temporary directory: for files that child processes need, gone when the run ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

/** The action's post step finds the directory to remove under this name. */
export const SCRATCH_STATE = 'scratch';

/** What the directory's name begins with. */
export const SCRATCH_PREFIX = 'towpath-';

export interface Scratch {
  /** The directory, made on the first call, readable by this user alone. */
  directory(): Promise<string>;
  /** Removes it with everything in it, if it was made. */
  remove(): Promise<void>;
}

/** `onMade` is told the directory's path, so that somebody else can remove it where this process is killed. */
export function createScratch(parent: string, onMade: (directory: string) => void): Scratch {
  let made: Promise<string> | undefined;
  return {
    directory: () => {
      made ??= make(parent, onMade);
      return made;
    },
    remove: async () => {
      if (made !== undefined) await rm(await made, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function make(parent: string, onMade: (directory: string) => void): Promise<string> {
  const directory = await mkdtemp(path.join(parent, SCRATCH_PREFIX));
  onMade(directory);
  return directory;
}
