/** Uses a vendor's listing where there is one, and does without where it fails. */
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { TagFacts } from '../core/images/tag-facts.ts';
import { isRefusal, isTrouble } from './errors.ts';
import type { Limits } from './limits.ts';
import type { RawListing } from './listing.ts';
import { noteTag, type RepositoryMemory } from './memory.ts';
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
      tags.push(...page);
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
 * What the vendor says of the latest pushes, by tag: back to the last time this was read, or to the end. Undefined where it does not say;
 * what it did say is remembered all the same. Throws where the registry itself is in trouble.
 */
export async function readPushes(
  use: VendorUse,
  wanted: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, TagFacts> | undefined> {
  const { vendor, memory, clock } = use;
  if (vendor.order !== 'recent' || isOff(use)) return undefined;
  const startedMs = clock.now();
  const missing = new Set(wanted.filter((tag) => memory.tags.get(tag)?.pushedMs === undefined));
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
      const isEnough = vendor.movesShowFirst || missing.size === 0;
      if ((isEnough && reachesBack(page, memory.pushesKnownMs)) || ++pages >= use.limits.recentPages) break;
    }
  } catch (error) {
    doWithout(use, error, signal);
    return undefined;
  }
  memory.pushesKnownMs = startedMs;
  memory.changed = true;
  return told;
}

function reachesBack(page: readonly TagFacts[], knownMs: number | undefined): boolean {
  if (knownMs === undefined) return false;
  return page.some(({ pushedMs }) => pushedMs !== undefined && pushedMs < knownMs - SLACK_MS);
}

function isOff({ memory, clock }: VendorUse): boolean {
  const offUntilMs = memory.vendorOffUntilMs ?? 0;
  const nowMs = clock.now();
  return offUntilMs > nowMs && offUntilMs <= nowMs + OFF_MS;
}

function doWithout(use: VendorUse, error: unknown, signal: AbortSignal | undefined): void {
  if (signal?.aborted || (use.vendor.athome && isTrouble(error))) throw error;
  if (isRefusal(error)) {
    use.memory.vendorOffUntilMs = use.clock.now() + OFF_MS;
    use.memory.changed = true;
    return;
  }
  use.onWarning(`the vendor's own listing of ${use.path} is not used: ${messageOf(error)}`);
}
