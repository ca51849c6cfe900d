/** Every bound on what a registry may cost, in one place; tests pass smaller ones. */

export interface Limits {
  /** Until an answer begins. */
  readonly headersMs: number;
  /** Until an answer ends. */
  readonly answerMs: number;
  /** Time that may be lost to failures of one registry in a run, retries and pauses included; then it is given up. */
  readonly troubleMs: number;
  /** What a request gets even where hardly any of `troubleMs` is left; less would make a failure of a slow answer. */
  readonly leastMs: number;
  /** Failures in a row (those in flight together count once) after which a registry is given up. */
  readonly strikes: number;
  /** Times one request is sent at most because of failures. */
  readonly attempts: number;
  readonly firstPauseMs: number;
  /** A longer Retry-After is not waited for. */
  readonly retryAfterMs: number;
  /** Requests under way at a time, per registry. */
  readonly concurrency: number;
  readonly redirects: number;
  /** Time one repository's listing may take, all its pages together. */
  readonly listingMs: number;
  readonly pageBytes: number;
  readonly listingBytes: number;
  readonly pages: number;
  readonly tags: number;
  readonly manifestBytes: number;
  readonly configBytes: number;
  /** Pages read of a vendor's listing that tells the latest pushes first. */
  readonly recentPages: number;
  /** Tags remembered per repository, and how many of those may be gone from the listing. */
  readonly rememberedTags: number;
  readonly rememberedGoneTags: number;
  readonly cacheFileBytes: number;
}

const MIB = 1024 * 1024;

/** A registry that does not work costs less than 30 s and at most 8 requests; one that works may hold a quarter of a million tags. */
export const DEFAULT_LIMITS: Limits = {
  headersMs: 10_000,
  answerMs: 20_000,
  troubleMs: 22_000,
  leastMs: 3_000,
  strikes: 5,
  attempts: 4,
  firstPauseMs: 300,
  retryAfterMs: 10_000,
  concurrency: 16,
  redirects: 5,
  listingMs: 30_000,
  pageBytes: 32 * MIB,
  listingBytes: 64 * MIB,
  pages: 1_000,
  tags: 250_000,
  // Registries need not accept manifests above 4 MiB: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests
  manifestBytes: 4 * MIB,
  configBytes: 4 * MIB,
  recentPages: 30,
  rememberedTags: 50_000,
  rememberedGoneTags: 1_000,
  cacheFileBytes: 32 * MIB,
};

/**
 * For a vendor's API beside the registry: what it tells is a help, so little time is lost over it, and the registry keeps its own within
 * the 30 s.
 */
export function vendorLimits(limits: Limits): Limits {
  return {
    ...limits,
    headersMs: Math.min(3_000, limits.headersMs),
    answerMs: Math.min(3_000, limits.answerMs),
    troubleMs: Math.min(3_000, limits.troubleMs),
    leastMs: Math.min(1_000, limits.leastMs),
    retryAfterMs: Math.min(1_000, limits.retryAfterMs),
    strikes: 2,
    attempts: 2,
  };
}
