/** Where a plan looks back: the history of the files that images stand in. */
import { patchedBy } from '../../core/generation/apply-patches.ts';
import { type PatchFile, readPatchFile } from '../../core/generation/patch-file.ts';
import type { SourceFile } from '../../core/manifests/source-file.ts';
import type { PastCommit, Snapshot } from '../adapters/repository.ts';
import type { Deps } from '../deps.ts';
import type { EnvironmentFiles } from '../environment-manifests.ts';

export interface LookBack {
  /** The file of the tree that tells what stood at `path` before: of an object that commands make, the patch file. */
  fileOf(path: string): string;
  /** False for objects whose updates are whatever their commands do: of those commits alone can tell. */
  isFollowed(path: string): boolean;
  /**
   * What stood at `path` when that file had these bytes, or was not there: an object is what the commands print now, with
   * the patches of then. Undefined where nobody can tell.
   */
  pastOf(path: string, bytes: Uint8Array | null): SourceFile | undefined;
  history(paths: readonly string[]): Promise<readonly PastCommit[]>;
}

/** Commits of the branch that are looked at: what was set back before them is not noticed any more. */
const MOST_COMMITS = 500;

export function lookBackFrom(
  { snapshot, read }: { readonly snapshot: Snapshot; readonly read: readonly Pick<EnvironmentFiles, 'generated'>[] },
  deps: Pick<Deps, 'repository' | 'signal'>,
): LookBack {
  const objects = new Map(
    read.flatMap((entry) =>
      entry.generated.flatMap(({ generated, generation: { patchPath, configPath } }) =>
        generated.map((document) => [document.file.path, { document, patchPath, configPath }] as const),
      ),
    ),
  );
  const patchPaths = new Set([...objects.values()].map(({ patchPath }) => patchPath));
  const patches = rememberPatches();
  return {
    fileOf: (path) => {
      const object = objects.get(path);
      return object === undefined ? path : (object.patchPath ?? object.configPath);
    },
    isFollowed: (path) => objects.get(path)?.patchPath !== undefined || !objects.has(path),
    pastOf: (path, bytes) => {
      const object = objects.get(path);
      if (object === undefined) return bytes === null ? undefined : { path, bytes };
      if (object.patchPath === undefined) return undefined;
      if (bytes === null) return object.document.file;
      const patch = patches({ path: object.patchPath, bytes });
      return patch === undefined ? undefined : patchedBy(object.document, patch);
    },
    history: async (paths) => {
      const commits = await deps.repository.history({ snapshot, paths, limit: MOST_COMMITS }, deps.signal);
      return paths.filter((path) => patchPaths.has(path)).reduce(beforeIt, commits);
    },
  };
}

/** Several objects have their patches in the same file, and several commits may leave it with the same bytes. */
function rememberPatches(): (file: SourceFile) => PatchFile | undefined {
  const known = new WeakMap<Uint8Array, PatchFile | undefined>();
  return (file) => {
    if (!known.has(file.bytes)) {
      const read = readPatchFile(file);
      known.set(file.bytes, read.ok ? read.file : undefined);
    }
    return known.get(file.bytes);
  };
}

/** The commits with a word on the last one in which there was no such file yet, as far as they go: its objects were as they are made. */
function beforeIt(commits: readonly PastCommit[], path: string): readonly PastCommit[] {
  const before = commits.findLastIndex(({ files }) => files.has(path)) + 1;
  if (before === 0 || commits.length >= MOST_COMMITS) return commits;
  return commits.map((commit, index) =>
    index === before ? { ...commit, files: new Map([...commit.files, [path, null]]) } : commit,
  );
}
