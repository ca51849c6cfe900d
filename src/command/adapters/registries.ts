/** What the commands need of the image registries. */
import type { ImageRepository } from '../../core/images/reference.ts';
import type { TagFacts, TagListing } from '../../core/images/select/tag-facts.ts';

export type { ImageRepository };

/** Of which tags the time of the push is wanted, and what for. */
export interface TimesAsk {
  readonly tags: readonly TagFacts[];
  readonly wanted: 'pushes' | 'builds';
}

export interface Registries {
  /** Lists the tags. Throws a TowpathError that names the registry and its answer; then nothing may change for that image. */
  list(repository: ImageRepository, signal?: AbortSignal): Promise<TagListing>;
  /**
   * Adds to `tags` the time of their push and their digest, where the registry's own listing tells, without asking for images. Wanted for itself, or
   * before `describe`, which then asks for fewer: where it would not, nobody is asked. Same order; what is not told stays as it was.
   */
  times(repository: ImageRepository, ask: TimesAsk, signal?: AbortSignal): Promise<readonly TagFacts[]>;
  /**
   * Adds build time, digest, platforms and labels to `tags`, from the cache where it can: also for a tag that the listing lacks. Same order; what
   * an image does not tell stays undefined. Throws where the registry is in trouble, since facts of some tags only would select the wrong one.
   */
  describe(repository: ImageRepository, tags: readonly TagFacts[], signal?: AbortSignal): Promise<readonly TagFacts[]>;
  /** The digest a tag points at now, by HEAD; null where there is no such tag. */
  digest(repository: ImageRepository, tag: string, signal?: AbortSignal): Promise<string | null>;
  /** Requests sent so far by registry name, retries included, token services not. */
  requests(): Readonly<Record<string, { readonly requests: number }>>;
  /** Writes what was learnt to the cache; a failure is a warning of the caller's, never an error. */
  save(): Promise<void>;
}
