/** Tags as `auto` reads them: a version with an optional suffix, in the manner of Docker images. */
import { compareCodePoints } from './code-points.ts';
import { canonicalDigits, compareDigits } from './digits.ts';

export interface DockerVersion {
  /** Canonical decimal texts; at least one. */
  readonly numbers: readonly string[];
  /** Letters glued to the last number (`b1` in `3.8.0b1`); empty for a release. */
  readonly pre: string;
  /** What follows the first hyphen: the variant of the image (`alpine`). */
  readonly suffix: string;
}

const RELEASE = /^v?(?<numbers>\d+(?:\.\d+)*)(?<pre>\w*)$/;
/** Abbreviated or full commit ids; all digits is rather a number. */
const COMMIT = /^(?!\d+$)[\da-f]{7,40}$/;

/** The version in `tag`, or undefined where it has none (`latest`, `bookworm`, a commit id). */
export function parseDockerVersion(tag: string): DockerVersion | undefined {
  if (COMMIT.test(tag)) return undefined;
  const hyphen = tag.indexOf('-');
  const release = hyphen < 0 ? tag : tag.slice(0, hyphen);
  const groups = RELEASE.exec(release)?.groups;
  if (groups === undefined) return undefined;
  const { numbers = '', pre = '' } = groups;
  return { numbers: numbers.split('.').map(canonicalDigits), pre, suffix: hyphen < 0 ? '' : tag.slice(hyphen + 1) };
}

/** Order by numbers, then releases above pre-releases. A missing number is above all: `2` moves on, `2.1` is fixed. */
export function compareDockerVersions(a: DockerVersion, b: DockerVersion): number {
  const shared = Math.min(a.numbers.length, b.numbers.length);
  for (let index = 0; index < shared; index += 1) {
    const order = compareDigits(a.numbers[index] ?? '0', b.numbers[index] ?? '0');
    if (order !== 0) return order;
  }
  return b.numbers.length - a.numbers.length || comparePre(a.pre, b.pre);
}

function comparePre(a: string, b: string): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return compareCodePoints(a, b);
}
