/** What the manifests of one environment come from: files of a tree, and commands that make more of them. */
import type { Problem } from '../../base/errors.ts';
import type { EnvironmentConfig } from '../../config/config.ts';
import { findGeneration } from '../../core/generation/find-generation.ts';
import { type Generation, planGeneration } from '../../core/generation/generation.ts';
import { refuseGeneration } from '../../core/generation/permission.ts';
import { type ImageFile, selectImagePaths } from '../../core/images/locate/image-file.ts';
import type { Placed } from '../../core/images/locate/image-use.ts';
import { type SelectedPaths, selectManifestPaths } from '../../core/manifests/select-paths.ts';
import type { SourceFile } from '../../core/manifests/source-file.ts';
import type { RunEvent } from '../../host/event.ts';
import type { ReadResult, Snapshot } from '../adapters/repository.ts';

export interface EnvironmentSources {
  readonly environment: EnvironmentConfig;
  readonly tree: Snapshot;
  /** Manifests that are files. */
  readonly files: readonly SourceFile[];
  /** Files that hold images and are not applied: kustomizations, Helm values. Some of them are among `files` too. */
  readonly imageFiles: readonly ImageFile[];
  /** The commands that make the other manifests. */
  readonly generations: readonly Generation[];
  /** Nobody knows what its manifests are, or may find out: none of them is looked at, changed or applied. */
  readonly refused: boolean;
  readonly problems: readonly Problem[];
}

export interface SourcesInput {
  readonly snapshot: Snapshot;
  readonly environment: EnvironmentConfig;
  readonly event: Pick<RunEvent, 'fromFork'>;
}

/**
 * Reads the manifest files below the environment's paths: `.yaml` and `.yml`, Helm charts left out. Where a `.flux.yaml`
 * says that commands make the manifests of a path, the files below are their ingredients and are not read. Runs nothing.
 */
export async function findSources(given: SourcesInput, signal: AbortSignal): Promise<EnvironmentSources> {
  const { snapshot, environment } = given;
  const found = await findCommands(given, signal);
  const { generations } = found;
  if (found.problems.some(({ severity }) => severity === 'error')) {
    return refused({ environment, tree: snapshot, problems: found.problems });
  }
  const paths = environment.paths.filter(({ value }) => found.raw.has(value));
  const read = await readFiles({ snapshot, paths, values: environment.values }, signal);
  const problems = [...found.problems, ...read.problems];
  const { files, imageFiles } = read;
  return { environment, tree: snapshot, files, imageFiles, generations, refused: false, problems };
}

/** The sources of an environment that is left alone. */
export function refused(given: Pick<EnvironmentSources, 'environment' | 'tree' | 'problems'>): EnvironmentSources {
  return { ...given, files: [], imageFiles: [], generations: [], refused: true };
}

interface FoundCommands {
  readonly generations: readonly Generation[];
  /** Paths that hold files. */
  readonly raw: ReadonlySet<string>;
  /** An error among them: nothing of the environment can be read. */
  readonly problems: readonly Problem[];
}

async function findCommands(given: SourcesInput, signal: AbortSignal): Promise<FoundCommands> {
  const { snapshot, environment, event } = given;
  const { governed, raw } = findGeneration(
    snapshot.entries,
    environment.paths.map((path) => path.value),
  );
  if (governed.length === 0) return { generations: [], raw: new Set(raw), problems: [] };
  const read = await snapshot.read([...new Set(governed.map((entry) => entry.configPath))], signal);
  const plan = planGeneration(governed, read.files);
  const refusals = plan.generations.flatMap(
    (generation) =>
      refuseGeneration({
        generation,
        environment: environment.name,
        allowed: environment.generators,
        fromFork: event.fromFork,
      }) ?? [],
  );
  const problems = [...read.problems, ...plan.problems, ...refusals];
  return { generations: plan.generations, raw: new Set([...raw, ...plan.raw]), problems };
}

interface FilesInput {
  readonly snapshot: Snapshot;
  readonly paths: readonly Placed<string>[];
  readonly values: EnvironmentConfig['values'];
}

async function readFiles({ snapshot, paths, values }: FilesInput, signal: AbortSignal) {
  const selected = paths.map((path) => selectPlaced(snapshot, path));
  const images = selectImagePaths(snapshot.entries, { below: paths.map((path) => path.value), values });
  const manifests = new Set(selected.flatMap((entry) => entry.paths));
  const all = [...new Set([...manifests, ...images.paths.map(({ path }) => path)])].sort();
  const read: ReadResult = await snapshot.read(all, signal);
  const byPath = new Map(read.files.map((file) => [file.path, file]));
  return {
    files: read.files.filter((file) => manifests.has(file.path)),
    imageFiles: images.paths.flatMap(({ path, kind }): ImageFile[] => {
      const file = byPath.get(path);
      return file === undefined ? [] : [{ file, kind }];
    }),
    problems: [...selected.flatMap((entry) => entry.problems), ...images.problems, ...read.problems],
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
