import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';
import { type Answer, forbidden, LIST, list, notFound, stored, sync, three } from './support/faulty-server.ts';

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
    { name: 'the kind has no lists', refusal: { status: 405, body: { kind: 'Status', reason: 'MethodNotAllowed' } } },
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

  it('ends the whole sync where the server does not know us', async () => {
    await expect(sync(three, () => ({ status: 401, body: { message: 'Unauthorized' } }))).rejects.toMatchObject({
      code: 'CLUSTER_UNAUTHORIZED',
      message: 'the API server does not know us: Unauthorized',
      hint: 'Renew the credentials in the kubeconfig.',
    });
  });

  it.each<{ name: string; answer: Answer; reason: string }>([
    {
      name: 'has trouble of its own',
      answer: { status: 500, body: { message: 'etcd is down' } },
      reason: 'it could not be read: etcd is down',
    },
    {
      name: 'is no API server',
      answer: { status: 200, body: 'hello' },
      reason: 'its kind could not be listed: the answer is no list',
    },
    {
      name: 'sends us elsewhere',
      answer: { status: 302 },
      reason: 'it could not be read: the server answered with status 302',
    },
  ])('concludes nothing where the server $name, and goes on with other kinds', async ({ answer, reason }) => {
    const other = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'd', namespace: 'n' } };
    const { rows, requests } = await sync([...three, other], ({ url }) =>
      url.includes('configmaps') ? answer : { status: 200, body: other },
    );
    expect(rows).toEqual({ a: `failed: ${reason}`, b: `failed: ${reason}`, c: `failed: ${reason}`, d: 'unchanged' });
    expect(requests.filter((request) => request.startsWith('PATCH'))).toEqual([]);
  });

  it('concludes nothing from a single object that cannot be read', async () => {
    const { rows } = await sync(three.slice(0, 1), () => ({ status: 503, body: { message: 'later' } }));
    expect(rows).toEqual({ a: 'failed: it could not be read: later' });
  });

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
