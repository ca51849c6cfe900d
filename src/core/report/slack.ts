/** A report as a Slack message. */
import { seconds, verdict } from './one-line.ts';
import type { ClusterReport, EnvironmentReport, ImageRow, Report } from './report.ts';
import { count, firstLine, shortSha, tagChange } from './sentences.ts';
import { packBlocks, type SlackBlock } from './slack-blocks.ts';
import { slackCode, slackLink, slackProse } from './slack-text.ts';
import { sourceLinkOf } from './source-link.ts';
import { countRequests } from './tally.ts';

/** Where the run happened. */
export interface Occasion {
  /** `owner/name`, or the directory's name. */
  readonly repository: string;
  readonly runUrl: string | undefined;
  /** Web address of the repository, without a trailing slash. */
  readonly repositoryUrl: string | undefined;
}

export interface SlackMessage {
  /** The headline: mrkdwn above the blocks, and what a notification shows. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  /** Of the bar beside the blocks. */
  readonly color: 'good' | 'danger';
}

/** What changed and what failed; what stayed as it was is only counted. Within Slack's limits whatever the report's size. */
export function renderSlack(report: Report, occasion: Occasion): SlackMessage {
  const text = headline(report, occasion);
  const lines = [
    ...problemLines(report),
    ...report.environments.flatMap((environment) => environmentLines(environment, occasion)),
  ];
  return {
    text,
    blocks: packBlocks(lines, { footer: footer(report, occasion), taken: text.length }),
    color: report.outcome === 'failed' ? 'danger' : 'good',
  };
}

function headline(report: Report, { repository, repositoryUrl }: Occasion): string {
  const shown = slackProse(repository, 100);
  const name = repositoryUrl === undefined ? shown : slackLink(repositoryUrl, repository.slice(0, 100));
  const environments = involved(report).map((environment) => slackProse(environment.name, 63));
  const where = environments.length === 0 ? '' : ` ${listed(environments)}`;
  return `${name}${where}: ${byHand(report)}${slackProse(verdict(report), 300)}`;
}

/** What a person asks for concerns the environments that it changes, although all of them were looked through. */
function involved({ command, environments }: Report): readonly EnvironmentReport[] {
  if (OF_ITSELF.has(command)) return environments;
  return environments.filter(({ images, commits }) => commits.length > 0 || images.some(isNews));
}

/** `release by Alice: `; the address of the person is nobody's business. */
function byHand({ command, requestedBy }: Report): string {
  if (OF_ITSELF.has(command)) return '';
  const name = withoutAddress(requestedBy ?? '');
  return `${slackProse(command, 63)}${name === '' ? '' : ` by ${slackProse(name, 100)}`}: `;
}

function withoutAddress(person: string): string {
  const text = person.trim();
  const address = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  return address < 0 ? text : text.slice(0, address).trimEnd();
}

/** What runs without being asked for anything. */
const OF_ITSELF: ReadonlySet<string> = new Set(['run', 'sync']);

function listed(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

function problemLines(report: Report): string[] {
  return report.problems
    .filter((problem) => problem.severity === 'error')
    .map(({ position, subject, message }) => {
      const place = position === undefined ? subject : `${position.file}:${position.line}:${position.col}`;
      return `:x: ${place === undefined ? '' : `${slackCode(place, 200)} `}${slackProse(message, 500)}`;
    });
}

function environmentLines(environment: EnvironmentReport, occasion: Occasion): string[] {
  const lines = [
    ...imageLines(environment),
    ...commitLines(environment, occasion),
    ...environment.clusters.flatMap(clusterLines),
  ];
  return lines.length === 0 ? [] : [`*${slackProse(environment.name, 63)}*`, ...lines];
}

function imageLines({ images }: EnvironmentReport): string[] {
  return images.filter(isNews).map((row) => {
    const what = row.action === 'updated' ? updated(row) : stayed(row);
    return `• ${slackCode(row.subject, 200)} ${slackProse(row.container, 63)}: ${slackCode(row.image, 200)} ${what}`;
  });
}

/** What was on hold before is no news. */
function isNews({ action, hold }: ImageRow): boolean {
  return action === 'updated' || action === 'failed' || hold === 'new';
}

function stayed({ action, reason }: ImageRow): string {
  const words = slackProse(reason, 500);
  return action === 'failed' ? `*failed*: ${words}` : words;
}

function updated(row: ImageRow): string {
  const why = row.reason === '' ? '' : `: ${slackProse(row.reason, 200)}`;
  const link = sourceLinkOf(row);
  return `${slackProse(tagChange(row), 300)}${why}${link === undefined ? '' : ` (${slackLink(link.url, link.label)})`}`;
}

function commitLines({ commits }: EnvironmentReport, { repositoryUrl }: Occasion): string[] {
  return commits.map(({ sha, branch, message }) => {
    if (sha === '') return `• planned on ${slackCode(branch, 100)}: ${slackProse(firstLine(message), 300)}`;
    const linked = repositoryUrl !== undefined && /^[0-9a-f]{7,64}$/.test(sha);
    const name = linked ? slackLink(`${repositoryUrl}/commit/${sha}`, shortSha(sha)) : slackCode(shortSha(sha));
    return `• ${name} on ${slackCode(branch, 100)}: ${slackProse(firstLine(message), 300)}`;
  });
}

function clusterLines({ name, objects }: ClusterReport): string[] {
  const rows = objects.filter((row) => row.action !== 'unchanged' && row.action !== 'skipped');
  if (rows.length === 0) return [];
  const unchanged = objects.filter((row) => row.action === 'unchanged').length;
  const note = unchanged === 0 ? '' : `, ${count(unchanged, 'object')} unchanged`;
  const failedFirst = rows.toSorted((a, b) => Number(b.action === 'failed') - Number(a.action === 'failed'));
  return [
    `cluster ${slackCode(name, 200)}${note}`,
    ...failedFirst.map((row) => {
      const action = row.action === 'failed' ? '*failed*' : row.action;
      const reason = row.reason === '' ? '' : `: ${slackProse(row.reason, 500)}`;
      return `• ${slackCode(row.subject, 200)} ${action}${reason}`;
    }),
  ];
}

function footer(report: Report, { runUrl }: Occasion): string {
  const facts = `${countRequests(report)} · ${seconds(report.durationMs)}`;
  return runUrl === undefined ? facts : `${slackLink(runUrl, 'this run')} · ${facts}`;
}
