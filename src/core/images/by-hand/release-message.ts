/** The message of a release's commit: Flux's words, what a bump's commit says about the images, and who asked. */
import { renderCommitMessage } from '../commit-message.ts';
import type { ImageChange } from '../image-change.ts';
import { requesterTrailer } from './policy-change-message.ts';

export interface ReleaseMessageInput {
  /** The image as the person wrote it, or `all latest`. */
  readonly what: string;
  /** The workloads that were named; undefined: all. */
  readonly ids: readonly string[] | undefined;
  readonly changes: readonly ImageChange[];
  /** Further trailers. */
  readonly trailers?: readonly string[];
  readonly branch: string;
  /** Replaces Flux's words. */
  readonly message: string | undefined;
  readonly requestedBy: string | undefined;
}

/**
 * `Release <what> to <ids or all>`, then links and trailers. Ends without a newline.
 * Source: https://github.com/fluxcd/flux/blob/v1.25.4/pkg/update/release_image.go (CommitMessage)
 */
export function renderReleaseMessage(input: ReleaseMessageInput): string {
  const { what, ids, changes, trailers: further = [], branch, message, requestedBy } = input;
  const part = (template: string) => renderCommitMessage({ changes, branch, template });
  const subject = message?.trim() ?? `Release ${what} to ${ids === undefined ? 'all' : ids.join(', ')}`;
  const asked = requestedBy === undefined ? [] : [requesterTrailer(requestedBy)];
  const trailers = [part('{trailers}'), ...further, ...asked].filter((text) => text !== '').join('\n');
  return [subject, part('{links}'), trailers].filter((text) => text !== '').join('\n\n');
}
