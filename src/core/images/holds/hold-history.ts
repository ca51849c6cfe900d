/** Recognises in the past of an image that somebody has set it back: automation is not to undo that. */

import { printable } from '../../../base/printable.ts';
import type { ImageVersion } from '../image-edits.ts';
import type { ImageUse } from '../locate/image-use.ts';
import { repositoryOf } from '../reference.ts';
import type { Order } from './hold-order.ts';
import { isOver, parseHold } from './hold-text.ts';
import { holdSettled, namesImage, namesVersion, requesterIn, saysHold } from './hold-trailers.ts';

/** One commit of the branch. */
export interface PastImage {
  readonly revision: string;
  readonly author: string;
  /** Milliseconds since the epoch. */
  readonly committedMs: number;
  readonly message: string;
  /**
   * The image as the commit left it. `unchanged`: its file is as in the commit before. Undefined where it cannot be found
   * in the file: then it is neither this version nor another.
   */
  readonly image: ImageUse | 'unchanged' | undefined;
}

export interface SetBack {
  readonly from: ImageVersion;
  readonly to: ImageVersion;
  /** Undefined where it is not committed yet. */
  readonly by: Pick<PastImage, 'revision' | 'author'> | undefined;
}

export interface SetBackInput {
  readonly current: ImageUse;
  /** As commits name the subject: `ns:kind/name`. */
  readonly id: string;
  /** The newest first; read only as far as needed. */
  readonly past: Iterable<PastImage>;
  /** Where a tag stands compared with the current one. */
  readonly orderOf: (tag: string) => Order;
}

/**
 * The last change of the image's version, if it set the image back: from a tag that is newer, or, where nobody can tell
 * which is newer, to a version that had been there before. Not a set-back is what automation did itself, what a commit
 * has lifted since, and what was followed by a hold, a lock or the end of automation that has been taken away again.
 */
export function findSetBack({ current, id, past, orderOf }: SetBackInput): SetBack | undefined {
  let newest: ImageUse | undefined;
  let by: PastImage | undefined;
  let lost: PastImage | undefined;
  let from: ImageUse | undefined;
  for (const commit of past) {
    const { image } = commit;
    if (from === undefined && holdSettled(commit.message, { id, container: current.container })) return undefined;
    if (image === 'unchanged') continue;
    if (image === undefined || image.refusal !== undefined) {
      // Where nobody has written the version down, it came with the commit that took the other one away.
      if (by === undefined || by === lost) lost = by = commit;
      continue;
    }
    if (!isSameRepository(image, current)) return undefined;
    if (isSameVersion(image, current)) {
      // It stood here before the other version did: nobody goes back by accident.
      if (from !== undefined) return setBack({ current, from, by });
      newest ??= image;
      if (stoodStill(image, { newest, committedMs: commit.committedMs })) return undefined;
      by = commit;
    } else if (from === undefined) {
      if (by !== undefined && isAutomatic(by, { id, current })) return undefined;
      const order = image.tag === undefined ? 'unknown' : orderOf(image.tag);
      if (order === 'not newer') return undefined;
      from = image;
      if (order === 'newer') return setBack({ current, from, by });
    }
  }
  return undefined;
}

/**
 * The release by hand that put the image on hold at the version that it has, for an image whose past versions nobody can
 * see. A commit that lifts the hold, or moves the image to this version by automation, settles what was before.
 */
export function findHeldRelease<Commit extends Pick<PastImage, 'message'>>(
  { current, id }: Pick<SetBackInput, 'current' | 'id'>,
  past: Iterable<Commit>,
): Commit | undefined {
  const { container } = current;
  for (const commit of past) {
    const { message } = commit;
    if (holdSettled(message, { id, container })) return undefined;
    if (saysHold(message, { id, container })) return namesVersion(message, current) ? commit : undefined;
    if (namesImage(message, current)) return undefined;
  }
  return undefined;
}

/** `set back to 1.0.0 in 1234567`: the commit says who asked for it. */
export function heldReleaseWords({ tag, digest }: ImageVersion, { revision }: Pick<PastImage, 'revision'>): string {
  return `set back to ${shortVersion({ tag, digest }, tag === undefined)} in ${revision.slice(0, 7)}`;
}

/** `set back from 1.1.0 to 1.0.0 by Ann in 1234567`: one line for rows, annotations and commits. */
export function setBackWords({ from, to, by }: SetBack): string {
  const where = by === undefined ? 'in the working tree' : `by ${nameOf(by.author)} in ${by.revision.slice(0, 7)}`;
  const isDigest = from.tag === to.tag;
  return `set back from ${shortVersion(from, isDigest)} to ${shortVersion(to, isDigest)} ${where}`;
}

/** Names are data of whoever commits. */
function nameOf(author: string): string {
  const name = printable(author.trim(), { longest: 40 });
  return name === '' ? 'somebody' : name;
}

function shortVersion({ tag, digest }: ImageVersion, withDigest: boolean): string {
  const short = digest === undefined || !withDigest ? '' : `@${digest.slice(0, 'sha256:'.length + 7)}`;
  return printable(`${tag ?? ''}${short}`, { longest: 60 }) || 'no tag';
}

function isAutomatic({ message }: PastImage, { id, current }: Pick<SetBackInput, 'id' | 'current'>): boolean {
  return namesImage(message, current) && !saysHold(message, { id, container: current.container });
}

function setBack(found: {
  readonly current: ImageUse;
  readonly from: ImageUse;
  readonly by: PastImage | undefined;
}): SetBack {
  const { current, from, by } = found;
  return {
    from: { tag: from.tag, digest: from.digest },
    to: { tag: current.tag, digest: current.digest },
    by: by === undefined ? undefined : { revision: by.revision, author: requesterIn(by.message) ?? by.author },
  };
}

/** A digest that comes or goes is no other version. */
function isSameVersion(a: ImageUse, b: ImageUse): boolean {
  if (a.tag !== b.tag) return false;
  return a.digest === b.digest || (a.tag !== undefined && (a.digest === undefined || b.digest === undefined));
}

/** The tags of another repository say nothing about those of this one. */
function isSameRepository(a: ImageUse, b: ImageUse): boolean {
  const [one, other] = [repositoryOf(a.name), repositoryOf(b.name)];
  return one.registry === other.registry && one.path === other.path;
}

/**
 * Whether the manifest kept automation away then, as it does no more: whoever took that away wants the image to move.
 * `newest`: as the file has it now; a file without annotations does not speak of automation at any time.
 */
function stoodStill(
  { container, policies }: ImageUse,
  { newest, committedMs }: { readonly newest: ImageUse; readonly committedMs: number },
): boolean {
  const hold = parseHold(policies.holds.get(container)?.value ?? '');
  if (hold !== undefined && !isOver(hold, committedMs)) return true;
  if (policies.locked || policies.ignore === 'true' || policies.automated === false) return true;
  return newest.policies.automated === true && policies.automated === undefined;
}
