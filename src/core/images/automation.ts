/** Which images take part in automation, and by which policy and conditions. */
import type { Problem } from '../../base/errors.ts';
import type { ImageRow } from '../report/report.ts';
import type { ImageMark } from './flux-v2/image-policy.ts';
import { triageMark } from './flux-v2/mark-triage.ts';
import { holdOf, holdSentence } from './holds/hold-text.ts';
import type { ImageRule } from './image-rule.ts';
import type { ImageUse, Placed } from './locate/image-use.ts';
import { type PolicyParse, parseTagPolicy, type TagPolicy } from './select/tag-policy.ts';
import { reasonToStandStill } from './stand-still.ts';

/** An image whose registry has to be asked, or one whose row is settled without asking. */
export type Triage =
  | {
      readonly kind: 'ask';
      readonly use: ImageUse;
      readonly policy: TagPolicy;
      /** RE2 patterns of tags that are never chosen. */
      readonly exclude?: readonly string[];
      readonly rule: ImageRule | undefined;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'settled'; readonly row: ImageRow; readonly problems: readonly Problem[] };

/** What a container without a filter of its own follows: any tag, newest build first. */
const DEFAULT_POLICY: TagPolicy = { kind: 'glob', pattern: '*' };

/**
 * Decides about one image from what its manifest and the configuration's `rule` for it say. Null where neither says
 * anything about automation. A marker goes before the manifest's own filter, and that before the rule's policy; the
 * rule's conditions hold for all. An invalid policy is an error at its annotation; on a workload that is not automated,
 * a warning. `nowMs` tells which holds are over.
 */
export function triageImage(use: ImageUse, rule: ImageRule | undefined, nowMs: number): Triage | null {
  // A marker goes before the filter, which is then not even read.
  const filter = use.mark === undefined ? use.policies.tagFilters.get(use.container) : undefined;
  if (use.mark === undefined && !mentionsAutomation(use, filter) && rule?.policy === undefined) return null;
  const parsed = filter === undefined ? null : parseTagPolicy(filter.value);
  const problems = filter === undefined || parsed === null ? [] : policyProblems(use, filter, parsed);
  const standStill = reasonToStandStill(use.policies) ?? reasonToLeaveOut(use, rule) ?? reasonToHold(use, nowMs);
  if (standStill !== null) return { kind: 'settled', row: settledRow(use, 'skipped', standStill), problems };
  if (parsed !== null && !parsed.ok) {
    return { kind: 'settled', row: settledRow(use, 'failed', `invalid policy: ${parsed.message}`), problems };
  }
  if (use.mark !== undefined) return triageMarked(use, use.mark, rule);
  if (use.refusal !== undefined) return refused(use, use.refusal);
  const policy = parsed?.policy ?? rule?.policy?.value ?? DEFAULT_POLICY;
  return { kind: 'ask', use, policy, rule, problems };
}

function triageMarked(use: ImageUse, mark: ImageMark, rule: ImageRule | undefined): Triage {
  const marked = triageMark(use, mark, rule);
  const { problems } = marked;
  if (marked.kind === 'still') {
    return { kind: 'settled', row: settledRow(use, marked.action, marked.reason), problems };
  }
  if (use.refusal !== undefined) return refused(use, use.refusal);
  const { policy, exclude } = marked.policy;
  return { kind: 'ask', use, policy, exclude, rule, problems };
}

function refused(use: ImageUse, refusal: string): Triage {
  return { kind: 'settled', row: settledRow(use, 'skipped', refusal), problems: [refusalProblem(use, refusal)] };
}

/** The tag as reports show it: `tag`, `tag@sha256:…`, `sha256:…`, or nothing. */
export function renderVersion(tag: string | undefined, digest: string | undefined): string {
  if (digest === undefined) return tag ?? '';
  return tag === undefined ? digest : `${tag}@${digest}`;
}

/** A row in which nothing changes. */
export function settledRow(use: ImageUse, action: ImageRow['action'], reason: string): ImageRow {
  const version = renderVersion(use.tag, use.digest);
  return {
    subject: use.subject,
    container: use.container,
    image: use.name,
    from: version,
    to: version,
    action,
    reason,
  };
}

function mentionsAutomation(use: ImageUse, filter: Placed<string> | undefined): boolean {
  const { automated, locked, ignore } = use.policies;
  return automated !== undefined || locked || ignore === 'true' || filter !== undefined;
}

/** An image is automated by its workload, by a marker, or by a rule with a policy unless its workload says `automated: "false"`. */
function reasonToLeaveOut({ mark, policies }: ImageUse, rule: ImageRule | undefined): string | null {
  const automated = policies.automated ?? (mark !== undefined || rule?.policy !== undefined);
  return automated ? null : 'not automated';
}

function reasonToHold(use: ImageUse, nowMs: number): string | null {
  const hold = holdOf(use, nowMs);
  return hold === undefined ? null : holdSentence(hold);
}

function policyProblems(use: ImageUse, filter: Placed<string>, parsed: PolicyParse): Problem[] {
  if (parsed.ok) {
    if (parsed.warning === undefined) return [];
    return [policyProblem({ use, filter, severity: 'warning', message: parsed.warning, hint: undefined })];
  }
  const severity = use.policies.automated === true && use.policies.ignore !== 'true' ? 'error' : 'warning';
  return [policyProblem({ use, filter, severity, message: parsed.message, hint: parsed.hint })];
}

function policyProblem(given: {
  use: ImageUse;
  filter: Placed<string>;
  severity: Problem['severity'];
  message: string;
  hint: string | undefined;
}): Problem {
  return {
    severity: given.severity,
    code: 'POLICY_INVALID',
    message: `${given.use.subject} ${given.use.container}: ${given.message}`,
    position: given.filter.position,
    subject: given.use.subject,
    hint: given.hint,
  };
}

function refusalProblem(use: ImageUse, refusal: string): Problem {
  return {
    severity: 'warning',
    code: 'IMAGE_NOT_EDITABLE',
    message: `${use.subject} ${use.container}: ${refusal}`,
    position: use.position,
    subject: use.subject,
  };
}
