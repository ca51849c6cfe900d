/** Which cluster the commands of an environment may ask while its images are looked at. */
import { type Problem, toProblem } from '../../base/errors.ts';
import type { Secret } from '../../base/secret.ts';
import type { EnvironmentConfig } from '../../config/config.ts';
import { expandContexts } from '../../core/sync/contexts.ts';
import type { Deps } from '../deps.ts';

export interface ScanKubeconfig {
  /** The first of the environment; null where there is none, or none can be reached. */
  readonly context: string | null;
  readonly kubeconfig: Secret | null;
  /** Why there is none although the environment has clusters: commands that need none work all the same. */
  readonly missing: Problem | undefined;
}

export async function kubeconfigForScan(
  environment: EnvironmentConfig,
  deps: Pick<Deps, 'clusters' | 'signal'>,
): Promise<ScanKubeconfig> {
  const none = { context: null, kubeconfig: null };
  if (environment.clusters?.length === 0) return { ...none, missing: undefined };
  try {
    const clusters = await deps.clusters();
    const [context] = expandContexts(await clusters.contexts(), environment.clusters);
    if (context === undefined) return { ...none, missing: undefined };
    return { context, kubeconfig: await clusters.kubeconfigFor(context, deps.signal), missing: undefined };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { ...none, missing: toProblem(error, { subject: environment.name }) };
  }
}
