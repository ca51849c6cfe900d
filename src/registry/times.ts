/** Times of pushes, as far as a vendor's listing tells them. */
import type { TagFacts } from '../core/images/tag-facts.ts';
import type { TagMemory } from './memory.ts';
import type { Repository } from './repositories.ts';
import { readPushes, type VendorUse } from './vendor-listing.ts';

/**
 * `tags` with the digest and the time of the last push that the vendor tells of them in this run, or told in an earlier one. Asks the vendor
 * once per repository and run. Throws where the registry itself is in trouble.
 */
export async function addTimes(
  repository: Repository,
  { use, tags }: { readonly use: VendorUse | undefined; readonly tags: readonly TagFacts[] },
  signal?: AbortSignal,
): Promise<readonly TagFacts[]> {
  if (repository.pushes === undefined) {
    const wanted = tags.map(({ tag }) => tag);
    repository.pushes = (use === undefined ? undefined : await readPushes(use, wanted, signal)) ?? null;
  }
  const { memory, pushes } = repository;
  // What is remembered is still so only where the vendor has told of every move since.
  const toldAllMoves = pushes !== null && use?.vendor.movesShowFirst === true;
  return tags.map((fact) => {
    const remembered = memory.tags.get(fact.tag);
    const told = pushes?.get(fact.tag);
    return {
      ...fact,
      digest: fact.digest ?? told?.digest ?? (toldAllMoves ? toldDigest(remembered) : undefined),
      pushedMs: fact.pushedMs ?? remembered?.pushedMs,
      createdMs: fact.createdMs ?? told?.createdMs,
      platforms: fact.platforms ?? told?.platforms,
      firstSeenMs: remembered?.firstSeenMs ?? fact.firstSeenMs,
    };
  });
}

/** The digest of a tag that the vendor has told of at some time. */
function toldDigest(remembered: TagMemory | undefined): string | undefined {
  return remembered?.pushedMs === undefined ? undefined : remembered.digest;
}
