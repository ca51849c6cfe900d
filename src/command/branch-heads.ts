/** The environments by the branches that they live on, each branch read once. */
import type { EnvironmentConfig } from '../config/config.ts';
import type { Snapshot } from './adapters/repository.ts';
import { branchOf } from './branches.ts';
import type { Deps } from './deps.ts';
import { type EnvironmentFiles, readEnvironment } from './environment-manifests.ts';

type HeadDeps = Pick<Deps, 'repository' | 'signal'>;

export interface BranchHead {
  readonly branch: string;
  readonly snapshot: Snapshot;
  readonly environments: readonly EnvironmentFiles[];
}

/** The heads of all branches, in the order in which the environments name them. Throws what reading a branch throws. */
export async function readBranchHeads(
  environments: readonly EnvironmentConfig[],
  deps: HeadDeps,
): Promise<readonly BranchHead[]> {
  const branches = new Map<string, EnvironmentConfig[]>();
  for (const environment of environments) {
    const branch = await branchOf(environment, deps);
    branches.set(branch, [...(branches.get(branch) ?? []), environment]);
  }
  const heads: BranchHead[] = [];
  for (const [branch, members] of branches) heads.push(await readBranchHead({ branch, environments: members }, deps));
  return heads;
}

/** The head of one branch as it is now. */
export async function readBranchHead(
  { branch, environments }: { readonly branch: string; readonly environments: readonly EnvironmentConfig[] },
  deps: HeadDeps,
): Promise<BranchHead> {
  const snapshot = await deps.repository.branchHead(branch, deps.signal);
  const read = await Promise.all(environments.map((entry) => readEnvironment(snapshot, entry, deps.signal)));
  return { branch, snapshot, environments: read };
}
