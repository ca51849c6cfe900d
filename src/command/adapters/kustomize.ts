/** What the commands need to know what kustomizations make. */
import type { Problem } from '../../base/errors.ts';
import type { TreeSource } from './generators.ts';

export interface KustomizeRun {
  readonly tree: TreeSource;
  /** Of the tree, each with a kustomization; '' for the root. */
  readonly directories: readonly string[];
}

/** `built`: the objects as one stream of YAML. A build that fails costs its own directory only. */
export type KustomizeBuild =
  | { readonly kind: 'built'; readonly directory: string; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly directory: string; readonly problem: Problem };

export interface Kustomize {
  /**
   * What `kustomize build` prints for each directory, in their order, without plugins and without Helm. It runs in a copy
   * of the tree that is removed afterwards; remote bases are fetched, without credentials. Throws SCRATCH_* errors.
   */
  build(run: KustomizeRun, signal?: AbortSignal): Promise<readonly KustomizeBuild[]>;
}
