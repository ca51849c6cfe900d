/** Which tags may be chosen, and in which order: the grammar of `fluxcd.io/tag.<container>` and of the config file. */
import { assertNever } from '../../../base/assert.ts';
import { printable } from '../../../base/printable.ts';
import { checkPolicy } from './check-policy.ts';

export type TagPolicy =
  | { readonly kind: 'glob'; readonly pattern: string }
  | SemverPolicy
  | { readonly kind: 'regexp'; readonly pattern: string }
  | { readonly kind: 'alphabetical'; readonly order: 'asc' | 'desc'; readonly filter: TagFilter | undefined }
  | { readonly kind: 'numerical'; readonly order: 'asc' | 'desc'; readonly filter: TagFilter | undefined }
  | { readonly kind: 'latest-push'; readonly pattern: string | undefined }
  | { readonly kind: 'digest'; readonly tag: string | undefined }
  | { readonly kind: 'auto' };

export interface SemverPolicy {
  readonly kind: 'semver';
  readonly range: string;
  /** As in Flux v2's `filterTags`: which tags, and which part of them is the version. */
  readonly filter?: TagFilter | undefined;
  /** Flux v2's image policies read a tag as a version only if it has all of `x.y.z`. */
  readonly threeParts?: boolean | undefined;
}

/** RE2 pattern and what to order by (`$ts`, `${ts}`, `$1`), as in Flux v2's `filterTags`. */
export interface TagFilter {
  readonly pattern: string;
  readonly extract: string | undefined;
}

export type PolicyParse =
  | { readonly ok: true; readonly policy: TagPolicy; readonly warning: string | undefined }
  | { readonly ok: false; readonly message: string; readonly hint: string | undefined };

/** Text beyond this is no policy: annotations may hold 256 KiB, and a filter of that size is an attack or a mistake. */
const LONGEST_POLICY = 4_096;

/** Prefixes by exact comparison, as Flux v1 has them: `Semver:` and ` glob:` begin a glob. */
const GLOB = 'glob:';
const SEMVER = 'semver:';
const REGEXPS = ['regexp:', 'regex:'];

/**
 * The policy in the annotation `fluxcd.io/tag.<container>`: `glob:<pattern>` or just the pattern, `semver:<range>`,
 * `regexp:<pattern>` or `regex:<pattern>`. An unknown word before the colon is part of a glob. What cannot be read is
 * `ok: false` (Flux v1 let such a filter match everything).
 * https://github.com/fluxcd/flux/blob/master/docs/references/automated-image-update.md
 */
export function parseTagPolicy(text: string): PolicyParse {
  const tooLong = checkLength(text);
  if (tooLong !== undefined) return tooLong;
  if (text.startsWith(SEMVER)) return checkPolicy({ kind: 'semver', range: text.slice(SEMVER.length) });
  const regexp = REGEXPS.find((prefix) => text.startsWith(prefix));
  if (regexp !== undefined) return checkPolicy({ kind: 'regexp', pattern: text.slice(regexp.length) });
  return checkPolicy({ kind: 'glob', pattern: text.startsWith(GLOB) ? text.slice(GLOB.length) : text });
}

/**
 * The policy in the config file: the annotation's grammar and `alphabetical[:asc|desc]`, `numerical[:asc|desc]`,
 * `latest-push[:<glob>]`, `digest[:<tag>]`, `auto`. `asc` is the default and chooses the greatest, as in Flux v2.
 * `filter` goes with `semver:`, `alphabetical` and `numerical`.
 */
export function parseConfigPolicy(text: string, filter?: TagFilter): PolicyParse {
  const tooLong = checkLength(text) ?? checkFilterLength(filter);
  if (tooLong !== undefined) return tooLong;
  const colon = text.indexOf(':');
  const word = colon < 0 ? text : text.slice(0, colon);
  const rest = colon < 0 ? undefined : text.slice(colon + 1);
  const parsed = parseConfigWord(word, { rest, filter }) ?? parseTagPolicy(text);
  return filter === undefined || !parsed.ok ? parsed : withFilter(parsed, filter);
}

/** The policy as text that `parseConfigPolicy` reads back; filters are not part of the text. */
export function renderTagPolicy(policy: TagPolicy): string {
  switch (policy.kind) {
    case 'glob':
      return `${GLOB}${policy.pattern}`;
    case 'semver':
      return `${SEMVER}${policy.range}`;
    case 'regexp':
      return `regexp:${policy.pattern}`;
    case 'alphabetical':
    case 'numerical':
      return `${policy.kind}:${policy.order}`;
    case 'latest-push':
      return policy.pattern === undefined ? 'latest-push' : `latest-push:${policy.pattern}`;
    case 'digest':
      return policy.tag === undefined ? 'digest' : `digest:${policy.tag}`;
    case 'auto':
      return 'auto';
    default:
      return assertNever(policy, 'tag policy');
  }
}

/** What selection compares, beside the tag's name: what has to be asked for candidates and for the current tag. */
export function factOf(policy: TagPolicy): 'name' | 'created' | 'pushed' | 'digest' {
  switch (policy.kind) {
    case 'glob':
    case 'regexp':
      return 'created';
    case 'latest-push':
      return 'pushed';
    case 'digest':
      return 'digest';
    default:
      return 'name';
  }
}

function checkLength(text: string): PolicyParse | undefined {
  if (text.length <= LONGEST_POLICY) return undefined;
  const message = `the tag filter has ${text.length} characters, at most ${LONGEST_POLICY} are read`;
  return { ok: false, message, hint: 'Write a shorter filter' };
}

function checkFilterLength(filter: TagFilter | undefined): PolicyParse | undefined {
  if (filter === undefined) return undefined;
  return checkLength(filter.pattern) ?? checkLength(filter.extract ?? '');
}

function parseConfigWord(
  word: string,
  given: { rest: string | undefined; filter: TagFilter | undefined },
): PolicyParse | undefined {
  const { rest, filter } = given;
  switch (word) {
    case 'alphabetical':
    case 'numerical': {
      const order = rest === undefined || rest === '' ? 'asc' : rest;
      if (order !== 'asc' && order !== 'desc') return unknownOrder(word, order);
      return checkPolicy({ kind: word, order, filter });
    }
    case 'latest-push':
      return checkPolicy({ kind: word, pattern: rest });
    case 'digest':
      return checkPolicy({ kind: word, tag: rest });
    case 'auto':
      return rest === undefined ? { ok: true, policy: { kind: 'auto' }, warning: undefined } : undefined;
    default:
      return undefined;
  }
}

function unknownOrder(word: string, order: string): PolicyParse {
  const message = `the order of '${word}' is 'asc' or 'desc', not '${printable(order)}'`;
  return {
    ok: false,
    message,
    hint: `Write '${word}:asc' to choose the greatest or '${word}:desc' to choose the least`,
  };
}

function withFilter(parsed: PolicyParse & { ok: true }, filter: TagFilter): PolicyParse {
  const { policy } = parsed;
  if (policy.kind === 'alphabetical' || policy.kind === 'numerical') return parsed;
  if (policy.kind === 'semver') return checkPolicy({ ...policy, filter });
  const message = `a filter with a pattern cannot go with '${policy.kind}'`;
  return {
    ok: false,
    message,
    hint: "Use it with 'semver:', 'alphabetical' or 'numerical', or write 'regexp:<pattern>'",
  };
}
