/** The environments by the branches that they live on, each branch read once. */
import type { Problem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import type { RunEvent } from '../host/event.ts';
import type { Snapshot } from './adapters/repository.ts';
import { branchOf } from './branches.ts';
import type { Deps } from './deps.ts';
import { type EnvironmentFiles, type ReadDeps, readEnvironments } from './environment-manifests.ts';

type HeadDeps = Pick<Deps, 'repository'> & ReadDeps;

export interface BranchHead {
  readonly branch: string;
  /** What the run is for: it decides whether commands may run. */
  readonly event: RunEvent;
  readonly snapshot: Snapshot;
  readonly environments: readonly EnvironmentFiles[];
}

/** The heads of all branches, in the order in which the environments name them. Throws what reading a branch throws. */
export async function readBranchHeads(
  { environments, event }: { readonly environments: readonly EnvironmentConfig[]; readonly event: RunEvent },
  deps: HeadDeps,
): Promise<readonly BranchHead[]> {
  const branches = new Map<string, EnvironmentConfig[]>();
  for (const environment of environments) {
    const branch = await branchOf(environment, deps);
    branches.set(branch, [...(branches.get(branch) ?? []), environment]);
  }
  const heads: BranchHead[] = [];
  for (const [branch, members] of branches) {
    heads.push(await readBranchHead({ branch, environments: members, event }, deps));
  }
  return heads;
}

/** Why some of the environments cannot be read at all: what is not found may be in one of them. */
export function refusalsOf(heads: readonly BranchHead[]): Problem[] {
  return heads.flatMap(({ environments }) =>
    environments.flatMap(({ sources, problems }) => (sources.refused ? problems : [])),
  );
}

export interface HeadRequest {
  readonly branch: string;
  readonly environments: readonly EnvironmentConfig[];
  readonly event: RunEvent;
}

/** The head of one branch as it is now. */
export async function readBranchHead(request: HeadRequest, deps: HeadDeps): Promise<BranchHead> {
  const snapshot = await deps.repository.branchHead(request.branch, deps.signal);
  return { ...request, snapshot, environments: await readEnvironments({ ...request, snapshot }, deps) };
}
