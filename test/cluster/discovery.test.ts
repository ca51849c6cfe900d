import { describe, expect, it } from 'vitest';
import { testClock } from './support/clock.ts';
import { notFound, stored, sync } from './support/faulty-server.ts';
import { configMap, custom, definition } from './support/manifests.ts';

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

  it('fails for that kind alone where the server does not say', async () => {
    const plain = configMap({ name: 'a', namespace: 'n' });
    const { rows } = await sync([widget, plain], ({ url }) => {
      return url === '/apis' ? { status: 403, body: { message: 'no' } } : { status: 200, body: stored(plain) };
    });
    expect(rows).toEqual({
      a: 'unchanged',
      w: 'failed: its kind cannot be looked up: the API server does not say what it serves: no',
    });
  });

  it('ends the sync where the server does not know us', async () => {
    await expect(sync([widget], () => ({ status: 401 }))).rejects.toMatchObject({ code: 'CLUSTER_UNAUTHORIZED' });
  });

  it('tells a kind whose own server is down from one that does not exist', async () => {
    const versions = (freshness: string) => [{ version: 'v1', freshness, resources: [] }];
    const items = (freshness: string) => [{ metadata: { name: 'example.com' }, versions: versions(freshness) }];
    const answer = (freshness: string) => ({
      status: 200,
      body: { kind: 'APIGroupDiscoveryList', items: items(freshness) },
    });
    expect((await sync([widget], () => answer('Stale'))).rows).toEqual({
      w: 'failed: its kind cannot be looked up: the server of example.com/v1 does not answer',
    });
    expect((await sync([widget], () => answer('Current'))).rows).toEqual({
      w: 'failed: no such kind Widget in example.com/v1: is its CustomResourceDefinition applied?',
    });
  });

  it('does not matter for an object that is left alone', async () => {
    const held = custom(
      { group: 'example.com', kind: 'Widget' },
      { name: 'w', annotations: { 'fluxcd.io/ignore': 'true' } },
    );
    const { rows } = await sync([held], () => ({ status: 200, body: { kind: 'APIGroupDiscoveryList', items: [] } }));
    expect(rows).toEqual({ w: 'skipped: fluxcd.io/ignore is set in its file' });
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
