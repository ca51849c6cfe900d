/** Which images a release is about, and which of them may move. */
import type { ImageRow } from '../../report/report.ts';
import { settledRow } from '../automation.ts';
import { type Hold, holdSentence } from '../holds/hold-text.ts';
import type { ImageRule } from '../image-rule.ts';
import type { ImageUse } from '../locate/image-use.ts';
import { type ImageRepository, repositoryOf } from '../reference.ts';
import { rulesOf } from '../select/policy-rules.ts';
import { renderTagPolicy, type TagPolicy } from '../select/tag-policy.ts';
import { reasonToStandStill } from '../stand-still.ts';
import { followedPolicy } from './release-policy.ts';

/** What is to be released: one image, or with `all latest` every one. */
export interface ReleaseOrder {
  readonly image: OrderedImage | 'all latest';
  /** Over the filter, for a tag that is named. */
  readonly force: boolean;
}

export interface OrderedImage {
  readonly repository: ImageRepository;
  /** Undefined: the newest that the policy allows. */
  readonly tag: string | undefined;
}

/** `other`: the release is not about this image. `ask`: to `tag`, or to the newest that `policy` allows. */
export type ReleaseTriage =
  | { readonly kind: 'other' }
  | { readonly kind: 'settled'; readonly row: ImageRow }
  | {
      readonly kind: 'ask';
      readonly policy: TagPolicy;
      readonly exclude?: readonly string[] | undefined;
      readonly tag: string | undefined;
    };

export interface ReleaseInput {
  readonly order: ReleaseOrder;
  readonly rule: ImageRule | undefined;
  readonly excluded: boolean;
  /** Whether the workload was named and its lock is to be passed over. */
  readonly overLock: boolean;
  /** Undefined where it is not on hold, or its workload was named: then a person has thought of it. */
  readonly hold: Hold | undefined;
}

const ANY_TAG: TagPolicy = { kind: 'glob', pattern: '*' };

/**
 * Decides about one image. A lock, and `ignore`, hold for people too; a filter, unless they force a tag; a hold, where
 * they ask for the newest of everything.
 */
export function triageRelease(use: ImageUse, { order, rule, excluded, overLock, hold }: ReleaseInput): ReleaseTriage {
  const { image, force } = order;
  if (image !== 'all latest' && !isOf(use, image.repository)) return { kind: 'other' };
  if (excluded) return settled(use, 'skipped', 'excluded');
  const reason = overLock ? undefined : reasonToStandStill(use.policies);
  if (reason !== undefined) return settled(use, 'skipped', reason);
  if (use.refusal !== undefined) return settled(use, 'skipped', use.refusal);
  const tag = image === 'all latest' ? undefined : image.tag;
  if (tag === undefined && hold !== undefined) return settled(use, 'skipped', holdSentence(hold));
  if (tag !== undefined && force) return { kind: 'ask', policy: ANY_TAG, tag };
  const followed = followedPolicy(use, rule);
  if (!followed.ok) return settled(use, 'failed', `invalid policy: ${followed.message}`);
  const { policy, source } = followed;
  if (tag !== undefined && source !== 'default' && !allows(policy, { tag, current: use.tag })) {
    return settled(use, 'skipped', `${tag} does not match the filter ${renderTagPolicy(policy)}`);
  }
  return { kind: 'ask', policy, exclude: followed.exclude, tag };
}

function isOf(use: ImageUse, wanted: ImageRepository): boolean {
  if (use.refusal !== undefined) return false;
  const { registry, path } = repositoryOf(use.name);
  return registry === wanted.registry && path === wanted.path;
}

function allows(policy: TagPolicy, { tag, current }: { tag: string; current: string | undefined }): boolean {
  if (policy.kind === 'digest') return tag === (policy.tag ?? current);
  const compiled = rulesOf(policy, current);
  return compiled.ok && compiled.rules.judge(tag).passes;
}

function settled(use: ImageUse, action: 'skipped' | 'failed', reason: string): ReleaseTriage {
  return { kind: 'settled', row: settledRow(use, action, reason) };
}
