/**
 * Replaces bytes of files in the working tree, and makes new ones.
 *
 * In place, through the file's own descriptor, and not by renaming a new file over it: a rename would leave a second file
 * in the tree when the process is killed before it, and would lose the owner, the access lists and the hard links of the
 * first. The price is that a power failure between two blocks of one large file can leave it half new; git, or the
 * editor's history, has the old bytes. Only the bytes from the first difference on are written, which for a changed tag
 * is one system call, and a failed write puts the old bytes back, in this file and in those written before it.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import type { FileChange } from '../core/manifests/source-file.ts';
import { isInside } from './file-name.ts';
import { makeFile } from './make-file.ts';
import { RepositoryError, type RepositoryErrorCode } from './repository-error.ts';

/** A change, and the bytes that it takes the place of. */
interface Replacing {
  readonly change: FileChange;
  readonly location: string;
  readonly original: Uint8Array;
}

type Prepared = Replacing | { readonly change: FileChange; readonly original: undefined };

/** Puts the file back as it was before. Never throws: the error that led to it is the one to report. */
type Undo = () => Promise<void>;

const FLAGS = constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Writes all of `changes`, or none of them where one cannot be written. Modes, owners and everything but the bytes stay.
 * Throws CHANGE_INVALID, also for a new file whose name is taken, FILE_NOT_FOUND, FILE_NOT_REGULAR or FILE_UNWRITABLE.
 */
export async function writeFiles(root: string, changes: readonly FileChange[], signal?: AbortSignal): Promise<void> {
  const seen = new Set<string>();
  const prepared: Prepared[] = [];
  for (const change of changes) {
    signal?.throwIfAborted();
    if (seen.has(change.path)) throw fileError('CHANGE_INVALID', change.path, 'is to be changed twice at once');
    seen.add(change.path);
    prepared.push(await prepare(root, change));
  }
  const done: Undo[] = [];
  for (const next of prepared) {
    try {
      if (next.original === undefined) {
        const { change } = next;
        done.push((await makeFile(root, change.path, change.bytes)).remove);
      } else {
        done.push(() => putBack(next));
        await replaceBytes(next.location, { from: next.original, to: next.change.bytes });
      }
    } catch (error) {
      for (const undo of done.toReversed()) await undo();
      throw fileError('FILE_UNWRITABLE', next.change.path, `cannot be written: ${messageOf(error)}`, error);
    }
  }
}

async function prepare(root: string, change: FileChange): Promise<Prepared> {
  const { path, isNew = false } = change;
  if (!isInside(path)) throw fileError('CHANGE_INVALID', path, 'is no path inside the repository');
  await requireRealDirectories(root, { path, mayBeMissing: isNew });
  const location = join(root, path);
  if (isNew) {
    await requireFreeName(location, path);
    return { change, original: undefined };
  }
  let handle: FileHandle | undefined;
  try {
    handle = await open(location, FLAGS);
    if (!(await handle.stat()).isFile()) throw notRegular(path);
    return { change, location, original: await handle.readFile() };
  } catch (error) {
    throw error instanceof RepositoryError ? error : openError(path, error);
  } finally {
    await handle?.close();
  }
}

/** O_NOFOLLOW guards only the last component of a path: the ones before it are looked at one by one. */
async function requireRealDirectories(
  root: string,
  { path, mayBeMissing }: { readonly path: string; readonly mayBeMissing: boolean },
): Promise<void> {
  const components = path.split('/').slice(0, -1);
  let location = root;
  for (const component of components) {
    location = join(location, component);
    try {
      if (!(await lstat(location)).isDirectory()) throw notRegular(path);
    } catch (error) {
      if (mayBeMissing && isMissing(error)) return;
      throw error instanceof RepositoryError ? error : openError(path, error);
    }
  }
}

async function requireFreeName(location: string, path: string): Promise<void> {
  try {
    await lstat(location);
  } catch (error) {
    if (isMissing(error)) return;
    throw openError(path, error);
  }
  throw fileError('CHANGE_INVALID', path, 'is there already, and was to be a new file');
}

async function replaceBytes(location: string, bytes: { from: Uint8Array; to: Uint8Array }): Promise<void> {
  const { from, to } = bytes;
  const start = firstDifference(from, to);
  if (start === to.length && from.length === to.length) return;
  const end = from.length === to.length ? lastDifference(from, to) + 1 : to.length;
  const handle = await open(location, FLAGS);
  try {
    await writeRange(handle, to, { start, end });
    if (to.length < from.length) await handle.truncate(to.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeRange(handle: FileHandle, bytes: Uint8Array, range: { start: number; end: number }): Promise<void> {
  let position = range.start;
  while (position < range.end) {
    const { bytesWritten } = await handle.write(bytes, position, range.end - position, position);
    position += bytesWritten;
  }
}

/** The old bytes again, whatever part of the new ones got there. */
async function putBack({ location, original, change }: Replacing): Promise<void> {
  try {
    const handle = await open(location, FLAGS);
    try {
      const start = firstDifference(original, change.bytes);
      await writeRange(handle, original, { start, end: original.length });
      await handle.truncate(original.length);
    } finally {
      await handle.close();
    }
  } catch {
    // reason: the error that led here is reported; nothing more can be done for this file than for the others
  }
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const end = Math.min(a.length, b.length);
  let index = 0;
  while (index < end && a[index] === b[index]) index++;
  return index;
}

/** Of two arrays of the same length that differ. */
function lastDifference(a: Uint8Array, b: Uint8Array): number {
  let index = a.length - 1;
  while (index > 0 && a[index] === b[index]) index--;
  return index;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function openError(path: string, error: unknown): RepositoryError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (isMissing(error) || code === 'ENOTDIR') return fileError('FILE_NOT_FOUND', path, 'does not exist', error);
  // EISDIR: a directory; ENXIO: a pipe or socket; ELOOP: a symbolic link, which the flags refuse.
  if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO') return notRegular(path);
  return fileError('FILE_UNWRITABLE', path, `cannot be written: ${messageOf(error)}`, error);
}

function notRegular(path: string): RepositoryError {
  return fileError('FILE_NOT_REGULAR', path, 'is no regular file, or lies behind a symbolic link');
}

function fileError(code: RepositoryErrorCode, path: string, message: string, cause?: unknown): RepositoryError {
  const subject = printable(path);
  return new RepositoryError(code, `${subject} ${printable(message)}`, { subject, cause });
}
