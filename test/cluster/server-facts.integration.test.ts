import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWN_KINDS, knownKind } from '../../src/cluster/api/known-kinds.ts';
import { canonicalQuantity } from '../../src/core/sync/quantity.ts';
import { type TestCluster, testCluster } from '../control-plane/fixtures.ts';

let plane: TestCluster;

beforeAll(async () => {
  plane = await testCluster();
});

afterAll(async () => {
  await plane[Symbol.asyncDispose]();
});

describe('what is built in about the API server', () => {
  it.each(Object.entries(KNOWN_KINDS))('is true of the kinds of %s', async (apiVersion, kinds) => {
    const { body } = await plane.request(
      'GET',
      apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
    );
    const served: { name: string; kind: string; namespaced: boolean }[] = body.resources;
    const known = kinds.split(' ').map((entry) => knownKind(apiVersion, entry.replace(/^\*|=.*$/g, '')));
    for (const entry of known) {
      const found = served.find(({ name, kind }) => kind === entry?.kind && !name.includes('/'));
      expect(entry).toEqual({ apiVersion, kind: found?.kind, resource: found?.name, namespaced: found?.namespaced });
    }
  });

  it('is true of the spelling of quantities', { timeout: 120_000 }, async () => {
    const wholes = ['', '0', '1', '+12', '007', '999', '1000', '1024', '1537', '123456'];
    const fractions = ['', '.5', '.25', '.125', '.001', '.0'];
    const suffixes = ['', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'E2', 'e0', 'u', 'n'];
    const spellings = wholes.flatMap((whole) =>
      fractions.flatMap((fraction) => suffixes.map((suffix) => whole + fraction + suffix)),
    );
    const asked = spellings.filter((spelling) => canonicalQuantity(spelling) !== undefined);
    expect(asked.length).toBeGreaterThan(400);
    const stored = new Map<string, string>();
    const path = `/api/v1/namespaces/${plane.namespace}/limitranges?dryRun=All`;
    for (const spelling of asked) {
      const body = {
        metadata: { name: 'x' },
        spec: { limits: [{ type: 'example.com/thing', max: { memory: spelling } }] },
      };
      const answer = await plane.request('POST', path, { body });
      if (answer.status === 201) stored.set(spelling, answer.body.spec.limits[0].max.memory);
    }
    expect(stored.size).toBeGreaterThan(400);
    const wrong = [...stored].filter(([spelling, found]) => canonicalQuantity(spelling) !== found);
    expect(wrong).toEqual([]);
  });
});
