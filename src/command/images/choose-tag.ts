/** Chooses the tag of one image, asking the registry for what only the chosen tag needs: its platforms and its digest. */
import { type Bump, isPinned, still, toBump } from '../../core/images/bump.ts';
import { followsDigest, renames } from '../../core/images/flux-v2/marked-version.ts';
import { sourceOf } from '../../core/images/image-change.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { repositoryOf } from '../../core/images/reference.ts';
import { policyRow } from '../../core/images/row-details.ts';
import { isTooYoung } from '../../core/images/select/gates.ts';
import { newerTags, selectTag } from '../../core/images/select/select.ts';
import type { Selection, SelectionInput } from '../../core/images/select/selection.ts';
import type { TagFacts, TagListing } from '../../core/images/select/tag-facts.ts';
import { isOpen, renderWindows } from '../../core/images/select/update-window.ts';
import type { Deps } from '../deps.ts';
import type { Answer, Ask } from './ask-registries.ts';

export type ChooseDeps = Pick<Deps, 'registries' | 'clock' | 'signal'>;

/** Tags that are looked at for their platforms before the image is left alone. */
const MOST_PLATFORM_CHECKS = 10;
/** Newer tags whose push is asked for where nobody has seen them for long enough. */
const MOST_AGE_CHECKS = 100;

/** The bump of one image: `answer` is what its registry said, undefined where it was not asked. */
export async function chooseTag(ask: Ask, answer: Answer | undefined, deps: ChooseDeps): Promise<Bump> {
  const { use, rule } = ask;
  if (answer === undefined || answer.listing === null) {
    return still(use, 'failed', answer?.problem?.message ?? 'the registry gave no answer');
  }
  if (rule !== undefined && !isOpen(rule.windows, deps.clock.now())) {
    return still(use, 'unchanged', `outside of its update windows: ${renderWindows(rule.windows)}`);
  }
  const known = { listing: answer.listing, remembered: answer.remembered };
  const selection = await followDigest(ask, { known, selection: await selectOnce(ask, answer, { known, deps }) }, deps);
  const renamed = selection.kind === 'keep' && renames(use) && known.listing.tags.some(({ tag }) => tag === use.tag);
  const pinned = isPinned(use, rule?.pin);
  const images = selection.kind === 'update' ? await describeBoth(ask, selection.to, deps) : undefined;
  const to = images?.to ?? (selection.kind === 'update' ? selection.to : { tag: use.tag ?? '' });
  const digest = to.digest ?? (pinned ? await digestOf(ask, { selection, renamed }, deps) : null);
  const source = images && sourceOf(images.to, images.from);
  const policy = policyRow(use, ask);
  return {
    ...toBump({ use, selection, pinned, renamed, digest, source, policy }),
    choice: { policy: ask.policy, selection },
  };
}

/** Digest and labels of the new image and labels of the old one: a kindness to the commit's readers, no condition of the bump. */
async function describeBoth(
  { use }: Ask,
  to: TagFacts,
  deps: ChooseDeps,
): Promise<{ readonly to: TagFacts | undefined; readonly from: TagFacts | undefined } | undefined> {
  const wanted = use.tag === undefined ? [to] : [to, { tag: use.tag }];
  try {
    const [described, from] = await deps.registries.describe(repositoryOf(use.name), wanted, deps.signal);
    return { to: described, from };
  } catch {
    // The bump stands without its links; what the registry said is in its requests, and the next run asks again.
    deps.signal.throwIfAborted();
    return undefined;
  }
}

export interface Known {
  readonly listing: TagListing;
  readonly remembered: ReadonlyMap<string, TagFacts>;
}

/** A listing may be long, and so are the reasons against its tags: workloads that ask the same of it share one choice. */
function selectOnce(
  ask: Ask,
  { choices }: Answer,
  { known, deps }: { readonly known: Known; readonly deps: ChooseDeps },
): Promise<Selection> {
  const { use, policy, rule, exclude } = ask;
  const conditions = [rule?.minimumAgeMs, rule?.platforms, rule?.deny];
  const key = JSON.stringify([use.tag, use.digest, policy, exclude, conditions]);
  const choice = choices.get(key) ?? select(ask, known, deps);
  choices.set(key, choice);
  return choice;
}

/** Platforms cost requests for each tag, so they are read of the best tags only, one after the other until one has them all. */
async function select(ask: Ask, known: Known, deps: ChooseDeps): Promise<Selection> {
  const platforms = ask.rule?.platforms ?? [];
  let input = await withPushes(ask, selectionInput(ask, known, deps), deps);
  if (platforms.length === 0) return selectTag(input);
  for (const facts of newerTags(input).slice(0, MOST_PLATFORM_CHECKS)) {
    const described = await deps.registries.describe(repositoryOf(ask.use.name), [facts], deps.signal);
    input = { ...input, listing: withFacts(input.listing, described) };
    const selection = selectTag(input);
    if (selection.kind === 'update') return selection;
  }
  return selectTag(input);
}

/**
 * With the pushes of the tags that would be held back because they were first seen too lately: they may be older than that. Asked for only while
 * there are such tags, and only what the registry's own listing tells.
 */
async function withPushes({ use }: Ask, input: SelectionInput, deps: ChooseDeps): Promise<SelectionInput> {
  const { gates, nowMs } = input;
  if (gates.minAgeMs === undefined) return input;
  const young = newerTags(input).filter((facts) => isTooYoung(facts, gates, nowMs));
  if (young.length === 0) return input;
  try {
    const tags = young.slice(0, MOST_AGE_CHECKS);
    const told = await deps.registries.times(repositoryOf(use.name), { tags, wanted: 'pushes' }, deps.signal);
    return { ...input, listing: withFacts(input.listing, told) };
  } catch {
    // Without it they wait until they were seen for long enough.
    deps.signal.throwIfAborted();
    return input;
  }
}

/** What the choice is made from. */
export function selectionInput({ use, policy, rule, exclude }: Ask, known: Known, deps: ChooseDeps): SelectionInput {
  return {
    policy,
    current: { tag: use.tag, digest: use.digest },
    listing: known.listing,
    remembered: use.tag === undefined ? undefined : known.remembered.get(use.tag),
    exclude,
    gates: { minAgeMs: rule?.minimumAgeMs, platforms: rule?.platforms ?? [], deny: rule?.deny ?? [] },
    nowMs: deps.clock.now(),
  };
}

function withFacts(listing: TagListing, described: readonly TagFacts[]): TagListing {
  const facts = new Map(described.map((entry) => [entry.tag, entry]));
  return { ...listing, tags: listing.tags.map((entry) => facts.get(entry.tag) ?? entry) };
}

/** The digest to write; null where none is needed or the registry cannot tell it. */
async function digestOf(
  { use }: Ask,
  { selection, renamed }: { readonly selection: Selection; readonly renamed: boolean },
  deps: ChooseDeps,
): Promise<string | null> {
  const tag = selection.kind === 'update' ? selection.to.tag : use.tag;
  if (selection.kind === 'failed' || tag === undefined) return null;
  if (selection.kind === 'keep' && use.digest !== undefined && !renamed) return null;
  return askDigest(use, tag, deps);
}

/** Where an ImagePolicy has the digest followed: another digest of the tag that stays is a change like any other. */
async function followDigest(
  ask: Ask,
  { known, selection }: { readonly known: Known; readonly selection: Selection },
  deps: ChooseDeps,
): Promise<Selection> {
  const { use, rule } = ask;
  const { tag } = use;
  const follows = followsDigest(use) && rule?.pin !== false && use.digest !== undefined;
  if (!follows || selection.kind !== 'keep' || tag === undefined || renames(use)) return selection;
  const digest = await askDigest(use, tag, deps);
  if (digest === null) return selection;
  const facts = known.listing.tags.find((entry) => entry.tag === tag);
  const listing = withFacts(known.listing, [{ ...facts, tag, digest }]);
  const followed = await select({ ...ask, policy: { kind: 'digest', tag } }, { ...known, listing }, deps);
  return followed.kind === 'update' ? followed : selection;
}

async function askDigest(use: ImageUse, tag: string, deps: ChooseDeps): Promise<string | null> {
  try {
    return await deps.registries.digest(repositoryOf(use.name), tag, deps.signal);
  } catch {
    // The row says that the digest could not be had; what the registry said stands in the listing's problem, if any.
    deps.signal.throwIfAborted();
    return null;
  }
}
