/** Regular expressions in RE2 syntax, which run in time linear to the text whatever the pattern. */
// Loading this library takes some 15 ms, once. Selection is synchronous, so it is loaded with this file: who wants to
// spare it for commands that need no policy imports this room late.
import { RE2JS } from 're2js';
import { printable } from '../../../base/printable.ts';

export interface Regexp {
  /** Whether the pattern matches anywhere in `text`. */
  readonly matches: (text: string) => boolean;
  /** The leftmost match and its groups, `undefined` for a group that took no part; undefined without a match. */
  readonly groups: (text: string) => readonly (string | undefined)[] | undefined;
  readonly groupCount: number;
  /** Instructions of the compiled pattern: a match takes at most so many steps for each character. */
  readonly size: number;
  /** Number of each named group. */
  readonly names: ReadonlyMap<string, number>;
}

export type RegexpParse =
  | { readonly ok: true; readonly regexp: Regexp }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** Instructions a compiled pattern may have. A pattern for tags has a few dozen, `[a-f0-9]{40}` about as many as that. */
const LARGEST_PROGRAM = 1_000;

/**
 * The compiled `pattern`, or why it is none: look-around and back references, for instance, are not RE2's.
 * Groups are named as `(?P<name>…)` or `(?<name>…)`. https://github.com/google/re2/wiki/Syntax
 */
export function compileRegexp(pattern: string): RegexpParse {
  const compiled = compile(pattern);
  if (typeof compiled === 'string') {
    return {
      ok: false,
      message: `the regular expression cannot be read: ${printable(compiled)}`,
      hint: hintFor(pattern),
    };
  }
  if (compiled.programSize() > LARGEST_PROGRAM) {
    return {
      ok: false,
      message: `the regular expression is too large: ${compiled.programSize()} steps, at most ${LARGEST_PROGRAM}`,
      hint: 'Use smaller repetition counts',
    };
  }
  return { ok: true, regexp: wrap(compiled) };
}

function compile(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    // The library throws several classes, and a RangeError where groups nest too deeply: all mean an invalid pattern.
    const text = error instanceof Error ? error.message : String(error);
    return text.replace('error parsing regexp: ', '').replaceAll('`', "'");
  }
}

function wrap(compiled: RE2JS): Regexp {
  return {
    matches: (text) => compiled.test(text),
    groups: (text) => {
      const match = compiled.exec(text);
      return match === null ? undefined : Array.from(match, (group) => group ?? undefined);
    },
    groupCount: compiled.groupCount(),
    size: compiled.programSize(),
    names: new Map(Object.entries(compiled.namedGroups())),
  };
}

function hintFor(pattern: string): string {
  if (/\(\?<?[=!]/.test(pattern)) return 'Write the pattern without look-ahead and look-behind: RE2 has neither';
  if (/\\[1-9]/.test(pattern)) return 'Write the pattern without back references: RE2 has none';
  return 'Write the pattern in RE2 syntax: https://github.com/google/re2/wiki/Syntax';
}
