/** A policy made ready: which tags pass by name alone, and where a tag stands in its order. */
import { assertNever } from '../../../base/assert.ts';
import { printable } from '../../../base/printable.ts';
import { satisfies } from '../versions/constraint.ts';
import { parseDecimal } from '../versions/decimal.ts';
import { parseConstraint } from '../versions/parse-constraint.ts';
import { parseVersion, type Version } from '../versions/semver.ts';
import { autoRules } from './auto-rules.ts';
import { readableTime } from './build-time.ts';
import { compileGlob } from './glob.ts';
import type { Place } from './place.ts';
import { compileRegexp } from './regexp.ts';
import type { TagFacts } from './tag-facts.ts';
import { compileTagFilter } from './tag-filter.ts';
import type { SemverPolicy, TagPolicy } from './tag-policy.ts';

/** What a tag's name says: a place in the order (only where names decide), or why it is no candidate. */
export type NameVerdict =
  | { readonly passes: true; readonly place: Place | undefined }
  | {
      readonly passes: false;
      readonly reason: string;
      /** Where it would stand if it passed; undefined where the order says nothing of such tags. */
      readonly place?: Place | undefined;
    };

export interface PolicyRules {
  readonly basis: 'name' | 'created' | 'pushed';
  /** 1: the greatest place is the newest; -1: the least. */
  readonly direction: 1 | -1;
  readonly judge: (tag: string) => NameVerdict;
  /** The place of the current tag, whether or not it passes. */
  readonly placeOf: (facts: TagFacts) => Place | undefined;
  /** What the chosen tag is, in words: `the highest version in the range '>=1.0'`. */
  readonly best: string;
  /** That no tag passes, in words: `no version is in the range '>=1.0'`. */
  readonly none: string;
  /** Whether any tag that passes is above a current tag that has no place: a version is above what is none. */
  readonly placelessIsBelow: boolean;
  /** Upper bound of the steps that judging takes for each character of a tag; 0 where it does not matter. */
  readonly stepsPerCharacter: number;
}

export type Rules =
  | { readonly ok: true; readonly rules: PolicyRules }
  | { readonly ok: false; readonly message: string };

/** The rules of `policy`, which for `auto` depend on the current tag; `digest` has none, it never changes the tag. */
export function rulesOf(policy: Exclude<TagPolicy, { kind: 'digest' }>, currentTag: string | undefined): Rules {
  switch (policy.kind) {
    case 'glob':
      return timed('created', globMatch(policy.pattern));
    case 'latest-push':
      return timed('pushed', globMatch(policy.pattern ?? '*'));
    case 'regexp':
      return regexpRules(policy.pattern);
    case 'semver':
      return semverRules(policy);
    case 'alphabetical':
      return orderedRules(policy, (text) => ({ by: 'text', text }));
    case 'numerical':
      return orderedRules(policy, placeByNumber);
    case 'auto':
      return { ok: true, rules: autoRules(currentTag) };
    default:
      return assertNever(policy, 'tag policy');
  }
}

interface Match {
  readonly matches: (tag: string) => boolean;
  readonly text: string;
  readonly stepsPerCharacter: number;
}

function globMatch(pattern: string): Match {
  return { matches: compileGlob(pattern), text: `'glob:${printable(pattern)}'`, stepsPerCharacter: 0 };
}

function regexpRules(pattern: string): Rules {
  const parsed = compileRegexp(pattern);
  if (!parsed.ok) return parsed;
  const { matches, size } = parsed.regexp;
  return timed('created', { matches, text: `'regexp:${printable(pattern)}'`, stepsPerCharacter: size });
}

function timed(basis: 'created' | 'pushed', match: Match): Rules {
  const passes: NameVerdict = { passes: true, place: undefined };
  const fails: NameVerdict = { passes: false, reason: `does not match ${match.text}` };
  return {
    ok: true,
    rules: {
      basis,
      direction: 1,
      judge: (tag) => (match.matches(tag) ? passes : fails),
      placeOf: (facts) => placeByTime(basis === 'created' ? facts.createdMs : facts.pushedMs),
      best: `${basis === 'created' ? 'the newest build' : 'the last push'} that matches ${match.text}`,
      none: `no tag matches ${match.text}`,
      placelessIsBelow: false,
      stepsPerCharacter: match.stepsPerCharacter,
    },
  };
}

function placeByTime(ms: number | undefined): Place | undefined {
  const readable = readableTime(ms);
  return readable === undefined ? undefined : { by: 'time', ms: readable };
}

const FILTERED: NameVerdict = { passes: false, reason: 'does not match the filter' };
const NO_VERSION: NameVerdict = { passes: false, reason: 'no version' };
const NO_NUMBER: NameVerdict = { passes: false, reason: 'no number' };

function semverRules(policy: SemverPolicy): Rules {
  const parsed = parseConstraint(policy.range);
  if (!parsed.ok) return parsed;
  const filter = compileTagFilter(policy.filter);
  if (!filter.ok) return filter;
  const { constraint } = parsed;
  const range = printable(policy.range.trim());
  const outside = `outside the range '${range}'`;
  const namesPre = constraint.groups.some((terms) => terms.some((term) => term.version.pre.length > 0));
  const pre = `a pre-release, and the range '${range}' names none`;
  const versionOf = (text: string) => readVersion(text, policy.threeParts === true);
  return {
    ok: true,
    rules: {
      basis: 'name',
      direction: 1,
      judge: (tag) => {
        const text = filter.extract(tag);
        if (text === undefined) return FILTERED;
        const version = versionOf(text);
        if (version === undefined) return NO_VERSION;
        const place = { by: 'version', version } as const;
        if (satisfies(version, constraint)) return { passes: true, place };
        return { passes: false, reason: version.pre.length > 0 && !namesPre ? pre : outside, place };
      },
      placeOf: (facts) => {
        const version = versionOf(filter.extract(facts.tag) ?? '');
        return version === undefined ? undefined : { by: 'version', version };
      },
      best: `the highest version in the range '${range}'`,
      none: `no version is in the range '${range}'`,
      placelessIsBelow: true,
      stepsPerCharacter: filter.stepsPerCharacter,
    },
  };
}

/** Flux v2 cuts the text at the first two dots and wants three pieces. */
function readVersion(text: string, threeParts: boolean): Version | undefined {
  return threeParts && text.split('.').length < 3 ? undefined : parseVersion(text);
}

function placeByNumber(text: string): Place | undefined {
  const number = parseDecimal(text);
  return number === undefined ? undefined : { by: 'number', number };
}

type OrderedPolicy = TagPolicy & { kind: 'alphabetical' | 'numerical' };

function bestOf({ kind, order, filter }: OrderedPolicy): string {
  const among = filter === undefined ? '' : ` among those that match '${printable(filter.pattern)}'`;
  if (kind === 'numerical') return `the ${order === 'asc' ? 'highest' : 'lowest'} number${among}`;
  return `the ${order === 'asc' ? 'last' : 'first'} in alphabetical order${among}`;
}

function orderedRules(policy: OrderedPolicy, placeOfText: (text: string) => Place | undefined): Rules {
  const filter = compileTagFilter(policy.filter);
  if (!filter.ok) return filter;
  return {
    ok: true,
    rules: {
      basis: 'name',
      direction: policy.order === 'asc' ? 1 : -1,
      judge: (tag) => judgeText(filter.extract(tag), placeOfText),
      placeOf: (facts) => {
        const text = filter.extract(facts.tag);
        return text === undefined ? undefined : placeOfText(text);
      },
      best: bestOf(policy),
      none: policy.kind === 'numerical' ? 'no tag yields a number' : 'no tag matches the filter',
      placelessIsBelow: false,
      stepsPerCharacter: filter.stepsPerCharacter,
    },
  };
}

function judgeText(text: string | undefined, placeOfText: (text: string) => Place | undefined): NameVerdict {
  if (text === undefined) return FILTERED;
  const place = placeOfText(text);
  return place === undefined ? NO_NUMBER : { passes: true, place };
}
