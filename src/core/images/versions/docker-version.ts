/** Versions of Docker images as `auto` compares them. */
import { compareCodePoints } from './code-points.ts';
import { compareDigits } from './digits.ts';

export interface DockerVersion {
  /** The numbers of the version, canonical decimal texts; at least one. */
  readonly numbers: readonly string[];
  /** `['rc', '1']` of `1.2.0-rc.1` or `1.2.0rc1`: a word in lower case and its numbers; empty for a release. */
  readonly pre: readonly string[];
  /** Numbers of the build (`8` in `17.0.2_8-jre`, `777` in `3.10-master-777`). */
  readonly builds: readonly string[];
  /** All the rest, with `#` for each run of build numbers and `@` for a commit: tags of one variant are comparable. */
  readonly variant: string;
  /** Whether it reads as a date rather than as a counted version: `20240101`, `2024.1`, `20.04`. */
  readonly calendar: boolean;
}

/**
 * Order by numbers, then a release above its pre-releases, then by build. A missing number is above all: `2` is moved
 * along by its publisher, `2.1` is older or equal.
 */
export function compareDockerVersions(a: DockerVersion, b: DockerVersion): number {
  return compareNumbers(a.numbers, b.numbers) || comparePre(a.pre, b.pre) || compareNumbers(a.builds, b.builds);
}

function compareNumbers(a: readonly string[], b: readonly string[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const order = compareDigits(a[index] ?? '0', b[index] ?? '0');
    if (order !== 0) return order;
  }
  return b.length - a.length;
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  return compareCodePoints(a[0] ?? '', b[0] ?? '') || comparePreNumbers(a.slice(1), b.slice(1));
}

/** Unlike in a version, `rc` is before `rc.1`. */
function comparePreNumbers(a: readonly string[], b: readonly string[]): number {
  const shared = Math.min(a.length, b.length);
  return compareNumbers(a.slice(0, shared), b.slice(0, shared)) || a.length - b.length;
}
