/** A run in one line. */
import type { Report } from './report.ts';
import { count } from './sentences.ts';
import { countChanges, countRequests, type Tally, tally } from './tally.ts';

/**
 * `nothing to do: 3 images and 12 objects up to date (7 requests: 3 to registries, 4 to clusters) in 0.8 s`, or what was done:
 * `done: 1 image updated, 1 commit, 2 objects configured (…) in 3.1 s`. A rehearsal says `would change`.
 */
export function summarizeInOneLine(report: Report): string {
  const done = report.outcome === 'changed' && !report.dryRun ? 'done: ' : '';
  return `${done}${verdict(report)} (${countRequests(report)}) in ${seconds(report.durationMs)}`;
}

/** What came of it, without requests and time: for headlines. */
export function verdict(report: Report): string {
  const counts = tally(report.environments);
  const aside = skippedPart(counts);
  if (report.outcome === 'unchanged') return `nothing to do: ${upToDate(counts)}${aside}`;
  const changes = countChanges(counts);
  if (report.outcome === 'failed') return `failed: ${[...errorPart(report), ...changes].join(', ')}${aside}`;
  return `${report.dryRun ? 'would change: ' : ''}${changes.join(', ')}${aside}`;
}

function errorPart(report: Report): string[] {
  const errors = report.problems.filter((problem) => problem.severity === 'error').length;
  return errors === 0 ? [] : [count(errors, 'error')];
}

function upToDate({ images, objects }: Tally): string {
  return `${count(images.unchanged, 'image')} and ${count(objects.unchanged, 'object')} up to date`;
}

function skippedPart({ images, objects }: Tally): string {
  const parts: string[] = [];
  if (images.skipped > 0) parts.push(count(images.skipped, 'image'));
  if (objects.skipped > 0) parts.push(count(objects.skipped, 'object'));
  return parts.length === 0 ? '' : `; ${parts.join(' and ')} skipped`;
}

/** One digit after the point for what is short, none for the rest. */
export function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
