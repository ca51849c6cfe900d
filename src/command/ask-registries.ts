/** Asks the registries what selection needs to know: each repository's tags once, build times only where a policy needs them. */
import { mapConcurrent } from '../base/concurrency.ts';
import { type Problem, toProblem } from '../base/errors.ts';
import { candidates } from '../core/images/candidates.ts';
import type { ImageRule } from '../core/images/image-rule.ts';
import type { ImageUse } from '../core/images/image-use.ts';
import { repositoryOf } from '../core/images/reference.ts';
import type { TagFacts, TagListing } from '../core/images/tag-facts.ts';
import { factOf, type TagPolicy } from '../core/images/tag-policy.ts';
import type { ImageRepository, Registries } from './adapters/registries.ts';

/** An image to ask about, and the policy it follows. */
export interface Ask {
  readonly use: ImageUse;
  readonly policy: TagPolicy;
  /** The conditions beside the policy, if any. */
  readonly rule: ImageRule | undefined;
}

/** What the registry said about one repository; `listing: null` means that it gave no usable answer, `problem` says why. */
export interface Answer {
  readonly listing: TagListing | null;
  /** Facts of tags in use that the listing does not have. */
  readonly remembered: ReadonlyMap<string, TagFacts>;
  readonly problem: Problem | undefined;
}

/** Repositories asked at the same time; each registry bounds its own connections. */
const REPOSITORIES_AT_ONCE = 32;

/** The answers by repository key (see `repositoryKey`). One unreachable registry does not stop the others. */
export async function askRegistries(
  asks: readonly Ask[],
  registries: Registries,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Answer>> {
  const groups = [...Map.groupBy(asks, (ask) => repositoryKey(ask.use))];
  const answers = await mapConcurrent(groups, REPOSITORIES_AT_ONCE, async ([key, group]) => {
    const repository = repositoryOf((group[0] as Ask).use.name);
    return [key, await askRepository({ repository, asks: group, registries, signal })] as const;
  });
  return new Map(answers);
}

/** Images of one repository share a key, however their names are written. */
export function repositoryKey(use: ImageUse): string {
  const repository = repositoryOf(use.name);
  return `${repository.registry}/${repository.path}`;
}

interface RepositoryAsk {
  readonly repository: ImageRepository;
  readonly asks: readonly Ask[];
  readonly registries: Registries;
  readonly signal: AbortSignal;
}

async function askRepository(given: RepositoryAsk): Promise<Answer> {
  const { repository, asks, registries, signal } = given;
  try {
    const listing = await registries.list(repository, signal);
    const wanted = { pushed: factsToAsk(asks, listing, 'pushed'), created: factsToAsk(asks, listing, 'created') };
    if (wanted.pushed.length + wanted.created.length === 0)
      return { listing, remembered: new Map(), problem: undefined };
    // What the registry's own listing tells makes most questions about single images needless.
    const timed = merge(listing, await registries.times(repository, [...wanted.pushed, ...wanted.created], signal));
    const known = new Map([...timed.listing.tags, ...timed.remembered.values()].map((facts) => [facts.tag, facts]));
    const created = wanted.created.map((facts) => known.get(facts.tag) ?? facts);
    const described = created.length === 0 ? [] : await registries.describe(repository, created, signal);
    const merged = merge(timed.listing, described);
    return {
      listing: merged.listing,
      remembered: new Map([...timed.remembered, ...merged.remembered]),
      problem: undefined,
    };
  } catch (error) {
    signal.throwIfAborted();
    const problem = toProblem(error, { subject: `${repository.registry}/${repository.path}` });
    return { listing: null, remembered: new Map(), problem };
  }
}

/** Candidates of the policies that order by this time, and the current tags: those must be compared with. */
function factsToAsk(asks: readonly Ask[], listing: TagListing, fact: 'created' | 'pushed'): TagFacts[] {
  const wanted = new Map<string, TagFacts>();
  const listed = new Map(listing.tags.map((facts) => [facts.tag, facts]));
  for (const { use, policy } of asks) {
    if (factOf(policy) !== fact) continue;
    const current = { tag: use.tag, digest: use.digest };
    const matching = candidates({ policy, current, listing });
    for (const facts of matching) wanted.set(facts.tag, facts);
    if (use.tag !== undefined) wanted.set(use.tag, listed.get(use.tag) ?? { tag: use.tag });
  }
  return [...wanted.values()];
}

function merge(
  listing: TagListing,
  described: readonly TagFacts[],
): { listing: TagListing; remembered: Map<string, TagFacts> } {
  const facts = new Map(described.map((entry) => [entry.tag, entry]));
  const listed = new Set(listing.tags.map((entry) => entry.tag));
  const tags = listing.tags.map((entry) => facts.get(entry.tag) ?? entry);
  const remembered = new Map([...facts].filter(([tag]) => !listed.has(tag)));
  return { listing: { ...listing, tags }, remembered };
}
