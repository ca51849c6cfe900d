/** The one decision about an image: stay, or move to which tag, and why. */
import { candidateRules } from './candidate-rules.ts';
import { candidates } from './candidates.ts';
import { nameOf, standingOf } from './current-tag.ts';
import { compileGates } from './gates.ts';
import { listedTags } from './listed-tags.ts';
import { overBudget } from './match-budget.ts';
import { notChosen } from './not-chosen.ts';
import type { PolicyRules } from './policy-rules.ts';
import { collisionWarning, type Ranking, rankTags } from './rank-tags.ts';
import { outdoneBy, reasonToMove, reasonToStay } from './reasons.ts';
import { selectDigest } from './select-digest.ts';
import type { Rejection, Selection, SelectionInput } from './selection.ts';
import type { TagFacts, TagListing } from './tag-facts.ts';

/**
 * The newest tag that `policy` allows and the gates let pass, or why the image stays as it is.
 *
 * The answer does not depend on the order of the listing. It is never the current tag, and never one that stands at or
 * below it in the policy's order. A listing that is empty or not whole means no change, with a warning that carries the
 * registry's answer; so does one without the current tag, unless a move is upward for certain.
 * `failed` where the policy itself cannot be followed. Throws nothing.
 */
export function selectTag(input: SelectionInput): Selection {
  const considered = consider(input);
  if (considered.kind === 'settled') return considered.selection;
  return withNotes(passGates(input, considered), considered.notes);
}

/**
 * The tags that `selectTag` tries in turn, best first, before the gates: what a gate asks for and costs requests
 * (platforms, say) need be known only of the first ones. Empty where nothing is newer.
 */
export function newerTags(input: SelectionInput): readonly TagFacts[] {
  if (input.policy.kind === 'digest') return candidates(input);
  const considered = consider(input);
  return considered.kind === 'settled' ? [] : considered.ranking.newer.map(({ facts }) => facts);
}

type Considered =
  | { readonly kind: 'settled'; readonly selection: Selection }
  | {
      readonly kind: 'newer';
      readonly ranking: Ranking;
      readonly rules: PolicyRules;
      readonly notes: readonly string[];
    };

/** All that is decided before the gates. */
function consider(input: SelectionInput): Considered {
  const { policy, listing } = input;
  const compiled = policy.kind === 'digest' ? undefined : candidateRules(policy, input);
  if (compiled?.ok === false) return failed(compiled.message);
  const { byName, invalid } = listedTags(listing);
  const refusal = refuseListing(listing, byName.size);
  if (refusal !== undefined) return kept(refusal, { warnings: [refusal] });
  const notes = notesOn(listing, invalid);
  if (compiled === undefined) return settled(withNotes(selectDigest(input, byName), notes));
  const { rules } = compiled;
  const tooCostly = overBudget(rules, byName.values());
  if (tooCostly !== undefined) return failed(tooCostly);
  return compareWithCurrent(input, { rules, byName, notes });
}

interface Prepared {
  readonly rules: PolicyRules;
  readonly byName: ReadonlyMap<string, TagFacts>;
  readonly notes: readonly string[];
}

function compareWithCurrent(input: SelectionInput, { rules, byName, notes }: Prepared): Considered {
  const { current, remembered } = input;
  const standing = standingOf({ current, remembered, listed: byName, rules });
  const ranking = rankTags({ input, listed: byName, rules, standing });
  if (ranking.newer.length > 0) return { kind: 'newer', ranking, rules, notes };
  const rejected = notChosen({ rules, ranking, incomparable: standing.kind === 'unknown' });
  if (ranking.passing > 0 && ranking.placed.length === 0) {
    const reason = `no tag that passes has a ${rules.basis === 'pushed' ? 'push time' : 'readable build time'}`;
    return kept(reason, { rejected, warnings: [...notes, reason] });
  }
  if (ranking.passing > 0 && standing.kind === 'unknown') {
    return kept(standing.warning, { rejected, warnings: [...notes, standing.warning] });
  }
  const listed = current.tag === undefined || byName.has(current.tag);
  const warnings = listed ? notes : [...notes, `the listing does not have ${nameOf(current)}`];
  return kept(reasonToStay(input, { rules, ranking }), { rejected, warnings });
}

function passGates(input: SelectionInput, { rules, ranking }: { rules: PolicyRules; ranking: Ranking }): Selection {
  const gate = compileGates(input.gates, input.nowMs);
  const warnings = collisionWarning(input.policy, ranking);
  const held: Rejection[] = [];
  for (const [index, chosen] of ranking.newer.entries()) {
    const { facts } = chosen;
    const reason = gate(facts);
    if (reason === undefined) {
      const others = ranking.newer.slice(index + 1).map((other) => outdoneBy(chosen, { other, rules }));
      const rejected = notChosen({ rules, ranking, held, outdone: others, chosen: chosen.place });
      return { kind: 'update', to: facts, reason: reasonToMove(chosen, { rules, held }), rejected, warnings };
    }
    held.push({ tag: facts.tag, reason });
  }
  const [best] = held;
  const reason = best === undefined ? 'no tag is newer' : `'${best.tag}' is newer but held back: ${best.reason}`;
  return { kind: 'keep', reason, rejected: notChosen({ rules, ranking, held }), warnings };
}

function settled(selection: Selection): Considered {
  return { kind: 'settled', selection };
}

function failed(reason: string): Considered {
  return settled({ kind: 'failed', reason, rejected: [], warnings: [] });
}

function kept(
  reason: string,
  given: { readonly rejected?: readonly Rejection[]; readonly warnings: readonly string[] },
): Considered {
  return settled({ kind: 'keep', reason, rejected: given.rejected ?? [], warnings: given.warnings });
}

function withNotes(selection: Selection, notes: readonly string[]): Selection {
  return notes.length === 0 ? selection : { ...selection, warnings: [...notes, ...selection.warnings] };
}

function refuseListing({ complete, warning }: TagListing, validTags: number): string | undefined {
  if (complete && validTags > 0) return undefined;
  const what = complete ? 'the registry lists no tags' : 'the listing of the registry is not whole';
  return warning === undefined ? what : `${what}: ${warning}`;
}

function notesOn({ warning }: TagListing, invalid: number): readonly string[] {
  const notes = warning === undefined ? [] : [warning];
  if (invalid > 0) notes.push(`${invalid} ${invalid === 1 ? 'name' : 'names'} in the listing can be no tag`);
  return notes;
}
