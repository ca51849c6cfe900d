/** `towpath run`: does what the event calls for. */
import { assertNever } from '../base/assert.ts';
import { type Problem, toProblem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import type { EnvironmentReport } from '../core/report/report.ts';
import type { RunEvent } from '../host/event.ts';
import { branchOf } from './branches.ts';
import { type BumpedEnvironment, bumpBranch } from './bump-branch.ts';
import type { Deps, Request, Result } from './deps.ts';
import { scan } from './scan.ts';
import { sync } from './sync.ts';
import { syncEnvironment } from './sync-environment.ts';

/** What an event calls for. */
export type Calling =
  | { readonly kind: 'everything' }
  | { readonly kind: 'sync'; readonly branch: string }
  | { readonly kind: 'check' }
  | { readonly kind: 'nothing'; readonly reason: string };

/**
 * A schedule, a dispatch or a terminal: scan, commit, push, sync. A push to a branch: sync of what lives on it.
 * A pull request, and any event for a fork's code: the checked-out tree is looked at, nothing is written.
 */
export function callingOf(event: RunEvent): Calling {
  if (event.fromFork) return { kind: 'check' };
  switch (event.kind) {
    case 'terminal':
    case 'schedule':
    case 'dispatch':
    case 'other':
      return { kind: 'everything' };
    case 'push':
      if (event.deleted) return { kind: 'nothing', reason: 'the push deleted a branch' };
      if (event.branch === undefined) return { kind: 'nothing', reason: 'the push was to no branch' };
      return { kind: 'sync', branch: event.branch };
    case 'pull-request':
      return { kind: 'check' };
    default:
      return assertNever(event.kind, 'event');
  }
}

export async function run(request: Request, deps: Deps): Promise<Result> {
  const calling = callingOf(request.event);
  switch (calling.kind) {
    case 'everything':
      return runEverything(request, deps);
    case 'sync':
      return syncBranch(calling.branch, request, deps);
    case 'check':
      return { ...(await scan({ ...request, dryRun: true }, deps)), dryRun: true };
    case 'nothing':
      return { environments: [], problems: [], note: calling.reason };
    default:
      return assertNever(calling, 'calling');
  }
}

async function syncBranch(branch: string, request: Request, deps: Deps): Promise<Result> {
  const here: EnvironmentConfig[] = [];
  for (const environment of request.environments) {
    if ((await branchOf(environment, deps)) === branch) here.push(environment);
  }
  if (here.length === 0) return { environments: [], problems: [], note: `no environment lives on ${branch}` };
  return sync({ ...request, environments: here }, deps);
}

async function runEverything(request: Request, deps: Deps): Promise<Result> {
  const branches = Map.groupBy(await withBranches(request.environments, deps), (entry) => entry.branch);
  const reports = new Map<string, EnvironmentReport>();
  const problems: Problem[] = [];
  for (const [branch, entries] of branches) {
    const environments = entries.map((entry) => entry.environment);
    const done = await deps.host.group(`scan ${branch}`, () => bump({ branch, environments, request }, deps));
    for (const problem of done.problems) problems.push(problem);
    for (const bumped of done.environments) {
      const synced = await syncBumped(bumped, request, deps);
      reports.set(bumped.environment.name, synced.report);
      for (const problem of synced.problems) problems.push(problem);
    }
  }
  const ordered = request.environments.map((entry) => reports.get(entry.name) ?? emptyReport(entry.name));
  return { environments: ordered, problems };
}

interface OnBranch {
  readonly environment: EnvironmentConfig;
  readonly branch: string;
}

async function withBranches(environments: readonly EnvironmentConfig[], deps: Deps): Promise<OnBranch[]> {
  return Promise.all(
    environments.map(async (environment) => ({ environment, branch: await branchOf(environment, deps) })),
  );
}

interface Bumped {
  readonly environments: readonly BumpedEnvironment[];
  readonly problems: readonly Problem[];
}

/** A branch that cannot be read costs its own environments, not those of the other branches. */
async function bump(
  given: { readonly branch: string; readonly environments: readonly EnvironmentConfig[]; readonly request: Request },
  deps: Deps,
): Promise<Bumped> {
  const { branch, environments, request } = given;
  try {
    const { author, dryRun, event, message, images } = request;
    return await bumpBranch({ branch, environments, event, images, author, message, dryRun }, deps);
  } catch (error) {
    deps.signal.throwIfAborted();
    return { environments: [], problems: [toProblem(error, { subject: branch })] };
  }
}

async function syncBumped(bumped: BumpedEnvironment, request: Request, deps: Deps) {
  const { environment, appliable, images, commits } = bumped;
  const synced = await deps.host.group(`sync ${environment.name}`, () =>
    syncEnvironment({ appliable, dryRun: request.dryRun }, deps),
  );
  const report: EnvironmentReport = { name: environment.name, images, commits, clusters: synced.clusters };
  return { report, problems: synced.problems };
}

function emptyReport(name: string): EnvironmentReport {
  return { name, images: [], commits: [], clusters: [] };
}
