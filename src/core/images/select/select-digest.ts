/** `digest`: the tag stays, and the digest that it has in the registry is followed. */

import { printable } from '../../../base/printable.ts';
import { nameOf } from './current-tag.ts';
import { compileGates } from './gates.ts';
import type { Selection, SelectionInput } from './selection.ts';
import type { TagFacts } from './tag-facts.ts';

/** Moves to another digest of the followed tag, or to that tag where `digest:<tag>` names another than the current. */
export function selectDigest(input: SelectionInput, listed: ReadonlyMap<string, TagFacts>): Selection {
  const { policy, current } = input;
  const tag = (policy.kind === 'digest' ? policy.tag : undefined) ?? current.tag;
  if (tag === undefined) return stay(`${nameOf(current)} names none whose digest could be followed`, { loud: true });
  const shown = printable(tag);
  const facts = listed.get(tag);
  if (facts === undefined) return stay(`the listing does not have the tag '${shown}' to follow`, { loud: true });
  if (facts.digest === undefined) return stay(`the digest of the tag '${shown}' is not known`, { loud: true });
  const sameTag = current.tag === undefined || current.tag === tag;
  if (sameTag && facts.digest === current.digest)
    return stay(`the tag '${shown}' still has the same digest`, { loud: false });
  const held = compileGates(input.gates, input.nowMs)(facts);
  if (held !== undefined) {
    const reason = `the tag '${shown}' has another digest but is held back: ${held}`;
    return { kind: 'keep', reason, rejected: [{ tag, reason: held, above: true }], warnings: [] };
  }
  const reason = sameTag ? `the tag '${shown}' has another digest` : `the policy follows the tag '${shown}'`;
  return { kind: 'update', to: facts, reason, rejected: [], warnings: [] };
}

function stay(reason: string, { loud }: { loud: boolean }): Selection {
  return { kind: 'keep', reason, rejected: [], warnings: loud ? [reason] : [] };
}
