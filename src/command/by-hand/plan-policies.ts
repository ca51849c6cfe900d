/** Plans on one branch what a person decides about automation: which bytes of which files, and the commit's message. */
import type { Problem } from '../../base/errors.ts';
import { type PolicyChange, type PolicyWorkload, policiesToSet } from '../../core/images/by-hand/policy-change.ts';
import { changedLines } from '../../core/images/by-hand/policy-change-lines.ts';
import { alreadySaid, policyEvent, renderPolicyMessage } from '../../core/images/by-hand/policy-change-message.ts';
import { setPolicies } from '../../core/images/by-hand/policy-edits.ts';
import { compileRules, type FindRule } from '../../core/images/image-rule.ts';
import type { SourceFile } from '../../core/manifests/source-file.ts';
import type { BranchHead } from '../branch-heads.ts';
import type { Deps, Request } from '../deps.ts';
import { imageFilesOf } from '../environment-manifests.ts';
import { policiesInFiles } from '../generated/generated-policies.ts';
import type { CommitPlan } from '../push-plan.ts';
import { type Workload, workloadsIn } from './find-workloads.ts';
import { holdTrailers } from './hold-request.ts';

export interface PolicyPlan extends CommitPlan {
  /** What was done, for the person who asked. */
  readonly lines: readonly string[];
}

export interface PlanPoliciesInput {
  /** As they were found, perhaps in an earlier head. */
  readonly workloads: readonly Workload[];
  readonly change: PolicyChange;
  readonly request: Request;
}

/** The edits for the same workloads in this head; none at all where one of them cannot be made. */
export async function planPolicies(
  head: BranchHead,
  given: PlanPoliciesInput,
  deps: Pick<Deps, 'generators' | 'signal'>,
): Promise<PolicyPlan> {
  const edits = editWorkloads(head, given);
  if (edits.problems.some(isError)) return nothingBut(edits.problems);
  const { ids, trailers, lines } = edits;
  const edited = [...edits.files.values()];
  const done = await policiesInFiles({ changes: edited, wanted: edits.wanted, read: head.environments }, deps);
  const problems = [...edits.problems, ...done.problems];
  if (problems.some(isError)) return nothingBut(problems);
  const { change, request } = given;
  const { requestedBy, manual } = request;
  const message = renderPolicyMessage({ kind: change.kind, ids, message: manual?.message, trailers, requestedBy });
  const { changes, touched } = done;
  return { changes, touched, evenEmpty: ids.length > 0, message, problems, lines };
}

/** Everything with images in the environments of this head. */
export function workloadsOf(head: BranchHead, { images }: Request): Workload[] {
  return workloadsIn(imageFilesOf(head.environments), images);
}

/** What there is of a workload for policies to speak of. */
export function policyWorkload({ uses, named }: Workload, findRule: FindRule): PolicyWorkload {
  const containers = [...new Set(uses.map((use) => use.container))];
  return {
    containers,
    filtered: [...(uses[0]?.policies.tagFilters.keys() ?? [])],
    held: named === undefined ? containers : [...(uses[0]?.policies.holds.keys() ?? [])],
    ruled: uses.some((use) => use.mark !== undefined || findRule(use)?.policy !== undefined),
  };
}

interface Edits {
  /** The edited ones by path, those of generated objects among them. */
  readonly files: Map<string, SourceFile>;
  /** The policies set in them, by path too. */
  readonly wanted: Map<string, ReadonlyMap<string, string | null>>;
  /** The workloads that the commit is about. */
  readonly ids: string[];
  readonly trailers: string[];
  readonly lines: string[];
  readonly problems: Problem[];
}

function editWorkloads(head: BranchHead, { workloads, change, request }: PlanPoliciesInput): Edits {
  const findRule = compileRules(request.images.rules);
  const present = workloadsOf(head, request);
  const edits: Edits = { files: new Map(), wanted: new Map(), ids: [], trailers: [], lines: [], problems: [] };
  for (const wanted of workloads) {
    const workload = present.find((entry) => isSame(entry, wanted));
    if (workload === undefined) {
      edits.problems.push(gone(wanted, head.branch));
      continue;
    }
    const file = edits.files.get(workload.file.path) ?? workload.file;
    const edit = editWorkload(workload, { file, change, findRule });
    if (edit.kind === 'refused') edits.problems.push(edit.problem);
    else if (edit.kind === 'unchanged') edits.lines.push(alreadySaid(change.kind, workload.id));
    else collect(edits, edit, request);
  }
  return edits;
}

type WorkloadEdit =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unchanged' }
  | ChangedWorkload;

interface ChangedWorkload {
  readonly kind: 'changed';
  readonly line: string;
  readonly id: string;
  readonly file: SourceFile;
  readonly policies: ReadonlyMap<string, string | null>;
  /** The changed lines; empty where the commit's trailers alone say it. */
  readonly difference: readonly string[];
  readonly trailers: readonly string[];
  readonly warnings: readonly Problem[];
}

/** `file`: its file, with what was changed in it before. */
function editWorkload(
  workload: Workload,
  given: { readonly file: SourceFile; readonly change: PolicyChange; readonly findRule: FindRule },
): WorkloadEdit {
  const { file, change, findRule } = given;
  const { id, subject, named } = workload;
  if (named === undefined && change.kind !== 'unhold')
    return { kind: 'refused', problem: withoutAnnotations(workload) };
  const about = policyWorkload(workload, findRule);
  const policies = named === undefined ? new Map<string, null>() : policiesToSet(change, about);
  const edited = setPolicies(file, { subject, policies });
  if (edited.kind === 'refused') return edited;
  const { bytes, warnings } = edited;
  const difference = changedLines(file, bytes);
  if (difference.length === 0 && !isLiftedAnyway(change, workload)) return { kind: 'unchanged' };
  return {
    kind: 'changed',
    line: policyEvent(change.kind, id),
    id,
    file: { path: file.path, bytes },
    policies,
    difference,
    trailers: holdTrailers(change, { id, ...about }),
    warnings,
  };
}

function collect(edits: Edits, edit: ChangedWorkload, { dryRun }: Pick<Request, 'dryRun'>): void {
  const { file, difference } = edit;
  if (difference.length > 0) {
    edits.files.set(file.path, file);
    edits.wanted.set(file.path, edit.policies);
  }
  edits.ids.push(edit.id);
  edits.trailers.push(...edit.trailers);
  edits.lines.push(edit.line, ...(dryRun ? difference : []));
  edits.problems.push(...edit.warnings);
}

function isSame(a: Workload, b: Workload): boolean {
  return a.file.path === b.file.path && a.subject === b.subject;
}

/** What has no annotations, and a container that is named, may be on hold by the history alone: the commit lifts that. */
function isLiftedAnyway(change: PolicyChange, { named }: Workload): boolean {
  return change.kind === 'unhold' && (named === undefined || change.containers !== undefined);
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function nothingBut(problems: readonly Problem[]): PolicyPlan {
  return { changes: [], touched: new Set(), message: '', problems, lines: [] };
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
    hint: 'Somebody has pushed meanwhile: see where it is now, and run the command again.',
  };
}
