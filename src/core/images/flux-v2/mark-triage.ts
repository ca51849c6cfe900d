/** Why a marked image is not to be asked about, beside what its annotations say. */
import type { Problem } from '../../../base/errors.ts';
import type { ImageRule } from '../image-rule.ts';
import type { ImageUse } from '../locate/image-use.ts';
import type { ImageMark, ImagePolicy } from './image-policy.ts';

export type MarkTriage =
  | {
      readonly kind: 'still';
      readonly action: 'skipped' | 'failed';
      readonly reason: string;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'follow'; readonly policy: ImagePolicy; readonly problems: readonly Problem[] };

/** A policy that cannot be followed has a problem of its own where it stands. */
export function triageMark(use: ImageUse, mark: ImageMark, rule: ImageRule | undefined): MarkTriage {
  const { follows } = mark;
  if ('fault' in follows) return { kind: 'still', action: 'failed', reason: follows.fault, problems: [] };
  if (follows.suspended !== undefined) {
    return { kind: 'still', action: 'skipped', reason: `${follows.suspended} is suspended`, problems: [] };
  }
  if (!mark.digestMarked || follows.digests !== 'Never' || rule?.pin === true) {
    return { kind: 'follow', policy: follows, problems: [] };
  }
  const problems = [notReflected(use, mark)];
  const empty = use.fields.some(({ role, span }) => role === 'digest' && span.source === '');
  if (empty) return { kind: 'follow', policy: follows, problems };
  // A tag that moves beside a digest that stays would name an image that does not run.
  return {
    kind: 'still',
    action: 'skipped',
    reason: 'its policy tells no digest for the one that is marked',
    problems,
  };
}

function notReflected({ subject, container }: ImageUse, { policyName, position }: ImageMark): Problem {
  return {
    severity: 'warning',
    code: 'IMAGE_DIGEST_NOT_REFLECTED',
    message: `${subject} ${container}: a digest is marked, but ImagePolicy ${policyName} tells none`,
    position,
    subject,
    hint: 'Set digestReflectionPolicy: IfNotPresent in the policy, or take the marker away.',
  };
}
