/** What a person writes behind `towpath lock`, `automate`, `policy` and the like, read and judged before anything else happens. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { PolicyCommand } from '../../config/contract.ts';
import { type PolicyChange, parseTagFilters } from '../../core/images/by-hand/policy-change.ts';
import type { Deps, Request } from '../deps.ts';
import { readHoldChange } from './hold-request.ts';

export interface PolicyRead {
  /** Undefined where there is an error among the problems. */
  readonly change: PolicyChange | undefined;
  readonly problems: readonly Problem[];
}

/** The change and warnings about it, or what is wrong with it. */
export function readPolicyChange(command: PolicyCommand, request: Request, { clock }: Pick<Deps, 'clock'>): PolicyRead {
  const { manual, operands, requestedBy } = request;
  if (operands.length === 0) {
    return failed('USAGE_WORKLOAD', `${command} names no workload`, `Write towpath ${command} ns:kind/name.`);
  }
  if (command === 'lock') {
    return { change: { kind: 'lock', user: requestedBy, message: manual?.message }, problems: [] };
  }
  if (command === 'hold' || command === 'unhold') {
    const read = readHoldChange(command, request, { nowMs: clock.now() });
    return 'change' in read ? { change: read.change, problems: [] } : { change: undefined, problems: [read.problem] };
  }
  if (command !== 'policy') return { change: { kind: command }, problems: [] };
  const tags = manual?.tags ?? [];
  if (tags.length === 0 && manual?.tagAll === undefined) {
    return failed('USAGE_PATTERN', 'policy changes nothing', 'Add --tag container=pattern or --tag-all pattern.');
  }
  const parsed = parseTagFilters(tags, manual?.tagAll);
  if (!parsed.ok) return failed('USAGE_PATTERN', printable(parsed.message), parsed.hint);
  const problems = parsed.warnings.map((message) => ({
    severity: 'warning' as const,
    code: 'POLICY_INVALID',
    message,
  }));
  return { change: { kind: 'policy', filters: parsed.filters }, problems };
}

function failed(code: 'USAGE_WORKLOAD' | 'USAGE_PATTERN', message: string, hint: string | undefined): PolicyRead {
  return { change: undefined, problems: [{ severity: 'error', code, message, hint }] };
}
