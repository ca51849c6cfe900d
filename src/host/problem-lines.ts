/** How a problem reads on a line: where, what, and what to do about it. */
import type { Problem } from '../base/errors.ts';

/** `file:line:col: sentence`, or `subject: sentence`, or the sentence; a warning says so. The hint is a line of its own. */
export function problemLines(problem: Problem): string[] {
  const sentence = problem.severity === 'warning' ? `warning: ${problem.message}` : problem.message;
  const place = placeOf(problem);
  const first = place === undefined ? sentence : `${place}: ${sentence}`;
  return problem.hint === undefined ? [first] : [first, `  hint: ${problem.hint}`];
}

/** Where a subject stands beside a position, the position leads and the subject begins the sentence. */
function placeOf({ position, subject, message }: Problem): string | undefined {
  if (position === undefined) return subject;
  const place = `${position.file}:${position.line}:${position.col}`;
  return subject === undefined || message.includes(subject) ? place : `${place}: ${subject}`;
}
