/** Reads one regular file from disk, never through a symbolic link and never more than allowed. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { messageOf, type Problem } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import type { SourceFile } from '../core/manifests/source-file.ts';
import { fileProblem, tooLarge } from './readable-file.ts';

export interface FileOnDisk {
  readonly location: Buffer;
  /** As it is reported. */
  readonly path: string;
  readonly maxBytes: number;
}

// Without O_NONBLOCK, opening a pipe that has taken the file's place would wait for a writer.
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Blocks, which for small files is a tenth of the work of waiting for each of four calls. */
export function readOnDisk(file: FileOnDisk): SourceFile | Problem {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file.location, READ_FLAGS);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return fileProblem('FILE_NOT_REGULAR', file.path, 'cannot be read: it is no regular file');
    if (stats.size > file.maxBytes) return tooLarge({ ...file, size: stats.size });
    const bytes = readAll(descriptor, stats.size);
    if (bytes.length > stats.size) {
      return fileProblem('FILE_UNREADABLE', file.path, 'cannot be read: it grew meanwhile', 'Try again.');
    }
    return { path: file.path, bytes };
  } catch (error) {
    return readProblem(file.path, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The bytes up to the end, or one more than `size` where the file has grown meanwhile. */
function readAll(descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const bytesRead = readSync(descriptor, bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function readProblem(path: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return fileProblem('FILE_NOT_FOUND', path, 'no such file');
  if (code === 'ELOOP') {
    return fileProblem('FILE_NOT_REGULAR', path, 'cannot be read: it is a symbolic link, which is not followed');
  }
  return fileProblem('FILE_UNREADABLE', path, `cannot be read: ${printable(messageOf(error))}`);
}
