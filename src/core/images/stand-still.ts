/** What a workload says that keeps its images from moving, for automation and for people. */
import type { WorkloadPolicies } from './locate/image-use.ts';

/** `ignored`, or `locked by alice: why`; undefined where they may move. */
export function reasonToStandStill(policies: WorkloadPolicies): string | undefined {
  const { ignore, locked, lockedUser, lockedMessage } = policies;
  if (ignore === 'true') return 'ignored';
  if (!locked) return undefined;
  const by = lockedUser === undefined ? '' : ` by ${lockedUser}`;
  return lockedMessage === undefined ? `locked${by}` : `locked${by}: ${lockedMessage}`;
}
