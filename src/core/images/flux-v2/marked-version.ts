/** What marked values can hold of a new version, and what their policy wants them to hold. */
import type { ImageUse } from '../locate/image-use.ts';
import { followedBy } from './image-policy.ts';
import type { MarkedVersion } from './marked-edits.ts';

/** Whether the policy writes digests, and one of the values is for them. */
export function reflectsDigest(use: ImageUse): boolean {
  const policy = followedBy(use.mark);
  if (policy === undefined || policy.digests === 'Never') return false;
  return use.mark?.digestMarked === true || use.fields.some(({ role }) => role === 'image');
}

/** Whether a new digest of the tag counts although the tag stays. */
export function followsDigest(use: ImageUse): boolean {
  return reflectsDigest(use) && followedBy(use.mark)?.digests === 'Always';
}

/** Whether a marked value holds another name than the ImageRepository has. */
export function renames({ mark }: ImageUse): boolean {
  const policy = followedBy(mark);
  return policy !== undefined && mark?.writtenName !== undefined && mark.writtenName !== policy.image;
}

/** What of `to` the marked values have a place for. */
export function versionInMarks({ fields }: ImageUse, to: MarkedVersion): MarkedVersion {
  const holdsTag = fields.some(({ role }) => role === 'tag' || role === 'image');
  const holdsDigest = holdsTag || fields.some(({ role }) => role === 'digest');
  return { tag: holdsTag ? to.tag : undefined, digest: holdsDigest ? to.digest : undefined };
}
