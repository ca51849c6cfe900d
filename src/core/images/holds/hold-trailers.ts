/** How commits name the holds that they set or lift. */
import { printable } from '../../../base/printable.ts';
import { renderWorkloadId } from '../by-hand/workload-id.ts';
import type { ImageUse } from '../locate/image-use.ts';
import { trailer } from '../trailer.ts';

/** `Hold: ns:kind/name container` */
export function holdTrailer(id: string, container: string): string {
  return trailer('Hold', `${id} ${container}`);
}

/** `Unhold: ns:kind/name container`: what was before such a commit is settled. */
export function unholdTrailer(id: string, container: string): string {
  return trailer('Unhold', `${id} ${container}`);
}

type Subject = Pick<ImageUse, 'subject' | 'position'>;

/** How trailers name what the image stands in: an object as `ns:kind/name`, a file that is none by its subject. */
export function idOf(use: Subject): string {
  if (!isInObject(use)) return use.subject;
  const [kind = '', ...rest] = use.subject.split('/');
  return renderWorkloadId({ kind, namespace: rest.length > 1 ? rest[0] : undefined, name: rest.at(-1) ?? '' });
}

/** Whether the image stands in an object, which has annotations; files without objects are called after their path. */
export function isInObject({ subject, position }: Subject): boolean {
  const path = printable(position.file);
  return !['Kustomization', 'Values', 'File'].some((holder) => subject === `${holder}/${path}`);
}

/** Whether a commit with this message lifts the hold, for good. */
export function holdSettled(message: string, { id, container }: { readonly id: string; readonly container: string }) {
  return linesOf(message).includes(unholdTrailer(id, container));
}

/** Whether a commit with this message puts the image on hold. */
export function saysHold(message: string, { id, container }: { readonly id: string; readonly container: string }) {
  return linesOf(message).includes(holdTrailer(id, container));
}

/** Whether the message says that automation, and no person, moved the image to the version that it has. */
export function namesImage(message: string, image: Pick<ImageUse, 'name' | 'tag' | 'digest'>): boolean {
  return requesterIn(message) === undefined && namesVersion(message, image);
}

/** The person who asked for the commit, without their address; undefined where the message names nobody. */
export function requesterIn(message: string): string | undefined {
  const line = linesOf(message).findLast((candidate) => candidate.startsWith(REQUESTED_BY));
  return line?.slice(REQUESTED_BY.length).replace(/ <[^<>]*>$/, '');
}

const REQUESTED_BY = 'Requested-by: ';

/** Whether the message says that the image was moved to the version that it has, by whomever. */
export function namesVersion(
  message: string,
  { name, tag, digest }: Pick<ImageUse, 'name' | 'tag' | 'digest'>,
): boolean {
  return linesOf(message).some((line) => {
    if (!line.startsWith(`Image: ${name}:`)) return false;
    const [written = '', pinned] = line.slice(`Image: ${name}:`.length).split('@');
    return (tag === undefined || written === tag) && (digest === undefined || pinned === digest);
  });
}

function linesOf(message: string): string[] {
  return message.split('\n').map((line) => line.trim());
}
