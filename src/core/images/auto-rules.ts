/** `auto`: the newest version of the same kind as the current tag. */
import type { NameVerdict, PolicyRules } from './policy-rules.ts';
import { type DockerVersion, parseDockerVersion } from './versions/docker-version.ts';

const NO_VERSION: NameVerdict = { passes: false, reason: 'no version' };
const OTHER_SUFFIX: NameVerdict = { passes: false, reason: 'another suffix than the current tag' };
const OTHER_PRECISION: NameVerdict = { passes: false, reason: 'more or fewer numbers than the current tag' };
const PRE_RELEASE: NameVerdict = { passes: false, reason: 'a pre-release, which the current tag is not' };
const NOTHING_TO_COMPARE: NameVerdict = { passes: false, reason: 'the current tag is no version to compare with' };

/**
 * Same suffix, same number of parts, no pre-release unless the current tag is one; without a version to compare with
 * no tag passes.
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
    scope: ' of the same kind as the current one',
    placelessIsBelow: false,
  };
}

function judge(tag: string, current: DockerVersion): NameVerdict {
  const version = parseDockerVersion(tag);
  if (version === undefined) return NO_VERSION;
  if (version.suffix !== current.suffix) return OTHER_SUFFIX;
  if (version.numbers.length !== current.numbers.length) return OTHER_PRECISION;
  if (version.pre !== '' && current.pre === '') return PRE_RELEASE;
  return { passes: true, place: { by: 'docker-version', version } };
}
