/** Refuses what cannot or must not be begun, before anything is written. */
import { type Problem, toProblem } from '../base/errors.ts';
import { expandContexts } from '../core/sync/contexts.ts';
import type { Deps, Request } from './deps.ts';
import { callingOf } from './run.ts';

/**
 * The reasons not to run `command`: contexts that the kubeconfig does not have, or a pull request that asks for a deploy.
 * Empty where it can run. Their codes say that it is the configuration or the
 * usage that has to change: exit code 2.
 */
export async function checkRequest(
  command: 'run' | 'scan' | 'sync',
  request: Request,
  deps: Pick<Deps, 'clusters'>,
): Promise<Problem[]> {
  if (command === 'scan') return [];
  const untrusted = request.event.kind === 'pull-request' || request.event.fromFork;
  if (command === 'sync' && untrusted && !request.dryRun) return [deployFromPullRequest(request.event.name)];
  if (command === 'run' && !reachesClusters(request)) return [];
  return checkContexts(request, deps);
}

function reachesClusters({ event }: Request): boolean {
  const { kind } = callingOf(event);
  return kind === 'everything' || kind === 'sync';
}

/** Every environment's contexts, so that one run names all that are wrong. */
async function checkContexts(request: Request, deps: Pick<Deps, 'clusters'>): Promise<Problem[]> {
  const environments = request.environments.filter((environment) => environment.clusters?.length !== 0);
  if (environments.length === 0) return [];
  try {
    const known = await (await deps.clusters()).contexts();
    return environments.flatMap((environment) => {
      try {
        expandContexts(known, environment.clusters);
        return [];
      } catch (error) {
        return [asConfiguration(toProblem(error, { subject: environment.name }))];
      }
    });
  } catch (error) {
    return [asConfiguration(toProblem(error))];
  }
}

/** Which clusters there are is part of the configuration, wherever it is written. */
function asConfiguration(problem: Problem): Problem {
  return { ...problem, code: 'CONFIG_CLUSTERS' };
}

function deployFromPullRequest(event: string): Problem {
  return {
    severity: 'error',
    code: 'USAGE_EVENT',
    message: `sync does not deploy from the event ${event}: what it would apply has not been reviewed yet`,
    hint: 'Add --check or --dry-run, or let the workflow run on push.',
  };
}
