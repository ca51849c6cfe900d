/**
 * What a run did, as data. `--json` writes this value as it is; `schema/report.schema.json` describes it.
 * People script against these names: add, never rename.
 */
import type { Position, Problem } from '../../base/errors.ts';

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
  /** Why, in one clause: of `updated`, what the new tag is (`the highest version in the range '~1.4'`). */
  readonly reason: string;
  /** What was followed; absent where nothing was asked. */
  readonly policy?: PolicyRow;
  /** Tags above the one that the image is left with; absent where there are none. */
  readonly rejected?: PassedOver;
  /** Where the new image was built from; absent where its labels do not say. */
  readonly source?: SourceRow;
  /** `new`: the commit of this run puts the image on hold. */
  readonly hold?: 'new';
}

/** `default` is what an automated container without a filter follows. */
export interface PolicyRow {
  /** As it was written. */
  readonly text: string;
  readonly from: 'annotation' | 'marker' | 'rule' | 'default';
  /** The ImagePolicy that a marker names: `namespace/name`. */
  readonly name?: string;
  readonly position?: Position;
}

/** The first few of them, highest first, and how many more there are. */
export interface PassedOver {
  readonly tags: readonly { readonly tag: string; readonly reason: string }[];
  readonly more: number;
}

/** `link` shows what is new: a comparison where both commits are known, else the new one. */
export interface SourceRow {
  readonly link: string;
  /** Commit of the new image. */
  readonly revision: string;
  /** Commit of the old image, of the same repository. */
  readonly previous?: string;
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
  /** The person who asked, for the commands of people; absent where nobody is known. */
  readonly requestedBy?: string | undefined;
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
