/** A scalar of a YAML file by its place in the file's text. */
import type { Position } from '../../base/errors.ts';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

export interface ScalarSpan {
  /** Offsets into the decoded text (UTF-16 code units, byte order mark included), quotes included, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle;
  /** The value's text: quotes and escapes resolved, a number as it is written; empty for `null`. */
  readonly source: string;
  readonly position: Position;
  /** The value stands at an anchor that aliases or merge keys repeat elsewhere. */
  readonly shared: boolean;
}

/** A new value for one scalar. */
export interface ScalarEdit {
  readonly span: ScalarSpan;
  readonly value: string;
}
