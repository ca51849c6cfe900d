/** What is remembered of one repository between runs. Losing it costs requests, never correctness. */
import type { AuthScheme } from './authorizer.ts';
import type { ImageFacts } from './image-facts.ts';
import type { Limits } from './limits.ts';

export interface TagMemory {
  /** When a run first saw the tag, with this digest where digests were seen. */
  readonly firstSeenMs: number;
  readonly digest?: string | undefined;
  /** When the registry last said that the tag has this digest. */
  readonly verifiedMs?: number | undefined;
  /** Times the tag was seen to change its digest. */
  readonly moves?: number | undefined;
  /** When this digest was pushed under the tag, where the registry tells. */
  readonly pushedMs?: number | undefined;
  /** The vendor was asked for that and did not tell. */
  readonly untold?: boolean | undefined;
}

/** Mutable; `changed` tells whether there is anything to save. */
export interface RepositoryMemory {
  readonly registry: string;
  readonly path: string;
  readonly tags: Map<string, TagMemory>;
  /** By digest. */
  readonly images: Map<string, ImageFacts>;
  /** The tags that this run's listing has; undefined before it, and where it was not whole. */
  listed: ReadonlySet<string> | undefined;
  /** Every push up to this time is known from the vendor's own listing. */
  pushesKnownMs: number | undefined;
  /** Until then the vendor's own listing is not asked: it refused. */
  vendorOffUntilMs: number | undefined;
  scheme: AuthScheme | undefined;
  changed: boolean;
}

export function emptyMemory(registry: string, path: string): RepositoryMemory {
  return {
    registry,
    path,
    tags: new Map(),
    images: new Map(),
    listed: undefined,
    pushesKnownMs: undefined,
    vendorOffUntilMs: undefined,
    scheme: undefined,
    changed: false,
  };
}

/** What a look at the registry told of a tag. */
export interface Sighting {
  readonly nowMs: number;
  readonly digest?: string | undefined;
  readonly pushedMs?: number | undefined;
}

/** Takes in that `tag` was seen. A new digest starts the tag's age again. */
export function noteTag(memory: RepositoryMemory, tag: string, seen: Sighting): TagMemory {
  const before = memory.tags.get(tag);
  const after = nextTagMemory(before, seen);
  if (before !== undefined && before === after) return before;
  memory.tags.set(tag, after);
  memory.changed = true;
  return after;
}

/** Takes in that the vendor does not tell when `tag` was pushed; until it has another digest it is not asked again. */
export function noteUntold(memory: RepositoryMemory, tag: string, nowMs: number): void {
  memory.tags.set(tag, { ...noteTag(memory, tag, { nowMs }), untold: true });
  memory.changed = true;
}

function nextTagMemory(before: TagMemory | undefined, { nowMs, digest, pushedMs }: Sighting): TagMemory {
  const known =
    digest === undefined ? {} : { digest, verifiedMs: nowMs, ...(pushedMs === undefined ? {} : { pushedMs }) };
  if (before === undefined) return { firstSeenMs: nowMs, ...known };
  // A clock that was ahead once must not make a tag young for ever.
  const firstSeenMs = Math.min(before.firstSeenMs, nowMs);
  if (digest === undefined) return firstSeenMs === before.firstSeenMs ? before : { ...before, firstSeenMs };
  if (before.digest === undefined || before.digest === digest) return { ...before, firstSeenMs, ...known };
  return { firstSeenMs: nowMs, ...known, moves: (before.moves ?? 0) + 1 };
}

/**
 * The remembered tag of `tags` whose digest is most due to be asked for again: the one verified longest ago, where tags that have moved
 * before count as much older. A time in the future counts as never.
 */
export function mostDue(memory: RepositoryMemory, tags: readonly string[], nowMs: number): string | undefined {
  let best: { readonly tag: string; readonly age: number } | undefined;
  for (const tag of tags) {
    const remembered = memory.tags.get(tag);
    if (remembered?.digest === undefined) continue;
    const age = ageOf(remembered, nowMs) * ((remembered.moves ?? 0) > 0 ? 16 : 1);
    if (best === undefined || age > best.age) best = { tag, age };
  }
  return best?.tag;
}

export function ageOf(tag: TagMemory, nowMs: number): number {
  const verifiedMs = tag.verifiedMs ?? 0;
  return verifiedMs > nowMs ? nowMs : nowMs - verifiedMs;
}

/** Drops what is beyond the limits: of the tags gone from the listing those seen first, then facts that no tag leads to. */
export function pruneMemory(memory: RepositoryMemory, limits: Limits): void {
  const { listed } = memory;
  if (listed !== undefined) {
    const gone = [...memory.tags].filter(([tag]) => !listed.has(tag));
    dropOldest(memory, gone, limits.rememberedGoneTags);
  }
  dropOldest(memory, [...memory.tags], limits.rememberedTags);
  const used = new Set([...memory.tags.values()].map((tag) => tag.digest));
  for (const digest of [...memory.images.keys()]) if (!used.has(digest)) memory.images.delete(digest);
}

function dropOldest(memory: RepositoryMemory, tags: [string, TagMemory][], keep: number): void {
  if (tags.length <= keep) return;
  tags.sort(([, a], [, b]) => b.firstSeenMs - a.firstSeenMs);
  for (const [tag] of tags.slice(keep)) memory.tags.delete(tag);
}
