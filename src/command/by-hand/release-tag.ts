/** The move of one image to the tag that a person names. */
import { type Bump, isPinned, still, toBump } from '../../core/images/bump.ts';
import { sourceOf } from '../../core/images/image-change.ts';
import { repositoryOf } from '../../core/images/reference.ts';
import type { TagFacts } from '../../core/images/select/tag-facts.ts';
import type { Deps } from '../deps.ts';
import type { Answer, Ask } from '../images/ask-registries.ts';

type TagDeps = Pick<Deps, 'registries' | 'signal'>;

/** Up or down, as people wish; a tag that the registry does not have is a failure. */
export async function releaseTag(
  { use, rule }: Ask,
  { tag, answer }: { readonly tag: string; readonly answer: Answer | undefined },
  deps: TagDeps,
): Promise<Bump> {
  if (!answer?.listing) return still(use, 'failed', answer?.problem?.message ?? 'the registry gave no answer');
  const repository = repositoryOf(use.name);
  const pinned = isPinned(use, rule?.pin);
  const listed = answer.listing.tags.some((facts) => facts.tag === tag);
  if (!listed && answer.listing.complete) return still(use, 'failed', `the registry has no ${use.name}:${tag}`);
  if (listed && !pinned && tag === use.tag) return still(use, 'unchanged', 'has this tag already');
  const digest = pinned || !listed ? await deps.registries.digest(repository, tag, deps.signal) : null;
  if (!listed && digest === null) return still(use, 'failed', `the registry has no ${use.name}:${tag}`);
  const selection = {
    kind: 'update',
    to: { tag },
    reason: 'the tag that was asked for',
    rejected: [],
    warnings: [],
  } as const;
  const { to, from } = await describeBoth({ use, tag }, deps);
  return toBump({
    use,
    selection,
    pinned,
    digest: digest ?? (pinned ? null : (to?.digest ?? null)),
    source: sourceOf(to, from),
  });
}

/** Digest and labels: a kindness to the commit's readers, no condition of the release. */
async function describeBoth(
  { use, tag }: { readonly use: Ask['use']; readonly tag: string },
  deps: TagDeps,
): Promise<{ readonly to?: TagFacts | undefined; readonly from?: TagFacts | undefined }> {
  const wanted = use.tag === undefined ? [{ tag }] : [{ tag }, { tag: use.tag }];
  try {
    const [to, from] = await deps.registries.describe(repositoryOf(use.name), wanted, deps.signal);
    return { to, from };
  } catch {
    // reason: the release stands without its links
    deps.signal.throwIfAborted();
    return {};
  }
}
