/** What a person writes behind `towpath hold` and `towpath unhold`, read and judged before anything else happens. */
import type { Problem } from '../../base/errors.ts';
import { suggestion } from '../../base/nearest.ts';
import { printable } from '../../base/printable.ts';
import { containersOf, type PolicyChange, type PolicyWorkload } from '../../core/images/by-hand/policy-change.ts';
import { canBeHeld, isDay, isOver, renderHold } from '../../core/images/holds/hold-text.ts';
import { holdTrailer, unholdTrailer } from '../../core/images/holds/hold-trailers.ts';
import type { Request } from '../deps.ts';

export type HoldChange = Extract<PolicyChange, { readonly kind: 'hold' | 'unhold' }>;

export type HoldRead = { readonly change: HoldChange } | { readonly problem: Problem };

/** The change, or what is wrong with it. */
export function readHoldChange(
  kind: HoldChange['kind'],
  { manual, requestedBy }: Request,
  { nowMs }: { readonly nowMs: number },
): HoldRead {
  const named = manual?.containers ?? [];
  const containers = named.length === 0 ? undefined : [...new Set(named)];
  if (kind === 'unhold') return { change: { kind, containers } };
  const until = manual?.until;
  if (until !== undefined) {
    const hint = 'Write the last day of the hold, such as --until 2030-01-31.';
    const written = printable(until);
    if (!isDay(until)) return usage('USAGE_FLAG_VALUE', `--until ${written} is no day`, hint);
    if (isOver({ until, reason: '' }, nowMs)) return usage('USAGE_FLAG_VALUE', `--until ${written} is over`, hint);
  }
  const text = renderHold({ until, message: manual?.message, user: requestedBy });
  return { change: { kind, containers, text } };
}

/** What is wrong with a hold for this workload: a container that it does not have, or that no annotation can name. */
export function holdProblems(change: HoldChange, about: { readonly id: string } & PolicyWorkload): Problem[] {
  const { id, containers: present, held } = about;
  const known = change.kind === 'unhold' ? [...present, ...held] : present;
  return containersOf(change, about).flatMap((container): Problem[] => {
    if (!known.includes(container)) {
      const message = `${id} has no container ${printable(container)}`;
      return [{ severity: 'error', code: 'USAGE_WORKLOAD', message, hint: suggestion(container, known) }];
    }
    if (change.kind === 'unhold' || canBeHeld(container)) return [];
    const message = `${id}: no annotation can name the container ${printable(container)}`;
    const hint = 'Name the other containers with --container, or lock the workload.';
    return [{ severity: 'error', code: 'USAGE_WORKLOAD', message, hint }];
  });
}

/** The trailers of the commit for one workload. */
export function holdTrailers(change: PolicyChange, about: { readonly id: string } & PolicyWorkload): string[] {
  const trailer = change.kind === 'unhold' ? unholdTrailer : holdTrailer;
  return containersOf(change, about).map((container) => trailer(about.id, container));
}

function usage(code: 'USAGE_FLAG_VALUE', message: string, hint: string): HoldRead {
  return { problem: { severity: 'error', code, message, hint } };
}
