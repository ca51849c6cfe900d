/** `towpath scan`: plans the bumps of the working tree and, with `--write`, edits its files. */
import type { CommitRow } from '../core/report/report.ts';
import { rowsOf } from './bump-branch.ts';
import type { Deps, Request, Result } from './deps.ts';
import { type ReadDeps, readEnvironments } from './environment-manifests.ts';
import { bumpsInFiles } from './generated/generated-bumps.ts';
import { planEnvironments } from './images/plan-environments.ts';

const NO_COMMITS: readonly CommitRow[] = [];

/** Looks at whatever is checked out and edits it there, unless it is a dry run. */
export async function scan(
  request: Request,
  deps: Pick<Deps, 'repository' | 'registries' | 'clock' | 'kustomize'> & ReadDeps,
): Promise<Result> {
  const snapshot = await deps.repository.workTree(deps.signal);
  const read = await readEnvironments({ ...request, snapshot }, deps);
  const images = await planEnvironments({ ...request, snapshot, read }, deps);
  const plan = await bumpsInFiles(images, read, deps);
  if (!request.dryRun && plan.changes.length > 0) {
    await deps.repository.write(plan.changes, deps.signal);
  }
  return {
    environments: read.map((entry) => ({
      name: entry.environment.name,
      images: rowsOf(entry, plan),
      commits: NO_COMMITS,
      clusters: [],
    })),
    problems: [...read.flatMap((entry) => entry.problems), ...plan.problems],
  };
}
