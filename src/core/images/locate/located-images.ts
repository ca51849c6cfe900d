/** What a search for images gives. */
import type { Problem } from '../../../base/errors.ts';
import type { ImageUse } from './image-use.ts';

export interface LocatedImages {
  readonly uses: readonly ImageUse[];
  readonly problems: readonly Problem[];
}
