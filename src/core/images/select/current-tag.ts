/** Where the current tag stands in the policy's order, and whether that is known well enough to move on from it. */

import { printable } from '../../../base/printable.ts';
import { readableTime } from './build-time.ts';
import { comparePlaces, type Place } from './place.ts';
import type { PolicyRules } from './policy-rules.ts';
import type { SelectionInput } from './selection.ts';
import type { TagFacts } from './tag-facts.ts';

/** `below`: every tag that passes is above it. `unknown`: no move can be called upward, `warning` says why. */
export type Standing =
  | { readonly kind: 'placed'; readonly place: Place }
  | { readonly kind: 'below' }
  | { readonly kind: 'unknown'; readonly warning: string };

export interface StandingInput {
  readonly current: SelectionInput['current'];
  readonly remembered: TagFacts | undefined;
  /** Tags as listed, by name. */
  readonly listed: ReadonlyMap<string, TagFacts>;
  readonly rules: PolicyRules;
}

/**
 * A tag that the listing does not have is placed by its name, or by what is remembered of it. An image by digest alone
 * stands where the tags with that digest stand.
 */
export function standingOf(input: StandingInput): Standing {
  const { current, rules } = input;
  const place = current.tag === undefined ? placeOfDigest(input) : rules.placeOf(knownFacts(current.tag, input));
  if (place !== undefined) return { kind: 'placed', place };
  if (rules.basis !== 'name') return { kind: 'unknown', warning: unknownTime(input) };
  if (rules.placelessIsBelow || current.tag === undefined || input.listed.has(current.tag)) return { kind: 'below' };
  return {
    kind: 'unknown',
    warning: `the listing does not have ${nameOf(current)}, which has no place in the policy's order`,
  };
}

/** The current tag in words. */
export function nameOf(current: SelectionInput['current']): string {
  if (current.tag !== undefined) return `the current tag '${printable(current.tag)}'`;
  return current.digest === undefined
    ? 'the current image without a tag'
    : 'the current image without a tag but a digest';
}

/** What the listing says of the tag, filled in with what is remembered of the same image. */
function knownFacts(tag: string, { listed, remembered }: StandingInput): TagFacts {
  const facts = listed.get(tag);
  if (remembered === undefined || remembered.tag !== tag) return facts ?? { tag };
  if (facts === undefined) return remembered;
  const moved = facts.digest !== undefined && remembered.digest !== undefined && facts.digest !== remembered.digest;
  if (moved) return facts;
  return {
    ...facts,
    createdMs: readableTime(facts.createdMs) ?? remembered.createdMs,
    pushedMs: readableTime(facts.pushedMs) ?? remembered.pushedMs,
  };
}

function placeOfDigest({ current, listed, remembered, rules }: StandingInput): Place | undefined {
  if (current.digest === undefined) return undefined;
  let newest: Place | undefined;
  for (const facts of [...listed.values(), ...(remembered === undefined ? [] : [remembered])]) {
    const place = facts.digest === current.digest ? rules.placeOf(facts) : undefined;
    if (place !== undefined && (newest === undefined || rules.direction * comparePlaces(place, newest) > 0))
      newest = place;
  }
  return newest;
}

function unknownTime({ current, listed, rules }: StandingInput): string {
  const time = rules.basis === 'pushed' ? 'push time' : 'build time';
  const name = nameOf(current);
  if (current.tag !== undefined && !listed.has(current.tag)) {
    return `the listing does not have ${name}, and its ${time} is not remembered`;
  }
  return `the ${time} of ${name} is not known`;
}
