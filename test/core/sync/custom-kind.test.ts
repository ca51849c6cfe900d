import { describe, expect, it } from 'vitest';
import { customKindsOf, definitionState, isCustomResourceDefinition } from '../../../src/core/sync/custom-kind.ts';
import type { JsonObject } from '../../../src/core/sync/desired-object.ts';

const definition = (spec: JsonObject): JsonObject => ({
  spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, scope: 'Namespaced', ...spec },
});

describe('a custom resource definition', () => {
  it('brings a kind for each version it serves', () => {
    const versions = [
      { name: 'v1', served: true },
      { name: 'v1beta1', served: false },
      { name: 'v2', served: true },
    ];
    expect(customKindsOf(definition({ versions }))).toEqual([
      { apiVersion: 'example.com/v1', kind: 'Widget', resource: 'widgets', namespaced: true },
      { apiVersion: 'example.com/v2', kind: 'Widget', resource: 'widgets', namespaced: true },
    ]);
  });

  it('may be cluster-scoped', () => {
    const versions = [{ name: 'v1', served: true }];
    expect(customKindsOf(definition({ versions, scope: 'Cluster' }))[0]?.namespaced).toBe(false);
  });

  it.each<{ name: string; object: JsonObject }>([
    { name: 'without a group', object: { spec: { versions: [{ name: 'v1', served: true }] } } },
    { name: 'without versions', object: definition({}) },
    { name: 'with versions that are no list', object: definition({ versions: { v1: {} } }) },
    { name: 'with a version without a name', object: definition({ versions: [{ served: true }, null] }) },
  ])('brings nothing $name', ({ object }) => {
    expect(customKindsOf(object)).toEqual([]);
  });

  it.each<{ name: string; conditions: JsonObject[]; expected: ReturnType<typeof definitionState> }>([
    { name: 'pending at first', conditions: [], expected: { kind: 'pending' } },
    {
      name: 'pending while installing',
      conditions: [{ type: 'Established', status: 'False' }],
      expected: { kind: 'pending' },
    },
    {
      name: 'established',
      conditions: [
        { type: 'NamesAccepted', status: 'True' },
        { type: 'Established', status: 'True' },
      ],
      expected: { kind: 'established' },
    },
    {
      name: 'refused where its names are taken',
      conditions: [
        { type: 'NamesAccepted', status: 'False', message: 'taken' },
        { type: 'Established', status: 'True' },
      ],
      expected: { kind: 'refused', reason: 'taken' },
    },
  ])('is $name', ({ conditions, expected }) => {
    expect(definitionState({ status: { conditions } })).toEqual(expected);
  });

  it.each([
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', expected: true },
    { apiVersion: 'apiextensions.k8s.io/v1beta1', kind: 'CustomResourceDefinition', expected: true },
    { apiVersion: 'example.com/v1', kind: 'CustomResourceDefinition', expected: false },
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'Other', expected: false },
  ])('is known by group and kind: $apiVersion $kind', ({ expected, ...object }) => {
    expect(isCustomResourceDefinition(object)).toBe(expected);
  });
});
