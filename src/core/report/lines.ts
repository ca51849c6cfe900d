/** A report as lines of a log. */
import { summarizeInOneLine } from './one-line.ts';
import type { ClusterReport, EnvironmentReport, ImageRow, Report } from './report.ts';
import { commitSentence, count, imageSentence, objectSentence } from './sentences.ts';
import { sourceLinkOf } from './source-link.ts';

/**
 * What was done, environment by environment, then everything in one line. What stayed as it was is only counted.
 * Problems are not in it: each goes to the host as a problem. Names and reasons are as they came: the host makes them harmless.
 */
export function renderLines(report: Report): string[] {
  return [...report.environments.flatMap(environmentLines), summarizeInOneLine(report)];
}

function environmentLines(environment: EnvironmentReport): string[] {
  const lines = [
    ...environment.images.filter((row) => row.action !== 'unchanged').flatMap(imageLines),
    ...unchangedLine(environment.images, 'image'),
    ...environment.commits.map(commitSentence),
    ...environment.clusters.flatMap(clusterLines),
  ];
  return [environment.name, ...lines.map((line) => `  ${line}`)];
}

function imageLines(row: ImageRow): string[] {
  const link = sourceLinkOf(row);
  return [imageSentence(row), ...(link === undefined ? [] : [`  what is new: ${link.url}`])];
}

function clusterLines(cluster: ClusterReport): string[] {
  const lines = [
    ...cluster.objects.filter((row) => row.action !== 'unchanged').map(objectSentence),
    ...unchangedLine(cluster.objects, 'object'),
  ];
  return [`cluster ${cluster.name}`, ...lines.map((line) => `  ${line}`)];
}

function unchangedLine(rows: readonly { readonly action: string }[], noun: string): string[] {
  const unchanged = rows.filter((row) => row.action === 'unchanged').length;
  return unchanged === 0 ? [] : [`${count(unchanged, noun)} unchanged`];
}
