/** What of an environment is to be applied: the same files to every cluster, and what commands make for each. */
import { type Problem, toProblem } from '../../base/errors.ts';
import type { EnvironmentConfig } from '../../config/config.ts';
import { filesOf, nothingWarning } from '../../core/generation/generated-manifests.ts';
import type { FileChange, SourceFile } from '../../core/manifests/source-file.ts';
import type { Clusters } from '../adapters/cluster.ts';
import type { Deps } from '../deps.ts';
import { type EnvironmentFiles, withChanges } from '../environment-manifests.ts';
import { withTreeChanges } from './changed-tree.ts';
import type { EnvironmentSources } from './environment-sources.ts';
import { generate } from './generate.ts';

export interface Appliable {
  readonly environment: EnvironmentConfig;
  readonly sources: EnvironmentSources;
  /** What the commands have made already, and of which cluster's answers; undefined where that is not what they would make now. */
  readonly made: { readonly context: string | null; readonly files: readonly SourceFile[] } | undefined;
}

/** What was read, as it will be once `changes` are in the tree. */
export function appliableAfter(read: EnvironmentFiles, changes: readonly FileChange[]): Appliable {
  const { environment, sources, context, generated } = read;
  if (changes.length === 0) {
    return { environment, sources, made: { context, files: generated.flatMap(filesOf) } };
  }
  const { files, tree } = sources;
  const changed = { ...sources, files: withChanges(files, changes), tree: withTreeChanges(tree, changes) };
  return { environment, sources: changed, made: undefined };
}

export type ClusterFiles =
  | { readonly ok: true; readonly files: readonly SourceFile[]; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The manifests for one cluster: commands are given it to ask. */
export async function filesFor(
  { environment, sources, made }: Appliable,
  { context, clusters }: { readonly context: string; readonly clusters: Clusters },
  deps: Pick<Deps, 'generators' | 'signal'>,
): Promise<ClusterFiles> {
  const { files, generations, tree } = sources;
  if (generations.length === 0) return { ok: true, files, warnings: [] };
  if (made?.context === context) return { ok: true, files: [...files, ...made.files], warnings: [] };
  try {
    const kubeconfig = await clusters.kubeconfigFor(context, deps.signal);
    const variant = `${environment.name}/${context}`;
    const generated = await generate({ generations, tree, kubeconfig, variant }, deps);
    if (!generated.ok) return generated;
    const { manifests } = generated;
    const warnings = manifests
      .flatMap((entry) => nothingWarning(entry) ?? [])
      .map((warning) => ({ ...warning, subject: context }));
    return { ok: true, files: [...files, ...manifests.flatMap(filesOf)], warnings };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { ok: false, problems: [toProblem(error, { subject: context })] };
  }
}
