/** Images as Markdown: what moves, why, what is new, and which newer tags were passed over. */
import { fitSections, type Section } from './markdown-sections.ts';
import { code, prose } from './markdown-text.ts';
import type { ImageRow, ObjectRow } from './report.ts';
import { sourceLinkOf } from './source-link.ts';

/** GitHub refuses a pull request's body of more than 65,536 characters. */
const MAX_BYTES = 60_000;

/** A page of its own, such as the body of a pull request; empty where every image stays as it is. */
export function renderImages(images: readonly ImageRow[], maxBytes = MAX_BYTES): string {
  const sections = imageSections(images);
  return sections.length === 0 ? '' : fitSections(sections, maxBytes);
}

/** A table of all that is not unchanged, failures first, and where there is room the newer tags that were passed over. */
export function imageSections(images: readonly ImageRow[]): Section[] {
  const rows = byUrgency(images.filter((row) => row.action !== 'unchanged'));
  if (rows.length === 0) return [];
  const linked = rows.some((row) => sourceLinkOf(row) !== undefined);
  const names = ['workload', 'container', 'image', 'from', 'to', 'action', ...(linked ? ['what is new'] : [])];
  const head = [`| ${names.join(' | ')} |`, `|${' --- |'.repeat(names.length)}`];
  return [{ head, rows: rows.map((row) => imageRow(row, linked)) }, ...passedOverSection(rows)];
}

function imageRow(row: ImageRow, linked: boolean): string {
  const to = row.action === 'updated' ? row.to : '';
  const names = [row.subject, row.container, row.image, row.from, to].map((name) => code(name, 300));
  const link = sourceLinkOf(row);
  const news = link === undefined ? '' : `[${code(link.label)}](${link.url})`;
  return `| ${[...names, actionCell(row), ...(linked ? [news] : [])].join(' | ')} |`;
}

function passedOverSection(rows: readonly ImageRow[]): Section[] {
  const lines = rows.filter((row) => row.action === 'updated').flatMap(passedOverLine);
  if (lines.length === 0) return [];
  const head = ['<details><summary>Newer tags that were passed over</summary>', ''];
  return [{ head, rows: lines, tail: ['</details>'], extra: true }];
}

function passedOverLine({ subject, container, image, rejected }: ImageRow): string[] {
  if (rejected === undefined || rejected.tags.length === 0) return [];
  const tags = rejected.tags.map(({ tag, reason }) => `${code(tag, 130)}: ${prose(reason, 200)}`);
  const more = rejected.more === 0 ? [] : [`and ${rejected.more} more`];
  const place = `${code(subject, 300)} ${code(container, 300)}`;
  return [`- ${code(image, 300)} in ${place}: ${[...tags, ...more].join('; ')}`];
}

/** What happened, and why. */
export function actionCell({ action, reason }: ImageRow | ObjectRow): string {
  const word = action === 'failed' ? '**failed**' : action;
  return reason === '' ? word : `${word}: ${prose(reason)}`;
}

/** Failures first, skipped last, otherwise in the order given. */
export function byUrgency<T extends ImageRow | ObjectRow>(rows: readonly T[]): readonly T[] {
  const urgency = (row: T) => (row.action === 'failed' ? 0 : row.action === 'skipped' ? 2 : 1);
  return rows.toSorted((a, b) => urgency(a) - urgency(b));
}
