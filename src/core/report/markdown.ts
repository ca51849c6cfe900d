/** A report as Markdown: the job summary. */
import type { Problem } from '../../base/errors.ts';
import { actionCell, byUrgency, imageSections } from './images-markdown.ts';
import { fitSections, type Section } from './markdown-sections.ts';
import { code, prose } from './markdown-text.ts';
import { seconds, verdict } from './one-line.ts';
import type { ClusterReport, EnvironmentReport, Report } from './report.ts';
import { count, firstLine, shortSha } from './sentences.ts';
import { countRequests } from './tally.ts';

export interface MarkdownOptions {
  /** Web address of the repository without a trailing slash, for links to commits. */
  readonly repositoryUrl?: string | undefined;
  /** Rows that do not fit are counted instead; default 1 MiB less a reserve for what stands there already. */
  readonly maxBytes?: number;
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
    ...imageSections(environment.images),
    ...commitSection(environment, options),
    ...environment.clusters.flatMap(clusterSection),
  ];
}

function environmentNotes({ images }: EnvironmentReport): string[] {
  const unchanged = images.filter((row) => row.action === 'unchanged').length;
  return unchanged === 0 ? [] : ['', `${count(unchanged, 'image')} unchanged.`];
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
