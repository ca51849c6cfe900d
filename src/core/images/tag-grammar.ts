/** What a tag may look like, and which tags are no images. */

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const TAG = /^\w[\w.-]{0,127}$/;
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema */
const ATTACHMENT = /^sha(?:256-[0-9a-f]{64}|512-[0-9a-f]{64,128})(?:\..*)?$/;

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** Signatures, attestations and bills of materials are stored under the digest of the image that they are about. */
export function isAttachment(tag: string): boolean {
  return ATTACHMENT.test(tag);
}
