/** Claims for the proof: a manifest, what is there, and what we own of it. */
import { expect } from 'vitest';
import type { JsonObject } from '../../../../src/core/sync/desired-object.ts';
import { prove } from '../../../../src/core/sync/proof.ts';

const MANAGER = 'towpath';

export interface Case {
  readonly name: string;
  readonly desired: JsonObject;
  readonly live: JsonObject;
  readonly owned: JsonObject;
  /** Undefined where nothing would change. */
  readonly doubt?: { readonly kind: string; readonly path: string };
}

export function proofOf({ desired, live, owned }: Pick<Case, 'desired' | 'live' | 'owned'>, entry: JsonObject = {}) {
  const identity: JsonObject = { apiVersion: 'apps/v1', kind: 'Deployment', ...desired };
  const { metadata = {}, ...rest } = live;
  const apply = {
    manager: MANAGER,
    operation: 'Apply',
    apiVersion: identity['apiVersion'] ?? '',
    fieldsV1: owned,
    ...entry,
  };
  return prove({
    desired: {
      ...identity,
      metadata: { name: 'x', namespace: 'n', ...(identity['metadata'] as JsonObject | undefined) },
    },
    live: {
      ...identity,
      ...rest,
      metadata: { name: 'x', namespace: 'n', ...(metadata as JsonObject), managedFields: [apply] },
    },
    manager: MANAGER,
  });
}

/** A Deployment with one container, from what is interesting in it. */
export const pod = (container: JsonObject) => ({
  spec: { template: { spec: { containers: [{ name: 'c', ...container }] } } },
});
export const podOwned = (container: JsonObject) => ({
  'f:spec': {
    'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:name': {}, ...container } } } },
  },
});
export const spec = (value: JsonObject) => ({ spec: value });
export const specOwned = (value: JsonObject) => ({ 'f:spec': value });
export const custom = { apiVersion: 'example.com/v1', kind: 'Widget' };
export const CONTAINER = 'spec.template.spec.containers[name=c]';

export function check({ doubt, ...given }: Case): void {
  expect(proofOf(given)).toEqual(doubt === undefined ? { kind: 'unchanged' } : { kind: 'unknown', why: doubt });
}
