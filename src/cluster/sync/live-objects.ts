/** Reads what is there, with as few requests as that takes. */
import { mapConcurrent } from '../../base/concurrency.ts';
import { TowpathError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../core/sync/desired-object.ts';
import { isList, isObject, textAt, valueAt } from '../../core/sync/json.ts';
import type { ApiAnswer, ApiClient } from '../api/api-client.ts';
import type { ClusterErrorCode } from '../api/cluster-error.ts';
import { isObjectMissing, serverMessage } from '../api/server-error.ts';
import type { TransportErrorCode } from '../transport/transport.ts';
import { collectionPath, objectPath, type Target } from './target.ts';

/** `unserved`: the server has no such kind. `unreadable`: we may not look. */
export type Live =
  | { readonly kind: 'present'; readonly object: JsonObject }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unserved' }
  | { readonly kind: 'unreadable' };

const PAGE_SIZE = 500;
const MAX_LIST_BYTES = 128 * 1024 * 1024;
const MAX_GETS_AT_ONCE = 16;

/**
 * One list request for each kind and namespace; one get where a single object of it is wanted, where listing is
 * forbidden, and for the rest of a collection so long that gets are fewer. Throws where the server does not
 * answer, or not us, or with a failure of its own: nothing may be concluded from that.
 */
export async function readLive(
  api: ApiClient,
  { targets, signal }: { readonly targets: readonly Target[]; readonly signal: AbortSignal | undefined },
): Promise<ReadonlyMap<Target, Live>> {
  const groups = [...Map.groupBy(targets, collectionPath)];
  const found = await Promise.all(
    groups.map(async ([path, members]) => {
      const [only] = members;
      if (members.length === 1 && only !== undefined)
        return [[only, await readOne(api, { target: only, signal })] as const];
      return [...(await listAll(api, { path, members, signal }))];
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
    if (page === 'unserved') return new Map(collection.members.map((target) => [target, { kind: 'unserved' }]));
    if (page === 'use gets')
      return new Map([...found, ...(await getEach(api, [...missing.values()], collection.signal))]);
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
): Promise<Page | 'unserved' | 'use gets'> {
  const query = { limit: String(PAGE_SIZE), ...(token === '' ? {} : { continue: token }) };
  const answer = await api
    .send({ method: 'GET', path, query, maxBytes: MAX_LIST_BYTES, signal })
    .catch((error: unknown) => {
      if (isTooLarge(error)) return null;
      throw error;
    });
  // 410: the rest of the list has expired.
  if (answer === null || answer.status === 403 || answer.status === 410) return 'use gets';
  if (answer.status === 404) return 'unserved';
  if (answer.status !== 200) throw readError(answer);
  const items = valueAt(answer.body, 'items');
  const remaining = valueAt(answer.body, 'metadata', 'remainingItemCount');
  if (!isList(items)) throw new TowpathError<ClusterErrorCode>('CLUSTER_READ_FAILED', `${path} gave no list`);
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
  if (answer.status === 403) return { kind: 'unreadable' };
  if (answer.status === 404) return { kind: isObjectMissing(answer, target.name) ? 'absent' : 'unserved' };
  if (answer.status !== 200 || !isObject(answer.body)) throw readError(answer);
  return { kind: 'present', object: withKind(answer.body, target) };
}

/** Items of a list leave the kind to the list. */
function withKind(item: JsonObject, { apiVersion, kind }: Target): JsonObject {
  return { ...item, apiVersion, kind };
}

function readError(answer: ApiAnswer): TowpathError<ClusterErrorCode> {
  if (answer.status === 401) {
    return new TowpathError('CLUSTER_UNAUTHORIZED', `the API server does not know us: ${serverMessage(answer)}`, {
      hint: 'Renew the credentials in the kubeconfig.',
    });
  }
  return new TowpathError('CLUSTER_READ_FAILED', `the API server could not be read: ${serverMessage(answer)}`);
}
