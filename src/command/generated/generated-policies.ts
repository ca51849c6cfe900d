/** Policies of generated workloads, carried through to the files that they are made of. */
import { planPolicyUpdates, unfinishedPolicies, type WantedPolicies } from '../../core/generation/policy-updates.ts';
import type { FileChange } from '../../core/manifests/source-file.ts';
import type { Deps } from '../deps.ts';
import type { EnvironmentFiles } from '../environment-manifests.ts';
import { type FileChanges, toFileChanges } from './generated-changes.ts';
import type { Updating } from './generated-updates.ts';

export interface PolicyEdits {
  /** Of files and of generated objects. */
  readonly changes: readonly FileChange[];
  /** What those of objects set and drop, for commands that do it. */
  readonly wanted: WantedPolicies;
  readonly read: readonly EnvironmentFiles[];
}

/** The edits as changes of files alone; what cannot be done is an error among the problems. */
export function policiesInFiles(
  { changes, wanted, read }: PolicyEdits,
  deps: Pick<Deps, 'generators' | 'signal'>,
): Promise<FileChanges> {
  const updating: Updating = {
    plan: (manifests) => planPolicyUpdates(manifests, wanted),
    unfinished: (manifests, after) => unfinishedPolicies(manifests, { wanted, after }),
  };
  return toFileChanges({ changes, read, updating }, deps);
}
