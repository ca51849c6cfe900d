/** What the commands of people have in common: when they are refused, and how they tell what they did. */
import type { Problem } from '../../base/errors.ts';
import type { EnvironmentConfig } from '../../config/config.ts';
import type { CommandName } from '../../config/contract.ts';
import type { EnvironmentReport } from '../../core/report/report.ts';
import type { Request } from '../deps.ts';
import { pathsOf } from '../environment-manifests.ts';
import type { CommitPlan, PushedPlan } from '../push-plan.ts';

/** A pull request, or a fork's code, may look and must not commit. */
export function untrustedEvent(command: CommandName, { event, dryRun }: Request): Problem | undefined {
  if (dryRun || (event.kind !== 'pull-request' && !event.fromFork)) return undefined;
  return {
    severity: 'error',
    code: 'USAGE_EVENT',
    message: `${command} does not commit from the event ${event.name}: its code has not been reviewed yet`,
    hint: 'Add --dry-run, or let the workflow run on workflow_dispatch.',
  };
}

/** One report for each environment, with the commit that touched its files, or none at all. */
export function reportsOf(
  environments: readonly EnvironmentConfig[],
  done: readonly PushedPlan<CommitPlan>[],
): EnvironmentReport[] {
  return environments.map(({ name }) => {
    const commits = done.flatMap(({ head, plan, commit }) => {
      const read = head.environments.find(({ environment }) => environment.name === name);
      if (read === undefined || commit === null) return [];
      return plan.touched.size === 0 || pathsOf(read).some((path) => plan.touched.has(path)) ? [commit] : [];
    });
    return { name, images: [], commits, clusters: [] };
  });
}

/** Where the changes went, or would go. */
export function committedLines({ commit }: PushedPlan<CommitPlan>): string[] {
  if (commit === null) return [];
  const { sha, branch } = commit;
  return [sha === '' ? `not pushed to ${branch}: this is a dry run` : `pushed to ${branch} as ${sha.slice(0, 12)}`];
}
