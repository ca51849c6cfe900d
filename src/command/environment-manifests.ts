/** The manifests of one environment at one snapshot. */
import type { Problem } from '../base/errors.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import { findGeneration } from '../core/generation/find-generation.ts';
import { type Generation, planGeneration } from '../core/generation/generation.ts';
import { type ImageFile, selectImagePaths } from '../core/images/image-file.ts';
import type { Placed } from '../core/images/image-use.ts';
import { type SelectedPaths, selectManifestPaths } from '../core/manifests/select-paths.ts';
import type { FileChange, SourceFile } from '../core/manifests/source-file.ts';
import type { ReadResult, Snapshot } from './adapters/repository.ts';

export interface EnvironmentFiles {
  readonly environment: EnvironmentConfig;
  readonly files: readonly SourceFile[];
  /** Files that hold images and are not applied: kustomizations, Helm values. Some of them are among `files` too. */
  readonly imageFiles: readonly ImageFile[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the manifest files below the environment's paths: `.yaml` and `.yml`, Helm charts left out. Where a `.flux.yaml`
 * says that commands make the manifests, the files below are their ingredients: none is read, and a problem says so.
 */
export async function readEnvironment(
  snapshot: Snapshot,
  environment: EnvironmentConfig,
  signal: AbortSignal,
): Promise<EnvironmentFiles> {
  const generated = await findGenerated(snapshot, environment, signal);
  if (generated.length > 0) return { environment, files: [], imageFiles: [], problems: generated };
  const selected = environment.paths.map((path) => selectPlaced(snapshot, path));
  const images = selectImagePaths(snapshot.entries, {
    below: environment.paths.map((path) => path.value),
    values: environment.values,
  });
  const manifests = new Set(selected.flatMap((entry) => entry.paths));
  const paths = [...new Set([...manifests, ...images.paths.map(({ path }) => path)])].sort();
  const read: ReadResult = await snapshot.read(paths, signal);
  const byPath = new Map(read.files.map((file) => [file.path, file]));
  return {
    environment,
    files: read.files.filter((file) => manifests.has(file.path)),
    imageFiles: images.paths.flatMap(({ path, kind }) => {
      const file = byPath.get(path);
      return file === undefined ? [] : [{ file, kind }];
    }),
    problems: [...selected.flatMap((entry) => entry.problems), ...images.problems, ...read.problems],
  };
}

/** The reasons why the environment's files must not be taken for its manifests; empty where they are. */
async function findGenerated(
  snapshot: Snapshot,
  environment: EnvironmentConfig,
  signal: AbortSignal,
): Promise<readonly Problem[]> {
  const { governed } = findGeneration(
    snapshot.entries,
    environment.paths.map((path) => path.value),
  );
  if (governed.length === 0) return [];
  const read = await snapshot.read([...new Set(governed.map((entry) => entry.configPath))], signal);
  const plan = planGeneration(governed, read.files);
  const errors = [...read.problems, ...plan.problems].filter((problem) => problem.severity === 'error');
  return [...errors, ...plan.generations.map((generation) => generatedProblem(environment.name, generation))];
}

function generatedProblem(environment: string, { config }: Generation): Problem {
  return {
    severity: 'error',
    code: 'GENERATION_UNSUPPORTED',
    message: `the manifests of ${environment} are made by commands (${config.kind}), which are not run yet: nothing of it is changed or applied`,
    position: config.position,
    hint: 'Commit what the commands print, or set `scanForFiles: {}` in the .flux.yaml if its directory holds plain manifests.',
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

/** The files of several environments to look for images in, each once for each kind of images. */
export function imageFilesOf(read: readonly EnvironmentFiles[]): ImageFile[] {
  const files = new Map<string, ImageFile>();
  for (const entry of read) {
    for (const file of entry.files) files.set(`objects ${file.path}`, { file, kind: 'objects' });
    for (const found of entry.imageFiles) files.set(`${found.kind} ${found.file.path}`, found);
  }
  return [...files.values()];
}

/** The paths of an environment's files, each once. */
export function pathsOf({ files, imageFiles }: EnvironmentFiles): readonly string[] {
  return [...new Set([...files, ...imageFiles.map(({ file }) => file)].map(({ path }) => path))];
}

/** The files as they are once `changes` are in place: what a planned commit would hold. */
export function withChanges(files: readonly SourceFile[], changes: readonly FileChange[]): SourceFile[] {
  const changed = new Map(changes.map((change) => [change.path, change.bytes]));
  return files.map((file) => ({ path: file.path, bytes: changed.get(file.path) ?? file.bytes }));
}
