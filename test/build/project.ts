/** A small project of its own to bundle: the given sources in a new directory, with this repository's packages. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..', '..');

export interface Project extends Disposable {
  readonly directory: string;
}

/** `sources`: path → content. `under`: directories between the temporary directory and the project. */
export function makeProject(sources: Readonly<Record<string, string>>, under = ''): Project {
  const top = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  const directory = path.join(top, under);
  mkdirSync(directory, { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(directory, 'node_modules'), 'dir');
  for (const [file, content] of Object.entries(sources)) {
    const target = path.join(directory, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return {
    directory,
    [Symbol.dispose]: () => rmSync(top, { recursive: true, force: true }),
  };
}
