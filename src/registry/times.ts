/** Times of pushes, as far as a vendor's listing tells them. */
import type { TimesAsk } from '../command/adapters/registries.ts';
import type { TagFacts } from '../core/images/select/tag-facts.ts';
import type { TagMemory } from './memory.ts';
import type { Repository } from './repositories.ts';
import { readPushes, type VendorUse } from './vendor-listing.ts';

/**
 * `tags` with the digest and the time of the last push that the vendor tells of them in this run, or told in an earlier one. Asks the vendor
 * once per repository and run, and for builds only where it spares asking for images. Throws where the registry itself is in trouble.
 */
export async function addTimes(
  repository: Repository,
  { use, tags, wanted }: TimesAsk & { readonly use: VendorUse | undefined },
  signal?: AbortSignal,
): Promise<readonly TagFacts[]> {
  const isInVain = wanted === 'builds' && use?.vendor.pushesOnly === true;
  if (repository.pushes === undefined && !isInVain) {
    const names = tags.map(({ tag }) => tag);
    repository.pushes = (use === undefined ? undefined : await readPushes(use, names, signal)) ?? null;
  }
  const { memory, pushes = null } = repository;
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
