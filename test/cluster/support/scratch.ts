/** A directory of a test's own, gone at its end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Scratch extends AsyncDisposable {
  readonly directory: string;
  /** Writes a file and gives its path. */
  file(name: string, text: string, mode?: number): Promise<string>;
}

export async function scratch(): Promise<Scratch> {
  const directory = await mkdtemp(join(tmpdir(), 'towpath-cluster-'));
  return {
    directory,
    async file(name, text, mode = 0o600) {
      const path = join(directory, name);
      await writeFile(path, text, { mode });
      return path;
    },
    async [Symbol.asyncDispose]() {
      await rm(directory, { recursive: true, force: true });
    },
  };
}
