/** Which names of repositories and tags are taken seriously. */

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const PATH_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
// host[:port] as image references write it; IPv6 in brackets.
const REGISTRY = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:.]{2,45}\])(?::\d{1,5})?$/;
// Tags that stand for signatures, attestations and referrers of a digest, not for images:
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
const FALLBACK_TAG = /^sha(?:256|512)-[a-f0-9]{32,128}(?:\.[a-zA-Z0-9._-]+)?$/;

export function isTag(text: string): boolean {
  return TAG.test(text);
}

export function isFallbackTag(tag: string): boolean {
  return FALLBACK_TAG.test(tag);
}

export function isRegistryName(text: string): boolean {
  return text.length <= 255 && REGISTRY.test(text);
}

export function isRepositoryPath(text: string): boolean {
  return text.length <= 255 && text.split('/').every((part) => PATH_PART.test(part));
}
