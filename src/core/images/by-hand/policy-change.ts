/** What people ask to be changed of a workload's policies, and the annotations that say so. */
import { assertNever } from '../../../base/assert.ts';
import { parseTagPolicy, renderTagPolicy } from '../select/tag-policy.ts';

export type PolicyChange =
  | { readonly kind: 'lock'; readonly user: string | undefined; readonly message: string | undefined }
  | { readonly kind: 'unlock' }
  | { readonly kind: 'automate' }
  | { readonly kind: 'deautomate' }
  | { readonly kind: 'policy'; readonly filters: TagFilters }
  | { readonly kind: 'hold'; readonly containers: Containers; readonly text: string }
  | { readonly kind: 'unhold'; readonly containers: Containers };

/** Undefined: all of them. */
export type Containers = readonly string[] | undefined;

/** Patterns in their canonical form; null drops a filter. */
export interface TagFilters {
  /** For every container that `byContainer` does not have; undefined: those stay as they are. */
  readonly everywhere: string | null | undefined;
  readonly byContainer: ReadonlyMap<string, string | null>;
}

/** What the annotations depend on beside the change. */
export interface PolicyWorkload {
  readonly containers: readonly string[];
  /** Containers with a filter now. */
  readonly filtered: readonly string[];
  /** Containers with an annotation about holds now. */
  readonly held: readonly string[];
  /** Whether a marker, or a rule of the configuration, automates one of its images. */
  readonly ruled: boolean;
}

export type FiltersParse =
  | { readonly ok: true; readonly filters: TagFilters; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly hint: string | undefined };

/** The annotations to set, and with null to drop, by policy name (`locked`, `tag.app`, `hold.app`). */
export function policiesToSet(change: PolicyChange, workload: PolicyWorkload): ReadonlyMap<string, string | null> {
  switch (change.kind) {
    case 'lock':
      return new Map([
        ['locked', 'true'],
        ['locked_user', change.user ?? null],
        ['locked_msg', change.message ?? null],
      ]);
    case 'unlock':
      return new Map(['locked', 'locked_user', 'locked_msg'].map((policy) => [policy, null]));
    case 'automate':
      return new Map([['automated', 'true']]);
    case 'deautomate':
      // Without the annotation the marker or the rule would automate it again.
      return new Map([['automated', workload.ruled ? 'false' : null]]);
    case 'policy':
      return filtersToSet(change.filters, workload);
    case 'hold':
      return new Map(containersOf(change, workload).map((name) => [`hold.${name}`, change.text]));
    case 'unhold':
      return new Map(heldAmong(containersOf(change, workload), workload).map((name) => [`hold.${name}`, null]));
    default:
      return assertNever(change, 'policy change');
  }
}

/** The containers that a hold is set for, or lifted from, in this workload. */
export function containersOf(change: PolicyChange, workload: PolicyWorkload): readonly string[] {
  if (change.kind === 'hold') return change.containers ?? workload.containers;
  return change.kind === 'unhold' ? (change.containers ?? workload.held) : [];
}

/** Where nothing is written, nothing is to be dropped. */
function heldAmong(containers: readonly string[], { held }: PolicyWorkload): readonly string[] {
  return containers.filter((name) => held.includes(name));
}

/**
 * The filters that `--tag container=pattern` and `--tag-all pattern` ask for. The first `=` divides, so that
 * `app=semver:>=1.0` can be written. `*` drops a filter, as in fluxctl: it allows what no filter allows.
 */
export function parseTagFilters(tags: readonly string[], tagAll: string | undefined): FiltersParse {
  const warnings: string[] = [];
  const byContainer = new Map<string, string | null>();
  let everywhere: string | null | undefined;
  if (tagAll !== undefined) {
    const read = readPattern(tagAll, warnings);
    if (!read.ok) return read;
    everywhere = read.pattern;
  }
  for (const text of tags) {
    const at = text.indexOf('=');
    if (at < 1) {
      const hint = 'Write --tag container=pattern, or container= to drop its filter.';
      return { ok: false, message: `--tag ${text} names no container`, hint };
    }
    const container = text.slice(0, at);
    if (byContainer.has(container)) {
      return { ok: false, message: `--tag ${container} is given twice`, hint: 'Give one pattern a container.' };
    }
    const written = text.slice(at + 1);
    const read = written === '' ? DROPPED : readPattern(written, warnings);
    if (!read.ok) return read;
    byContainer.set(container, read.pattern);
  }
  return { ok: true, filters: { everywhere, byContainer }, warnings };
}

type PatternRead =
  | { readonly ok: true; readonly pattern: string | null }
  | { readonly ok: false; readonly message: string; readonly hint: string | undefined };

const DROPPED: PatternRead = { ok: true, pattern: null };

function readPattern(text: string, warnings: string[]): PatternRead {
  const parsed = parseTagPolicy(text);
  if (!parsed.ok) return { ok: false, message: `invalid tag pattern '${text}': ${parsed.message}`, hint: parsed.hint };
  if (parsed.warning !== undefined) warnings.push(parsed.warning);
  const pattern = renderTagPolicy(parsed.policy);
  return pattern === 'glob:*' ? DROPPED : { ok: true, pattern };
}

function filtersToSet({ everywhere, byContainer }: TagFilters, workload: PolicyWorkload): Map<string, string | null> {
  const policies = new Map<string, string | null>();
  if (everywhere !== undefined) {
    const containers = everywhere === null ? workload.filtered : workload.containers;
    for (const container of containers) policies.set(`tag.${container}`, everywhere);
  }
  for (const [container, pattern] of byContainer) policies.set(`tag.${container}`, pattern);
  return policies;
}
