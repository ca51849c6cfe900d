/** Bumps of generated objects, carried through to the files that they are made of. */
import type { Problem } from '../../base/errors.ts';
import { planUpdates, unfinishedUpdates } from '../../core/generation/updates.ts';
import { type Bump, still } from '../../core/images/bump.ts';
import type { FileChange } from '../../core/manifests/source-file.ts';
import type { Deps } from '../deps.ts';
import type { EnvironmentFiles } from '../environment-manifests.ts';
import { toFileChanges } from './generated-changes.ts';

/** Bumps by the file or the generated object that they are in, and the edits that they come to. */
export interface BumpPlan {
  readonly bumps: ReadonlyMap<string, readonly Bump[]>;
  readonly changes: readonly FileChange[];
  readonly problems: readonly Problem[];
}

export interface FilePlan extends BumpPlan {
  /** The files and the generated objects that change, by path. */
  readonly touched: ReadonlySet<string>;
}

/** The plan with changes of files alone. Bumps that cannot be carried through have failed, with the reason. */
export async function bumpsInFiles(
  plan: BumpPlan,
  read: readonly EnvironmentFiles[],
  deps: Pick<Deps, 'generators' | 'signal'>,
): Promise<FilePlan> {
  const rows = new Map([...plan.bumps].map(([path, bumps]) => [path, bumps.map(({ row }) => row)]));
  const done = await toFileChanges(
    {
      changes: plan.changes,
      read,
      updating: {
        plan: (manifests) => planUpdates(manifests, rows),
        unfinished: (manifests, after) => unfinishedUpdates(manifests, { rows, after }),
      },
    },
    deps,
  );
  const bumps = new Map(
    [...plan.bumps].map(([path, members]) => {
      const reason = done.failures.get(path)?.message;
      return [path, reason === undefined ? members : members.map((bump) => failBump(bump, reason))];
    }),
  );
  const problems = [...plan.problems, ...done.problems];
  return { bumps, changes: done.changes, touched: done.touched, problems };
}

function failBump(bump: Bump, reason: string): Bump {
  return bump.edits.length === 0 ? bump : still(bump.use, 'failed', reason, bump.warnings);
}
