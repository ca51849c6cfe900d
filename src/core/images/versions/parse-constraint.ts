/** Text to a version constraint, in the grammar of Masterminds/semver. */
import type { Constraint, Term, Wildcard } from './constraint.ts';
import { adjacentTerms, separatedTerms, type TermToken } from './constraint-tokens.ts';
import { rewriteHyphenRanges } from './hyphen-range.ts';
import { isWildcard, type Operand } from './operand.ts';
import { parseVersion } from './semver.ts';

export type ConstraintParse =
  | { readonly ok: true; readonly constraint: Constraint; readonly warning: string | undefined }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** https://github.com/Masterminds/semver/blob/v3.5.0/constraints.go */
const LONGEST_RANGE = 512;

/**
 * The constraint that `range` is. Terms are joined by a comma or white space, groups of them by `||`; operators are
 * `=` `!=` `>` `>=` `=>` `<` `<=` `=<` `~` `~>` `^`; `a - b` and the wildcards `x`, `X`, `*` are known. Text that
 * only v3.1.1 (and so Flux v1) accepted, such as `>=1.0<2.0`, is read as that release read it, with a warning.
 * https://github.com/Masterminds/semver#basic-comparisons
 */
export function parseConstraint(range: string): ConstraintParse {
  if (range.length > LONGEST_RANGE) {
    return {
      ok: false,
      message: `the version range has ${range.length} characters, at most ${LONGEST_RANGE} are read`,
      hint: 'Write a shorter range',
    };
  }
  const groups = parseGroups(rewriteHyphenRanges(range, ' '), (group) => separatedTerms(group)?.map(modernTerm));
  if (groups !== undefined) return { ok: true, constraint: { groups, dialect: 'v3.4' }, warning: undefined };
  const old = parseGroups(rewriteHyphenRanges(range, ''), (group) => adjacentTerms(group)?.map(oldTerm));
  if (old === undefined) return { ok: false, message: 'the version range cannot be read', hint: hintFor(range) };
  return {
    ok: true,
    constraint: { groups: old, dialect: 'v3.1.1' },
    warning: 'the version range lacks separators and is read as Flux v1 did; put a comma or a space between its parts',
  };
}

function parseGroups(
  range: string,
  parse: (group: string) => readonly (Term | undefined)[] | undefined,
): readonly (readonly Term[])[] | undefined {
  const groups: (readonly Term[])[] = [];
  for (const text of range.split('||')) {
    const terms = parse(text);
    if (terms === undefined || terms.includes(undefined)) return undefined;
    groups.push(terms.filter((term) => term !== undefined));
  }
  return groups;
}

function modernTerm(token: TermToken): Term | undefined {
  return term(token, token.operand.pre);
}

/** v3.1.1 dropped the pre-release of a bare wildcard: `*-0` was `*`. */
function oldTerm(token: TermToken): Term | undefined {
  return term(token, isWildcard(token.operand.major) ? '' : token.operand.pre);
}

function term({ operator, operand }: TermToken, pre: string): Term | undefined {
  const wildcard = wildcardOf(operand);
  const version = parseVersion(filledIn(operand, { wildcard, pre }));
  return version === undefined ? undefined : { operator, version, wildcard };
}

function wildcardOf(operand: Operand): Wildcard {
  if (isWildcard(operand.major)) return 'major';
  if (isWildcard(operand.minor)) return 'minor';
  return isWildcard(operand.patch) ? 'patch' : undefined;
}

function filledIn(operand: Operand, { wildcard, pre }: { wildcard: Wildcard; pre: string }): string {
  if (wildcard === undefined) return operand.text;
  const major = wildcard === 'major' ? '0' : operand.major;
  const minor = wildcard === 'patch' ? operand.minor : '0';
  return `${major}.${minor}.0${pre}`;
}

function hintFor(range: string): string {
  const text = range.trim();
  if (text === '') return "Write '*' to allow every version";
  if (/\.(?:$|[\s,|])/.test(text)) return "Remove the trailing dot: '~1' or '~1.x' in place of '~1.'";
  if (text.includes('==')) return "Write '=' in place of '=='";
  if (/\d+\.\d+\.\d+\.\d/.test(text)) return 'Use three numbers at most: a version is major.minor.patch';
  if (/\d{20}/.test(text)) return 'Use numbers below 2^64';
  if (/[,|]\s*$|^\s*[,|]/.test(text)) return 'Remove the separator at the end or the beginning';
  return "Write a range such as '>=1.2, <2', '~1.2', '^1.2.3', '1.x' or '>=1.2.0-0'";
}
