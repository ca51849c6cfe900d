/** What runs us: the Actions runner or a terminal. */
import type { Problem } from '../base/errors.ts';

export interface Host {
  /** A line of ordinary output. */
  info(line: string): void;
  /** A problem: one line `file:line:col: sentence` on stderr with its hint; in Actions an annotation as well. */
  problem(problem: Problem): void;
  /** Runs `work` under a title that can be folded away. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Progress of long work: a live line on a terminal, nothing or plain lines otherwise. */
  progress(text: string): void;
  /** An output of the action; ignored on a terminal. */
  output(name: string, value: string): void;
  /** Adds Markdown to the job summary; ignored on a terminal. */
  summary(markdown: string): Promise<void>;
}
