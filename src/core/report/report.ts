/**
 * What a run did, as data. `--json` writes this value as it is; `schema/report.schema.json` describes it.
 * People script against these names: add, never rename.
 */
import type { Problem } from '../../base/errors.ts';

export type Outcome = 'unchanged' | 'changed' | 'failed';

export type ImageAction = 'updated' | 'unchanged' | 'skipped' | 'failed';

/** One container's image. `from` and `to` are tags (`tag@sha256:…` where the manifest has a digest), equal where nothing changes. */
export interface ImageRow {
  /** `Kind/namespace/name`, or `Kind/name` where the manifest names no namespace. */
  readonly subject: string;
  readonly container: string;
  /** The image's name as written, without tag and digest. */
  readonly image: string;
  readonly from: string;
  readonly to: string;
  readonly action: ImageAction;
  /** Empty only for `updated`. */
  readonly reason: string;
}

export type ObjectAction = 'created' | 'configured' | 'unchanged' | 'deleted' | 'skipped' | 'failed';

/** One object of a cluster. `reason` is empty where the action says it all. */
export interface ObjectRow {
  readonly subject: string;
  readonly action: ObjectAction;
  readonly reason: string;
}

/** A commit of this run. `sha` is empty for one that `--dry-run` or `--check` only planned. */
export interface CommitRow {
  readonly sha: string;
  readonly branch: string;
  /** The whole commit message. */
  readonly message: string;
}

export interface ClusterReport {
  /** The kubeconfig context. */
  readonly name: string;
  readonly objects: readonly ObjectRow[];
  /** Every HTTP request sent to the API server, retries included. */
  readonly requests: number;
}

export interface EnvironmentReport {
  readonly name: string;
  readonly images: readonly ImageRow[];
  readonly commits: readonly CommitRow[];
  readonly clusters: readonly ClusterReport[];
}

export interface RequestCount {
  /** Every HTTP request sent to it, retries included; a registry's token service does not count. */
  readonly requests: number;
}

export interface Report {
  readonly command: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** True for `--dry-run` and `--check`: rows then say what would happen. */
  readonly dryRun: boolean;
  readonly environments: readonly EnvironmentReport[];
  /** By the registry's name in image references. */
  readonly registries: Readonly<Record<string, RequestCount>>;
  readonly github: RequestCount;
  readonly problems: readonly Problem[];
}
