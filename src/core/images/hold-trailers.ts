/** How commits name the holds that they set or lift. */

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
  const [kind = '', ...rest] = subject.split('/');
  if (kind === 'Kustomization' || kind === 'Values' || rest.length > 2) return subject;
  const plain = `${kind.toLowerCase()}/${rest.at(-1) ?? ''}`;
  return rest.length === 2 ? `${rest[0]}:${plain}` : plain;
}

/** Nobody adds trailers of other names by the name of a container. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
