/** The tags that a policy allows, the newest first: for people who look through them. */

import type { ImageUse } from '../locate/image-use.ts';
import { candidates } from '../select/candidates.ts';
import { newerTags } from '../select/select.ts';
import type { Gates } from '../select/selection.ts';
import type { TagFacts, TagListing } from '../select/tag-facts.ts';
import { factOf, type TagPolicy } from '../select/tag-policy.ts';
import { compareCodePoints } from '../versions/code-points.ts';

export interface OrderInput {
  readonly policy: TagPolicy;
  readonly use: ImageUse;
  /** With the times of the candidates, where the policy orders by time. */
  readonly listing: TagListing;
  readonly nowMs: number;
  readonly exclude?: readonly string[] | undefined;
}

const NO_GATES: Gates = { minAgeMs: undefined, platforms: [], deny: [] };

/**
 * All tags that pass, in the policy's order; those without a time come last. `auto` knows only what is newer than the
 * current tag: for it the list ends with that.
 */
export function orderedTags({ policy, use, listing, nowMs, exclude }: OrderInput): readonly TagFacts[] {
  const current = { tag: use.tag, digest: use.digest };
  const input = { policy, current, listing, remembered: undefined, gates: NO_GATES, exclude, nowMs };
  const fact = factOf(policy);
  if (fact === 'digest') return candidates(input);
  if (fact !== 'name') {
    const time = fact === 'created' ? createdOf : pushedOf;
    return candidates(input).toSorted((a, b) => time(b) - time(a) || compareCodePoints(a.tag, b.tag));
  }
  if (policy.kind !== 'auto') return newerTags({ ...input, current: { tag: undefined, digest: undefined } });
  const running = listing.tags.filter(({ tag }) => tag === use.tag);
  return [...newerTags(input), ...running];
}

/** Zero for a time that is not known: subtraction needs numbers, and nothing was built before 1970. */
function createdOf({ createdMs }: TagFacts): number {
  return createdMs ?? 0;
}

function pushedOf({ pushedMs }: TagFacts): number {
  return pushedMs ?? 0;
}
