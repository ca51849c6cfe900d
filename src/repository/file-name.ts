/** Names of files: bytes to git and the file system, text to everybody else. */
import { isUtf8 } from 'node:buffer';

/**
 * A name as bytes, one character of the string for each byte (latin1): it can be a key of a map and an input of git
 * without losing anything.
 */
export type RawName = string;

export interface DecodedName {
  readonly path: string;
  /** False where the bytes are no UTF-8: `path` then only resembles the name and must not be used to find the file. */
  readonly isUtf8: boolean;
}

export function decodeName(raw: RawName): DecodedName {
  // Nearly all names are ASCII, which is the same in both encodings.
  if (isAscii(raw)) return { path: raw, isUtf8: true };
  const bytes = Buffer.from(raw, 'latin1');
  return { path: bytes.toString('utf8'), isUtf8: isUtf8(bytes) };
}

export function encodeName(path: string): RawName {
  return isAscii(path) ? path : Buffer.from(path, 'utf8').toString('latin1');
}

/**
 * Whether `path` stays below the directory that it is relative to, and out of `.git`. Names that do not are no
 * accident: git itself refuses to check them out (https://git-scm.com/docs/git-config#Documentation/git-config.txt-coreprotectNTFS).
 */
export function isInside(path: string): boolean {
  return path !== '' && !path.includes('\0') && path.split('/').every(isOrdinary);
}

function isOrdinary(component: string): boolean {
  return component !== '' && component !== '.' && component !== '..' && component.toLowerCase() !== '.git';
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
