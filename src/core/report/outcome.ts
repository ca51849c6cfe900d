/** What a run came to. */
import type { Problem } from '../../base/errors.ts';
import type { EnvironmentReport, Outcome, Report } from './report.ts';

/** Done or nothing to do · something failed · usage or configuration · changes pending (`--check`). */
export type ExitCode = 0 | 1 | 2 | 3;

/** `failed` if a row failed or a problem is an error, whatever else was done; `changed` if anything was, or would be, written. */
export function outcomeOf({ environments, problems }: Pick<Report, 'environments' | 'problems'>): Outcome {
  const broken = problems.some((problem) => problem.severity === 'error');
  if (broken || environments.some(hasFailed)) return 'failed';
  return environments.some(hasChanged) ? 'changed' : 'unchanged';
}

/** The exit code; a failure wins over pending changes. Problems of the configuration and of the command line give 2. */
export function exitCodeOf({ report, check }: { readonly report: Report; readonly check: boolean }): ExitCode {
  if (report.outcome === 'failed') return report.problems.some(isUsage) ? 2 : 1;
  return check && report.outcome === 'changed' ? 3 : 0;
}

/**
 * Whether anybody needs to hear of it: something changed or failed, and not only in a rehearsal. Of what a person does by hand, only
 * what was committed: that person sees the rest, and a scan changes files that nobody else has.
 */
export function worthTelling(report: Report): boolean {
  if (report.dryRun) return false;
  if (report.command === 'run' || report.command === 'sync') return report.outcome !== 'unchanged';
  return report.environments.some(({ commits }) => commits.some(({ sha }) => sha !== ''));
}

/** Whether anything was, or in a rehearsal would be, written, whatever failed beside it. */
export function hasChanges({ environments }: Pick<Report, 'environments'>): boolean {
  return environments.some(hasChanged);
}

function hasFailed(environment: EnvironmentReport): boolean {
  return (
    environment.images.some((row) => row.action === 'failed') ||
    environment.clusters.some((cluster) => cluster.objects.some((row) => row.action === 'failed'))
  );
}

function hasChanged(environment: EnvironmentReport): boolean {
  return (
    environment.commits.length > 0 ||
    environment.images.some((row) => row.action === 'updated') ||
    environment.clusters.some((cluster) =>
      cluster.objects.some((row) => row.action !== 'unchanged' && row.action !== 'skipped'),
    )
  );
}

function isUsage({ severity, code }: Problem): boolean {
  return severity === 'error' && (code.startsWith('CONFIG_') || code.startsWith('USAGE_'));
}
