/** Where a plan looks back: the history of the files that images stand in. */
import type { PastCommit, Snapshot } from './adapters/repository.ts';
import type { Deps } from './deps.ts';
import type { EnvironmentFiles } from './environment-manifests.ts';

export interface LookBack {
  /** The file of the tree that tells what stood at `path` before: of an object that commands make, the patch file. */
  fileOf(path: string): string | undefined;
  history(paths: readonly string[]): Promise<readonly PastCommit[]>;
}

/** Commits of the branch that are looked at: what was set back before them is not noticed any more. */
const MOST_COMMITS = 500;

export function lookBackFrom(
  { snapshot, read }: { readonly snapshot: Snapshot; readonly read: readonly Pick<EnvironmentFiles, 'generated'>[] },
  deps: Pick<Deps, 'repository' | 'signal'>,
): LookBack {
  const generated = new Map(
    read.flatMap((entry) =>
      entry.generated.flatMap(({ documents, generation }) =>
        documents.map(({ file }) => [file.path, generation.patchPath] as const),
      ),
    ),
  );
  return {
    fileOf: (path) => (generated.has(path) ? generated.get(path) : path),
    history: (paths) => deps.repository.history({ snapshot, paths, limit: MOST_COMMITS }, deps.signal),
  };
}
