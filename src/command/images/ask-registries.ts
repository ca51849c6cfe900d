/** Asks the registries what selection needs to know: each repository's tags once, build times only where a policy needs them. */
import { mapConcurrent } from '../../base/concurrency.ts';
import { type Problem, toProblem } from '../../base/errors.ts';
import type { ImageRule } from '../../core/images/image-rule.ts';
import type { ImageUse } from '../../core/images/locate/image-use.ts';
import { repositoryOf } from '../../core/images/reference.ts';
import { candidates } from '../../core/images/select/candidates.ts';
import type { Selection } from '../../core/images/select/selection.ts';
import type { TagFacts, TagListing } from '../../core/images/select/tag-facts.ts';
import { factOf, type TagPolicy } from '../../core/images/select/tag-policy.ts';
import type { ImageRepository, Registries } from '../adapters/registries.ts';

/** An image to ask about, and the policy it follows. */
export interface Ask {
  readonly use: ImageUse;
  readonly policy: TagPolicy;
  /** RE2 patterns of tags that are never chosen. */
  readonly exclude?: readonly string[] | undefined;
  /** The conditions beside the policy, if any. */
  readonly rule: ImageRule | undefined;
}

/** What the registry said about one repository; `listing: null` means that it gave no usable answer, `problem` says why. */
export interface Answer {
  readonly listing: TagListing | null;
  /** Facts of tags in use that the listing does not have. */
  readonly remembered: ReadonlyMap<string, TagFacts>;
  readonly problem: Problem | undefined;
  /** What has been chosen from it so far, by what was asked. */
  readonly choices: Map<string, Promise<Selection>>;
}

/** What went wrong at the registries, or was only half an answer. */
export function registryProblems(answers: ReadonlyMap<string, Answer>): Problem[] {
  const problems: Problem[] = [];
  for (const [subject, { problem, listing }] of answers) {
    if (problem !== undefined) problems.push(problem);
    const message = listing?.warning;
    if (message !== undefined) problems.push({ severity: 'warning', code: 'REGISTRY_LISTING', message, subject });
  }
  return problems;
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
  const { repository, registries, signal } = given;
  try {
    const listing = await registries.list(repository, signal);
    return { ...(await learn(given, listing)), problem: undefined, choices: new Map() };
  } catch (error) {
    signal.throwIfAborted();
    const problem = toProblem(error, { subject: `${repository.registry}/${repository.path}` });
    return { listing: null, remembered: new Map(), problem, choices: new Map() };
  }
}

type Learnt = Pick<Answer, 'remembered'> & { readonly listing: TagListing };

/** The listing with the facts that the policies compare, asked for as few tags as that takes. */
async function learn({ repository, asks, registries, signal }: RepositoryAsk, listing: TagListing): Promise<Learnt> {
  const [pushed, created, followed] = (['pushed', 'created', 'digest'] as const).map((fact) =>
    factsToAsk(asks, listing, fact),
  ) as [TagFacts[], TagFacts[], TagFacts[]];
  let learnt: Learnt = { listing, remembered: new Map() };
  if (pushed.length + created.length > 0) {
    // What the registry's own listing tells makes most questions about single images needless.
    const wanted = pushed.length > 0 ? 'pushes' : 'builds';
    learnt = merge(learnt, await registries.times(repository, { tags: [...pushed, ...created], wanted }, signal));
  }
  if (created.length > 0) {
    const known = new Map([...learnt.listing.tags, ...learnt.remembered.values()].map((facts) => [facts.tag, facts]));
    const wanted = created.map((facts) => known.get(facts.tag) ?? facts).filter(needsDescribing(asks, known));
    learnt = merge(learnt, await registries.describe(repository, wanted, signal));
  }
  // A tag that is followed may have moved since anybody looked: only the registry's word counts.
  const moved = followed.map(async ({ tag }) => ({
    tag,
    digest: (await registries.digest(repository, tag, signal)) ?? undefined,
  }));
  return moved.length === 0 ? learnt : merge(learnt, await Promise.all(moved));
}

/**
 * Not what the registry's own listing has told already; but always the current images, whose build time is worth remembering for when they are gone,
 * and whatever is the same image, so that the same time is not compared with itself in two precisions.
 */
function needsDescribing(asks: readonly Ask[], known: ReadonlyMap<string, TagFacts>): (facts: TagFacts) => boolean {
  const tags = new Set(asks.map(({ use }) => use.tag));
  const digests = new Set(
    [...tags].map((tag) => known.get(tag ?? '')?.digest).filter((digest) => digest !== undefined),
  );
  return ({ tag, digest, createdMs }) =>
    createdMs === undefined || tags.has(tag) || (digest !== undefined && digests.has(digest));
}

/** Candidates of the policies that compare this fact, and the current tags: those must be compared with. */
function factsToAsk(asks: readonly Ask[], listing: TagListing, fact: ReturnType<typeof factOf>): TagFacts[] {
  const wanted = new Map<string, TagFacts>();
  const listed = new Map(listing.tags.map((facts) => [facts.tag, facts]));
  for (const { use, policy, exclude } of asks) {
    if (factOf(policy) !== fact) continue;
    const current = { tag: use.tag, digest: use.digest };
    const matching = candidates({ policy, current, listing, exclude });
    for (const facts of matching) wanted.set(facts.tag, facts);
    if (use.tag !== undefined && fact !== 'digest') wanted.set(use.tag, listed.get(use.tag) ?? { tag: use.tag });
  }
  return [...wanted.values()];
}

function merge({ listing, remembered }: Learnt, described: readonly TagFacts[]): Learnt {
  const facts = new Map(described.map((entry) => [entry.tag, entry]));
  const listed = new Set(listing.tags.map((entry) => entry.tag));
  const tags = listing.tags.map((entry) => ({ ...entry, ...facts.get(entry.tag) }));
  const unlisted = [...facts].filter(([tag]) => !listed.has(tag));
  return { listing: { ...listing, tags }, remembered: new Map([...remembered, ...unlisted]) };
}
