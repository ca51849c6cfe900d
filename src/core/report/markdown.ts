/** A report as Markdown: the job summary. */
import type { Problem } from '../../base/errors.ts';
import { code, prose } from './markdown-text.ts';
import { seconds, verdict } from './one-line.ts';
import type { ClusterReport, EnvironmentReport, ImageRow, ObjectRow, Report } from './report.ts';
import { count, firstLine, shortSha } from './sentences.ts';
import { countRequests } from './tally.ts';

export interface MarkdownOptions {
  /** Web address of the repository without a trailing slash, for links to commits. */
  readonly repositoryUrl?: string | undefined;
  /** Rows that do not fit are counted instead; default 1 MiB less a reserve for what stands there already. */
  readonly maxBytes?: number;
}

/** A part of the page: `rows` may be cut, the rest may not. */
interface Section {
  readonly head: readonly string[];
  readonly rows: readonly string[];
}

const MAX_BYTES = 1000 * 1024;
const SYMBOLS: Readonly<Record<Report['outcome'], string>> = { unchanged: '⚪', changed: '🟢', failed: '🔴' };

/** Failures first, then what changed; what stayed as it was is only counted. Whole rows are left out where it grows too long. */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const title = `### ${SYMBOLS[report.outcome]} Towpath ${code(report.command)}: ${prose(verdict(report))}`;
  const sections: Section[] = [
    { head: [title], rows: [] },
    ...problemSection(report.problems),
    ...report.environments.flatMap((environment) => environmentSections(environment, options)),
    { head: [`<sub>${countRequests(report)} · ${seconds(report.durationMs)}</sub>`], rows: [] },
  ];
  return fitSections(sections, options.maxBytes ?? MAX_BYTES);
}

function problemSection(problems: readonly Problem[]): Section[] {
  if (problems.length === 0) return [];
  const errors = problems.filter((problem) => problem.severity === 'error');
  const warnings = problems.filter((problem) => problem.severity === 'warning');
  return [{ head: ['#### Problems'], rows: [...errors, ...warnings].map(problemRow) }];
}

function problemRow({ severity, position, subject, message, hint }: Problem): string {
  const place = position === undefined ? subject : `${position.file}:${position.line}:${position.col}`;
  const where = place === undefined ? '' : `${code(place)}: `;
  const advice = hint === undefined ? '' : `<br>${prose(hint)}`;
  return `- ${severity === 'error' ? '❌' : '⚠️'} ${where}${prose(message)}${advice}`;
}

function environmentSections(environment: EnvironmentReport, options: MarkdownOptions): Section[] {
  return [
    { head: [`#### ${prose(environment.name)}`, ...environmentNotes(environment)], rows: [] },
    ...imageSection(environment.images),
    ...commitSection(environment, options),
    ...environment.clusters.flatMap(clusterSection),
  ];
}

function environmentNotes({ images }: EnvironmentReport): string[] {
  const unchanged = images.filter((row) => row.action === 'unchanged').length;
  return unchanged === 0 ? [] : ['', `${count(unchanged, 'image')} unchanged.`];
}

function imageSection(images: readonly ImageRow[]): Section[] {
  const rows = byUrgency(images.filter((row) => row.action !== 'unchanged'));
  if (rows.length === 0) return [];
  return [
    {
      head: ['| workload | container | image | from | to | action |', '| --- | --- | --- | --- | --- | --- |'],
      rows: rows.map((row) => {
        const names = [row.subject, row.container, row.image, row.from, row.action === 'updated' ? row.to : ''].map(
          (name) => code(name, 300),
        );
        return `| ${[...names, actionCell(row)].join(' | ')} |`;
      }),
    },
  ];
}

function commitSection({ commits }: EnvironmentReport, { repositoryUrl }: MarkdownOptions): Section[] {
  if (commits.length === 0) return [];
  const rows = commits.map(({ sha, branch, message }) => {
    const name = sha === '' ? 'Planned' : commitLink(sha, repositoryUrl);
    return `- ${name} on ${code(branch)}: ${prose(firstLine(message), 300)}`;
  });
  return [{ head: [], rows }];
}

function commitLink(sha: string, repositoryUrl: string | undefined): string {
  const name = code(shortSha(sha));
  return repositoryUrl === undefined || !/^[0-9a-f]+$/.test(sha) ? name : `[${name}](${repositoryUrl}/commit/${sha})`;
}

function clusterSection({ name, objects }: ClusterReport): Section[] {
  const unchanged = objects.filter((row) => row.action === 'unchanged').length;
  const rows = byUrgency(objects.filter((row) => row.action !== 'unchanged'));
  const note = unchanged === 0 ? '' : `: ${count(unchanged, 'object')} unchanged`;
  const head = [`Cluster ${code(name)}${note}.`];
  if (rows.length > 0) head.push('', '| object | action |', '| --- | --- |');
  return [{ head, rows: rows.map((row) => `| ${code(row.subject, 300)} | ${actionCell(row)} |`) }];
}

function actionCell({ action, reason }: ImageRow | ObjectRow): string {
  const word = action === 'failed' ? '**failed**' : action;
  return reason === '' ? word : `${word}: ${prose(reason)}`;
}

/** Failures first, skipped last, otherwise in the order given. */
function byUrgency<T extends ImageRow | ObjectRow>(rows: readonly T[]): readonly T[] {
  const urgency = (row: T) => (row.action === 'failed' ? 0 : row.action === 'skipped' ? 2 : 1);
  return rows.toSorted((a, b) => urgency(a) - urgency(b));
}

/** Heads always stay; rows fill what room is left, in order, and the missing ones are counted. */
function fitSections(sections: readonly Section[], maxBytes: number): string {
  const reserve = 40;
  let room = maxBytes;
  for (const { head } of sections) room -= bytesOf(head) + reserve;
  const parts = sections.map(({ head, rows }) => {
    const kept: string[] = [];
    for (const row of rows) {
      const bytes = bytesOf([row]);
      if (bytes > room) break;
      room -= bytes;
      kept.push(row);
    }
    const missing = rows.length - kept.length;
    const more = missing === 0 ? [] : ['', `… and ${missing} more.`];
    return [...head, ...(head.length === 1 && rows.length > 0 ? [''] : []), ...kept, ...more].join('\n');
  });
  return `${parts.join('\n\n')}\n`;
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + utf8Length(line) + 1, 0);
}

/** Bytes of `line` in UTF-8. */
function utf8Length(line: string): number {
  let bytes = 0;
  for (const char of line) {
    const codePoint = char.codePointAt(0) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return bytes;
}
