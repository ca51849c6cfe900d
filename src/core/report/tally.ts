/** How many rows of each kind a report has. */
import type { EnvironmentReport, ImageAction, ObjectAction, Report } from './report.ts';
import { count } from './sentences.ts';

export interface Tally {
  readonly images: Readonly<Record<ImageAction, number>>;
  readonly objects: Readonly<Record<ObjectAction, number>>;
  readonly commits: number;
}

const OBJECT_CHANGES: readonly ObjectAction[] = ['created', 'configured', 'deleted'];

export function tally(environments: readonly EnvironmentReport[]): Tally {
  const images = { updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  const objects = { created: 0, configured: 0, unchanged: 0, deleted: 0, skipped: 0, failed: 0 };
  const commits = new Set<string>();
  for (const environment of environments) {
    for (const row of environment.images) images[row.action]++;
    for (const cluster of environment.clusters) for (const row of cluster.objects) objects[row.action]++;
    for (const commit of environment.commits) {
      // Environments on one branch share a commit, and each of them names it; one that is planned has no name yet.
      commits.add(commit.sha === '' ? `planned for ${commit.branch}` : commit.sha);
    }
  }
  return { images, objects, commits: commits.size };
}

/** `2 images updated`, `1 commit`, `3 objects configured`: what is not zero; failures first, what stayed as it was left out. */
export function countChanges({ images, objects, commits }: Tally): string[] {
  const parts: string[] = [];
  if (images.failed > 0) parts.push(`${count(images.failed, 'image')} failed`);
  if (objects.failed > 0) parts.push(`${count(objects.failed, 'object')} failed`);
  if (images.updated > 0) parts.push(`${count(images.updated, 'image')} updated`);
  if (commits > 0) parts.push(count(commits, 'commit'));
  for (const action of OBJECT_CHANGES) {
    if (objects[action] > 0) parts.push(`${count(objects[action], 'object')} ${action}`);
  }
  return parts;
}

/** `12 requests: 3 to registries, 9 to clusters` */
export function countRequests(report: Report): string {
  const registries = Object.values(report.registries).reduce((sum, registry) => sum + registry.requests, 0);
  const clusters = report.environments
    .flatMap((environment) => environment.clusters)
    .reduce((sum, cluster) => sum + cluster.requests, 0);
  const total = registries + clusters + report.github.requests;
  if (total === 0) return 'no requests';
  const parts = [`${registries} to registries`, `${clusters} to clusters`];
  if (report.github.requests > 0) parts.push(`${report.github.requests} to GitHub`);
  return `${count(total, 'request')}: ${parts.join(', ')}`;
}
