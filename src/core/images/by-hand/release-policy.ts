/** The policy that a container's image follows when a person asks, whether or not it is automated. */
import type { ImageRule } from '../image-rule.ts';
import type { ImageUse } from '../locate/image-use.ts';
import { parseTagPolicy, type TagPolicy } from '../select/tag-policy.ts';

export type FollowedPolicy =
  | {
      readonly ok: true;
      readonly policy: TagPolicy;
      /** RE2 patterns of tags that are never chosen. */
      readonly exclude?: readonly string[];
      /** Where it was written; `default` lets every tag pass. */
      readonly source: 'manifest' | 'rule' | 'default';
    }
  | { readonly ok: false; readonly message: string };

/** The policy of its marker, else the filter of its manifest, else the rule's policy, else any tag, newest build first. */
export function followedPolicy(use: ImageUse, rule: ImageRule | undefined): FollowedPolicy {
  const { mark } = use;
  if (mark !== undefined) {
    const { follows } = mark;
    if ('fault' in follows) return { ok: false, message: follows.fault };
    return { ok: true, policy: follows.policy, exclude: follows.exclude, source: 'manifest' };
  }
  const filter = use.policies.tagFilters.get(use.container);
  if (filter !== undefined) {
    const parsed = parseTagPolicy(filter.value);
    return parsed.ok ? { ok: true, policy: parsed.policy, source: 'manifest' } : { ok: false, message: parsed.message };
  }
  if (rule?.policy !== undefined) return { ok: true, policy: rule.policy.value, source: 'rule' };
  return { ok: true, policy: { kind: 'glob', pattern: '*' }, source: 'default' };
}
