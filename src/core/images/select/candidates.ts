/** The tags that a policy may choose from, judged by their names before anything is asked about them. */

import { isTag } from '../reference.ts';
import { candidateRules } from './candidate-rules.ts';
import { overBudget } from './match-budget.ts';
import type { SelectionInput } from './selection.ts';
import type { TagFacts } from './tag-facts.ts';

export type CandidateInput = Pick<SelectionInput, 'policy' | 'current' | 'listing' | 'exclude'>;

/**
 * Tags that pass the policy by name alone, in the order of the listing. An invalid policy has none. For `digest` it is
 * the one tag that is followed. The facts of the current tag are needed too, even where it is not among these.
 */
export function candidates(input: CandidateInput): readonly TagFacts[] {
  const { policy, current, listing } = input;
  if (policy.kind === 'digest') return listing.tags.filter((facts) => facts.tag === (policy.tag ?? current.tag));
  const compiled = candidateRules(policy, input);
  if (!compiled.ok) return [];
  const { rules } = compiled;
  const valid = listing.tags.filter((facts) => isTag(facts.tag));
  if (overBudget(rules, valid) !== undefined) return [];
  return valid.filter((facts) => rules.judge(facts.tag).passes);
}
