/** What the commands need of clusters. */
import type { Problem } from '../../base/errors.ts';
import type { Secret } from '../../base/secret.ts';
import type { ObjectRow } from '../../core/report/report.ts';
import type { DesiredObject } from '../../core/sync/desired-object.ts';

export interface SyncOptions {
  /** Nothing is written: rows say what would happen. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called after each object, for progress. */
  readonly onRow?: ((row: ObjectRow, done: number, total: number) => void) | undefined;
}

export interface SyncResult {
  /** In the order of application. */
  readonly rows: readonly ObjectRow[];
  /** Warnings of the API server and the like. */
  readonly problems: readonly Problem[];
}

export interface Cluster {
  /** The kubeconfig context. */
  readonly name: string;
  /** HTTP requests sent so far, retries included. */
  requests(): number;
  /** Makes the cluster match `objects`. One bad object does not stop the others; nothing is deleted. */
  sync(objects: readonly DesiredObject[], options: SyncOptions): Promise<SyncResult>;
  close(): Promise<void>;
}

export interface Clusters {
  /** Context names of the kubeconfig in its order, and the current one. Throws KUBECONFIG_* errors. */
  contexts(): Promise<{ readonly names: readonly string[]; readonly current: string | null }>;
  open(context: string): Promise<Cluster>;
  /** A kubeconfig of this context alone, its credential written out: for commands of the repository that ask the cluster. */
  kubeconfigFor(context: string, signal?: AbortSignal): Promise<Secret>;
}
