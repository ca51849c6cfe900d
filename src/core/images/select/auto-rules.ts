/** `auto`: the newest version of the same kind as the current tag. */

import type { DockerVersion } from '../versions/docker-version.ts';
import { parseDockerVersion } from '../versions/parse-docker-version.ts';
import type { NameVerdict, PolicyRules } from './policy-rules.ts';

const NO_VERSION = refuse('no version');
const NOTHING_TO_COMPARE = refuse('the current tag is no version to compare with');
const OTHER_PRECISION = refuse('more or fewer numbers than in the current tag');
const OTHER_VARIANT = refuse('another prefix or suffix than that of the current tag');
const PRE_RELEASE = 'a pre-release, which the current tag is not';
const CALENDAR = 'looks like a date, which the current tag does not';

/**
 * Same prefix and suffix, same number of parts, no pre-release unless the current tag is one. Without a version to
 * compare with no tag passes.
 */
export function autoRules(currentTag: string | undefined): PolicyRules {
  const current = currentTag === undefined ? undefined : parseDockerVersion(currentTag);
  return {
    basis: 'name',
    direction: 1,
    judge: (tag) => (current === undefined ? NOTHING_TO_COMPARE : judge(tag, current)),
    placeOf: (facts) => {
      const version = parseDockerVersion(facts.tag);
      return version === undefined ? undefined : { by: 'docker-version', version };
    },
    best: "the newest version of the current tag's kind",
    none:
      current === undefined
        ? 'the current tag is no version to compare with'
        : "no tag is a version of the current tag's kind",
    placelessIsBelow: false,
    stepsPerCharacter: 0,
  };
}

function judge(tag: string, current: DockerVersion): NameVerdict {
  const version = parseDockerVersion(tag);
  if (version === undefined) return NO_VERSION;
  if (version.variant !== current.variant) return OTHER_VARIANT;
  if (version.numbers.length !== current.numbers.length) return OTHER_PRECISION;
  const place = { by: 'docker-version', version } as const;
  if (version.pre.length > 0 && current.pre.length === 0) return { passes: false, reason: PRE_RELEASE, place };
  if (version.calendar && leaps(version, current)) return { passes: false, reason: CALENDAR, place };
  return { passes: true, place };
}

/** From `3` to `20240101` or from `5.2.3` to `20.04.1` is another way of counting; from `999` to `2000` may be none. */
function leaps(version: DockerVersion, current: DockerVersion): boolean {
  const [digits, before] = [version.numbers[0]?.length ?? 0, current.numbers[0]?.length ?? 0];
  return digits > 2 ? before < digits - 1 : before < digits;
}

function refuse(reason: string): NameVerdict {
  return { passes: false, reason };
}
