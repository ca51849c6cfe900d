/** Which listed files are read, and what is said about the others. */
import type { Problem } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import type { TreeEntry } from '../core/manifests/source-file.ts';
import type { RepositoryErrorCode } from './repository-error.ts';

/** An entry of a snapshot together with what its adapter needs to find the file again. */
export interface ListedFile<Where> {
  readonly entry: TreeEntry;
  readonly nameIsUtf8: boolean;
  readonly where: Where;
}

export type Files<Where> = ReadonlyMap<string, ListedFile<Where>>;

/** `listed` by path and sorted by it. Where two names look the same once decoded, neither can be read. */
export function indexFiles<Where>(listed: readonly ListedFile<Where>[]): Files<Where> {
  const sorted = [...listed].sort((a, b) => compare(a.entry.path, b.entry.path));
  const files = new Map<string, ListedFile<Where>>();
  for (const file of sorted) {
    const isTaken = files.has(file.entry.path);
    files.set(file.entry.path, isTaken ? { ...file, nameIsUtf8: false } : file);
  }
  return files;
}

/** Why `path` is not read, or null where there is nothing against it. */
export function refuseToRead<Where>(files: Files<Where>, path: string, maxBytes: number): Problem | null {
  const file = files.get(path);
  if (file === undefined) return fileProblem('FILE_NOT_FOUND', path, 'no such file');
  if (!file.nameIsUtf8) {
    return fileProblem('FILE_NAME_INVALID', path, 'the name of this file is not UTF-8', 'Rename the file.');
  }
  const { kind, size } = file.entry;
  if (kind !== 'file' && kind !== 'executable') {
    const what = kind === 'symlink' ? 'a symbolic link, which is not followed' : 'a submodule, which is not entered';
    return fileProblem('FILE_NOT_REGULAR', path, `cannot be read: it is ${what}`);
  }
  return size > maxBytes ? tooLarge({ path, size, maxBytes }) : null;
}

export function tooLarge(file: { path: string; size: number; maxBytes: number }): Problem {
  const message = `cannot be read: ${file.size} bytes are more than the ${file.maxBytes} allowed`;
  return fileProblem(
    'FILE_TOO_LARGE',
    file.path,
    message,
    'Split the file, or move it out of the paths of the environment.',
  );
}

export function fileProblem(code: RepositoryErrorCode, path: string, message: string, hint?: string): Problem {
  return { severity: 'error', code, message, subject: printable(path), hint };
}

/** By UTF-16 code units: the order of `<`, and of a plain sort. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
