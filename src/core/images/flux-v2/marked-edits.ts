/** What is written into marked values: what Flux v2 writes there. */
import type { ScalarEdit } from '../../manifests/scalar-span.ts';
import { splitVersion } from '../locate/describe-image.ts';
import type { ImageField, ImageUse } from '../locate/image-use.ts';
import type { ImagePolicy } from './image-policy.ts';

export interface MarkedVersion {
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/**
 * The new values for `to`; the name is the ImageRepository's, as written there. A digest goes into the values that are
 * for it, else behind a tag that had one or is to have one.
 */
export function markedEdits(use: ImageUse, policy: ImagePolicy, to: MarkedVersion): readonly ScalarEdit[] {
  const hasPlace = use.fields.some(({ role }) => role === 'digest');
  const behind = hasPlace || to.digest === undefined ? '' : `@${to.digest}`;
  return use.fields.flatMap(({ role, span }): ScalarEdit[] => {
    const value = newValue(role, { policy, to, behind, written: span.source });
    return value === span.source ? [] : [{ span, value }];
  });
}

interface NewValue {
  readonly policy: ImagePolicy;
  readonly to: MarkedVersion;
  /** `@sha256:…` or nothing. */
  readonly behind: string;
  readonly written: string;
}

function newValue(role: ImageField['role'], { policy, to, behind, written }: NewValue): string {
  switch (role) {
    case 'image':
      return `${policy.image}${to.tag === undefined ? '' : `:${to.tag}`}${behind}`;
    case 'name':
      return policy.image;
    case 'tag':
      return `${to.tag ?? splitVersion(`:${written}`).tag}${behind}`;
    case 'digest':
      return to.digest ?? '';
    default:
      return written;
  }
}
