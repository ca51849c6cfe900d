/** Reads what is there, with as few requests as that takes. */
import { mapConcurrent } from '../../base/concurrency.ts';
import { TowpathError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../core/sync/desired-object.ts';
import { isList, isObject, textAt, valueAt } from '../../core/sync/json.ts';
import type { ApiAnswer, ApiClient } from '../api/api-client.ts';
import { unauthorized } from '../api/cluster-error.ts';
import { isObjectMissing, serverMessage } from '../api/server-error.ts';
import type { TransportErrorCode } from '../transport/transport.ts';
import { collectionPath, objectPath, type Target } from './target.ts';

/** `unserved`: the server has no such kind. `forbidden`: we may not look. `unknown`: it could not say, so nothing may be concluded. */
export type Live =
  | { readonly kind: 'present'; readonly object: JsonObject }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unserved' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unknown'; readonly reason: string };

const PAGE_SIZE = 500;
const MAX_LIST_BYTES = 128 * 1024 * 1024;
const MAX_GETS_AT_ONCE = 16;
/** Forbidden; a kind that has no lists; a list whose rest has expired. */
const WITHOUT_LIST = new Set([403, 405, 410]);

/**
 * One list request for each kind and namespace; one get where a single object of it is wanted, where listing is
 * forbidden, and for the rest of a collection so long that gets are fewer. Throws where the server cannot be reached
 * or does not know us.
 */
export async function readLive(
  api: ApiClient,
  { targets, signal }: { readonly targets: readonly Target[]; readonly signal: AbortSignal | undefined },
): Promise<ReadonlyMap<Target, Live>> {
  const groups = [...Map.groupBy(targets, collectionPath)];
  const found = await Promise.all(
    groups.map(async ([path, members]) => {
      try {
        const [only] = members;
        const isAlone = members.length === 1 && only !== undefined;
        if (isAlone) return [[only, await readOne(api, { target: only, signal })] as const];
        return [...(await listAll(api, { path, members, signal }))];
      } catch (error) {
        const reason = readFailure(error);
        return members.map((target) => [target, { kind: 'unknown', reason }] as const);
      }
    }),
  );
  return new Map(found.flat());
}

interface Collection {
  readonly path: string;
  readonly members: readonly Target[];
  readonly signal: AbortSignal | undefined;
}

async function listAll(api: ApiClient, collection: Collection): Promise<ReadonlyMap<Target, Live>> {
  const missing = new Map(collection.members.map((target) => [target.name, target]));
  const found = new Map<Target, Live>();
  let token = '';
  while (missing.size > 0) {
    const page = await listPage(api, collection, token);
    if (page === 'use gets')
      return new Map([...found, ...(await getEach(api, [...missing.values()], collection.signal))]);
    if ('kind' in page) return new Map(collection.members.map((target) => [target, page]));
    for (const item of page.items) {
      const target = missing.get(textAt(item, 'metadata', 'name') ?? '');
      if (target === undefined || !isObject(item)) continue;
      missing.delete(target.name);
      found.set(target, { kind: 'present', object: withKind(item, target) });
    }
    if (page.next === '') break;
    token = page.next;
    if (page.remaining / PAGE_SIZE > missing.size) {
      return new Map([...found, ...(await getEach(api, [...missing.values()], collection.signal))]);
    }
  }
  for (const target of missing.values()) found.set(target, { kind: 'absent' });
  return found;
}

interface Page {
  readonly items: readonly JsonValue[];
  /** The token of the next page; empty on the last. */
  readonly next: string;
  readonly remaining: number;
}

async function listPage(
  api: ApiClient,
  { path, signal }: Collection,
  token: string,
): Promise<Page | Live | 'use gets'> {
  const query = { limit: String(PAGE_SIZE), ...(token === '' ? {} : { continue: token }) };
  const answer = await api
    .send({ method: 'GET', path, query, maxBytes: MAX_LIST_BYTES, signal })
    .catch((error: unknown) => {
      if (isTooLarge(error)) return null;
      throw error;
    });
  if (answer === null || WITHOUT_LIST.has(answer.status)) return 'use gets';
  if (answer.status === 404) return { kind: 'unserved' };
  if (answer.status !== 200) return unknown(answer);
  const items = valueAt(answer.body, 'items');
  const remaining = valueAt(answer.body, 'metadata', 'remainingItemCount');
  if (!isList(items)) return { kind: 'unknown', reason: 'its kind could not be listed: the answer is no list' };
  return {
    items,
    next: textAt(answer.body, 'metadata', 'continue') ?? '',
    remaining: typeof remaining === 'number' ? remaining : 0,
  };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof TowpathError && (error.code as TransportErrorCode) === 'CLUSTER_ANSWER_TOO_LARGE';
}

async function getEach(
  api: ApiClient,
  targets: readonly Target[],
  signal: AbortSignal | undefined,
): Promise<readonly (readonly [Target, Live])[]> {
  return mapConcurrent(
    targets,
    MAX_GETS_AT_ONCE,
    async (target) => [target, await readOne(api, { target, signal })] as const,
  );
}

/** One object by its name. Throws as `readLive` does. */
export async function readOne(
  api: ApiClient,
  { target, signal }: { readonly target: Target; readonly signal: AbortSignal | undefined },
): Promise<Live> {
  const answer = await api.send({ method: 'GET', path: objectPath(target), signal });
  if (answer.status === 403 || answer.status === 405) return { kind: 'forbidden' };
  if (answer.status === 404) return { kind: isObjectMissing(answer, target.name) ? 'absent' : 'unserved' };
  if (answer.status !== 200 || !isObject(answer.body)) return unknown(answer);
  return { kind: 'present', object: withKind(answer.body, target) };
}

/** Items of a list leave the kind to the list. */
function withKind(item: JsonObject, { apiVersion, kind }: Target): JsonObject {
  return { ...item, apiVersion, kind };
}

function unknown(answer: ApiAnswer): Live {
  if (answer.status === 401) throw unauthorized(answer);
  return { kind: 'unknown', reason: `it could not be read: ${serverMessage(answer)}` };
}

/** A kind whose own server is slow or broken does not stop the others. */
function readFailure(error: unknown): string {
  if (!(error instanceof TowpathError)) throw error;
  const code = error.code as TransportErrorCode;
  if (code !== 'CLUSTER_TIMEOUT' && code !== 'CLUSTER_BROKEN' && code !== 'CLUSTER_ANSWER_TOO_LARGE') throw error;
  return `it could not be read: ${error.message}`;
}
