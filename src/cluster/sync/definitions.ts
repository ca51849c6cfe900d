/** Sees to it that the kinds a CustomResourceDefinition brings can be used before anything uses them. */
import { customKindsOf, definitionState } from '../../core/sync/custom-kind.ts';
import type { JsonObject } from '../../core/sync/desired-object.ts';
import { isObject } from '../../core/sync/json.ts';
import type { ApiClient } from '../api/api-client.ts';
import { keyOf, loadVersion } from '../api/discovery.ts';
import { oneLine } from '../one-line.ts';
import type { Applier } from './apply.ts';
import type { Live } from './live-objects.ts';
import { type Reconciled, settled } from './outcome.ts';
import { objectPath, type Target } from './target.ts';

const POLL_MS = 250;
const TIMEOUT_MS = 30_000;

export interface AppliedDefinition {
  readonly target: Target;
  /** Before the apply. */
  readonly live: Live | undefined;
  readonly done: Reconciled;
  readonly applier: Applier;
}

/** `done` once every served version is established and listed by discovery; a failed row where that does not happen. */
export async function confirmDefinition({ target, live, done, applier }: AppliedDefinition): Promise<Reconciled> {
  const { row, object } = done;
  if (object === undefined || row.action === 'failed' || row.action === 'skipped') return done;
  const wasInForce = live?.kind === 'present' && definitionState(live.object).kind === 'established';
  if (row.action === 'unchanged' && wasInForce) return done;
  const refusal = await untilUsable(target, { object, applier });
  return refusal === null ? done : settled(target, { action: 'failed', reason: refusal });
}

/** Null once it can be used, else why not. */
async function untilUsable(
  target: Target,
  { object, applier }: { readonly object: JsonObject; readonly applier: Applier },
): Promise<string | null> {
  const { api, clock, signal } = applier;
  const deadline = clock.now() + TIMEOUT_MS;
  let current = object;
  while (true) {
    const state = definitionState(current);
    if (state.kind === 'refused') return `its names are not accepted: ${oneLine(state.reason)}`;
    if (state.kind === 'established' && (await isListed(api, { current, signal }))) return null;
    if (clock.now() >= deadline) return `it was not established within ${TIMEOUT_MS / 1000} s`;
    await clock.sleep(POLL_MS, signal);
    const answer = await api.send({ method: 'GET', path: objectPath(target), signal });
    if (answer.status === 200 && isObject(answer.body)) current = answer.body;
  }
}

async function isListed(
  api: ApiClient,
  { current, signal }: { readonly current: JsonObject; readonly signal: AbortSignal | undefined },
): Promise<boolean> {
  for (const { apiVersion, kind } of customKindsOf(current)) {
    const served = await loadVersion(api, { apiVersion, signal });
    if (!served.has(keyOf(apiVersion, kind))) return false;
  }
  return true;
}
