import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/sync/desired-object.ts';
import { differenceBetween } from '../../../src/core/sync/difference.ts';

const entry = (extra: JsonObject = {}): JsonObject => ({
  manager: 'towpath',
  operation: 'Apply',
  apiVersion: 'v1',
  time: '2026-01-01T00:00:00Z',
  fieldsV1: { 'f:data': { 'f:a': {} } },
  ...extra,
});
const object = (extra: JsonObject = {}, entries: JsonObject[] = [entry()]): JsonObject => ({
  kind: 'ConfigMap',
  data: { a: '1', b: '2' },
  ...extra,
  metadata: {
    name: 'x',
    resourceVersion: '1',
    managedFields: entries,
    ...(extra['metadata'] as JsonObject | undefined),
  },
});

describe('the difference that an apply made', () => {
  it.each<{ name: string; after: JsonObject; expected: string }>([
    { name: 'none where nothing changed', after: object({ data: { b: '2', a: '1' } }), expected: 'none' },
    {
      name: 'none where only the server counted',
      after: object({ metadata: { resourceVersion: '2', generation: 7 } }),
      expected: 'none',
    },
    { name: 'none where only the status changed', after: object({ status: { ready: true } }), expected: 'none' },
    {
      name: 'none where only the time of our entry changed',
      after: object({}, [entry({ time: '2026-02-01T00:00:00Z' })]),
      expected: 'none',
    },
    {
      name: 'none where the entry of another changed',
      after: object({}, [entry(), entry({ manager: 'kubectl' })]),
      expected: 'none',
    },
    {
      name: 'ownership where our fields changed',
      after: object({}, [entry({ fieldsV1: { 'f:data': { 'f:b': {} } } })]),
      expected: 'ownership',
    },
    { name: 'ownership where our entry is new', after: object({}, []), expected: 'ownership' },
    { name: 'content where a value changed', after: object({ data: { a: '1' } }), expected: 'content' },
    { name: 'content where a label changed', after: object({ metadata: { labels: { a: 'b' } } }), expected: 'content' },
  ])('is $name', ({ after, expected }) => {
    expect(differenceBetween(object(), after, 'towpath')).toBe(expected);
  });
});
