/** Version constraints: what they are made of, and whether a version satisfies one. */
import { comparePreReleases, compareVersions, type Version } from './semver.ts';

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~' | '^';

/** Where the constraint's version has a wildcard or stops: `*`, `1.x` or `1`, `1.2.x` or `1.2`; the rest is zero. */
export type Wildcard = 'major' | 'minor' | 'patch' | undefined;

export interface Term {
  readonly operator: Operator;
  readonly version: Version;
  readonly wildcard: Wildcard;
}

/**
 * Any one of the groups; in a group all of the terms.
 * `dialect`: the release of Masterminds/semver whose reading counts; they differ in who lets pre-releases in.
 */
export interface Constraint {
  readonly groups: readonly (readonly Term[])[];
  readonly dialect: 'v3.4' | 'v3.1.1';
}

type Check = (version: Version, term: Term, dialect: Constraint['dialect']) => boolean;

const CHECKS: Readonly<Record<Operator, Check>> = {
  '=': (version, term) => (term.wildcard === undefined ? order(version, term) === 0 : withinTilde(version, term)),
  '!=': differs,
  '>': isAbove,
  '>=': (version, term) => order(version, term) >= 0,
  '<': (version, term) => order(version, term) < 0,
  '<=': isAtMost,
  '~': withinTilde,
  '^': withinCaret,
};

/**
 * Whether `version` is in the range. A pre-release is in only where the group names a pre-release itself (v3.4), or
 * where each of its terms does (v3.1.1, save `!=` of a full version).
 * https://github.com/Masterminds/semver#checking-version-constraints
 */
export function satisfies(version: Version, constraint: Constraint): boolean {
  const { dialect } = constraint;
  return constraint.groups.some((terms) => {
    const named = terms.some((term) => term.version.pre.length > 0);
    return terms.every(
      (term) => letsIn(version, term, { dialect, named }) && CHECKS[term.operator](version, term, dialect),
    );
  });
}

function letsIn(version: Version, term: Term, group: { dialect: Constraint['dialect']; named: boolean }): boolean {
  if (version.pre.length === 0) return true;
  if (group.dialect === 'v3.4') return group.named;
  return term.version.pre.length > 0 || (term.operator === '!=' && term.wildcard === undefined);
}

function order(version: Version, term: Term): number {
  return compareVersions(version, term.version);
}

/** `!=1.2` excludes all of 1.2.*, save that pre-releases are told apart. */
function differs(version: Version, term: Term): boolean {
  if (term.wildcard === undefined || term.wildcard === 'major') return order(version, term) !== 0;
  if (version.major !== term.version.major) return true;
  if (term.wildcard === 'minor') return false;
  if (version.minor !== term.version.minor) return true;
  return comparePreReleases(version.pre, term.version.pre) !== 0;
}

/** `>11` begins at 12.0.0 and `>11.1` at 11.2.0. */
function isAbove(version: Version, term: Term): boolean {
  if (term.wildcard === undefined || term.wildcard === 'major') return order(version, term) > 0;
  const release = { ...version, pre: [] };
  const floor = { ...term.version, pre: [], patch: '0' };
  if (term.wildcard === 'minor') return version.major !== floor.major && compareVersions(release, floor) > 0;
  const sameMinor = version.major === floor.major && version.minor === floor.minor;
  return !sameMinor && compareVersions(release, floor) > 0;
}

/** `<=11` holds all of 11.*, and `<=11.1` all of 11.1.*; `<=*` is read as `<=0.0`. */
function isAtMost(version: Version, term: Term): boolean {
  if (term.wildcard === undefined) return order(version, term) <= 0;
  const same = version.major === term.version.major;
  if (same && (term.wildcard === 'minor' || version.minor === term.version.minor)) return true;
  return compareVersions({ ...version, pre: [] }, { ...term.version, pre: [] }) < 0;
}

/** `~1.2.3` stays in 1.2, `~1` in 1; with zeros all through it is any version from there on. */
function withinTilde(version: Version, term: Term): boolean {
  if (order(version, term) < 0) return false;
  const { major, minor, patch } = term.version;
  const zeros = major === '0' && minor === '0' && patch === '0';
  if (zeros && (term.wildcard === undefined || term.wildcard === 'major')) return true;
  return version.major === major && (term.wildcard === 'minor' || version.minor === minor);
}

/** `^1.2.3` keeps the first part that is not zero: `^0.2.3` stays in 0.2, `^0.0.3` is 0.0.3. */
function withinCaret(version: Version, term: Term, dialect: Constraint['dialect']): boolean {
  if (order(version, term) < 0 || version.major !== term.version.major) return false;
  if (term.version.major !== '0' || term.wildcard === 'minor') return true;
  if (term.version.minor !== '0' || term.wildcard === 'patch') return version.minor === term.version.minor;
  // v3.1.1 forgot to compare the minor version here.
  const sameMinor = dialect === 'v3.1.1' || version.minor === '0';
  return sameMinor && version.patch === term.version.patch;
}
