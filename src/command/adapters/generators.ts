/** What the commands need to run a repository's own generators and updaters. */
import type { Secret } from '../../base/secret.ts';
import type { RepositoryCommand } from '../../core/generation/flux-config.ts';
import type { Update } from '../../core/generation/updates.ts';
import type { FileChange, TreeEntry } from '../../core/manifests/source-file.ts';
import type { ReadResult } from './repository.ts';

/** The tree that is copied for the commands: a snapshot is one. */
export interface TreeSource {
  readonly entries: readonly TreeEntry[];
  read(paths: readonly string[], signal?: AbortSignal): Promise<ReadResult>;
  /** The targets of symbolic links by their path. */
  links(paths: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

export interface GeneratorRun {
  readonly tree: TreeSource;
  /** The `.flux.yaml`, for messages. */
  readonly configPath: string;
  /** Where the commands run, relative to the root; '' for the root itself. */
  readonly directory: string;
  readonly generators: readonly RepositoryCommand[];
  /** The text of a kubeconfig for the generators; null for none, not even that of the run. */
  readonly kubeconfig: Secret | null;
}

export interface UpdaterRun extends GeneratorRun {
  readonly updates: readonly Update[];
}

export interface UpdaterResult {
  /** Files of the tree with other bytes now. */
  readonly changes: readonly FileChange[];
  /** New files that the updaters left in the tree, and that no commit gets. */
  readonly leftBehind: readonly string[];
  /** What the generators print once the changes are made. */
  readonly outputs: readonly Uint8Array[];
}

export interface Generators {
  /**
   * What each command prints, in their order. They run in a copy of the tree that is made for them and removed
   * afterwards; the first that fails ends the run. Throws GENERATOR_* and SCRATCH_* errors.
   */
  generate(run: GeneratorRun, signal?: AbortSignal): Promise<readonly Uint8Array[]>;
  /** Runs the updaters in a copy of the tree, and then the generators in what they made of it. Throws UPDATER_* errors too. */
  update(run: UpdaterRun, signal?: AbortSignal): Promise<UpdaterResult>;
}
