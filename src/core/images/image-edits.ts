/** Which scalars of an image change for a new version. */
import type { ScalarEdit } from '../manifests/scalar-span.ts';
import { followedBy } from './flux-v2/image-policy.ts';
import { markedEdits } from './flux-v2/marked-edits.ts';
import { splitVersion } from './locate/describe-image.ts';
import type { ImageField, ImageRole, ImageUse } from './locate/image-use.ts';

/** The whole version that the image is to have: what is undefined is removed where the shape allows it. */
export interface ImageVersion {
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/**
 * The scalars of `use` that change for `to`, with their new values; none where it has that version already, or must
 * not be edited. The name of the image changes in marked values only. A digest goes where one stands, else behind the tag.
 */
export function imageEdits(use: ImageUse, to: ImageVersion): readonly ScalarEdit[] {
  if (use.refusal !== undefined) return [];
  const followed = followedBy(use.mark);
  if (followed !== undefined) return markedEdits(use, followed, to);
  const field = (role: ImageRole) => use.fields.find((candidate) => candidate.role === role);
  const main = field('image') ?? field('repository');
  const tagField = field('tag');
  const digestField = field('digest');
  const edits: ScalarEdit[] = [];
  const digestInMain = main !== undefined && (tagField === undefined || splitVersion(main.span.source).digest !== '');
  const digestToAppend = digestField === undefined ? to.digest : undefined;
  // Where a kustomization names the image, nothing but the name may stand: then there is no main scalar.
  if (main !== undefined) {
    push(edits, main, {
      name: splitVersion(main.span.source).name,
      tag: tagField === undefined ? to.tag : undefined,
      digest: digestInMain ? digestToAppend : undefined,
    });
  }
  if (tagField !== undefined) {
    push(edits, tagField, { name: '', tag: to.tag, digest: digestInMain ? undefined : digestToAppend });
  }
  if (digestField !== undefined && digestField.span.source !== (to.digest ?? '')) {
    edits.push({ span: digestField.span, value: to.digest ?? '' });
  }
  return edits;
}

interface NewText {
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

function push(edits: ScalarEdit[], { role, span }: ImageField, { name, tag, digest }: NewText): void {
  const colon = role === 'tag' ? '' : ':';
  const version = `${tag === undefined ? '' : `${colon}${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  const value = `${name}${version}`;
  if (value !== span.source) edits.push({ span, value });
}
