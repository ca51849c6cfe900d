/** The text of a file: decoded once, bounded, with positions for its offsets. */
import type { Position, Problem } from '../../base/errors.ts';
import type { SourceFile } from './source-file.ts';
import { unreadableProblem } from './unreadable.ts';

/** No manifest is larger: the API server refuses objects far below this. Larger files are not even decoded. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** A manifest of the largest size has half as many. */
export const MAX_LINES = 300_000;

export interface SourceText {
  readonly path: string;
  /** Byte order mark included, so that encoding it again gives the same bytes. */
  readonly text: string;
  /** Line and column of an offset into `text`. */
  positionAt(offset: number): Position;
}

export type SourceTextResult =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly problem: Problem };

/** The file's text; a problem where it is too large (MAX_FILE_BYTES, MAX_LINES), not UTF-8, or has control characters. */
export function readSourceText(file: SourceFile): SourceTextResult {
  const excess = excessOf(file.bytes);
  if (excess !== undefined) {
    return failed(file, 1, {
      code: 'MANIFEST_TOO_LARGE',
      message: `file ${excess} and was not read`,
      hint: 'Split the file, or keep it outside of the environment path.',
    });
  }
  const text = decode(file.bytes);
  if (text === undefined) {
    // The decoder says nothing about the place: look for it only now that it is needed.
    return failed(file, lineOfFirstBadByte(file.bytes), {
      code: 'MANIFEST_NOT_UTF8',
      message: 'file is not valid UTF-8 and was skipped',
      hint: 'Save the file as UTF-8.',
    });
  }
  const source = createSourceText(file.path, text);
  const control = findControlCharacter(file.bytes);
  if (control === -1) return { ok: true, source };
  const offset = decode(file.bytes.subarray(0, control))?.length ?? 0;
  const code = text.charCodeAt(offset).toString(16).padStart(4, '0').toUpperCase();
  return { ok: false, problem: unreadableProblem(source, { offset, reason: `control character U+${code}` }) };
}

/** `text` with its positions; the index of lines is built when the first position is asked for. */
export function createSourceText(path: string, text: string): SourceText {
  let starts: readonly number[] | undefined;
  return {
    path,
    text,
    positionAt(offset) {
      starts ??= lineStarts(text);
      const index = lastAtOrBefore(starts, offset);
      return { file: path, line: index + 1, col: offset - (starts[index] ?? 0) + 1 };
    },
  };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8: the caller says so.
    return undefined;
  }
}

/**
 * Kubernetes' readers refuse these, the parser here would take them.
 * Source: https://yaml.org/spec/1.1/#id868524
 */
function findControlCharacter(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 ? byte !== 0x0a && byte !== 0x0d && byte !== 0x09 : byte === 0x7f) return at;
  }
  return -1;
}

function excessOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_FILE_BYTES) return `is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`;
  if (bytes.length <= MAX_LINES) return undefined;
  let lines = 1;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines > MAX_LINES ? `has more than ${MAX_LINES} lines` : undefined;
}

function failed(
  file: SourceFile,
  line: number,
  problem: { readonly code: string; readonly message: string; readonly hint: string },
): SourceTextResult {
  return { ok: false, problem: { severity: 'error', ...problem, position: { file: file.path, line, col: 1 } } };
}

function lineStarts(text: string): readonly number[] {
  // The byte order mark takes no column.
  const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Lines are decoded one by one: a line break byte is never part of a longer UTF-8 sequence. */
function lineOfFirstBadByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}
