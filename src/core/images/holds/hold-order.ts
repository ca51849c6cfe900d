/** Whether a tag that an image had before is above the one that it has now. */
import { candidateRules } from '../select/candidate-rules.ts';
import { standingOf } from '../select/current-tag.ts';
import { compileGlob } from '../select/glob.ts';
import { listedTags } from '../select/listed-tags.ts';
import { comparePlaces } from '../select/place.ts';
import type { SelectionInput } from '../select/selection.ts';

/** `unknown`: the policy orders by what nobody can tell of that tag any more. */
export type Order = 'newer' | 'not newer' | 'unknown';

/**
 * By the policy that holds now, and the order of the listing does not matter. A tag that the policy or `deny` does not
 * allow is not newer: whoever said so has dealt with it. A tag that is gone from the listing is placed by its name.
 */
export function orderOf(tag: string, input: SelectionInput): Order {
  const { policy, current, listing, remembered, gates } = input;
  if (policy.kind === 'digest' || tag === current.tag) return 'unknown';
  const compiled = candidateRules(policy, input);
  if (!compiled.ok) return 'unknown';
  const { rules } = compiled;
  const verdict = rules.judge(tag);
  if (!verdict.passes || gates.deny.some((pattern) => compileGlob(pattern)(tag))) return 'not newer';
  const { byName: listed } = listedTags(listing);
  const place = verdict.place ?? rules.placeOf(listed.get(tag) ?? { tag });
  const standing = standingOf({ current, remembered, listed, rules });
  if (place === undefined || standing.kind === 'unknown') return 'unknown';
  if (standing.kind === 'below') return 'newer';
  return rules.direction * comparePlaces(place, standing.place) > 0 ? 'newer' : 'not newer';
}
