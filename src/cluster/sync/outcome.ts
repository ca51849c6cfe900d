/** What became of one object. */
import type { ObjectAction, ObjectRow } from '../../core/report/report.ts';
import { describeConflicts } from '../../core/sync/conflicts.ts';
import type { JsonObject } from '../../core/sync/desired-object.ts';
import type { ApplyOutcome, Patch } from './apply.ts';
import type { Target } from './target.ts';

export interface Reconciled {
  readonly row: ObjectRow;
  /** The object as the server last showed it; undefined where it did not. */
  readonly object: JsonObject | undefined;
}

export interface Verdict {
  readonly action: ObjectAction;
  readonly reason?: string;
  readonly object?: JsonObject;
}

export function settled({ subject }: Pick<Target, 'subject'>, { action, reason = '', object }: Verdict): Reconciled {
  return { row: { subject, action, reason }, object };
}

export function noSuchKind({ kind, apiVersion }: Pick<Target, 'kind' | 'apiVersion'>): string {
  return `no such kind ${kind} in ${apiVersion}: is its CustomResourceDefinition applied?`;
}

/** A preview that was refused: unless that speaks against the object, the row still says what the run would try. */
export function unverified(
  target: Target,
  {
    outcome,
    action,
  }: { readonly outcome: ApplyOutcome & { kind: 'failed' }; readonly action: 'created' | 'configured' },
): Reconciled {
  if (outcome.cause === 'forbidden') return settled(target, { action, reason: 'not verified: patch is forbidden' });
  if (outcome.cause === 'not previewed') return settled(target, { action, reason: `not verified: ${outcome.reason}` });
  return settled(target, { action: 'failed', reason: outcome.reason });
}

/** Fields taken from others, fields left to others, and what else there is to say. */
export function reasonOf({ taken, yielded }: Patch, note = ''): string {
  const parts = [
    taken.length > 0 ? `took over ${describeConflicts(taken, 'from')}` : '',
    yielded.length > 0 ? `left ${describeConflicts(yielded, 'to')}` : '',
    note,
  ];
  return parts.filter((part) => part !== '').join('; ');
}
