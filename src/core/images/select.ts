/** The one decision about an image: stay, or move to which tag, and why. */
import { standingOf } from './current-tag.ts';
import { compileGates } from './gates.ts';
import { listedTags } from './listed-tags.ts';
import { type PolicyRules, rulesOf } from './policy-rules.ts';
import { collisionWarning, type Ranking, rankTags } from './rank-tags.ts';
import { outdoneBy, reasonToMove, reasonToStay } from './reasons.ts';
import { selectDigest } from './select-digest.ts';
import type { Rejection, Selection, SelectionInput } from './selection.ts';
import type { TagFacts } from './tag-facts.ts';

/**
 * The newest tag that `policy` allows and the gates let pass, or why the image stays as it is.
 *
 * The answer does not depend on the order of the listing. It is never the current tag, and never one that stands at or
 * below it in the policy's order. A listing that is empty, or not whole with a warning of the registry, means no change;
 * one that is not whole by intent (no warning) allows only moves that are upward for certain.
 * `failed` where the policy itself cannot be followed. Throws nothing.
 */
export function selectTag(input: SelectionInput): Selection {
  const { policy, current } = input;
  const compiled = policy.kind === 'digest' ? undefined : rulesOf(policy, current.tag);
  if (compiled?.ok === false) return { kind: 'failed', reason: compiled.message, rejected: [], warnings: [] };
  const { byName, invalid } = listedTags(input.listing);
  const refusal = refuseListing(input, byName.size);
  if (refusal !== undefined) return { kind: 'keep', reason: refusal, rejected: [], warnings: [refusal] };
  const selection =
    compiled === undefined ? selectDigest(input, byName) : selectByRules(input, { byName, rules: compiled.rules });
  return { ...selection, warnings: [...notesOn(input, invalid), ...selection.warnings] };
}

/** Why nothing may follow from this listing. Sentences name what the registry answered where it is known. */
function refuseListing({ listing }: SelectionInput, validTags: number): string | undefined {
  if (!listing.complete && listing.warning !== undefined) return `the listing is not whole: ${listing.warning}`;
  if (validTags > 0) return undefined;
  return listing.warning === undefined
    ? 'the registry lists no tags'
    : `the registry lists no tags: ${listing.warning}`;
}

function notesOn({ listing }: SelectionInput, invalid: number): readonly string[] {
  const notes = listing.warning === undefined ? [] : [listing.warning];
  if (invalid > 0)
    notes.push(`${invalid} ${invalid === 1 ? 'entry' : 'entries'} of the listing are no valid tags and were left out`);
  return notes;
}

interface Prepared {
  readonly byName: ReadonlyMap<string, TagFacts>;
  readonly rules: PolicyRules;
}

function selectByRules(input: SelectionInput, { byName, rules }: Prepared): Selection {
  const { current, remembered } = input;
  const standing = standingOf({ current, remembered, listed: byName, complete: input.listing.complete, rules });
  const ranking = rankTags({ input, listed: byName, rules, standing });
  const { rejected } = ranking;
  if (ranking.passing > 0 && ranking.placed.length === 0) {
    const reason = `no tag that passes has a ${rules.basis === 'pushed' ? 'push time' : 'readable build time'}`;
    return { kind: 'keep', reason, rejected, warnings: [reason] };
  }
  if (standing.kind === 'unknown' && ranking.passing > 0) {
    return { kind: 'keep', reason: standing.warning, rejected, warnings: [standing.warning] };
  }
  if (ranking.newer.length > 0) return passGates(input, { rules, ranking });
  const unlisted = current.tag !== undefined && !byName.has(current.tag);
  const warnings = unlisted ? [`the listing does not have the current tag '${current.tag}'`] : [];
  return { kind: 'keep', reason: reasonToStay(input, { rules, ranking }), rejected, warnings };
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
      const rejected = [...held, ...others, ...ranking.rejected];
      return { kind: 'update', to: facts, reason: reasonToMove(chosen, { rules, held }), rejected, warnings };
    }
    held.push({ tag: facts.tag, reason });
  }
  const best = held[0];
  const reason = best === undefined ? 'no tag is newer' : `'${best.tag}' is newer but held back: ${best.reason}`;
  return { kind: 'keep', reason, rejected: [...held, ...ranking.rejected], warnings };
}
