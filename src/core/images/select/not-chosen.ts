/** The tags that were not chosen, those first that people ask about. */
import { comparePlaces, type Place } from './place.ts';
import type { PolicyRules } from './policy-rules.ts';
import type { Ranking } from './rank-tags.ts';
import type { Rejection } from './selection.ts';

export interface NotChosenInput {
  readonly rules: PolicyRules;
  readonly ranking: Ranking;
  /** What the gates held back, best first. */
  readonly held?: readonly Rejection[];
  /** Newer ones that are below the chosen one, best first. */
  readonly outdone?: readonly Rejection[];
  /** Where the chosen tag stands; undefined where none was chosen. */
  readonly chosen?: Place;
  /** Whether none of those with a place could be compared with the current tag. */
  readonly incomparable?: boolean;
}

/** Each once: first what stands, or may stand, above the tag that the image is left with, then the rest; best first. */
export function notChosen(input: NotChosenInput): readonly Rejection[] {
  const { rules, ranking, held = [], outdone = [], chosen, incomparable = false } = input;
  const isBelow = (place: Place) => chosen !== undefined && rules.direction * comparePlaces(place, chosen) <= 0;
  const barred = ranking.barred.map(({ tag, reason, place }): Rejection => {
    const rejection = { tag, reason };
    return isBelow(place) ? rejection : above(rejection);
  });
  const older = incomparable ? ranking.older.map(above) : ranking.older;
  const { untimed, refused } = ranking;
  const all: Rejection[] = [...held.map(above), ...barred, ...untimed.map(above), ...outdone, ...older, ...refused];
  return [...all.filter((rejection) => rejection.above), ...all.filter((rejection) => !rejection.above)];
}

function above({ tag, reason }: Rejection): Rejection {
  return { tag, reason, above: true };
}
