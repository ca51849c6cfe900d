/** The sentences that say why a tag was chosen, why another was not, and why nothing changes. */
import { renderTime } from './build-time.ts';
import { nameOf } from './current-tag.ts';
import { comparePlaces } from './place.ts';
import type { PolicyRules } from './policy-rules.ts';
import type { Ranked, Ranking } from './rank-tags.ts';
import type { Rejection, SelectionInput } from './selection.ts';

/** Why the image moves to `chosen`. */
export function reasonToMove(chosen: Ranked, given: { rules: PolicyRules; held: readonly Rejection[] }): string {
  const { rules, held } = given;
  const gates = held.length === 0 ? '' : ' that passes the gates';
  return `'${chosen.facts.tag}' is ${rules.best}${gates}${timeOf(chosen, rules)}`;
}

/** Why a tag above the current one was passed over for `chosen`. */
export function outdoneBy(chosen: Ranked, given: { other: Ranked; rules: PolicyRules }): Rejection {
  const { other, rules } = given;
  const { tag } = other.facts;
  if (comparePlaces(other.place, chosen.place) !== 0) {
    return { tag, reason: `${comparison(rules, 'older')} '${chosen.facts.tag}'` };
  }
  const tie =
    other.likeness === chosen.likeness ? 'comes later by its characters' : 'is written more like the current tag';
  return { tag, reason: `${comparison(rules, 'equal')} '${chosen.facts.tag}', which ${tie}` };
}

/** Why no tag is newer than the current one. */
export function reasonToStay(input: SelectionInput, given: { rules: PolicyRules; ranking: Ranking }): string {
  const { rules, ranking } = given;
  const best = ranking.placed[0];
  const current = nameOf(input.current);
  if (best === undefined) return rules.none;
  if (best.facts.tag === input.current.tag) return `${current} is ${rules.best}`;
  const [first] = ranking.older;
  return `'${best.facts.tag}', ${rules.best}, is ${first?.reason ?? `not above ${current}`}`;
}

/** How a tag that is no newer stands to another: `below`, `equal to`, `built before`. */
export function comparison(rules: PolicyRules, relation: 'older' | 'equal'): string {
  if (rules.basis === 'name' && relation === 'older') return rules.direction === 1 ? 'below' : 'above';
  if (rules.basis === 'name') return 'equal to';
  const verb = rules.basis === 'created' ? 'built' : 'pushed';
  return relation === 'equal' ? `${verb} at the same time as` : `${verb} before`;
}

function timeOf({ place }: Ranked, rules: PolicyRules): string {
  if (place.by !== 'time') return '';
  return ` (${rules.basis === 'created' ? 'built' : 'pushed'} ${renderTime(place.ms)})`;
}
