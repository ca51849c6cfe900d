/** Brings one object to what its manifest says, and tells what that took. */
import { toProblem } from '../../base/errors.ts';
import type { ObjectAction, ObjectRow } from '../../core/report/report.ts';
import { describeConflicts, scalerOf, setsReplicas, withoutReplicas } from '../../core/sync/conflicts.ts';
import type { JsonObject } from '../../core/sync/desired-object.ts';
import { differenceBetween } from '../../core/sync/difference.ts';
import { ignoringAnnotation } from '../../core/sync/ignored.ts';
import { valueAt } from '../../core/sync/json.ts';
import { prove } from '../../core/sync/proof.ts';
import { type Applier, type ApplyOutcome, applyPatch, type Patch, plainPatch } from './apply.ts';
import type { Live } from './live-objects.ts';
import type { Target } from './target.ts';

export interface Reconciliation {
  readonly target: Target;
  readonly live: Live;
  readonly applier: Applier;
  readonly dryRun: boolean;
}

export interface Reconciled {
  readonly row: ObjectRow;
  /** The object as the server last showed it; undefined where it did not. */
  readonly object: JsonObject | undefined;
}

/** Every failure of the object is its row's; throws only the signal's reason. */
export async function reconcile(work: Reconciliation): Promise<Reconciled> {
  try {
    return await decide(work);
  } catch (error) {
    work.applier.signal?.throwIfAborted();
    return settled(work.target, 'failed', toProblem(error).message);
  }
}

function decide(work: Reconciliation): Promise<Reconciled> | Reconciled {
  switch (work.live.kind) {
    case 'unserved':
      return settled(work.target, 'failed', noSuchKind(work.target));
    case 'absent':
      return create(work);
    case 'unreadable':
      return applyUnseen(work);
    case 'present':
      return update(work, work.live.object);
  }
}

export function noSuchKind({ kind, apiVersion }: Pick<Target, 'kind' | 'apiVersion'>): string {
  return `no such kind ${kind} in ${apiVersion}: is its CustomResourceDefinition applied?`;
}

export function settled(
  target: Pick<Target, 'subject'>,
  action: ObjectAction,
  reason = '',
  object?: JsonObject,
): Reconciled {
  return { row: { subject: target.subject, action, reason }, object };
}

async function create({ target, applier, dryRun }: Reconciliation): Promise<Reconciled> {
  const outcome = await applyPatch(applier, { target, patch: plainPatch(target.payload), dryRun });
  if (outcome.kind === 'applied') return settled(target, 'created', reasonOf(outcome.patch), outcome.object);
  return dryRun ? unverified(target, outcome, 'created') : settled(target, 'failed', outcome.reason);
}

/** What we may not read we cannot compare either. */
async function applyUnseen({ target, applier, dryRun }: Reconciliation): Promise<Reconciled> {
  const outcome = await applyPatch(applier, { target, patch: plainPatch(target.payload), dryRun });
  if (outcome.kind === 'failed') {
    return dryRun ? unverified(target, outcome, 'configured') : settled(target, 'failed', outcome.reason);
  }
  if (outcome.created) return settled(target, 'created', reasonOf(outcome.patch), outcome.object);
  const reason = reasonOf(outcome.patch, 'whether it changed is not known: reading it is forbidden');
  return settled(target, 'configured', reason, outcome.object);
}

async function update(work: Reconciliation, live: JsonObject): Promise<Reconciled> {
  const { target, applier, dryRun } = work;
  const ignored = ignoringAnnotation(live);
  if (ignored !== undefined) return settled(target, 'skipped', `${ignored} is set in the cluster`, live);
  if (valueAt(live, 'metadata', 'deletionTimestamp') !== undefined) {
    return settled(target, 'failed', 'it is being deleted; the next run creates it again', live);
  }
  const patch = leaveReplicas(target.payload, live, applier.manager);
  const proof = prove({ desired: patch.payload, live, manager: applier.manager });
  if (proof.kind === 'unchanged') return settled(target, 'unchanged', reasonOf(patch), live);
  // Ownership will change for sure: asking first would tell nothing new.
  const isSure = proof.why.kind === 'not-owned' || proof.why.kind === 'field-removed';
  if (isSure && !dryRun) return write(work, { live, patch });
  const preview = await applyPatch(applier, { target, patch, dryRun: true });
  if (preview.kind === 'failed') {
    if (dryRun) return unverified(target, preview, 'configured');
    return preview.cause === 'not previewed'
      ? write(work, { live, patch })
      : settled(target, 'failed', preview.reason, live);
  }
  const difference = differenceBetween(live, preview.object, applier.manager);
  if (difference === 'none') return settled(target, 'unchanged', reasonOf(preview.patch), live);
  if (dryRun) return settled(target, 'configured', reasonOf(preview.patch, ownershipOnly(difference)), live);
  return write(work, { live, patch: preview.patch });
}

async function write(
  { target, applier }: Reconciliation,
  { live, patch }: { readonly live: JsonObject; readonly patch: Patch },
): Promise<Reconciled> {
  const outcome = await applyPatch(applier, { target, patch, dryRun: false });
  if (outcome.kind === 'failed') return settled(target, 'failed', outcome.reason, live);
  // It was deleted since we looked.
  if (outcome.created) return settled(target, 'created', reasonOf(outcome.patch), outcome.object);
  const sameVersion = versionOf(live) !== undefined && versionOf(live) === versionOf(outcome.object);
  const difference = sameVersion ? 'none' : differenceBetween(live, outcome.object, applier.manager);
  const action = difference === 'none' ? 'unchanged' : 'configured';
  return settled(target, action, reasonOf(outcome.patch, ownershipOnly(difference)), outcome.object);
}

function versionOf(object: JsonObject) {
  return valueAt(object, 'metadata', 'resourceVersion');
}

/** An autoscaler that already owns spec.replicas keeps it, without being asked for it on every run. */
function leaveReplicas(payload: JsonObject, live: JsonObject, manager: string): Patch {
  const scaler = setsReplicas(payload) ? scalerOf(live, manager) : undefined;
  if (scaler === undefined) return plainPatch(payload);
  const left = { field: '.spec.replicas', manager: scaler, subresource: 'scale' };
  return { ...plainPatch(withoutReplicas(payload)), yielded: [left] };
}

/** A preview that was refused: the row still says what the run would try. */
function unverified(
  target: Target,
  outcome: ApplyOutcome & { kind: 'failed' },
  action: 'created' | 'configured',
): Reconciled {
  if (outcome.cause === 'forbidden') return settled(target, action, 'not verified: patch is forbidden');
  if (outcome.cause === 'not previewed') return settled(target, action, `not verified: ${outcome.reason}`);
  return settled(target, 'failed', outcome.reason);
}

function ownershipOnly(difference: 'none' | 'ownership' | 'content'): string {
  return difference === 'ownership' ? 'recorded as owner; no value changed' : '';
}

function reasonOf({ taken, yielded }: Patch, note = ''): string {
  const parts = [
    taken.length > 0 ? `took over ${describeConflicts(taken, 'from')}` : '',
    yielded.length > 0 ? `left ${describeConflicts(yielded, 'to')}` : '',
    note,
  ];
  return parts.filter((part) => part !== '').join('; ');
}
