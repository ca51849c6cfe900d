/** Tags that hold no image but what is known about one. */

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema */
const ATTACHMENT = /^sha(?:256|512)-[0-9a-f]{64}(?:\..*)?$/;

/** Signatures, attestations and bills of materials are stored under the digest of the image that they are about. */
export function isAttachment(tag: string): boolean {
  return ATTACHMENT.test(tag);
}
