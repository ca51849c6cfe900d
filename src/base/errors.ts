/** The one error class of the project, and the problems that are collected instead of thrown. */

/** A place in a text file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

export interface ErrorDetails {
  /** What the error is about: `Kind/namespace/name`, an image, a registry's name, a file. */
  readonly subject?: string | undefined;
  /** One sentence that starts with a verb and says what to do. */
  readonly hint?: string | undefined;
  readonly position?: Position | undefined;
  readonly cause?: unknown;
}

/**
 * An error with a closed `code`, so that callers branch on `code` and never on text.
 * `message`: lower-case start, no trailing period, no secrets. Each room narrows `C` to a union of its own.
 */
export class TowpathError<C extends string = string> extends Error {
  readonly code: C;
  readonly subject: string | undefined;
  readonly hint: string | undefined;
  readonly position: Position | undefined;

  constructor(code: C, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'TowpathError';
    this.code = code;
    this.subject = details.subject;
    this.hint = details.hint;
    this.position = details.position;
  }
}

export type Severity = 'error' | 'warning';

/** Something wrong that does not stop the rest: data, not an exception. An `error` makes the run exit 1. */
export interface Problem {
  readonly severity: Severity;
  readonly code: string;
  /** One sentence without the position and without a trailing period. */
  readonly message: string;
  readonly position?: Position | undefined;
  readonly subject?: string | undefined;
  readonly hint?: string | undefined;
}

/** The problem that says what `error` says; unknown errors get the code `UNEXPECTED`. */
export function toProblem(error: unknown, fallback: { subject?: string } = {}): Problem {
  if (error instanceof TowpathError) {
    return {
      severity: 'error',
      code: error.code,
      message: error.message,
      position: error.position,
      subject: error.subject ?? fallback.subject,
      hint: error.hint,
    };
  }
  return { severity: 'error', code: 'UNEXPECTED', message: messageOf(error), subject: fallback.subject };
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return textOf(error)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

function textOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    // reason: an object without a usable toString says nothing
    return 'unknown error';
  }
}
