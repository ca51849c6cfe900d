/** Reads a tag as `auto` does: words, one version, and what follows it. */
import { canonicalDigits } from './digits.ts';
import type { DockerVersion } from './docker-version.ts';

/** What one piece of a tag is. `written`: its share of the variant. */
type Token =
  | { readonly kind: 'constant' | 'commit'; readonly written: string }
  | { readonly kind: 'release' | 'build' | 'pre'; readonly written: string; readonly parts: readonly string[] };

interface Segment {
  /** Empty, `-` or `_`. */
  readonly separator: string;
  readonly text: string;
}

const SEGMENT = /(^|[-_])(x86_64|[^-_]*)/gi;
const RELEASE = /^v?(?<numbers>\d+(?:\.\d+)*)(?:\.?(?<word>[A-Za-z]+)\.?(?<rest>\d+(?:\.\d+)*)?)?$/;
const NUMBERS = /^\d+(?:\.\d+)*$/;
const PRE_SEGMENT = /^(alpha|beta|rc|pre|preview|milestone|cr(?=\d)|m(?=\d))\.?(\d+(?:\.\d+)*)?$/i;
const WINDOWS_UPDATE = /^KB(\d+)$/;

/** Letters glued to a version that make it a pre-release; others (`u292`, `p1`) count builds or name a variant. */
const PRE_WORDS = new Set(['a', 'alpha', 'b', 'beta', 'c', 'cr', 'dev', 'm', 'milestone', 'pre', 'preview', 'rc']);
/** Words whose number counts builds. Behind other words it names a platform, as in `windowsservercore-1809`. */
const BUILD_WORDS = new Set(['build', 'ci', 'develop', 'ea', 'edge', 'main', 'master', 'nightly', 'release', 'trunk']);
/** Words whose number names a change: a greater one is not a newer version of the same thing. */
const CHANGE_WORDS = new Set(['commit', 'mr', 'pr', 'pull', 'sha']);

/** A commit id, abbreviated or not, with git's `g` or not; all digits is told apart by `isNumericCommit`. */
const COMMIT = /^g?(?!\d+$)[\da-f]{7,40}$/;
const DATE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])(?:[0-5]\d){0,2})?$/;
const MONTH = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])?$/;
/** Tags in use have a handful of pieces; more are no version that anyone counts by. */
const MOST_SEGMENTS = 16;
/** Seconds since 1970, from 2001 to 2033. */
const EPOCH = /^1\d{9}$/;

/**
 * The version in `tag`, or undefined where it has none: `latest`, `bookworm`, a commit id, the number of a pull request.
 * Renovate's rules for Docker hold, and beside them prefixes, build numbers and dates are told apart as Dependabot does.
 * https://docs.renovatebot.com/modules/versioning/docker/
 */
export function parseDockerVersion(tag: string): DockerVersion | undefined {
  if (COMMIT.test(tag)) return undefined;
  const segments = segmentsOf(tag);
  if (segments.length > MOST_SEGMENTS) return undefined;
  const at = segments.findIndex(({ text }) => /^v?\d/.test(text));
  const head = segments[at];
  if (head === undefined || CHANGE_WORDS.has((segments[at - 1]?.text ?? '').toLowerCase())) return undefined;
  const tokens = headTokens(head);
  if (tokens === undefined) return undefined;
  for (const segment of segments.slice(at + 1)) tokens.push(...tailTokens(segment, tokens));
  const prefix = segments.slice(0, at).map(({ separator, text }) => separator + text);
  return {
    numbers: partsOf(tokens, 'release'),
    pre: partsOf(tokens, 'pre'),
    builds: partsOf(tokens, 'build'),
    variant: [...prefix, ...tokens.map(({ written }) => written)].join(''),
    calendar: isCalendar(head.text),
  };
}

function segmentsOf(tag: string): readonly Segment[] {
  return Array.from(tag.matchAll(SEGMENT), ([, separator = '', text = '']) => ({ separator, text }));
}

function partsOf(tokens: readonly Token[], kind: 'release' | 'build' | 'pre'): readonly string[] {
  return tokens.flatMap((token) => (token.kind === kind && 'parts' in token ? token.parts : []));
}

/** The version itself, with what is glued to it: `3.8.0b1`, `8u292`, `1.1.1w`. */
function headTokens({ separator, text }: Segment): Token[] | undefined {
  const groups = RELEASE.exec(text)?.groups;
  if (groups === undefined || COMMIT.test(text) || isNumericCommit(text)) return undefined;
  const { numbers = '', word, rest } = groups;
  const release: Token = { kind: 'release', written: `${separator}=`, parts: numbersOf(numbers) };
  if (word === undefined) return [release];
  if (PRE_WORDS.has(word.toLowerCase())) return [release, preToken(word, rest)];
  return [release, { kind: 'constant', written: word }, ...(rest === undefined ? [] : [buildToken('', rest)])];
}

function tailTokens(segment: Segment, before: readonly Token[]): readonly Token[] {
  const { separator, text } = segment;
  if (NUMBERS.test(text)) return [numberToken(segment, before[before.length - 1])];
  const [, word, rest] = PRE_SEGMENT.exec(text) ?? [];
  if (word !== undefined) return [preToken(word, rest)];
  const [, update] = WINDOWS_UPDATE.exec(text) ?? [];
  if (update !== undefined) return [{ kind: 'constant', written: `${separator}KB` }, buildToken('', update)];
  return [
    COMMIT.test(text) ? { kind: 'commit', written: `${separator}@` } : { kind: 'constant', written: separator + text },
  ];
}

/** A number counts builds behind the version, behind another such number or a word for builds, or as a date. */
function numberToken({ separator, text }: Segment, before: Token | undefined): Token {
  if (isNumericCommit(text)) return { kind: 'commit', written: `${separator}@` };
  if (before?.kind === 'pre' && before.parts.length === 1) return { kind: 'pre', written: '', parts: numbersOf(text) };
  const counted = before?.kind === 'release' || before?.kind === 'build' || before?.kind === 'pre';
  const word = before?.written.slice(1).toLowerCase() ?? '';
  if (counted || BUILD_WORDS.has(word) || DATE.test(text) || EPOCH.test(text)) return buildToken(separator, text);
  return { kind: 'constant', written: separator + text };
}

function preToken(word: string, rest: string | undefined): Token {
  return { kind: 'pre', written: '', parts: [word.toLowerCase(), ...(rest === undefined ? [] : numbersOf(rest))] };
}

function buildToken(separator: string, text: string): Token {
  return { kind: 'build', written: separator + text.replace(/\d+/g, '#'), parts: numbersOf(text) };
}

function numbersOf(text: string): readonly string[] {
  return text.split('.').map(canonicalDigits);
}

/** A bare number of a length that short commit ids have, which is neither a date nor a time. */
function isNumericCommit(text: string): boolean {
  return /^(?:\d{7,10}|\d{40})$/.test(text) && !DATE.test(text) && !EPOCH.test(text);
}

function isCalendar(text: string): boolean {
  const [first = '', second = ''] = text.replace(/^v/, '').split('.');
  return DATE.test(first) || MONTH.test(first) || (/^\d\d$/.test(first) && /^0\d$/.test(second));
}
