/** `towpath lock`, `unlock`, `hold`, `unhold`, `automate`, `deautomate`, `policy`: what a person decides about automation, as a commit. */
import { type Problem, toProblem } from '../../base/errors.ts';
import { suggestion } from '../../base/nearest.ts';
import { printable } from '../../base/printable.ts';
import type { PolicyCommand } from '../../config/contract.ts';
import type { PolicyChange } from '../../core/images/by-hand/policy-change.ts';
import { type BranchHead, readBranchHeads, refusalsOf } from '../branch-heads.ts';
import type { Deps, Request, Result } from '../deps.ts';
import type { ReadDeps } from '../environment-manifests.ts';
import { type PushedPlan, pushPlan } from '../push-plan.ts';
import { pickWorkloads, type Workload } from './find-workloads.ts';
import { type HoldChange, holdProblems } from './hold-request.ts';
import { committedLines, reportsOf, untrustedEvent } from './manual-report.ts';
import { type PlanPoliciesInput, type PolicyPlan, planPolicies, policyWorkload, workloadsOf } from './plan-policies.ts';
import { readPolicyChange } from './policy-request.ts';

type PolicyDeps = Pick<Deps, 'repository' | 'clock' | 'host'> & ReadDeps;

/**
 * Edits the annotations of the workloads that the request names, one commit for each branch. A name that means no
 * workload, or several, or a pattern that cannot be followed, is a mistake of the usage: then nothing is written at all.
 */
export async function changePolicies(command: PolicyCommand, request: Request, deps: PolicyDeps): Promise<Result> {
  const refusal = untrustedEvent(command, request);
  if (refusal !== undefined) return { environments: [], problems: [refusal] };
  const read = readPolicyChange(command, request, deps);
  if (read.change === undefined) return { environments: [], problems: read.problems };
  const heads = await readBranchHeads(request, deps);
  const known = heads.flatMap((head) => workloadsOf(head, request).map((workload) => ({ ...workload, head })));
  const names = request.operands;
  const picked = pickWorkloads(known, { names, namespace: request.manual?.namespace });
  const { change } = read;
  const problems = [...picked.problems, ...picked.workloads.flatMap((workload) => missingContainers(workload, change))];
  if (problems.length > 0) return { environments: [], problems: [...read.problems, ...refusalsOf(heads), ...problems] };
  const done: PushedPlan<PolicyPlan>[] = [];
  const failures: Problem[] = [];
  for (const [head, workloads] of Map.groupBy(picked.workloads, (workload) => workload.head)) {
    try {
      done.push(await changeOnBranch(head, { workloads, change, request }, deps));
    } catch (error) {
      deps.signal.throwIfAborted();
      failures.push(toProblem(error, { subject: head.branch }));
    }
  }
  return {
    environments: reportsOf(request.environments, done),
    problems: [...read.problems, ...done.flatMap((entry) => entry.problems), ...failures],
    lines: done.flatMap(linesOf),
  };
}

/** A filter for a container that is not there is a slip of the keyboard; one that is left over may be dropped. */
function missingContainers(workload: Workload, change: PolicyChange): Problem[] {
  const about = policyWorkload(workload, () => undefined);
  if (isHold(change)) return holdProblems(change, { id: workload.id, ...about });
  if (change.kind !== 'policy') return [];
  const { containers, filtered } = about;
  return [...change.filters.byContainer].flatMap(([container, pattern]) => {
    if (containers.includes(container) || (pattern === null && filtered.includes(container))) return [];
    const message = `${workload.id} has no container ${printable(container)}`;
    return [{ severity: 'error', code: 'USAGE_WORKLOAD', message, hint: suggestion(container, containers) }];
  });
}

function isHold(change: PolicyChange): change is HoldChange {
  return change.kind === 'hold' || change.kind === 'unhold';
}

function changeOnBranch(head: BranchHead, given: PlanPoliciesInput, deps: PolicyDeps): Promise<PushedPlan<PolicyPlan>> {
  const { author, dryRun } = given.request;
  return pushPlan({ head, author, dryRun, plan: (current) => planPolicies(current, given, deps) }, deps);
}

/** A change that did not get through has nothing to show but its problems. */
function linesOf(done: PushedPlan<PolicyPlan>): readonly string[] {
  if (done.commit === null && (done.plan.changes.length > 0 || done.plan.evenEmpty)) return [];
  return [...done.plan.lines, ...committedLines(done)];
}
