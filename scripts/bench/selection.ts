/** How many tags a second selection goes through, by policy. */
import { selectTag } from '../../src/core/images/select/select.ts';
import type { TagFacts } from '../../src/core/images/select/tag-facts.ts';
import { parseConfigPolicy } from '../../src/core/images/select/tag-policy.ts';
import { median, timed } from './measure.ts';

const TAGS = 20_000;
const NOW_MS = Date.UTC(2026, 10, 20);

const VERSIONS: readonly TagFacts[] = Array.from({ length: TAGS }, (_, index) => ({
  tag: `${index % 7}.${index % 90}.${index}${index % 5 === 0 ? '-rc.1' : ''}`,
  createdMs: NOW_MS - index * 60_000,
}));
const BUILDS: readonly TagFacts[] = Array.from({ length: TAGS }, (_, index) => ({
  tag: `${index % 3 === 0 ? 'master' : 'feature'}-${index.toString(16).padStart(8, '0')}`,
  createdMs: NOW_MS - index * 60_000,
}));

const CASES = [
  { policy: 'semver:^6.1', tags: VERSIONS, current: '6.2.6' },
  { policy: 'auto', tags: VERSIONS, current: '6.2.6' },
  { policy: 'glob:master-*', tags: BUILDS, current: 'master-00004e1f' },
  { policy: 'regexp:^master-[0-9a-f]+$', tags: BUILDS, current: 'master-00004e1f' },
  { policy: 'alphabetical', tags: BUILDS, current: 'master-00000000' },
] as const;

export async function benchSelection(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { policy, tags, current } of CASES) {
    const parsed = parseConfigPolicy(policy);
    if (!parsed.ok) throw new Error(parsed.message);
    const input = {
      policy: parsed.policy,
      current: { tag: current, digest: undefined },
      listing: { tags, complete: true },
      remembered: undefined,
      gates: { minAgeMs: undefined, platforms: [], deny: [] },
      nowMs: NOW_MS,
    };
    const ms = median(await timed(7, () => selectTag(input)));
    lines.push(`${policy.padEnd(26)} ${Math.round(TAGS / ms / 10) / 100} million tags/s`);
  }
  return lines;
}
