/** A registry's answer made into a listing that selection can use. */
import type { TagFacts, TagListing } from '../core/images/select/tag-facts.ts';
import { isDigest } from './digest.ts';
import { noteTag, type RepositoryMemory } from './memory.ts';
import { isFallbackTag, isTag } from './names.ts';

/** Tags as a registry sent them: unchecked names, with what its listing says of each. */
export interface RawListing {
  readonly tags: readonly TagFacts[];
  readonly complete: boolean;
  readonly warning?: string | undefined;
}

/** The usable tags with the time each was first seen, which goes to `memory`; `dropped` counts names that are no tags. */
export function usableListing(
  raw: RawListing,
  memory: RepositoryMemory,
  nowMs: number,
): { readonly listing: TagListing; readonly dropped: number } {
  const tags = new Map<string, TagFacts>();
  let dropped = 0;
  for (const fact of raw.tags) {
    if (!isTag(fact.tag)) {
      dropped++;
      continue;
    }
    if (isFallbackTag(fact.tag) || tags.has(fact.tag)) continue;
    const digest = isDigest(fact.digest) ? fact.digest : undefined;
    const { firstSeenMs } = noteTag(memory, fact.tag, { nowMs, digest, pushedMs: fact.pushedMs });
    tags.set(fact.tag, { ...fact, digest, firstSeenMs });
  }
  if (raw.complete) memory.listed = new Set(tags.keys());
  return { listing: { tags: [...tags.values()], complete: raw.complete, warning: raw.warning }, dropped };
}
