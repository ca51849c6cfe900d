/** Versions as Masterminds/semver v3 reads them: lenient in the number of parts, leading zeros and `v`. */
import { canonicalDigits, compareDigits } from './digits.ts';

export interface Version {
  /** Canonical decimal text (`0`, `17`), at most 2^64-1. */
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** Pre-release identifiers; empty for a release. */
  readonly pre: readonly string[];
}

/** The greatest number that a part of a version may be: Masterminds keeps parts in 64 bits without a sign. */
const LARGEST_PART = '18446744073709551615';
/** Longer text is no version. https://github.com/Masterminds/semver/blob/v3.5.0/version.go */
const LONGEST_VERSION = 256;

const VERSION =
  /^v?(?<major>\d+)(?:\.(?<minor>\d+))?(?:\.(?<patch>\d+))?(?:-(?<pre>[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;
const NUMERIC = /^\d+$/;

/**
 * The version that `text` is, or undefined. `1` is 1.0.0 and `v2021.05.01` is 2021.5.1; build metadata is dropped.
 * A numeric pre-release identifier with a leading zero makes the text no version.
 * https://github.com/Masterminds/semver#working-with-pre-release-versions
 */
export function parseVersion(text: string): Version | undefined {
  if (text.length > LONGEST_VERSION) return undefined;
  const groups = VERSION.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { major, minor, patch, pre } = groups;
  const identifiers = pre?.split('.') ?? [];
  const numbers = [major, minor, patch].map((digits) => canonicalDigits(digits ?? '0'));
  if (numbers.some(isTooLarge) || !identifiers.every(isIdentifier)) return undefined;
  const [x = '0', y = '0', z = '0'] = numbers;
  return { major: x, minor: y, patch: z, pre: identifiers };
}

/**
 * Precedence of https://semver.org/#spec-item-11. Numeric identifiers of any size are compared as numbers (Masterminds
 * takes those from 2^64 on for words).
 */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareDigits(a.major, b.major) ||
    compareDigits(a.minor, b.minor) ||
    compareDigits(a.patch, b.patch) ||
    comparePreReleases(a.pre, b.pre)
  );
}

/** Order of pre-releases; a release (no identifiers) is above all of them. */
export function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const order = compareIdentifiers(a[index] ?? '', b[index] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function isTooLarge(digits: string): boolean {
  return compareDigits(digits, LARGEST_PART) > 0;
}

function isIdentifier(text: string): boolean {
  return !(text.length > 1 && text.startsWith('0') && NUMERIC.test(text));
}

function compareIdentifiers(a: string, b: string): number {
  const aNumeric = NUMERIC.test(a);
  const bNumeric = NUMERIC.test(b);
  if (aNumeric && bNumeric) return compareDigits(a, b);
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
