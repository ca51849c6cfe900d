/** What a release by hand means for automation: an older tag is put on hold, and a newer one ends the hold that there was. */
import { triageImage } from '../../core/images/automation.ts';
import type { Bump } from '../../core/images/bump.ts';
import { followedPolicy } from '../../core/images/by-hand/release-policy.ts';
import { orderOf } from '../../core/images/holds/hold-order.ts';
import { parseHold, renderHold } from '../../core/images/holds/hold-text.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { repositoryOf } from '../../core/images/reference.ts';
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import { factOf, type TagPolicy } from '../../core/images/select/tag-policy.ts';
import type { Answer, Ask } from '../images/ask-registries.ts';
import { type ChooseDeps, selectionInput } from '../images/choose-tag.ts';

export interface ReleasedImage {
  readonly bump: Bump;
  readonly rule: Ask['rule'];
  readonly answer: Answer | undefined;
  readonly requestedBy: string | undefined;
}

interface Move {
  readonly from: string;
  readonly to: string;
}

/** The bump with what becomes of the hold. Where nobody can tell which tag is newer, the hold stays as it is. */
export async function withReleaseHold(released: ReleasedImage, deps: ChooseDeps): Promise<Bump> {
  const { bump, requestedBy } = released;
  const { use, change } = bump;
  if (change?.from === undefined || change.from === change.to) return bump;
  const move = { from: change.from, to: change.to };
  const automation = triageImage(withoutHolds(use), released.rule, deps.clock.now());
  const isAutomated = automation?.kind === 'ask';
  const isHeld = parseHold(use.policies.holds.get(use.container)?.value ?? '') !== undefined;
  if (!isAutomated && !isHeld) return bump;
  const order = await orderOfMove(released, { move, ask: isAutomated ? automation : undefined }, deps);
  if (order === 'newer' && isAutomated) {
    const text = renderHold({
      until: undefined,
      message: `set back from ${move.from} to ${move.to}`,
      user: requestedBy,
    });
    return withHold(bump, text);
  }
  return order === 'not newer' && isHeld ? withHold(bump, null) : bump;
}

function withHold(bump: Bump, text: string | null): Bump {
  const reason = `${bump.row.reason}, ${text === null ? 'no longer on hold' : 'on hold from now on'}`;
  return { ...bump, row: { ...bump.row, reason }, hold: { text } };
}

/** Whether automation, were it to go on from the new tag, would find the old one newer. */
async function orderOfMove(
  { bump, rule, answer }: ReleasedImage,
  { move, ask }: { readonly move: Move; readonly ask: Pick<Ask, 'policy' | 'exclude'> | undefined },
  deps: ChooseDeps,
) {
  const { use } = bump;
  const followed = ask ?? policyOf(use, rule);
  if (!answer?.listing || followed === undefined) return 'unknown';
  const facts = await factsOf(use, { move, policy: followed.policy }, deps);
  const known = new Map(facts.map((entry) => [entry.tag, entry]));
  const tags = answer.listing.tags.map((entry) => known.get(entry.tag) ?? entry);
  const moved = { ...use, tag: move.to, digest: undefined };
  const input = selectionInput(
    { ...followed, use: moved, rule },
    { listing: { ...answer.listing, tags }, remembered: known },
    deps,
  );
  return orderOf(move.from, input);
}

function policyOf(use: ImageUse, rule: Ask['rule']): Pick<Ask, 'policy' | 'exclude'> | undefined {
  const followed = followedPolicy(use, rule);
  return followed.ok ? followed : undefined;
}

/** Of both tags, what the policy compares. */
async function factsOf(
  use: ImageUse,
  { move, policy }: { readonly move: Move; readonly policy: TagPolicy },
  deps: ChooseDeps,
): Promise<readonly TagFacts[]> {
  const tags = [{ tag: move.from }, { tag: move.to }];
  const fact = factOf(policy);
  const repository = repositoryOf(use.name);
  try {
    if (fact === 'created') return await deps.registries.describe(repository, tags, deps.signal);
    if (fact === 'pushed') return await deps.registries.times(repository, { tags, wanted: 'pushes' }, deps.signal);
  } catch {
    // reason: the release stands; the next run looks at what it did, as at any other commit
    deps.signal.throwIfAborted();
  }
  return [];
}

function withoutHolds(use: ImageUse): ImageUse {
  return { ...use, policies: { ...use.policies, holds: new Map() } };
}
