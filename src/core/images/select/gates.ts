/** Conditions beside the policy that a tag must meet before it is chosen. */

import { printable } from '../../../base/printable.ts';
import { renderSpan } from './build-time.ts';
import { compileGlob } from './glob.ts';
import type { Gates } from './selection.ts';
import type { TagFacts } from './tag-facts.ts';

/** Why a tag is held back, in one clause; undefined where it may pass. What is not known does not pass. */
export type GateCheck = (facts: TagFacts) => string | undefined;

/** `nowMs`: milliseconds since the epoch. */
export function compileGates(gates: Gates, nowMs: number): GateCheck {
  const denied = gates.deny.map((pattern) => ({ pattern, matches: compileGlob(pattern) }));
  return (facts) => {
    const deny = denied.find(({ matches }) => matches(facts.tag));
    if (deny !== undefined) return `denied by '${printable(deny.pattern)}'`;
    return missingPlatforms(facts, gates.platforms) ?? tooYoung(facts, { minAgeMs: gates.minAgeMs, nowMs });
  };
}

function missingPlatforms(facts: TagFacts, required: readonly string[]): string | undefined {
  if (required.length === 0) return undefined;
  const { platforms } = facts;
  if (platforms === undefined)
    return `its platforms are not known, required: ${required.map((name) => printable(name)).join(', ')}`;
  const missing = required.filter((name) => !platforms.some((present) => covers(present, name)));
  return missing.length === 0 ? undefined : `not built for ${missing.map((name) => printable(name)).join(', ')}`;
}

/** A platform without a variant is met by any variant; with one, by that variant or where it is the default. */
function covers(present: string, required: string): boolean {
  const [os, architecture, variant] = required.toLowerCase().split('/');
  const [presentOs, presentArchitecture, presentVariant] = present.toLowerCase().split('/');
  if (os !== presentOs || architecture !== presentArchitecture) return false;
  if (variant === undefined) return true;
  return variant === (presentVariant ?? defaultVariant(architecture));
}

/** https://github.com/containerd/platforms/blob/main/database.go */
function defaultVariant(architecture: string | undefined): string | undefined {
  if (architecture === 'arm64') return 'v8';
  if (architecture === 'arm') return 'v7';
  return architecture === 'amd64' ? 'v1' : undefined;
}

/** Docker's first release: what was pushed or seen before tells of a clock that was wrong. */
const FIRST_IMAGES_MS = Date.UTC(2013, 2, 20);

/** True for a tag whose age, as far as it is known, holds it back. */
export function isTooYoung(facts: TagFacts, { minAgeMs }: Gates, nowMs: number): boolean {
  return tooYoung(facts, { minAgeMs, nowMs }) !== undefined;
}

function tooYoung(facts: TagFacts, given: { minAgeMs: number | undefined; nowMs: number }): string | undefined {
  const { minAgeMs, nowMs } = given;
  if (minAgeMs === undefined || minAgeMs <= 0) return undefined;
  const since = knownSince(facts, nowMs);
  const required = `the minimum age is ${renderSpan(minAgeMs)}`;
  if (since === undefined) return `its age is not known, ${required}`;
  const ageMs = nowMs - since;
  return ageMs >= minAgeMs ? undefined : `known for ${renderSpan(ageMs)}, ${required}`;
}

/**
 * The earlier of first sight and push: whoever looks for the first time today may find a tag that has been there for long. The time of the build
 * never counts, it is what the builder likes to write.
 */
function knownSince({ firstSeenMs, pushedMs }: TagFacts, nowMs: number): number | undefined {
  const believed = [firstSeenMs, pushedMs].filter(
    (ms): ms is number => ms !== undefined && ms >= FIRST_IMAGES_MS && ms <= nowMs,
  );
  return believed.length === 0 ? undefined : Math.min(...believed);
}
