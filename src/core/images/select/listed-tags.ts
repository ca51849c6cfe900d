/** A listing made ready for selection: valid tags, each once. */

import { isTag } from '../reference.ts';
import { compareCodePoints } from '../versions/code-points.ts';
import { readableTime } from './build-time.ts';
import type { TagFacts, TagListing } from './tag-facts.ts';

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

/** Of two entries with the same tag the one with the later times, and always the same one, whichever comes first. */
function preferred(a: TagFacts, b: TagFacts): TagFacts {
  const order =
    compareTimes(a.createdMs, b.createdMs) ||
    compareTimes(a.pushedMs, b.pushedMs) ||
    compareTimes(a.firstSeenMs, b.firstSeenMs) ||
    compareCodePoints(signatureOf(a), signatureOf(b));
  return order >= 0 ? a : b;
}

function compareTimes(a: number | undefined, b: number | undefined): number {
  const [x, y] = [readableTime(a) ?? Number.NEGATIVE_INFINITY, readableTime(b) ?? Number.NEGATIVE_INFINITY];
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

/** All that two entries may differ in; JSON has one word for every number that is none. */
function signatureOf({ createdMs, pushedMs, firstSeenMs, digest, platforms, labels }: TagFacts): string {
  return [createdMs, pushedMs, firstSeenMs, digest, JSON.stringify([platforms, labels])].map(String).join(' ');
}
