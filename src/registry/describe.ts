/** Adds what images say about themselves to tags, asking only for what is not remembered. */
import type { Clock } from '../base/clock.ts';
import { mapConcurrent } from '../base/concurrency.ts';
import { messageOf } from '../base/errors.ts';
import type { TagFacts } from '../core/images/select/tag-facts.ts';
import { isAboutOneThing, type RegistryError } from './errors.ts';
import { fetchDigest, fetchImageFacts, type Source } from './image-facts.ts';
import { ageOf, mostDue, noteTag, type RepositoryMemory } from './memory.ts';
import { isTag } from './names.ts';
import { createSingleFlight, type SingleFlight } from './single-flight.ts';

/** What one run has asked of a repository's images, by tag or digest: many workloads may want to know of the same one. */
export interface Reading {
  /** Images that are being read now. */
  readonly flight: SingleFlight<string>;
  /** Tags whose digest is being asked for now. */
  readonly digests: SingleFlight<string | null>;
  /** Images that could not be read, and why: asking again would end the same way. */
  readonly unreadable: Map<string, RegistryError>;
}

export function newReading(): Reading {
  return { flight: createSingleFlight(), digests: createSingleFlight(), unreadable: new Map() };
}

export interface DescribeTools {
  readonly source: Source;
  readonly memory: RepositoryMemory;
  readonly reading: Reading;
  readonly clock: Clock;
  /** Requests this run has made for the repository. */
  readonly requestsSoFar: () => number;
  readonly onWarning: (message: string) => void;
}

// A warm scan of an image is to cost two requests; only digests not verified for this long may cost one more.
const WARM_REQUESTS = 2;
const OVERDUE_MS = 24 * 3600 * 1000;

/**
 * `tags` with digest, build time, platforms and labels. A tag whose image cannot be read keeps those undefined; trouble with the
 * registry is thrown, since facts of some tags only would select the wrong one.
 */
export async function describeTags(
  tools: DescribeTools,
  tags: readonly TagFacts[],
  signal?: AbortSignal,
): Promise<readonly TagFacts[]> {
  const { memory } = tools;
  await verifyOne(tools, tags, signal);
  const failed = new AbortController();
  const either = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const unreadable: string[] = [];
  const missing = tags.filter((fact) => isTag(fact.tag) && !isKnown(memory, fact));
  await mapConcurrent(missing, tools.source.limits.concurrency, async (fact) => {
    try {
      await learn(tools, fact, either);
    } catch (error) {
      if (isAboutOneThing(error)) {
        // Said once in a run, however many ask.
        if (!tools.reading.unreadable.has(referenceOf(fact))) unreadable.push(error.message);
        tools.reading.unreadable.set(referenceOf(fact), error);
        return;
      }
      failed.abort(error);
      throw error;
    }
  });
  if (unreadable.length > 0) {
    const more = unreadable.length === 1 ? '' : ` (and ${unreadable.length - 1} more)`;
    tools.onWarning(`an image could not be described: ${unreadable[0]}${more}`);
  }
  return tags.map((fact) => withFacts(memory, fact));
}

/** The digest the listing gives, else the one remembered. */
function digestFor(memory: RepositoryMemory, fact: TagFacts): string | undefined {
  return fact.digest ?? memory.tags.get(fact.tag)?.digest;
}

function isKnown(memory: RepositoryMemory, fact: TagFacts): boolean {
  const digest = digestFor(memory, fact);
  return digest !== undefined && memory.images.has(digest);
}

async function learn(tools: DescribeTools, fact: TagFacts, signal: AbortSignal): Promise<void> {
  const { source, memory, clock, reading } = tools;
  const reference = referenceOf(fact);
  const unreadable = reading.unreadable.get(reference);
  if (unreadable !== undefined) throw unreadable;
  const read = async () => {
    const { digest, facts } = await fetchImageFacts(source, reference, (known) => memory.images.get(known), signal);
    memory.images.set(digest, facts);
    memory.changed = true;
    return digest;
  };
  noteTag(memory, fact.tag, { nowMs: clock.now(), digest: await reading.flight(reference, read, signal) });
}

function referenceOf(fact: TagFacts): string {
  return fact.digest ?? fact.tag;
}

/** Tags move: each run asks for the digest of one remembered tag again, so that all get their turn. */
async function verifyOne(tools: DescribeTools, tags: readonly TagFacts[], signal?: AbortSignal): Promise<void> {
  const { memory, source, clock } = tools;
  const candidates = tags.filter((fact) => fact.digest === undefined && isKnown(memory, fact)).map((fact) => fact.tag);
  const tag = mostDue(memory, candidates, clock.now());
  const remembered = tag === undefined ? undefined : memory.tags.get(tag);
  if (tag === undefined || remembered === undefined) return;
  if (tools.requestsSoFar() >= WARM_REQUESTS && ageOf(remembered, clock.now()) < OVERDUE_MS) return;
  try {
    const digest = await tools.reading.digests(tag, () => fetchDigest(source, tag, signal), signal);
    if (digest !== null) noteTag(memory, tag, { nowMs: clock.now(), digest });
    // Listed, but without an image: not to be chosen. Gone from the listing: what is remembered of it stays.
    else if (memory.listed?.has(tag)) forgetDigest(memory, tag);
  } catch (error) {
    if (signal?.aborted) throw error;
    tools.onWarning(`what is remembered of ${source.path} was not verified: ${messageOf(error)}`);
  }
}

function forgetDigest(memory: RepositoryMemory, tag: string): void {
  const remembered = memory.tags.get(tag);
  if (remembered === undefined) return;
  memory.tags.set(tag, { firstSeenMs: remembered.firstSeenMs, moves: remembered.moves });
  memory.changed = true;
}

function withFacts(memory: RepositoryMemory, fact: TagFacts): TagFacts {
  const digest = digestFor(memory, fact);
  const facts = digest === undefined ? undefined : memory.images.get(digest);
  return {
    ...fact,
    digest,
    firstSeenMs: memory.tags.get(fact.tag)?.firstSeenMs ?? fact.firstSeenMs,
    createdMs: facts?.createdMs ?? fact.createdMs,
    platforms: facts?.platforms ?? fact.platforms,
    labels: facts?.labels ?? fact.labels,
  };
}
