/** Waits until the kinds that a CustomResourceDefinition brings can be used. */
import type { Clock } from '../../base/clock.ts';
import { customKindsOf, definitionState } from '../../core/sync/custom-kind.ts';
import type { JsonObject } from '../../core/sync/desired-object.ts';
import { isObject } from '../../core/sync/json.ts';
import type { ApiClient } from '../api/api-client.ts';
import { keyOf, loadVersion } from '../api/discovery.ts';
import { oneLine } from '../one-line.ts';
import { objectPath, type Target } from './target.ts';

const POLL_MS = 250;
const TIMEOUT_MS = 60_000;

export interface DefinitionWait {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly definition: Target;
  /** As the server last showed it. */
  readonly live: JsonObject;
  readonly signal: AbortSignal | undefined;
}

/** Null once every served version is established and listed by discovery; else why its objects cannot be applied. */
export async function waitForDefinition(wait: DefinitionWait): Promise<string | null> {
  const { api, clock, definition, signal } = wait;
  const deadline = clock.now() + TIMEOUT_MS;
  let live = wait.live;
  while (true) {
    const state = definitionState(live);
    if (state.kind === 'refused') return `its names are not accepted: ${oneLine(state.reason)}`;
    if (state.kind === 'established' && (await isListed(api, { live, signal }))) return null;
    if (clock.now() >= deadline) return `it was not established within ${TIMEOUT_MS / 1000} s`;
    await clock.sleep(POLL_MS, signal);
    const answer = await api.send({ method: 'GET', path: objectPath(definition), signal });
    if (answer.status === 200 && isObject(answer.body)) live = answer.body;
  }
}

async function isListed(
  api: ApiClient,
  { live, signal }: { readonly live: JsonObject; readonly signal: AbortSignal | undefined },
): Promise<boolean> {
  for (const { apiVersion, kind } of customKindsOf(live)) {
    const served = await loadVersion(api, { apiVersion, signal });
    if (!served.has(keyOf(apiVersion, kind))) return false;
  }
  return true;
}
