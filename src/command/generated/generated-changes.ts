/** Changes of objects that commands make → changes of the files that they are made of. */
import type { Problem } from '../../base/errors.ts';
import { changesOf } from '../../core/generation/generated-manifests.ts';
import { joinChanges } from '../../core/generation/plan-patch.ts';
import type { FileChange } from '../../core/manifests/source-file.ts';
import type { Deps } from '../deps.ts';
import type { EnvironmentFiles } from '../environment-manifests.ts';
import { carryOut, type Outcome, type Updating, type WantedObjects } from './generated-updates.ts';

export interface ObjectChanges {
  /** Of files, and of generated objects under the paths of their own. */
  readonly changes: readonly FileChange[];
  readonly read: readonly EnvironmentFiles[];
  readonly updating: Updating;
}

export interface FileChanges {
  /** Of files alone. */
  readonly changes: readonly FileChange[];
  /** The files and the generated objects that change, by path. */
  readonly touched: ReadonlySet<string>;
  /** Why a generated object does not change, by its path. */
  readonly failures: ReadonlyMap<string, Problem>;
  readonly problems: readonly Problem[];
}

/**
 * What cannot be done fails all changes of its `.flux.yaml` in its environment; everything else goes on. A file that
 * several of them would leave with different texts fails all of those: nobody can tell which is right.
 */
export async function toFileChanges(
  { changes, read, updating }: ObjectChanges,
  deps: Pick<Deps, 'generators' | 'signal'>,
): Promise<FileChanges> {
  const wanted = read.flatMap((entry) =>
    entry.generated.flatMap((manifests): WantedObjects[] => {
      const own = changesOf(manifests, changes);
      return own.length === 0 ? [] : [{ read: entry, manifests, changes: own }];
    }),
  );
  const generated = new Set(wanted.flatMap((entry) => entry.changes.map(({ path }) => path)));
  const direct = changes.filter(({ path }) => !generated.has(path));
  const done: Done[] = [];
  for (const entry of wanted) done.push({ ...entry, outcome: await carryOut(entry, updating, deps) });
  return join(direct, done);
}

type Done = WantedObjects & { readonly outcome: Outcome };

function join(direct: readonly FileChange[], done: readonly Done[]): FileChanges {
  const all = joinChanges([...direct, ...done.flatMap(({ outcome }) => outcome.changes)]);
  const disputed = new Map(all.problems.map((problem) => [problem.subject, problem]));
  const failureOf = ({ outcome }: Done): Problem | undefined =>
    outcome.failure ?? outcome.changes.map(({ path }) => disputed.get(path)).find((problem) => problem !== undefined);
  const kept = done.filter((entry) => failureOf(entry) === undefined);
  const { changes } = joinChanges([...direct, ...kept.flatMap(({ outcome }) => outcome.changes)]);
  return {
    changes,
    touched: new Set([...changes, ...kept.flatMap((entry) => entry.changes)].map(({ path }) => path)),
    failures: new Map(
      done.flatMap((entry) => {
        const failure = failureOf(entry);
        return failure === undefined ? [] : entry.changes.map(({ path }) => [path, failure] as const);
      }),
    ),
    problems: [...done.flatMap(({ outcome }) => outcome.problems), ...all.problems],
  };
}
