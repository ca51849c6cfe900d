import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';
import { type Answer, list, notFound, stored, sync, three } from './support/faulty-server.ts';
import type { ReceivedRequest } from './support/http-server.ts';

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
