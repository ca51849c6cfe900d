/** The manifests of environments at one snapshot, those that commands make included. */
import { mapConcurrent } from '../base/concurrency.ts';
import type { Problem } from '../base/errors.ts';
import type { Secret } from '../base/secret.ts';
import type { EnvironmentConfig } from '../config/config.ts';
import { filesOf, type GeneratedManifests, nothingWarning } from '../core/generation/generated-manifests.ts';
import type { ImageFile } from '../core/images/locate/image-file.ts';
import type { FileChange, SourceFile } from '../core/manifests/source-file.ts';
import type { RunEvent } from '../host/event.ts';
import type { Snapshot } from './adapters/repository.ts';
import type { Deps } from './deps.ts';
import { type EnvironmentSources, findSources, refused, type SourcesInput } from './generated/environment-sources.ts';
import { generate } from './generated/generate.ts';
import { kubeconfigForScan } from './generated/scan-kubeconfig.ts';

export interface EnvironmentFiles {
  readonly environment: EnvironmentConfig;
  /** Its manifests: files of the tree, and the objects that commands make, each as a file that is in no tree. */
  readonly files: readonly SourceFile[];
  /** Files that hold images and are not applied: kustomizations, Helm values. Some of them are among `files` too. */
  readonly imageFiles: readonly ImageFile[];
  /** What commands made; its objects are among `files`. */
  readonly generated: readonly GeneratedManifests[];
  /** The cluster that the commands could ask; null for none. */
  readonly context: string | null;
  readonly kubeconfig: Secret | null;
  readonly sources: EnvironmentSources;
  readonly problems: readonly Problem[];
}

/** What reading environments takes; the commands of a `.flux.yaml` are run where the environment allows it. */
export type ReadDeps = Pick<Deps, 'generators' | 'clusters' | 'signal'>;

/** Environments whose commands run at the same time: each has a copy of the tree. */
const ENVIRONMENTS_AT_ONCE = 2;

/** The manifests of each environment, in their order. */
export async function readEnvironments(
  given: {
    readonly snapshot: Snapshot;
    readonly environments: readonly EnvironmentConfig[];
    readonly event: Pick<RunEvent, 'fromFork'>;
  },
  deps: ReadDeps,
): Promise<readonly EnvironmentFiles[]> {
  const { snapshot, environments, event } = given;
  return mapConcurrent(environments, ENVIRONMENTS_AT_ONCE, (environment) =>
    readEnvironment({ snapshot, environment, event }, deps),
  );
}

/**
 * The files below the environment's paths, and what the commands of its `.flux.yaml` files print. Where those may not
 * run, or one of them fails, the environment has no manifests at all, and a problem says why.
 */
export async function readEnvironment(given: SourcesInput, deps: ReadDeps): Promise<EnvironmentFiles> {
  const sources = await findSources(given, deps.signal);
  if (sources.generations.length === 0) return withoutCommands(sources);
  const { environment, tree, generations, problems } = sources;
  const { context, kubeconfig, missing } = await kubeconfigForScan(environment, deps);
  const made = await generate({ generations, tree, kubeconfig, variant: environment.name }, deps);
  if (!made.ok) {
    // They may have failed for want of it.
    const cause: Problem[] = missing === undefined ? [] : [{ ...missing, severity: 'warning' }];
    return withoutCommands(refused({ environment, tree, problems: [...problems, ...made.problems, ...cause] }));
  }
  const generated = made.manifests;
  const files = [...sources.files, ...generated.flatMap(filesOf)];
  const warnings = generated.flatMap((manifests) => nothingWarning(manifests) ?? []);
  return { ...withoutCommands(sources), files, generated, context, kubeconfig, problems: [...problems, ...warnings] };
}

function withoutCommands(sources: EnvironmentSources): EnvironmentFiles {
  const { environment, files, imageFiles, problems } = sources;
  return { environment, files, imageFiles, generated: [], context: null, kubeconfig: null, sources, problems };
}

/** The files of several environments to look for images in, each once for each kind of images. */
export function imageFilesOf(read: readonly Pick<EnvironmentFiles, 'files' | 'imageFiles'>[]): ImageFile[] {
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
