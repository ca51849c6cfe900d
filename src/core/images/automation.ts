/** Which images take part in automation, and by which policy and conditions. */
import type { Problem } from '../../base/errors.ts';
import type { ImageRow } from '../report/report.ts';
import { holdSentence, isOver, parseHold } from './hold-text.ts';
import type { ImageRule } from './image-rule.ts';
import type { ImageUse, Placed } from './image-use.ts';
import { type PolicyParse, parseTagPolicy, type TagPolicy } from './tag-policy.ts';

/** An image whose registry has to be asked, or one whose row is settled without asking. */
export type Triage =
  | {
      readonly kind: 'ask';
      readonly use: ImageUse;
      readonly policy: TagPolicy;
      readonly rule: ImageRule | undefined;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'settled'; readonly row: ImageRow; readonly problems: readonly Problem[] };

/** What a container without a filter of its own follows: any tag, newest build first. */
const DEFAULT_POLICY: TagPolicy = { kind: 'glob', pattern: '*' };

/**
 * Decides about one image from what its manifest and the configuration's `rule` for it say. Null where neither says
 * anything about automation. The manifest's own filter goes before the rule's policy; the rule's conditions hold for
 * both. An invalid policy is an error at its annotation; on a workload that is not automated, a warning. `nowMs` tells
 * which holds are over.
 */
export function triageImage(use: ImageUse, rule: ImageRule | undefined, nowMs: number): Triage | null {
  const filter = use.policies.tagFilters.get(use.container);
  if (!mentionsAutomation(use, filter) && rule?.policy === undefined) return null;
  const parsed = filter === undefined ? null : parseTagPolicy(filter.value);
  const problems = filter === undefined || parsed === null ? [] : policyProblems(use, filter, parsed);
  const standStill = reasonToStandStill(use, rule) ?? reasonToHold(use, nowMs);
  if (standStill !== null) return { kind: 'settled', row: settledRow(use, 'skipped', standStill), problems };
  if (parsed !== null && !parsed.ok) {
    return { kind: 'settled', row: settledRow(use, 'failed', `invalid policy: ${parsed.message}`), problems };
  }
  if (use.refusal !== undefined) {
    return {
      kind: 'settled',
      row: settledRow(use, 'skipped', use.refusal),
      problems: [refusalProblem(use, use.refusal)],
    };
  }
  const policy = parsed?.policy ?? rule?.policy?.value ?? DEFAULT_POLICY;
  return { kind: 'ask', use, policy, rule, problems };
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

/** An image is automated by its workload, or by a rule with a policy unless its workload says `automated: "false"`. */
function reasonToStandStill(use: ImageUse, rule: ImageRule | undefined): string | null {
  const { automated, locked, lockedUser, lockedMessage, ignore } = use.policies;
  if (ignore === 'true') return 'ignored';
  if (locked) {
    const by = lockedUser === undefined ? '' : ` by ${lockedUser}`;
    return lockedMessage === undefined ? `locked${by}` : `locked${by}: ${lockedMessage}`;
  }
  return (automated ?? rule?.policy !== undefined) ? null : 'not automated';
}

function reasonToHold({ container, policies }: ImageUse, nowMs: number): string | null {
  const hold = parseHold(policies.holds.get(container)?.value ?? '');
  return hold === undefined || isOver(hold, nowMs) ? null : holdSentence(hold);
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
