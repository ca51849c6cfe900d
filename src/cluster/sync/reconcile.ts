/** Brings one object to what its manifest says, with no more requests than that takes. */
import { toProblem } from '../../base/errors.ts';
import type { ObjectRow } from '../../core/report/report.ts';
import { scalerOf, setsReplicas, withoutReplicas } from '../../core/sync/conflicts.ts';
import { isCustomResourceDefinition } from '../../core/sync/custom-kind.ts';
import type { JsonObject } from '../../core/sync/desired-object.ts';
import { type Difference, differenceBetween } from '../../core/sync/difference.ts';
import { ignoringAnnotation } from '../../core/sync/ignored.ts';
import { valueAt } from '../../core/sync/json.ts';
import { prove } from '../../core/sync/proof.ts';
import { type Applier, applyPatch, type Patch, plainPatch } from './apply.ts';
import { confirmDefinition } from './definitions.ts';
import { type Live, readOne } from './live-objects.ts';
import { noSuchKind, type Reconciled, reasonOf, settled, unverified } from './outcome.ts';
import type { Target } from './target.ts';

export interface Reconciliation {
  readonly target: Target;
  readonly live: Live;
  readonly applier: Applier;
  /** Nothing is written: the row says what would happen. */
  readonly dryRun: boolean;
}

/** Every failure of the object is its row's; throws only the signal's reason. */
export async function reconcile(work: Reconciliation): Promise<ObjectRow> {
  const { target, live, applier, dryRun } = work;
  applier.signal?.throwIfAborted();
  try {
    const done = await decide(work);
    if (dryRun || !isCustomResourceDefinition(target)) return done.row;
    return (await confirmDefinition({ target, live, done, applier })).row;
  } catch (error) {
    applier.signal?.throwIfAborted();
    return settled(target, { action: 'failed', reason: toProblem(error).message }).row;
  }
}

function decide(work: Reconciliation): Promise<Reconciled> | Reconciled {
  switch (work.live.kind) {
    case 'unserved':
      return settled(work.target, { action: 'failed', reason: noSuchKind(work.target) });
    case 'absent':
      return create(work);
    case 'unknown':
      return settled(work.target, { action: 'failed', reason: work.live.reason });
    case 'forbidden':
      return applyUnseen(work);
    case 'present':
      return update(work, work.live.object);
  }
}

async function create({ target, applier, dryRun }: Reconciliation): Promise<Reconciled> {
  const outcome = await applyPatch(applier, { target, patch: plainPatch(target.payload), dryRun });
  if (outcome.kind === 'applied') {
    // Not new after all: another created it since we looked, or our own first answer got lost.
    const action = outcome.created ? 'created' : 'configured';
    return settled(target, { action, reason: reasonOf(outcome.patch), object: outcome.object });
  }
  if (dryRun) return unverified(target, { outcome, action: 'created' });
  return settled(target, { action: 'failed', reason: outcome.reason });
}

/** What we may not read we cannot compare either. */
async function applyUnseen({ target, applier, dryRun }: Reconciliation): Promise<Reconciled> {
  const outcome = await applyPatch(applier, { target, patch: plainPatch(target.payload), dryRun });
  if (outcome.kind === 'failed') {
    if (dryRun) return unverified(target, { outcome, action: 'configured' });
    return settled(target, { action: 'failed', reason: outcome.reason });
  }
  const { created, object, patch } = outcome;
  if (created) return settled(target, { action: 'created', reason: reasonOf(patch), object });
  const reason = reasonOf(patch, 'whether it changes is not known: reading it is forbidden');
  return settled(target, { action: 'configured', reason, object });
}

async function update(work: Reconciliation, live: JsonObject): Promise<Reconciled> {
  const { target, applier, dryRun } = work;
  const ignored = ignoringAnnotation(live);
  if (ignored !== undefined) {
    return settled(target, { action: 'skipped', reason: `${ignored} is set in the cluster`, object: live });
  }
  if (valueAt(live, 'metadata', 'deletionTimestamp') !== undefined) {
    return settled(target, { action: 'failed', reason: 'it is being deleted; the next run creates it again' });
  }
  const patch = leaveReplicas(target.payload, { live, manager: applier.manager });
  const proof = prove({ desired: patch.payload, live, manager: applier.manager });
  if (proof.kind === 'unchanged') {
    return settled(target, { action: 'unchanged', reason: reasonOf(patch), object: live });
  }
  // Where the ownership changes for sure a preview would tell nothing new.
  const isSure = proof.why.kind === 'not-owned' || proof.why.kind === 'field-removed';
  return isSure && !dryRun ? write(work, { live, patch }) : preview(work, { live, patch });
}

interface Step {
  readonly live: JsonObject;
  readonly patch: Patch;
}

/** Asks the server what the patch would do, and does it only where that is something. */
async function preview(work: Reconciliation, { live, patch }: Step): Promise<Reconciled> {
  const { target, applier, dryRun } = work;
  const outcome = await applyPatch(applier, { target, patch, dryRun: true });
  if (outcome.kind === 'failed') {
    if (dryRun) return unverified(target, { outcome, action: 'configured' });
    if (outcome.cause === 'not previewed') return write(work, { live, patch });
    return settled(target, { action: 'failed', reason: outcome.reason });
  }
  const difference = await differenceOf(work, { live, previewed: outcome.object });
  if (difference === 'none') {
    return settled(target, { action: 'unchanged', reason: reasonOf(outcome.patch), object: live });
  }
  if (!dryRun) return write(work, { live, patch: outcome.patch });
  return settled(target, { action: 'configured', reason: reasonOf(outcome.patch, noteOn(difference)), object: live });
}

/** Between reading and preview others may have written: then theirs is not to be taken for ours. */
async function differenceOf(
  { target, applier }: Reconciliation,
  { live, previewed }: { readonly live: JsonObject; readonly previewed: JsonObject },
): Promise<Difference> {
  const difference = differenceBetween(live, previewed, applier.manager);
  if (difference === 'none' || versionOf(live) === versionOf(previewed)) return difference;
  const again = await readOne(applier.api, { target, signal: applier.signal });
  if (again.kind !== 'present' || versionOf(again.object) !== versionOf(previewed)) return difference;
  return differenceBetween(again.object, previewed, applier.manager);
}

async function write({ target, applier }: Reconciliation, { live, patch }: Step): Promise<Reconciled> {
  const outcome = await applyPatch(applier, { target, patch, dryRun: false });
  if (outcome.kind === 'failed') return settled(target, { action: 'failed', reason: outcome.reason });
  const { created, object } = outcome;
  // It was deleted since we looked.
  if (created) return settled(target, { action: 'created', reason: reasonOf(outcome.patch), object });
  const isSame = versionOf(live) !== undefined && versionOf(live) === versionOf(object);
  const difference = isSame ? 'none' : differenceBetween(live, object, applier.manager);
  const action = difference === 'none' ? 'unchanged' : 'configured';
  return settled(target, { action, reason: reasonOf(outcome.patch, noteOn(difference)), object });
}

function versionOf(object: JsonObject) {
  return valueAt(object, 'metadata', 'resourceVersion');
}

function noteOn(difference: Difference): string {
  return difference === 'ownership' ? 'recorded as owner, no value changed' : '';
}

/** An autoscaler that already owns spec.replicas keeps it, without a conflict on every run. */
function leaveReplicas(
  payload: JsonObject,
  { live, manager }: { readonly live: JsonObject; readonly manager: string },
): Patch {
  const scaler = setsReplicas(payload) ? scalerOf(live, manager) : undefined;
  if (scaler === undefined) return plainPatch(payload);
  const left = { field: '.spec.replicas', manager: scaler, subresource: 'scale' };
  return { ...plainPatch(withoutReplicas(payload)), yielded: [left] };
}
