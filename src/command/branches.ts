/** Which branch an environment lives on. */
import { TowpathError } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import type { Deps } from './deps.ts';

/** The configured branch, else the one checked out. Throws BRANCH_UNKNOWN where there is neither. */
export async function branchOf(
  environment: EnvironmentConfig,
  deps: Pick<Deps, 'repository' | 'signal'>,
): Promise<string> {
  const branch = environment.branch ?? (await deps.repository.currentBranch(deps.signal));
  if (branch !== null) return branch;
  throw new TowpathError('BRANCH_UNKNOWN', `environment ${environment.name} names no branch and none is checked out`, {
    subject: environment.name,
    hint: `Set environments.${environment.name}.branch in the config, or check out a branch.`,
  });
}
