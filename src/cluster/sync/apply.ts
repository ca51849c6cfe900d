/** Applies one object on the server, or asks what applying it would do. */
import type { Clock } from '../../base/clock.ts';
import {
  type Conflict,
  describeConflicts,
  planConflicts,
  setsReplicas,
  withoutReplicas,
} from '../../core/sync/conflicts.ts';
import type { JsonObject } from '../../core/sync/desired-object.ts';
import { isObject } from '../../core/sync/json.ts';
import type { ApiAnswer, ApiClient } from '../api/api-client.ts';
import { fieldConflicts, serverMessage, statusReason, withoutSecretValues } from '../api/server-error.ts';
import { objectPath, type Target } from './target.ts';

/** What is sent: less than the manifest where a field is left to its owner, forced where owners give way. */
export interface Patch {
  readonly payload: JsonObject;
  readonly force: boolean;
  readonly taken: readonly Conflict[];
  readonly yielded: readonly Conflict[];
}

/** `forbidden` and `not previewed` (a webhook has no dry run) say nothing against the object itself. */
export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly object: JsonObject; readonly created: boolean; readonly patch: Patch }
  | { readonly kind: 'failed'; readonly reason: string; readonly cause: 'forbidden' | 'not previewed' | 'other' };

export interface Applier {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly manager: string;
  readonly signal: AbortSignal | undefined;
  readonly onWarning: (text: string, target: Target) => void;
}

const MAX_ROUNDS = 4;
const RETRY_MS = 300;
const REFUSED_HINT = 'Let one of the two set the fields: remove them from the manifest, or the object from the other';

export function plainPatch(payload: JsonObject): Patch {
  return { payload, force: false, taken: [], yielded: [] };
}

/**
 * Sends the patch; where others own its fields, gives way or takes over as core/sync/conflicts.ts says, and sends it again.
 * With `dryRun` the server does everything but store the result. Throws the codes of the transport.
 */
export async function applyPatch(
  applier: Applier,
  { target, patch, dryRun }: { readonly target: Target; readonly patch: Patch; readonly dryRun: boolean },
): Promise<ApplyOutcome> {
  let current = patch;
  let answer = await sendPatch(applier, { target, patch: current, dryRun });
  for (let round = 1; round < MAX_ROUNDS && answer.status === 409; round++) {
    const conflicts = fieldConflicts(answer);
    if (conflicts.length > 0) {
      const next = settle(current, conflicts);
      if ('refused' in next) return { kind: 'failed', reason: next.refused, cause: 'other' };
      current = next;
    } else {
      // Someone else wrote at the same moment: what we ask for stays the same.
      await applier.clock.sleep(RETRY_MS * round, applier.signal);
    }
    answer = await sendPatch(applier, { target, patch: current, dryRun });
  }
  for (const text of answer.warnings) applier.onWarning(printable(text, target), target);
  if ((answer.status === 200 || answer.status === 201) && isObject(answer.body)) {
    return { kind: 'applied', object: answer.body, created: answer.status === 201, patch: current };
  }
  return { kind: 'failed', reason: printableMessage(answer, target), cause: causeOf(answer, dryRun) };
}

function settle(patch: Patch, conflicts: readonly Conflict[]): Patch | { readonly refused: string } {
  const plan = planConflicts(conflicts);
  if (plan.refuse.length > 0) {
    return { refused: `owned by another: ${describeConflicts(plan.refuse, 'of')}. ${REFUSED_HINT}` };
  }
  const leaves = plan.yield.length > 0 && setsReplicas(patch.payload);
  return {
    payload: leaves ? withoutReplicas(patch.payload) : patch.payload,
    force: patch.force || plan.take.length > 0,
    taken: [...patch.taken, ...plan.take],
    yielded: [...patch.yielded, ...plan.yield],
  };
}

/** Source: https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
function sendPatch(
  { api, manager, signal }: Applier,
  { target, patch, dryRun }: { readonly target: Target; readonly patch: Patch; readonly dryRun: boolean },
): Promise<ApiAnswer> {
  return api.send({
    method: 'PATCH',
    path: objectPath(target),
    query: {
      fieldManager: manager,
      fieldValidation: 'Strict',
      force: String(patch.force),
      ...(dryRun ? { dryRun: 'All' } : {}),
    },
    body: patch.payload,
    signal,
  });
}

function printable(text: string, { kind, payload }: Target): string {
  return kind === 'Secret' ? withoutSecretValues(text, payload) : text;
}

function printableMessage(answer: ApiAnswer, { kind, payload }: Target): string {
  return serverMessage(answer, kind === 'Secret' ? payload : undefined);
}

function causeOf(answer: ApiAnswer, dryRun: boolean): 'forbidden' | 'not previewed' | 'other' {
  // Admission refuses with 403 as well, but in a message of its own and without this form.
  if (answer.status === 403 && / cannot (?:patch|create) resource /.test(serverMessage(answer))) return 'forbidden';
  const noDryRun =
    dryRun && statusReason(answer) === 'BadRequest' && /does not support dry run/.test(serverMessage(answer));
  return noDryRun ? 'not previewed' : 'other';
}
