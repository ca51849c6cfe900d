/** The tags that a policy may choose from, judged by their names before anything is asked about them. */

import { isAttachment } from './attachment.ts';
import { overBudget } from './match-budget.ts';
import { type PolicyRules, rulesOf } from './policy-rules.ts';
import { isTag } from './reference.ts';
import type { SelectionInput } from './selection.ts';
import type { TagFacts } from './tag-facts.ts';
import type { TagPolicy } from './tag-policy.ts';

export type CandidateInput = Pick<SelectionInput, 'policy' | 'current' | 'listing'>;

/**
 * Tags that pass the policy by name alone, in the order of the listing. An invalid policy has none. For `digest` it is
 * the one tag that is followed. The facts of the current tag are needed too, even where it is not among these.
 */
export function candidates({ policy, current, listing }: CandidateInput): readonly TagFacts[] {
  if (policy.kind === 'digest') return listing.tags.filter((facts) => facts.tag === (policy.tag ?? current.tag));
  const compiled = rulesOf(policy, current.tag);
  if (
    !compiled.ok ||
    overBudget(
      compiled.rules,
      listing.tags.map((facts) => facts.tag),
    ) !== undefined
  )
    return [];
  return listing.tags.filter((facts) => judgeName(facts.tag, { policy, rules: compiled.rules }).passes);
}

/** The verdict on one name, with the rules that hold for every policy. */
export function judgeName(
  tag: string,
  given: { policy: TagPolicy; rules: PolicyRules },
): ReturnType<PolicyRules['judge']> {
  if (!isTag(tag)) return { passes: false, reason: 'no valid tag' };
  if (isAttachment(tag)) return { passes: false, reason: 'a signature or attachment, no image' };
  if (tag.toLowerCase() === 'latest' && !namesLatest(given.policy)) {
    return { passes: false, reason: "'latest' is chosen only by 'glob:latest'" };
  }
  return given.rules.judge(tag);
}

/** As in Flux v1: patterns that merely match `latest` do not name it. */
function namesLatest(policy: TagPolicy): boolean {
  return policy.kind === 'glob' && policy.pattern === 'latest';
}
