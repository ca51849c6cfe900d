/** The words for a row: the same in the log, the summary and the notifications. */
import type { CommitRow, ImageRow, ObjectRow } from './report.ts';

const LONGEST_REASON = 2_000;

/** `Deployment/prod/api api: registry/app 1.2.3 → 1.2.4: the highest version in the range '~1.2'` */
export function imageSentence(row: ImageRow): string {
  return `${row.subject} ${row.container}: ${row.image} ${tagChange(row)}${reason(row.reason)}`;
}

/** What happened to the tag: `1.2.3 → 1.2.4`, or `1.2.3 skipped`. */
export function tagChange({ action, from, to }: ImageRow): string {
  const what = action === 'updated' ? `→ ${to}` : action;
  return from === '' ? what : `${from} ${what}`;
}

/** `Deployment/prod/api configured` */
export function objectSentence(row: ObjectRow): string {
  return `${row.subject} ${row.action}${reason(row.reason)}`;
}

/** `committed 1a2b3c4 to master: Auto-release registry/app:1.2.4` */
export function commitSentence(row: CommitRow): string {
  const what = row.sha === '' ? 'commit planned for' : `committed ${shortSha(row.sha)} to`;
  return `${what} ${row.branch}: ${firstLine(row.message)}`;
}

/** The first 7 characters of a commit's name. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** The first line of a commit message. */
export function firstLine(message: string): string {
  return (/^[^\r\n]*/.exec(message)?.[0] ?? '').trimEnd();
}

/** `1 image`, `2 images`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** API servers and registries answer in as many lines as they like. What cannot be seen is left to the host, which shows its code. */
function reason(text: string): string {
  return text === '' ? '' : `: ${text.slice(0, LONGEST_REASON).replace(/\s+/g, ' ').trim()}`;
}
