/** Where a tag stands in a policy's order. */
import { compareCodePoints } from '../versions/code-points.ts';
import { compareDecimals, type Decimal } from '../versions/decimal.ts';
import { compareDockerVersions, type DockerVersion } from '../versions/docker-version.ts';
import { compareVersions, type Version } from '../versions/semver.ts';

/** All places of one policy are of one kind. */
export type Place =
  | { readonly by: 'version'; readonly version: Version }
  | { readonly by: 'docker-version'; readonly version: DockerVersion }
  | { readonly by: 'text'; readonly text: string }
  | { readonly by: 'number'; readonly number: Decimal }
  | { readonly by: 'time'; readonly ms: number };

/** Positive where `a` is the newer one. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.by === 'version' && b.by === 'version') return compareVersions(a.version, b.version);
  if (a.by === 'docker-version' && b.by === 'docker-version') return compareDockerVersions(a.version, b.version);
  if (a.by === 'text' && b.by === 'text') return compareCodePoints(a.text, b.text);
  if (a.by === 'number' && b.by === 'number') return compareDecimals(a.number, b.number);
  if (a.by === 'time' && b.by === 'time') return a.ms - b.ms;
  throw new Error(`cannot compare a place by ${a.by} with one by ${b.by}`);
}
