import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../src/cluster/api/api-client.ts';
import { syncObjects } from '../../src/cluster/sync/sync-objects.ts';
import { createTransport } from '../../src/cluster/transport/transport.ts';
import type { SyncOptions } from '../../src/command/adapters/cluster.ts';
import type { JsonObject, JsonValue } from '../../src/core/sync/desired-object.ts';
import { type TestClock, testClock } from './support/clock.ts';
import { desired } from './support/desired.ts';
import { localServer, type ReceivedRequest } from './support/http-server.ts';
import { configMap, custom, definition } from './support/manifests.ts';

const TLS = { ca: undefined, cert: undefined, key: undefined, rejectUnauthorized: true, servername: undefined };

interface Answer {
  readonly status: number;
  readonly body?: JsonValue;
}

interface Outcome {
  /** Action and reason by the object's name. */
  readonly rows: Record<string, string>;
  /** `GET /path?query`, in their order. */
  readonly requests: readonly string[];
}

/** A sync against a server that answers as `answer` says: for what a real one does too rarely. */
async function sync(
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

const LIST = '/api/v1/namespaces/n/configmaps?limit=500';
const three = ['a', 'b', 'c'].map((name) => configMap({ name, namespace: 'n' }));

/** As the server stores it after an apply of ours. */
function stored(object: JsonObject, extra: JsonObject = {}): JsonObject {
  const metadata = object['metadata'] as JsonObject;
  const fieldsV1 = { 'f:data': { 'f:key': {} } };
  const managedFields = [{ manager: 'towpath', operation: 'Apply', apiVersion: 'v1', fieldsV1 }];
  return {
    ...object,
    ...extra,
    metadata: { ...metadata, managedFields, ...(extra['metadata'] as JsonObject | undefined) },
  };
}

function list(items: readonly JsonValue[], metadata: JsonObject = {}): Answer {
  return { status: 200, body: { kind: 'ConfigMapList', metadata, items: [...items] } };
}

const notFound = (name: string): Answer => ({
  status: 404,
  body: { kind: 'Status', reason: 'NotFound', details: { name } },
});
const forbidden: Answer = {
  status: 403,
  body: {
    kind: 'Status',
    reason: 'Forbidden',
    message: 'configmaps is forbidden: User "x" cannot list resource "configmaps"',
  },
};

describe('reading what is there', () => {
  const all = { a: 'unchanged', b: 'unchanged', c: 'unchanged' };

  it('follows a list over its pages, and no further than needed', async () => {
    const { rows, requests } = await sync(three, (_request, count) => {
      if (count === 1) return list([stored(three[0]!)], { continue: 'next', remainingItemCount: 1 });
      return list([stored(three[1]!), stored(three[2]!)], { continue: 'more', remainingItemCount: 5000 });
    });
    expect(rows).toEqual(all);
    expect(requests).toEqual([`GET ${LIST}`, `GET ${LIST}&continue=next`]);
  });

  it('asks by name where the rest of a list is long', async () => {
    const { rows, requests } = await sync(three, ({ url }) => {
      if (url.includes('limit')) return list([stored(three[0]!)], { continue: 'next', remainingItemCount: 50_000 });
      return {
        status: 200,
        body: stored(three.find((object) => url.endsWith(`/${(object['metadata'] as JsonObject)['name']}`))!),
      };
    });
    expect(rows).toEqual(all);
    expect(requests.toSorted()).toEqual([
      'GET /api/v1/namespaces/n/configmaps/b',
      'GET /api/v1/namespaces/n/configmaps/c',
      `GET ${LIST}`,
    ]);
  });

  it.each([
    { name: 'listing is forbidden', refusal: forbidden },
    { name: 'the list has expired', refusal: { status: 410, body: { kind: 'Status', reason: 'Expired' } } },
  ])('asks by name where $name', async ({ refusal }) => {
    const { rows, requests } = await sync(three, ({ url }) => {
      if (url.includes('limit')) return refusal;
      return {
        status: 200,
        body: stored(three.find((object) => url.endsWith(`/${(object['metadata'] as JsonObject)['name']}`))!),
      };
    });
    expect(rows).toEqual(all);
    expect(requests).toHaveLength(4);
  });

  it('creates what is not in the list', async () => {
    const { rows, requests } = await sync(three.slice(0, 2), ({ method }) =>
      method === 'GET' ? list([stored(three[0]!)]) : { status: 201, body: stored(three[1]!) },
    );
    expect(rows).toEqual({ a: 'unchanged', b: 'created' });
    expect(requests.at(-1)).toBe(
      'PATCH /api/v1/namespaces/n/configmaps/b?fieldManager=towpath&fieldValidation=Strict&force=false',
    );
  });

  it.each([
    {
      name: 'does not know us',
      answer: { status: 401, body: { message: 'Unauthorized' } },
      code: 'CLUSTER_UNAUTHORIZED',
      message: 'the API server does not know us: Unauthorized',
    },
    {
      name: 'has trouble of its own',
      answer: { status: 500, body: { message: 'etcd is down' } },
      code: 'CLUSTER_READ_FAILED',
      message: 'the API server could not be read: etcd is down',
    },
    {
      name: 'is no API server',
      answer: { status: 200, body: 'hello' },
      code: 'CLUSTER_READ_FAILED',
      message: '/api/v1/namespaces/n/configmaps gave no list',
    },
    {
      name: 'sends us elsewhere',
      answer: { status: 302 },
      code: 'CLUSTER_READ_FAILED',
      message: 'the API server could not be read: the server answered with status 302',
    },
  ])(
    'ends the whole sync where the server $name: nothing may be concluded from that',
    async ({ answer, code, message }) => {
      await expect(sync(three, () => answer)).rejects.toMatchObject({ code, message });
    },
  );

  it('tells a kind that is not served from an object that is not there', async () => {
    const one = [three[0]!];
    const missing = await sync(one, ({ method }) =>
      method === 'GET' ? notFound('a') : { status: 201, body: stored(one[0]!) },
    );
    expect(missing.rows).toEqual({ a: 'created' });
    const unserved = await sync(one, () => ({
      status: 404,
      body: { kind: 'Status', reason: 'NotFound', details: {} },
    }));
    expect(unserved.rows).toEqual({
      a: 'failed: no such kind ConfigMap in v1: is its CustomResourceDefinition applied?',
    });
  });
});

describe('finding out about kinds', () => {
  const widget = custom({ group: 'example.com', kind: 'Widget' }, { name: 'w', namespace: 'n' });

  it('asks a server without aggregated discovery for the version alone', async () => {
    const { rows, requests } = await sync([widget], ({ method, url }) => {
      if (url === '/apis') return { status: 200, body: { kind: 'APIGroupList', groups: [] } };
      if (url === '/apis/example.com/v1')
        return {
          status: 200,
          body: {
            kind: 'APIResourceList',
            resources: [
              { name: 'widgets/status', kind: 'Widget', namespaced: true },
              { name: 'widgets', kind: 'Widget', namespaced: true },
            ],
          },
        };
      return method === 'GET' ? notFound('w') : { status: 201, body: widget };
    });
    expect(rows).toEqual({ w: 'created' });
    expect(requests.slice(0, 3)).toEqual([
      'GET /apis',
      'GET /apis/example.com/v1',
      'GET /apis/example.com/v1/namespaces/n/widgets/w',
    ]);
  });

  it('asks for a kind of the core group that is not known', async () => {
    const exotic = { apiVersion: 'v1', kind: 'Exotic', metadata: { name: 'x' } };
    const { rows, requests } = await sync([exotic], () => ({ status: 200, body: { resources: [] } }));
    expect(rows).toEqual({ x: 'failed: no such kind Exotic in v1: is its CustomResourceDefinition applied?' });
    expect(requests).toEqual(['GET /api/v1']);
  });

  it('ends the sync where the server does not say', async () => {
    await expect(sync([widget], () => ({ status: 403, body: { message: 'no' } }))).rejects.toMatchObject({
      code: 'CLUSTER_DISCOVERY_FAILED',
      message: 'the API server does not say what it serves: no',
    });
  });

  it('gives up on a definition that is never established', async () => {
    const clock = testClock();
    const object = definition({ group: 'example.com', kind: 'Widget' });
    const { rows } = await sync(
      [object, widget],
      ({ method, url }) => {
        if (url.includes('widgets/w')) return { status: 404 };
        return {
          status: method === 'GET' ? 404 : 201,
          body: method === 'GET' ? { details: { name: 'widgets.example.com' } } : object,
        };
      },
      { clock },
    );
    expect(rows).toEqual({
      'widgets.example.com': 'failed: it was not established within 30 s',
      w: 'failed: CustomResourceDefinition/widgets.example.com could not be applied: it was not established within 30 s',
    });
    expect(clock.pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThanOrEqual(30_000);
  });
});

describe('writing', () => {
  const [object] = three as [JsonObject];
  const conflict = {
    status: 409,
    body: { kind: 'Status', reason: 'Conflict', message: 'the object has been modified' },
  };
  const live = stored(object, { data: { key: 'old' } });

  it('is tried again where another wrote at the same moment', async () => {
    const { rows, requests } = await sync([object], ({ method }, count) => {
      if (method === 'GET') return notFound('a');
      return count < 4 ? conflict : { status: 201, body: stored(object) };
    });
    expect(rows).toEqual({ a: 'created' });
    expect(requests.filter((request) => request.startsWith('PATCH'))).toHaveLength(3);
  });

  it('fails where others write all the time', async () => {
    const { rows } = await sync([object], ({ method }) => (method === 'GET' ? notFound('a') : conflict));
    expect(rows).toEqual({ a: 'failed: the object has been modified' });
  });

  it('goes ahead where a webhook allows no preview', async () => {
    const refusal = {
      status: 400,
      body: { kind: 'Status', reason: 'BadRequest', message: 'admission webhook "x" does not support dry run' },
    };
    const answer = ({ method, url }: ReceivedRequest): Answer => {
      if (method === 'GET') return { status: 200, body: live };
      return url.includes('dryRun')
        ? refusal
        : { status: 200, body: stored(object, { metadata: { resourceVersion: '2' } }) };
    };
    expect((await sync([object], answer)).rows).toEqual({ a: 'configured' });
    expect((await sync([object], answer, { dryRun: true })).rows).toEqual({
      a: 'configured: not verified: admission webhook "x" does not support dry run',
    });
  });

  it('takes the change of another during the preview for what it is', async () => {
    const at = (resourceVersion: string, extra: JsonObject) =>
      stored(object, { ...extra, metadata: { resourceVersion } });
    const theirs = { data: { key: 'value', theirs: 'new' } };
    const { rows, requests } = await sync([object], ({ method }, count) => {
      if (method === 'PATCH') return { status: 200, body: at('2', theirs) };
      return { status: 200, body: count === 1 ? at('1', { data: { key: 'old' } }) : at('2', theirs) };
    });
    expect(rows).toEqual({ a: 'unchanged' });
    expect(requests.map((request) => request.split(' ')[0])).toEqual(['GET', 'PATCH', 'GET']);
  });

  it('fails for its object alone where the connection breaks for good', async () => {
    const stop = new Set(['b']);
    const { rows } = await sync(three, ({ method, url }) => {
      if (method === 'GET') return list([]);
      return stop.has(/configmaps\/(\w)/.exec(url)?.[1] ?? '')
        ? { status: 504, body: { message: 'timeout' } }
        : { status: 201, body: object };
    });
    expect(rows).toEqual({ a: 'created', b: 'failed: timeout', c: 'created' });
  });
});
