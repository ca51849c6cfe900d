/** What selection is asked, and what it answers. */
import type { TagFacts, TagListing } from './tag-facts.ts';
import type { TagPolicy } from './tag-policy.ts';

/** Conditions a tag must meet beside the policy. */
export interface Gates {
  /** Time since the tag's push or since a run first saw it, whichever is longer. */
  readonly minAgeMs: number | undefined;
  /** `os/architecture[/variant]` that must all be present. */
  readonly platforms: readonly string[];
  /** Globs over tags that are never chosen. */
  readonly deny: readonly string[];
}

export interface SelectionInput {
  readonly policy: TagPolicy;
  readonly current: { readonly tag: string | undefined; readonly digest: string | undefined };
  /** As listed, any order, with the facts the policy needs on every candidate. */
  readonly listing: TagListing;
  /** What is known of the current tag although the listing does not have it. */
  readonly remembered: TagFacts | undefined;
  readonly gates: Gates;
  /** RE2 patterns of tags that are no candidates whatever the policy, as in Flux v2's `exclusionList`. */
  readonly exclude?: readonly string[] | undefined;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** A tag that was not chosen, and the reason in one clause. */
export interface Rejection {
  readonly tag: string;
  readonly reason: string;
  /** The tag stands, or may stand, above the one that the image is left with: why not this one, people ask. */
  readonly above?: true;
}

/** `update`: move to `to`. `keep`: nothing changes, `reason` says why. `failed`: no answer was possible, loudly. */
export type Selection = ({ readonly kind: 'update'; readonly to: TagFacts } | { readonly kind: 'keep' | 'failed' }) & {
  readonly reason: string;
  /** Those first that are `above`. */
  readonly rejected: readonly Rejection[];
  readonly warnings: readonly string[];
};
