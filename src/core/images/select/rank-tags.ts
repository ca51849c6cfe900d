/** Sorts a listing by the policy: what is newer than the current tag, best first, and why the rest is not. */

import { compareCodePoints } from '../versions/code-points.ts';
import type { Standing } from './current-tag.ts';
import { likenessTo } from './likeness.ts';
import { comparePlaces, type Place } from './place.ts';
import type { PolicyRules } from './policy-rules.ts';
import { comparison } from './reasons.ts';
import type { Rejection, SelectionInput } from './selection.ts';
import type { TagFacts } from './tag-facts.ts';
import type { TagPolicy } from './tag-policy.ts';

export interface Ranked {
  readonly facts: TagFacts;
  readonly place: Place;
  /** How much it is written like the current tag; see `likenessTo`. */
  readonly likeness: number;
}

export interface Ranking {
  /** Tags above the current one, best first. */
  readonly newer: readonly Ranked[];
  /** Tags that pass and have a place, best first, with those that are newer and with the current one. */
  readonly placed: readonly Ranked[];
  /** How many tags pass by name. */
  readonly passing: number;
  /** Those with a place that is not above the current tag's, best first. */
  readonly older: readonly Rejection[];
  /** Refused by name, although they stand above the current tag, best first. */
  readonly barred: readonly Barred[];
  /** Without the time that the policy goes by. */
  readonly untimed: readonly Rejection[];
  /** The others that are refused by name. */
  readonly refused: readonly Rejection[];
}

export interface Barred extends Rejection {
  readonly place: Place;
}

export interface RankInput {
  readonly input: SelectionInput;
  readonly listed: ReadonlyMap<string, TagFacts>;
  readonly rules: PolicyRules;
  readonly standing: Standing;
}

/** Total: two different tags never tie, so the order of the listing does not show. */
export function rankTags(given: RankInput): Ranking {
  const { placed, barred, untimed, refused } = sortOut(given);
  const newer: Ranked[] = [];
  const older: Rejection[] = [];
  for (const candidate of placed) {
    const reason = notNewer(candidate, given);
    if (reason === undefined) newer.push(candidate);
    else if (reason !== CURRENT) older.push({ tag: candidate.facts.tag, reason });
  }
  return { newer, placed, passing: placed.length + untimed.length, older, barred, untimed, refused };
}

function sortOut(given: RankInput): Pick<Ranking, 'barred' | 'untimed' | 'refused'> & { placed: Ranked[] } {
  const { input, listed, rules } = given;
  const placed: Ranked[] = [];
  const barred: Barred[] = [];
  const untimed: Rejection[] = [];
  const refused: Rejection[] = [];
  const likeness = likenessTo(input.current.tag);
  const noTime = rules.basis === 'pushed' ? 'no push time' : 'no readable build time';
  for (const facts of listed.values()) {
    const verdict = rules.judge(facts.tag);
    const place = verdict.passes ? (verdict.place ?? rules.placeOf(facts)) : undefined;
    if (place !== undefined) placed.push({ facts, place, likeness: likeness(facts.tag) });
    else if (facts.tag === input.current.tag) continue;
    else if (verdict.passes) untimed.push({ tag: facts.tag, reason: noTime });
    else if (isAbove(verdict.place, given)) {
      barred.push({ tag: facts.tag, reason: verdict.reason, place: verdict.place });
    } else refused.push({ tag: facts.tag, reason: verdict.reason });
  }
  placed.sort(
    (a, b) => rules.direction * comparePlaces(b.place, a.place) || b.likeness - a.likeness || byTagDown(a, b),
  );
  barred.sort((a, b) => rules.direction * comparePlaces(b.place, a.place) || byTag(a, b));
  return { placed, barred, untimed: untimed.sort(byTag), refused: refused.sort(byTag) };
}

/** Whether a tag that is refused would be newer than the current one. */
function isAbove(place: Place | undefined, { rules, standing }: RankInput): place is Place {
  if (place === undefined || standing.kind === 'unknown') return false;
  return standing.kind === 'below' || rules.direction * comparePlaces(place, standing.place) > 0;
}

const CURRENT = 'current';

function notNewer({ facts, place }: Ranked, { input, rules, standing }: RankInput): string | undefined {
  const { current } = input;
  if (facts.tag === current.tag) return CURRENT;
  if (current.tag === undefined && current.digest !== undefined && facts.digest === current.digest) {
    return 'the current image itself';
  }
  if (standing.kind === 'below') return undefined;
  if (standing.kind === 'unknown') return 'cannot be compared with the current tag';
  const order = rules.direction * comparePlaces(place, standing.place);
  return order > 0 ? undefined : `${comparison(rules, order === 0 ? 'equal' : 'older')} the current tag`;
}

function byTag(a: Rejection, b: Rejection): number {
  return compareCodePoints(a.tag, b.tag);
}

function byTagDown(a: Ranked, b: Ranked): number {
  return compareCodePoints(b.facts.tag, a.facts.tag);
}

/** Names tags above the current one whose extracted texts are the same: the filter does not tell them apart. */
export function collisionWarning(policy: TagPolicy, ranking: Ranking): readonly string[] {
  const extract = 'filter' in policy ? policy.filter?.extract : undefined;
  if (extract === undefined || extract === '') return [];
  const colliding = ranking.newer.filter((candidate, index) => {
    const neighbours = [ranking.newer[index - 1], ranking.newer[index + 1]];
    return neighbours.some((other) => other !== undefined && comparePlaces(other.place, candidate.place) === 0);
  });
  const [first, second] = colliding;
  if (first === undefined || second === undefined) return [];
  return [
    `${colliding.length} newer tags share an extracted value with another, as '${first.facts.tag}' and '${second.facts.tag}' do`,
  ];
}
