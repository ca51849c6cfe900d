/** Uses a vendor's listing where there is one, and does without where it fails. */
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { TagFacts } from '../core/images/select/tag-facts.ts';
import { isRefusal, isTrouble, isWithoutLogin } from './errors.ts';
import type { Limits } from './limits.ts';
import type { RawListing } from './listing.ts';
import { noteTag, noteUntold, type RepositoryMemory } from './memory.ts';
import { isTag } from './names.ts';
import type { Vendor } from './vendors/vendor.ts';

export interface VendorUse {
  readonly vendor: Vendor;
  readonly path: string;
  readonly memory: RepositoryMemory;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly onWarning: (message: string) => void;
}

/** A vendor that refused is left alone for a day: its leave will not come by itself. */
const OFF_MS = 24 * 3600 * 1000;
/** Clocks of vendors and runners differ, and pushes show late. */
const SLACK_MS = 3600 * 1000;

/** All tags by the vendor's listing, or undefined where the plain one has to do. Throws where the registry itself is in trouble. */
export async function listByVendor(use: VendorUse, signal?: AbortSignal): Promise<RawListing | undefined> {
  if (use.vendor.order !== 'whole' || isOff(use)) return undefined;
  const tags: TagFacts[] = [];
  try {
    for await (const page of use.vendor.pages(use.path, signal)) {
      for (const tag of page) tags.push(tag);
      if (tags.length > use.limits.tags) return undefined;
    }
  } catch (error) {
    doWithout(use, error, signal);
    return undefined;
  }
  // Nothing is said by an empty answer that the plain listing would not say better.
  return tags.length === 0 ? undefined : { tags, complete: true };
}

/**
 * What the vendor says of the latest pushes, by tag: as far back as is needed to know of the `wanted` tags when they were pushed, and of those
 * known before that they were not pushed again. Undefined where it does not say; what it did say is remembered all the same. Throws where the
 * registry itself is in trouble.
 */
export async function readPushes(
  use: VendorUse,
  wanted: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, TagFacts> | undefined> {
  const { vendor, memory, clock } = use;
  if (vendor.order !== 'recent' || isOff(use)) return undefined;
  const startedMs = clock.now();
  const missing = new Set(wanted.filter((tag) => isUntold(memory, tag)));
  const told = new Map<string, TagFacts>();
  try {
    let pages = 0;
    for await (const page of vendor.pages(use.path, signal)) {
      for (const fact of page) {
        if (!isTag(fact.tag) || told.has(fact.tag)) continue;
        told.set(fact.tag, fact);
        missing.delete(fact.tag);
        noteTag(memory, fact.tag, { nowMs: startedMs, digest: fact.digest, pushedMs: fact.pushedMs });
      }
      const isBack = reachesBack(page, memory.pushesKnownMs);
      if (missing.size === 0 && isBack) break;
      if (++pages < use.limits.recentPages) continue;
      if (!isBack) forgetPushes(memory, told);
      break;
    }
  } catch (error) {
    doWithout(use, error, signal);
    return undefined;
  }
  for (const tag of missing) noteUntold(memory, tag, startedMs);
  memory.pushesKnownMs = startedMs;
  memory.changed = true;
  return told;
}

function isUntold(memory: RepositoryMemory, tag: string): boolean {
  const remembered = memory.tags.get(tag);
  return remembered?.pushedMs === undefined && remembered?.untold !== true;
}

/** What was remembered of other tags than `told` may have changed since. */
function forgetPushes(memory: RepositoryMemory, told: ReadonlyMap<string, TagFacts>): void {
  for (const [tag, remembered] of memory.tags) {
    if (!told.has(tag)) memory.tags.set(tag, { ...remembered, pushedMs: undefined });
  }
}

/** True if everything pushed after `page` was known before; where nothing was, there is nothing to go back to. */
function reachesBack(page: readonly TagFacts[], knownMs: number | undefined): boolean {
  if (knownMs === undefined) return true;
  return page.some(({ pushedMs }) => pushedMs !== undefined && pushedMs < knownMs - SLACK_MS);
}

function isOff({ memory, clock }: VendorUse): boolean {
  const offUntilMs = memory.vendorOffUntilMs ?? 0;
  const nowMs = clock.now();
  return offUntilMs > nowMs && offUntilMs <= nowMs + OFF_MS;
}

function doWithout(use: VendorUse, error: unknown, signal: AbortSignal | undefined): void {
  if (signal?.aborted || isWithoutLogin(error) || (use.vendor.athome && isTrouble(error))) throw error;
  if (isRefusal(error)) {
    use.memory.vendorOffUntilMs = use.clock.now() + OFF_MS;
    use.memory.changed = true;
    return;
  }
  use.onWarning(`the vendor's own listing of ${use.path} is not used: ${messageOf(error)}`);
}
