/** Digests of content, and content checked against them. */
import { createHash } from 'node:crypto';

// https://github.com/opencontainers/image-spec/blob/main/descriptor.md#registered-algorithms
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha512', 128],
]);

/** True for `sha256:` or `sha512:` with that many lower-case hexadecimal digits. */
export function isDigest(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > 135) return false;
  const colon = text.indexOf(':');
  const hex = text.slice(colon + 1);
  return LENGTHS.get(text.slice(0, colon)) === hex.length && /^[a-f0-9]+$/.test(hex);
}

export function digestOf(content: Uint8Array, algorithm: 'sha256' | 'sha512' = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

/** True if `content` is what `digest` names. */
export function matchesDigest(content: Uint8Array, digest: string): boolean {
  return digestOf(content, digest.startsWith('sha512:') ? 'sha512' : 'sha256') === digest;
}
