/** What a person writes behind `towpath release`, read and judged before anything else happens. */
import type { Problem } from '../../base/errors.ts';
import type { ReleaseOrder } from '../../core/images/by-hand/release-triage.ts';
import { parseReference } from '../../core/images/reference.ts';
import type { Request } from '../deps.ts';

export interface ReleaseRequest {
  readonly order: ReleaseOrder;
  /** The image as written, or `all latest`: for the commit. */
  readonly what: string;
  /** Undefined: all workloads. */
  readonly names: readonly string[] | undefined;
  readonly excluded: readonly string[];
}

export type ReadRelease =
  | { readonly ok: true; readonly release: ReleaseRequest }
  | { readonly ok: false; readonly problem: Problem };

/** The release, or the first thing that is wrong with it. */
export function readRelease({ manual, operands }: Request): ReadRelease {
  const { all = false, updateImage, updateAllImages = false, exclude = [], force = false, message } = manual ?? {};
  if (all === operands.length > 0) {
    return refused('release needs either workloads or --all', 'Write release ns:kind/name, or release --all.');
  }
  if ((updateImage !== undefined) === updateAllImages) {
    const hint = 'Write --update-image IMAGE[:TAG], or --update-all-images.';
    return refused('release needs one of --update-image and --update-all-images', hint);
  }
  if (force && message === undefined) return refused('--force needs a reason', 'Add --message TEXT.');
  if (force && all && updateAllImages) {
    return refused('--force is for workloads or images that are named', 'Name the locked workloads instead of --all.');
  }
  const names = all ? undefined : operands;
  if (updateImage === undefined) {
    return {
      ok: true,
      release: { order: { image: 'all latest', force }, what: 'all latest', names, excluded: exclude },
    };
  }
  const reference = parseReference(updateImage);
  if ('error' in reference) return refused(`--update-image: ${reference.error}`, 'Write IMAGE or IMAGE:TAG.');
  if (reference.digest !== undefined) {
    return refused('--update-image takes no digest', 'Name the tag; the digest is written where one stands.');
  }
  const { registry, path, tag } = reference;
  const order = { image: { repository: { registry, path }, tag }, force };
  return { ok: true, release: { order, what: updateImage, names, excluded: exclude } };
}

function refused(message: string, hint: string): ReadRelease {
  return { ok: false, problem: { severity: 'error', code: 'USAGE_ARGUMENT', message, hint } };
}
