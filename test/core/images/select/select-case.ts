/** Runs one selection under many orders of its listing, and checks what must hold for every selection. */
import { expect } from 'vitest';
import { selectTag } from '../../../../src/core/images/select/select.ts';
import type { Gates, Selection, SelectionInput } from '../../../../src/core/images/select/selection.ts';
import type { TagFacts } from '../../../../src/core/images/select/tag-facts.ts';
import { parseConfigPolicy, type TagFilter, type TagPolicy } from '../../../../src/core/images/select/tag-policy.ts';

export interface SelectCase {
  /** As in the config file, or ready made. */
  readonly policy: string | TagPolicy;
  readonly filter?: TagFilter;
  readonly current?: string;
  readonly digest?: string;
  readonly tags: readonly (string | TagFacts)[];
  readonly complete?: boolean;
  readonly warning?: string;
  readonly remembered?: TagFacts;
  readonly gates?: Partial<Gates>;
  readonly nowMs?: number;
  readonly exclude?: readonly string[];
}

const PERMUTATIONS = 24;

/**
 * The selection, which is the same for two dozen orders of the tags, is never the current tag, and is final: chosen
 * once, it is kept when asked again.
 */
export function decide(given: SelectCase): Selection {
  const input = inputOf(given);
  const selection = selectTag(input);
  for (let seed = 1; seed <= PERMUTATIONS; seed += 1) {
    const tags = shuffled(input.listing.tags, seed);
    expect(selectTag({ ...input, listing: { ...input.listing, tags } })).toEqual(selection);
  }
  if (selection.kind === 'update') {
    const { tag, digest } = selection.to;
    if (input.policy.kind !== 'digest') expect(tag).not.toBe(input.current.tag);
    expect(selectTag({ ...input, current: { tag, digest }, remembered: undefined }).kind).toBe('keep');
  }
  return selection;
}

/** The chosen tag, or the kind of the answer where none was chosen. */
export function chosen(given: SelectCase): string {
  const selection = decide(given);
  return selection.kind === 'update' ? selection.to.tag : selection.kind;
}

/** Why `tag` was not chosen. */
export function reasonAgainst(given: SelectCase, tag: string): string | undefined {
  return decide(given).rejected.find((rejection) => rejection.tag === tag)?.reason;
}

export function inputOf(given: SelectCase): SelectionInput {
  return {
    policy: policyOf(given),
    current: { tag: given.current, digest: given.digest },
    listing: {
      tags: given.tags.map((entry) => (typeof entry === 'string' ? { tag: entry } : entry)),
      complete: given.complete ?? true,
      warning: given.warning,
    },
    remembered: given.remembered,
    gates: { minAgeMs: undefined, platforms: [], deny: [], ...given.gates },
    nowMs: given.nowMs ?? at('2026-06-01'),
    exclude: given.exclude,
  };
}

/** Milliseconds since the epoch of a date or time in UTC. */
export function at(text: string): number {
  return Date.parse(text);
}

/** Tags with the build times given. */
export function built(times: Readonly<Record<string, string>>): TagFacts[] {
  return Object.entries(times).map(([tag, time]) => ({ tag, createdMs: at(time) }));
}

function policyOf({ policy, filter }: SelectCase): TagPolicy {
  if (typeof policy !== 'string') return policy;
  const parsed = parseConfigPolicy(policy, filter);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.policy;
}

/** Fisher and Yates' shuffle with a small generator, so that a failure can be repeated. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const copy = [...items];
  let state = seed;
  for (let index = copy.length - 1; index > 0; index -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (index + 1));
    [copy[index], copy[other]] = [copy[other] as T, copy[index] as T];
  }
  return copy;
}
