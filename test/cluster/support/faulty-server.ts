/** Syncs against a server whose every answer a test writes: for what a real one does too rarely. */
import { createApiClient } from '../../../src/cluster/api/api-client.ts';
import { syncObjects } from '../../../src/cluster/sync/sync-objects.ts';
import { createTransport } from '../../../src/cluster/transport/transport.ts';
import type { SyncOptions } from '../../../src/command/adapters/cluster.ts';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { type TestClock, testClock } from './clock.ts';
import { desired } from './desired.ts';
import { localServer, type ReceivedRequest } from './http-server.ts';
import { configMap } from './manifests.ts';

const TLS = { ca: undefined, cert: undefined, key: undefined, rejectUnauthorized: true, servername: undefined };

export interface Answer {
  readonly status: number;
  readonly body?: JsonValue;
}

export interface Outcome {
  /** Action and reason by the object's name. */
  readonly rows: Record<string, string>;
  /** `GET /path?query`, in their order. */
  readonly requests: readonly string[];
}

/** A sync against a server that answers as `answer` says: for what a real one does too rarely. */
export async function sync(
  objects: readonly JsonObject[],
  answer: (request: ReceivedRequest, count: number) => Answer,
  options: Partial<SyncOptions> & { readonly clock?: TestClock } = {},
): Promise<Outcome> {
  await using server = await localServer((request, response, count) => {
    const { status, body = {} } = answer(request, count);
    response.writeHead(status).end(JSON.stringify(body));
  });
  const clock = options.clock ?? testClock();
  const credentials = { headers: {}, tls: TLS };
  const api = createApiClient({
    server: server.url,
    credentials: { get: async () => credentials, refresh: async () => undefined },
    connect: () => createTransport({ server: server.url, tls: TLS, proxy: undefined, clock }),
    userAgent: 'test',
    clock,
  });
  const context = { api, clock, manager: 'towpath', defaultNamespace: 'default' };
  try {
    const { rows } = await syncObjects(
      objects.map((object) => desired(object)),
      { context, options: { dryRun: false, ...options } },
    );
    return {
      rows: Object.fromEntries(
        rows.map(({ subject, action, reason }) => [
          subject.split('/').at(-1) ?? '',
          reason === '' ? action : `${action}: ${reason}`,
        ]),
      ),
      requests: server.requests.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`),
    };
  } finally {
    api.close();
  }
}

export const LIST = '/api/v1/namespaces/n/configmaps?limit=500';
export const three = ['a', 'b', 'c'].map((name) => configMap({ name, namespace: 'n' }));

/** As the server stores it after an apply of ours. */
export function stored(object: JsonObject, extra: JsonObject = {}): JsonObject {
  const metadata = object['metadata'] as JsonObject;
  const fieldsV1 = { 'f:data': { 'f:key': {} } };
  const managedFields = [{ manager: 'towpath', operation: 'Apply', apiVersion: 'v1', fieldsV1 }];
  return {
    ...object,
    ...extra,
    metadata: { ...metadata, managedFields, ...(extra['metadata'] as JsonObject | undefined) },
  };
}

export function list(items: readonly JsonValue[], metadata: JsonObject = {}): Answer {
  return { status: 200, body: { kind: 'ConfigMapList', metadata, items: [...items] } };
}

export const notFound = (name: string): Answer => ({
  status: 404,
  body: { kind: 'Status', reason: 'NotFound', details: { name } },
});
export const forbidden: Answer = {
  status: 403,
  body: {
    kind: 'Status',
    reason: 'Forbidden',
    message: 'configmaps is forbidden: User "x" cannot list resource "configmaps"',
  },
};
