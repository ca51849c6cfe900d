/** A listing made ready for selection: valid tags, each once. */

import type { TagFacts, TagListing } from './tag-facts.ts';
import { isTag } from './tag-grammar.ts';
import { compareCodePoints } from './versions/code-points.ts';

export interface ListedTags {
  readonly byName: ReadonlyMap<string, TagFacts>;
  /** How many entries are no tags by the grammar; they are never printed. */
  readonly invalid: number;
}

export function listedTags(listing: TagListing): ListedTags {
  const byName = new Map<string, TagFacts>();
  let invalid = 0;
  for (const facts of listing.tags) {
    if (!isTag(facts.tag)) {
      invalid += 1;
      continue;
    }
    const twin = byName.get(facts.tag);
    byName.set(facts.tag, twin === undefined ? facts : preferred(twin, facts));
  }
  return { byName, invalid };
}

/** Of two entries with the same tag always the same one, whichever comes first. */
function preferred(a: TagFacts, b: TagFacts): TagFacts {
  const order =
    compareTimes(a.createdMs, b.createdMs) ||
    compareTimes(a.pushedMs, b.pushedMs) ||
    compareTimes(a.firstSeenMs, b.firstSeenMs) ||
    compareCodePoints(a.digest ?? '', b.digest ?? '') ||
    compareCodePoints(JSON.stringify([a.platforms, a.labels]), JSON.stringify([b.platforms, b.labels]));
  return order >= 0 ? a : b;
}

function compareTimes(a: number | undefined, b: number | undefined): number {
  const [x, y] = [a ?? Number.NEGATIVE_INFINITY, b ?? Number.NEGATIVE_INFINITY];
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
