/** `towpath sync`: applies environments to their clusters, without asking any registry. */
import { type Problem, toProblem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import type { EnvironmentReport } from '../core/report/report.ts';
import type { Snapshot } from './adapters/repository.ts';
import { branchOf } from './branches.ts';
import type { Deps, Request, Result } from './deps.ts';
import { findSources } from './generated/environment-sources.ts';
import { syncEnvironment } from './sync-environment.ts';

type SyncDeps = Pick<Deps, 'repository' | 'clusters' | 'generators' | 'host' | 'signal'>;

/** On a terminal the working tree is applied; in a workflow, the head of each environment's branch. */
export async function sync(request: Request, deps: SyncDeps): Promise<Result> {
  const fromTree = request.event.kind === 'terminal' || request.event.kind === 'pull-request';
  const tree = fromTree ? await deps.repository.workTree(deps.signal) : null;
  const environments: EnvironmentReport[] = [];
  const problems: Problem[] = [];
  for (const environment of request.environments) {
    const done = await syncOne({ environment, tree, request }, deps);
    environments.push(done.report);
    for (const problem of done.problems) problems.push(problem);
  }
  return { environments, problems };
}

interface OneSync {
  readonly environment: EnvironmentConfig;
  readonly tree: Snapshot | null;
  readonly request: Request;
}

async function syncOne(
  given: OneSync,
  deps: SyncDeps,
): Promise<{ report: EnvironmentReport; problems: readonly Problem[] }> {
  const { environment, request } = given;
  const { dryRun, event } = request;
  return deps.host.group(`sync ${environment.name}`, async () => {
    try {
      const snapshot = given.tree ?? (await deps.repository.branchHead(await branchOf(environment, deps), deps.signal));
      const sources = await findSources({ snapshot, environment, event }, deps.signal);
      const synced = await syncEnvironment({ appliable: { environment, sources, made: undefined }, dryRun }, deps);
      const report = { name: environment.name, images: [], commits: [], clusters: synced.clusters };
      return { report, problems: [...sources.problems, ...synced.problems] };
    } catch (error) {
      deps.signal.throwIfAborted();
      const report = { name: environment.name, images: [], commits: [], clusters: [] };
      return { report, problems: [toProblem(error, { subject: environment.name })] };
    }
  });
}
