/** Where an image stands in a manifest, and what the manifest says about updating it. */
import type { Position } from '../../../base/errors.ts';
import type { ScalarSpan } from '../../manifests/scalar-span.ts';
import type { ImageMark } from '../flux-v2/image-policy.ts';

/** A value and the place it was written at. */
export interface Placed<T> {
  readonly value: T;
  readonly position: Position;
}

/** What the annotations of a workload say (Flux v1: `fluxcd.io/…`, `flux.weave.works/…`, `filter.fluxcd.io/…`; `towpath/hold.…`). */
export interface WorkloadPolicies {
  /** Undefined where the workload does not say. */
  readonly automated: boolean | undefined;
  readonly locked: boolean;
  readonly lockedUser: string | undefined;
  readonly lockedMessage: string | undefined;
  /** `true`: neither applied nor updated. `sync_only`: applied and updated, never deleted. */
  readonly ignore: 'true' | 'sync_only' | undefined;
  /** Tag filters by container name, as written (`glob:master-*`), with the place of the annotation's value. */
  readonly tagFilters: ReadonlyMap<string, Placed<string>>;
  /** Holds by container name, as written (`until 2026-12-01 why`). */
  readonly holds: ReadonlyMap<string, Placed<string>>;
}

/** Which part of the image a scalar holds. */
export type ImageRole = 'image' | 'registry' | 'repository' | 'tag' | 'digest' | 'name';

export interface ImageField {
  readonly role: ImageRole;
  readonly span: ScalarSpan;
}

/** One image of one container, and the scalars it is written in. */
export interface ImageUse {
  /** `Kind/namespace/name`, or `Kind/name` where the manifest names no namespace. */
  readonly subject: string;
  readonly container: string;
  /** The image's name as written, registry and repository joined, without tag and digest. */
  readonly name: string;
  /** The tag as its source text (`1.10` stays `1.10` though YAML reads a number). */
  readonly tag: string | undefined;
  /** `sha256:…` */
  readonly digest: string | undefined;
  readonly position: Position;
  readonly fields: readonly ImageField[];
  readonly policies: WorkloadPolicies;
  /** Why this image cannot be edited (block scalar, template), if so. */
  readonly refusal: string | undefined;
  /** Where the values are marked with the name of an ImagePolicy: it goes before annotations and rules. */
  readonly mark?: ImageMark | undefined;
}
