/** What runs us: the Actions runner or a terminal. Everything printed is redacted and made harmless. */
import type { Problem } from '../base/errors.ts';
import type { Secret } from '../base/secret.ts';

export interface Host {
  /** A line of ordinary output. */
  info(line: string): void;
  /** A line for whoever looks for the cause; shown with `--debug` (in Actions: with debug logging) only. */
  debug(line: string): void;
  /** Text for programs, alone on stdout: the report of `--json -`. */
  data(text: string): void;
  /** A problem: one line `file:line:col: sentence` on stderr with its hint; in Actions an annotation as well. */
  problem(problem: Problem): void;
  /** Runs `work` under a title: a group that folds in Actions, the live line on a terminal. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Progress of long work: a live line on a terminal, now and then a plain line otherwise. */
  progress(text: string): void;
  /** An output of the action; ignored on a terminal. */
  output(name: string, value: string): void;
  /** Adds Markdown to the job summary; ignored on a terminal. */
  summary(markdown: string): Promise<void>;
  /** From now on `secret` is printed as `***`, here and by the runner. */
  mask(secret: Secret | string): void;
}
