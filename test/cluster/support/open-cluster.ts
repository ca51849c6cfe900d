/** The cluster under test: the real adapter on the real API server. */
import { systemClock } from '../../../src/base/clock.ts';
import { createClusters } from '../../../src/cluster/clusters.ts';
import type { Cluster, SyncOptions, SyncResult } from '../../../src/command/adapters/cluster.ts';
import type { JsonObject } from '../../../src/core/sync/desired-object.ts';
import { desired } from './desired.ts';

export interface OpenedCluster extends AsyncDisposable {
  readonly cluster: Cluster;
  sync(objects: readonly JsonObject[], options?: Partial<SyncOptions>): Promise<SyncResult>;
}

const USER_AGENT = 'towpath-under-test';

/** The current context of the kubeconfig file. */
export async function openCluster(kubeconfig: string): Promise<OpenedCluster> {
  const clusters = createClusters({
    kubeconfig: { paths: [kubeconfig] },
    env: {},
    userAgent: USER_AGENT,
    clock: systemClock,
    mask: () => undefined,
    scratch: () => Promise.reject(new Error('no scratch directory is needed here')),
  });
  const { current } = await clusters.contexts();
  const cluster = await clusters.open(current ?? '');
  return {
    cluster,
    sync: (objects, options = {}) =>
      cluster.sync(
        objects.map((object, index) => desired(object, index + 1)),
        { dryRun: false, ...options },
      ),
    async [Symbol.asyncDispose]() {
      await cluster.close();
    },
  };
}
