/** The table of merge keys against what a real API server says about its own kinds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldRule, type PatchType, patchTypeOf } from '../../../src/core/generation/patch-types.ts';
import { type TestCluster, testCluster } from '../../control-plane/fixtures.ts';

interface Schema {
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly 'x-kubernetes-patch-strategy'?: string;
  readonly 'x-kubernetes-patch-merge-key'?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
});
afterAll(async () => cluster[Symbol.asyncDispose]());

describe('the merge keys', () => {
  it('are those that the API server publishes', async () => {
    const { status, body } = await cluster.request('GET', '/openapi/v2');
    expect(status).toBe(200);
    const definitions = body.definitions as Readonly<Record<string, Schema>>;
    const walked = { definitions, wrong: new Set<string>(), fields: 0 };
    for (const schema of Object.values(definitions)) {
      for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
        const type = patchTypeOf(group === '' ? version : `${group}/${version}`, kind);
        // Lists are taken apart, and options are no objects.
        if (type === undefined || kind.endsWith('List') || kind.endsWith('Options')) continue;
        walk(schema, type, { ...walked, path: kind, count: () => walked.fields++ });
      }
    }
    expect([...walked.wrong].sort()).toEqual([]);
    expect(walked.fields).toBeGreaterThan(1_000);
  });
});

interface Walk {
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly wrong: Set<string>;
  readonly path: string;
  readonly count: () => void;
}

function walk(schema: Schema, type: PatchType | undefined, given: Walk): void {
  for (const [field, property] of Object.entries(schema.properties ?? {})) {
    given.count();
    const path = `${given.path}.${field}`;
    const rule = fieldRule(type, field);
    const strategies = property['x-kubernetes-patch-strategy']?.split(',') ?? [];
    const expected = {
      strategy: strategies.find((strategy) => strategy !== 'retainKeys'),
      mergeKey: property['x-kubernetes-patch-merge-key'],
      retainKeys: strategies.includes('retainKeys') ? true : undefined,
    };
    const { strategy, mergeKey, retainKeys } = rule;
    if (JSON.stringify({ strategy, mergeKey, retainKeys }) !== JSON.stringify(expected)) {
      given.wrong.add(`${path}: ${JSON.stringify(expected)}`);
    }
    const inner = property.items === undefined ? property : property.items;
    // Lists that do not merge are given whole, and so is what is replaced: nothing in them is ever compared.
    const isEntered = property.items === undefined ? expected.strategy !== 'replace' : expected.strategy === 'merge';
    const target = given.definitions[inner.$ref?.replace('#/definitions/', '') ?? ''];
    if (isEntered && target !== undefined) walk(target, rule.type, { ...given, path });
  }
}
