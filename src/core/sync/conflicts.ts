/** What to do where another owns a field that we want to set. */
import type { JsonObject } from './desired-object.ts';
import { fieldOf, isObject, valueAt, without } from './json.ts';
import { applyEntry, managedEntries, ownsField } from './managed-fields.ts';

export interface Conflict {
  /** The field as the server names it: `.spec.template.spec.containers[name="app"].image`. */
  readonly field: string;
  /** Who owns it. */
  readonly manager: string;
  readonly subresource: string;
}

/** `take`: an earlier applier's or a person's edit, which the repository overrides. `yield`: left to an autoscaler. */
export interface ConflictPlan {
  readonly take: readonly Conflict[];
  readonly yield: readonly Conflict[];
  readonly refuse: readonly Conflict[];
}

/**
 * Those whose work a repository replaces: kubectl in all its commands, Flux v1, the terminals and dashboards that
 * people edit with, and what was there before owners were recorded.
 */
const PEOPLE_AND_EARLIER_APPLIERS = [
  /^kubectl(?:$|-)/,
  /^before-first-apply$/,
  /^flux(?:d|ctl)?$/,
  /^k9s$/,
  /^(?:Open)?Lens(?:\.exe)?$/,
  /^node-fetch$/,
  /^Mozilla$/,
  /^dashboard$/,
  /^(?:steve|rancher)$/,
];
const AUTOSCALERS = [/^kube-controller-manager$/, /^horizontal-pod-autoscaler$/, /^keda(?:$|-)/, /^vpa-/];
const REPLICAS = '.spec.replicas';

export function planConflicts(conflicts: readonly Conflict[]): ConflictPlan {
  const judged = conflicts.map((conflict) => ({ conflict, verdict: judge(conflict) }));
  const those = (verdict: string) =>
    judged.filter((entry) => entry.verdict === verdict).map(({ conflict }) => conflict);
  return { take: those('take'), yield: those('yield'), refuse: those('refuse') };
}

function judge({ field, manager, subresource }: Conflict): 'take' | 'yield' | 'refuse' {
  if (isPersonOrEarlierApplier(manager)) return 'take';
  return field === REPLICAS && isAutoscaler(manager, subresource) ? 'yield' : 'refuse';
}

function isPersonOrEarlierApplier(manager: string): boolean {
  return PEOPLE_AND_EARLIER_APPLIERS.some((pattern) => pattern.test(manager));
}

/** Whoever writes through the scale subresource, and is no person, scales by itself. */
function isAutoscaler(manager: string, subresource: string): boolean {
  return subresource === 'scale' || AUTOSCALERS.some((pattern) => pattern.test(manager));
}

/**
 * The name of the autoscaler that `live` records as an owner of spec.replicas while `desired` sets it, or undefined.
 * Known before any request, so that a scaled workload costs none.
 */
export function scalerOf(live: JsonObject, manager: string): string | undefined {
  const own = applyEntry(live, manager);
  return managedEntries(live).find(
    (entry) =>
      entry !== own &&
      entry.manager !== manager &&
      ownsField(entry.fields, 'spec', 'replicas') &&
      !isPersonOrEarlierApplier(entry.manager) &&
      isAutoscaler(entry.manager, entry.subresource),
  )?.manager;
}

/** `desired` without spec.replicas. */
export function withoutReplicas(desired: JsonObject): JsonObject {
  const spec = fieldOf(desired, 'spec');
  return isObject(spec) ? { ...desired, spec: without(spec, 'replicas') } : desired;
}

export function setsReplicas(desired: JsonObject): boolean {
  return valueAt(desired, 'spec', 'replicas') !== undefined;
}

const FIELDS_SHOWN = 3;

/** `spec.replicas and spec.paused from kubectl-edit`, for the reason of a row; grouped by owner, long lists cut. */
export function describeConflicts(conflicts: readonly Conflict[], preposition: 'from' | 'to' | 'of'): string {
  const byManager = new Map<string, string[]>();
  for (const { field, manager } of conflicts) {
    byManager.set(manager, [...(byManager.get(manager) ?? []), field.replace(/^\./, '')]);
  }
  return [...byManager].map(([manager, fields]) => `${listed(fields)} ${preposition} ${manager}`).join('; ');
}

function listed(fields: readonly string[]): string {
  const shown = fields.slice(0, FIELDS_SHOWN).join(', ');
  return fields.length > FIELDS_SHOWN ? `${shown} and ${fields.length - FIELDS_SHOWN} more fields` : shown;
}
