/** What images follow that are marked with the name of an ImagePolicy, and the marks themselves. */
import type { Position } from '../../../base/errors.ts';
import type { TagPolicy } from '../select/tag-policy.ts';

/** Whether the digest is written beside the tag: never; with a new tag, or where none stands; followed. */
export type DigestReflection = 'Never' | 'IfNotPresent' | 'Always';

export interface ImagePolicy {
  /** `namespace/name`. */
  readonly name: string;
  /** The image's name as its ImageRepository has it. */
  readonly image: string;
  readonly policy: TagPolicy;
  /** RE2 patterns of tags that are never chosen. */
  readonly exclude: readonly string[];
  readonly digests: DigestReflection;
  /** The object that is suspended, if one is: `ImagePolicy shop/api`. */
  readonly suspended: string | undefined;
}

/** That an image is written in marked values. */
export interface ImageMark {
  /** `namespace/name`, as the marker has it. */
  readonly policyName: string;
  /** Of the comment. */
  readonly position: Position;
  /** The policy, or why there is none to follow, in one clause. */
  readonly follows: ImagePolicy | { readonly fault: string };
  /** The name in a marked value; undefined where none holds it. */
  readonly writtenName: string | undefined;
  /** Whether one of the marked values is a digest of its own. */
  readonly digestMarked: boolean;
}

/** The policy, where there is one to follow. */
export function followedBy(mark: ImageMark | undefined): ImagePolicy | undefined {
  return mark === undefined || 'fault' in mark.follows ? undefined : mark.follows;
}
