/** How commits name the holds that they set or lift. */
import type { ImageUse } from './image-use.ts';

/** `Hold: ns:kind/name container` */
export function holdTrailer(id: string, container: string): string {
  return oneLine(`Hold: ${id} ${container}`);
}

/** `Unhold: ns:kind/name container`: what was before such a commit is settled. */
export function unholdTrailer(id: string, container: string): string {
  return oneLine(`Unhold: ${id} ${container}`);
}

/** The name that trailers use for an object (`Kind/namespace/name`, `Kind/name`); files that hold none keep theirs. */
export function idOfSubject(subject: string): string {
  if (!isObject(subject)) return subject;
  const [kind = '', ...rest] = subject.split('/');
  const plain = `${kind.toLowerCase()}/${rest.at(-1) ?? ''}`;
  return rest.length === 2 ? `${rest[0]}:${plain}` : plain;
}

/** Whether the subject of an image is an object, which has annotations, and no file. */
export function isObject(subject: string): boolean {
  return !/^(?:Kustomization|Values|File)\//.test(subject) && subject.split('/').length <= 3;
}

/** Nobody adds trailers of other names by the name of a container. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
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
export function namesImage(message: string, { name, tag, digest }: Pick<ImageUse, 'name' | 'tag' | 'digest'>): boolean {
  const lines = linesOf(message);
  if (lines.some((line) => line.startsWith('Requested-by: '))) return false;
  return lines.some((line) => {
    if (!line.startsWith(`Image: ${name}:`)) return false;
    const [written = '', pinned] = line.slice(`Image: ${name}:`.length).split('@');
    return (tag === undefined || written === tag) && (digest === undefined || pinned === digest);
  });
}

function linesOf(message: string): string[] {
  return message.split('\n').map((line) => line.trim());
}
