/** The manifests of one environment at one snapshot. */
import type { Problem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import type { Placed } from '../core/images/image-use.ts';
import { type SelectedPaths, selectManifestPaths } from '../core/manifests/select-paths.ts';
import type { FileChange, SourceFile } from '../core/manifests/source-file.ts';
import type { ReadResult, Snapshot } from './adapters/repository.ts';

export interface EnvironmentFiles {
  readonly environment: EnvironmentConfig;
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

/** Reads the manifest files below the environment's paths: `.yaml` and `.yml`, Helm charts left out. */
export async function readEnvironment(
  snapshot: Snapshot,
  environment: EnvironmentConfig,
  signal: AbortSignal,
): Promise<EnvironmentFiles> {
  const selected = environment.paths.map((path) => selectPlaced(snapshot, path));
  const paths = [...new Set(selected.flatMap((entry) => entry.paths))].sort();
  const read: ReadResult = await snapshot.read(paths, signal);
  return {
    environment,
    files: read.files,
    problems: [...selected.flatMap((entry) => entry.problems), ...read.problems],
  };
}

/** A path that matches nothing is a mistake of the configuration: its problem points there. */
function selectPlaced(snapshot: Snapshot, path: Placed<string>): SelectedPaths {
  const selected = selectManifestPaths(snapshot.entries, [path.value]);
  return {
    paths: selected.paths,
    problems: selected.problems.map((problem) => ({ ...problem, position: path.position })),
  };
}

/** The files as they are once `changes` are in place: what a planned commit would hold. */
export function withChanges(files: readonly SourceFile[], changes: readonly FileChange[]): SourceFile[] {
  const changed = new Map(changes.map((change) => [change.path, change.bytes]));
  return files.map((file) => ({ path: file.path, bytes: changed.get(file.path) ?? file.bytes }));
}
