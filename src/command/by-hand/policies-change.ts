/** `towpath lock`, `unlock`, `hold`, `unhold`, `automate`, `deautomate`, `policy`: what a person decides about automation, as a commit. */
import { type Problem, toProblem } from '../../base/errors.ts';
import { suggestion } from '../../base/nearest.ts';
import { printable } from '../../base/printable.ts';
import type { PolicyCommand } from '../../config/contract.ts';
import {
  type PolicyChange,
  type PolicyWorkload,
  parseTagFilters,
  policiesToSet,
} from '../../core/images/by-hand/policy-change.ts';
import { changedLines } from '../../core/images/by-hand/policy-change-lines.ts';
import { alreadySaid, policyEvent, renderPolicyMessage } from '../../core/images/by-hand/policy-change-message.ts';
import { setPolicies } from '../../core/images/by-hand/policy-edits.ts';
import { compileRules, type FindRule } from '../../core/images/image-rule.ts';
import type { FileChange, SourceFile } from '../../core/manifests/source-file.ts';
import { type BranchHead, readBranchHeads, refusalsOf } from '../branch-heads.ts';
import type { Deps, Request, Result } from '../deps.ts';
import { imageFilesOf, type ReadDeps } from '../environment-manifests.ts';
import { policiesInFiles } from '../generated/generated-policies.ts';
import { type CommitPlan, type PushedPlan, pushPlan } from '../push-plan.ts';
import { pickWorkloads, type Workload, workloadsIn } from './find-workloads.ts';
import { type HoldChange, holdProblems, holdTrailers, readHoldChange } from './hold-request.ts';
import { committedLines, reportsOf, untrustedEvent } from './manual-report.ts';

type PolicyDeps = Pick<Deps, 'repository' | 'clock' | 'host'> & ReadDeps;

interface PolicyPlan extends CommitPlan {
  readonly lines: readonly string[];
}

/**
 * Edits the annotations of the workloads that the request names, one commit for each branch. A name that means no
 * workload, or several, or a pattern that cannot be followed, is a mistake of the usage: then nothing is written at all.
 */
export async function changePolicies(command: PolicyCommand, request: Request, deps: PolicyDeps): Promise<Result> {
  const refusal = untrustedEvent(command, request);
  if (refusal !== undefined) return { environments: [], problems: [refusal] };
  const read = readChange(command, request, deps);
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
      done.push(await changeOnBranch({ head, workloads, change, request }, deps));
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

/** A change that did not get through has nothing to show but its problems. */
function linesOf(done: PushedPlan<PolicyPlan>): readonly string[] {
  if (done.commit === null && (done.plan.changes.length > 0 || done.plan.evenEmpty)) return [];
  return [...done.plan.lines, ...committedLines(done)];
}

interface ReadChange {
  /** Undefined where there is an error among the problems. */
  readonly change: PolicyChange | undefined;
  readonly problems: readonly Problem[];
}

function readChange(command: PolicyCommand, request: Request, { clock }: Pick<PolicyDeps, 'clock'>): ReadChange {
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

function failed(code: 'USAGE_WORKLOAD' | 'USAGE_PATTERN', message: string, hint: string | undefined): ReadChange {
  return { change: undefined, problems: [{ severity: 'error', code, message, hint }] };
}

function workloadsOf(head: BranchHead, { images }: Request): Workload[] {
  return workloadsIn(imageFilesOf(head.environments), images);
}

/** A filter for a container that is not there is a slip of the keyboard; one that is left over may be dropped. */
function missingContainers(workload: Workload, change: PolicyChange): Problem[] {
  if (isHold(change)) return holdProblems(change, { id: workload.id, ...facetsOf(workload, () => undefined) });
  if (change.kind !== 'policy') return [];
  const { containers, filtered } = facetsOf(workload, () => undefined);
  return [...change.filters.byContainer].flatMap(([container, pattern]) => {
    if (containers.includes(container) || (pattern === null && filtered.includes(container))) return [];
    const message = `${workload.id} has no container ${printable(container)}`;
    return [{ severity: 'error', code: 'USAGE_WORKLOAD', message, hint: suggestion(container, containers) }];
  });
}

interface OnBranch {
  readonly head: BranchHead;
  readonly workloads: readonly Workload[];
  readonly change: PolicyChange;
  readonly request: Request;
}

function changeOnBranch(given: OnBranch, deps: PolicyDeps): Promise<PushedPlan<PolicyPlan>> {
  const { author, dryRun } = given.request;
  return pushPlan({ head: given.head, author, dryRun, plan: (head) => planPolicies(head, given, deps) }, deps);
}

/** The edits for the same workloads in this head, which may be a later one than that in which they were found. */
async function planPolicies(
  head: BranchHead,
  { workloads, change, request }: OnBranch,
  deps: PolicyDeps,
): Promise<PolicyPlan> {
  const findRule = compileRules(request.images.rules);
  const present = workloadsOf(head, request);
  const bytes = new Map<string, Uint8Array>();
  const wantedPolicies = new Map<string, ReadonlyMap<string, string | null>>();
  const ids: string[] = [];
  const lines: string[] = [];
  const trailers: string[] = [];
  const problems: Problem[] = [];
  for (const wanted of workloads) {
    const workload = present.find((entry) => isSame(entry, wanted));
    if (workload === undefined || (workload.named === undefined && change.kind !== 'unhold')) {
      problems.push(workload === undefined ? gone(wanted, head.branch) : withoutAnnotations(workload));
      continue;
    }
    const facets = facetsOf(workload, findRule);
    const named = holdTrailers(change, { id: workload.id, ...facets });
    const file: SourceFile = { path: workload.file.path, bytes: bytes.get(workload.file.path) ?? workload.file.bytes };
    const policies = workload.named === undefined ? new Map() : policiesToSet(change, facets);
    const edited = setPolicies(file, { subject: workload.subject, policies });
    if (edited.kind === 'refused') {
      problems.push(edited.problem);
      continue;
    }
    const difference = changedLines(file, edited.bytes);
    if (difference.length === 0 && !isLiftedAnyway(change, workload)) {
      lines.push(alreadySaid(change.kind, workload.id));
      continue;
    }
    problems.push(...edited.warnings);
    if (difference.length > 0) {
      bytes.set(file.path, edited.bytes);
      wantedPolicies.set(file.path, policies);
    }
    ids.push(workload.id);
    trailers.push(...named);
    lines.push(policyEvent(change.kind, workload.id), ...(request.dryRun ? difference : []));
  }
  if (problems.some(isError)) return nothingBut(problems);
  const edits: FileChange[] = [...bytes].map(([path, edited]) => ({ path, bytes: edited }));
  const done = await policiesInFiles({ changes: edits, wanted: wantedPolicies, read: head.environments }, deps);
  const { changes, touched } = done;
  problems.push(...done.problems);
  if (problems.some(isError)) return nothingBut(problems);
  const { requestedBy, manual } = request;
  const message = renderPolicyMessage({ kind: change.kind, ids, message: manual?.message, trailers, requestedBy });
  return { changes, touched, evenEmpty: ids.length > 0, message, problems, lines };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function nothingBut(problems: readonly Problem[]): PolicyPlan {
  return { changes: [], touched: new Set(), message: '', problems, lines: [] };
}

function isSame(a: Workload, b: Workload): boolean {
  return a.file.path === b.file.path && a.subject === b.subject;
}

function facetsOf({ uses, named }: Workload, findRule: FindRule): PolicyWorkload {
  const containers = [...new Set(uses.map((use) => use.container))];
  return {
    containers,
    filtered: [...(uses[0]?.policies.tagFilters.keys() ?? [])],
    held: named === undefined ? containers : [...(uses[0]?.policies.holds.keys() ?? [])],
    ruled: uses.some((use) => use.mark !== undefined || findRule(use)?.policy !== undefined),
  };
}

/** What has no annotations, and a container that is named, may be on hold by the history alone: the commit lifts that. */
function isLiftedAnyway(change: PolicyChange, { named }: Workload): boolean {
  return change.kind === 'unhold' && (named === undefined || change.containers !== undefined);
}

function isHold(change: PolicyChange): change is HoldChange {
  return change.kind === 'hold' || change.kind === 'unhold';
}

/** Of a kustomization or a values file only the configuration can speak. */
function withoutAnnotations(workload: Workload): Problem {
  return {
    severity: 'error',
    code: 'USAGE_WORKLOAD',
    message: `${workload.id} is no object and has no annotations`,
    hint: 'Say it in an entry of images in the configuration.',
  };
}

function gone(workload: Workload, branch: string): Problem {
  return {
    severity: 'error',
    code: 'USAGE_WORKLOAD',
    message: `${workload.id} is no longer in ${workload.file.path} of ${branch}`,
    subject: workload.subject,
  };
}
