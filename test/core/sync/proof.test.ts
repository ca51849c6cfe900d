import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { prove } from '../../../src/core/sync/proof.ts';

const MANAGER = 'towpath';

interface Case {
  readonly name: string;
  readonly desired: JsonObject;
  readonly live: JsonObject;
  readonly owned: JsonObject;
  /** Undefined where nothing would change. */
  readonly doubt?: { readonly kind: string; readonly path: string };
}

function proofOf({ desired, live, owned }: Pick<Case, 'desired' | 'live' | 'owned'>, entry: JsonObject = {}) {
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
const pod = (container: JsonObject) => ({
  spec: { template: { spec: { containers: [{ name: 'c', ...container }] } } },
});
const podOwned = (container: JsonObject) => ({
  'f:spec': {
    'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:name': {}, ...container } } } },
  },
});
const spec = (value: JsonObject) => ({ spec: value });
const specOwned = (value: JsonObject) => ({ 'f:spec': value });
const custom = { apiVersion: 'example.com/v1', kind: 'Widget' };
const CONTAINER = 'spec.template.spec.containers[name=c]';

function check({ doubt, ...given }: Case): void {
  expect(proofOf(given)).toEqual(doubt === undefined ? { kind: 'unchanged' } : { kind: 'unknown', why: doubt });
}

describe('the proof that an apply would change nothing', () => {
  it.each<Case>([
    {
      name: 'sees equal values',
      desired: spec({ replicas: 2 }),
      live: spec({ replicas: 2, paused: true }),
      owned: specOwned({ 'f:replicas': {} }),
    },
    {
      name: 'sees another value',
      desired: spec({ replicas: 2 }),
      live: spec({ replicas: 3 }),
      owned: specOwned({ 'f:replicas': {} }),
      doubt: { kind: 'value', path: 'spec.replicas' },
    },
    {
      name: 'sees a value that is gone',
      desired: spec({ replicas: 2 }),
      live: spec({}),
      owned: specOwned({ 'f:replicas': {} }),
      doubt: { kind: 'value', path: 'spec.replicas' },
    },
    {
      name: 'sees a field that is gone from the manifest',
      desired: spec({ replicas: 2 }),
      live: spec({ replicas: 2, paused: true }),
      owned: specOwned({ 'f:replicas': {}, 'f:paused': {} }),
      doubt: { kind: 'field-removed', path: 'spec.paused' },
    },
    {
      name: 'sees a field that is new in the manifest',
      desired: spec({ replicas: 2, paused: true }),
      live: spec({ replicas: 2, paused: true }),
      owned: specOwned({ 'f:replicas': {} }),
      doubt: { kind: 'field-added', path: 'spec.paused' },
    },
    {
      name: 'sees metadata that is new in the manifest',
      desired: { metadata: { labels: { a: 'b' } }, spec: { replicas: 1 } },
      live: spec({ replicas: 1 }),
      owned: specOwned({ 'f:replicas': {} }),
      doubt: { kind: 'field-added', path: 'metadata' },
    },
    {
      name: 'sees a label that is gone from the manifest',
      desired: { metadata: { labels: { a: 'b' } } },
      live: { metadata: { labels: { a: 'b', c: 'd' } } },
      owned: { 'f:metadata': { 'f:labels': { 'f:a': {}, 'f:c': {} } } },
      doubt: { kind: 'field-removed', path: 'metadata.labels.c' },
    },
    {
      name: 'lets others have labels of their own',
      desired: { metadata: { labels: { a: 'b' } } },
      live: { metadata: { labels: { a: 'b', c: 'd' } } },
      owned: { 'f:metadata': { 'f:labels': { 'f:a': {} } } },
    },
    {
      name: 'lets others fill empty labels',
      desired: { metadata: { labels: {} } },
      live: { metadata: { labels: { c: 'd' } } },
      owned: { 'f:metadata': { 'f:labels': {} } },
    },
    {
      name: 'does not take a field of the prototype for one of the object',
      desired: { metadata: { labels: { constructor: 'x' } } },
      live: { metadata: { labels: {} } },
      owned: { 'f:metadata': { 'f:labels': { 'f:constructor': {} } } },
      doubt: { kind: 'value', path: 'metadata.labels.constructor' },
    },
  ])('$name', check);

  it.each<Case>([
    {
      name: 'a quantity in another spelling',
      desired: pod({ resources: { limits: { cpu: '1000m', memory: 1024 } } }),
      live: pod({ resources: { limits: { cpu: '1', memory: '1024' } } }),
      owned: podOwned({ 'f:resources': { 'f:limits': { 'f:cpu': {}, 'f:memory': {} } } }),
    },
    {
      name: 'no quantity outside of quantities',
      desired: { metadata: { labels: { cpu: '1000m' } } },
      live: { metadata: { labels: { cpu: '1' } } },
      owned: { 'f:metadata': { 'f:labels': { 'f:cpu': {} } } },
      doubt: { kind: 'value', path: 'metadata.labels.cpu' },
    },
    {
      name: 'zero values that the server leaves out',
      desired: spec({ paused: false, minReadySeconds: 0 }),
      live: spec({}),
      owned: specOwned({ 'f:paused': {}, 'f:minReadySeconds': {} }),
    },
    {
      name: 'zero values that the server replaced',
      desired: spec({ minReadySeconds: 0 }),
      live: spec({ minReadySeconds: 5 }),
      owned: specOwned({ 'f:minReadySeconds': {} }),
      doubt: { kind: 'value', path: 'spec.minReadySeconds' },
    },
    {
      name: 'null where nothing is',
      desired: spec({ replicas: null }),
      live: spec({}),
      owned: specOwned({ 'f:replicas': {} }),
    },
    {
      name: 'null where a default is',
      desired: spec({ replicas: null }),
      live: spec({ replicas: 1 }),
      owned: specOwned({ 'f:replicas': {} }),
      doubt: { kind: 'value', path: 'spec.replicas' },
    },
    {
      name: 'an empty strategy that the server filled',
      desired: spec({ strategy: {} }),
      live: spec({ strategy: { type: 'RollingUpdate' } }),
      owned: specOwned({ 'f:strategy': {} }),
    },
    {
      name: 'an empty selector that is not empty there',
      desired: spec({ selector: {} }),
      live: spec({ selector: { matchLabels: { a: 'b' } } }),
      owned: specOwned({ 'f:selector': {} }),
      doubt: { kind: 'value', path: 'spec.selector' },
    },
    {
      name: 'an empty list that others own nothing of',
      desired: spec({ replicas: 1, conditions: [] }),
      live: spec({ replicas: 1 }),
      owned: specOwned({ 'f:replicas': {} }),
    },
    {
      name: 'an empty list that is not empty there',
      desired: spec({ replicas: 1, conditions: [] }),
      live: spec({ replicas: 1, conditions: [{ a: 1 }] }),
      owned: specOwned({ 'f:replicas': {} }),
      doubt: { kind: 'field-added', path: 'spec.conditions' },
    },
    {
      name: 'a port without its protocol',
      desired: pod({ ports: [{ containerPort: 80 }] }),
      live: pod({ ports: [{ containerPort: 80, protocol: 'TCP' }] }),
      owned: podOwned({ 'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } } }),
    },
    {
      name: 'a port without its protocol that is UDP there',
      desired: pod({ ports: [{ containerPort: 80 }] }),
      live: pod({ ports: [{ containerPort: 80, protocol: 'UDP' }] }),
      owned: podOwned({ 'f:ports': { 'k:{"containerPort":80,"protocol":"UDP"}': { '.': {}, 'f:containerPort': {} } } }),
      doubt: { kind: 'field-added', path: `${CONTAINER}.ports` },
    },
    {
      name: 'a field reference with its default version',
      desired: pod({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'x' } } }] }),
      live: pod({ env: [{ name: 'A', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'x' } } }] }),
      owned: podOwned({
        'f:env': { 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:valueFrom': { 'f:fieldRef': {} } } },
      }),
    },
    {
      name: 'a field reference with another version',
      desired: pod({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'x' } } }] }),
      live: pod({ env: [{ name: 'A', valueFrom: { fieldRef: { apiVersion: 'v2', fieldPath: 'x' } } }] }),
      owned: podOwned({
        'f:env': { 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:valueFrom': { 'f:fieldRef': {} } } },
      }),
      doubt: { kind: 'value', path: `${CONTAINER}.env[name=A].valueFrom.fieldRef` },
    },
    {
      name: 'a whole list with one item more there',
      desired: pod({ args: ['a'] }),
      live: pod({ args: ['a', 'b'] }),
      owned: podOwned({ 'f:args': {} }),
      doubt: { kind: 'value', path: `${CONTAINER}.args` },
    },
  ])('knows what the server makes of $name', check);

  it.each<Case>([
    {
      name: 'an item that another put between ours',
      desired: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      live: pod({ env: [{ name: 'A' }, { name: 'Z' }, { name: 'B' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} }, 'k:{"name":"B"}': { 'f:name': {} } } }),
    },
    {
      name: 'items in another order',
      desired: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      live: pod({ env: [{ name: 'B' }, { name: 'A' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} }, 'k:{"name":"B"}': { 'f:name': {} } } }),
      doubt: { kind: 'order', path: `${CONTAINER}.env` },
    },
    {
      name: 'an item that is gone there',
      desired: pod({ env: [{ name: 'A' }] }),
      live: pod({ env: [{ name: 'B' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} } } }),
      doubt: { kind: 'value', path: `${CONTAINER}.env[name=A]` },
    },
    {
      name: 'an item that is gone from the manifest',
      desired: pod({ env: [{ name: 'A' }] }),
      live: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} }, 'k:{"name":"B"}': { 'f:name': {} } } }),
      doubt: { kind: 'field-removed', path: `${CONTAINER}.env[name=B]` },
    },
    {
      name: 'an item that is new in the manifest',
      desired: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      live: pod({ env: [{ name: 'A' }, { name: 'B' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} } } }),
      doubt: { kind: 'field-added', path: `${CONTAINER}.env` },
    },
    {
      name: 'an item that comes twice in the manifest',
      desired: pod({ env: [{ name: 'A' }, { name: 'A' }] }),
      live: pod({ env: [{ name: 'A' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} } } }),
      doubt: { kind: 'field-added', path: `${CONTAINER}.env` },
    },
    {
      name: 'an item that comes twice there',
      desired: pod({ env: [{ name: 'A' }] }),
      live: pod({ env: [{ name: 'A' }, { name: 'A' }] }),
      owned: podOwned({ 'f:env': { 'k:{"name":"A"}': { 'f:name': {} } } }),
      doubt: { kind: 'form', path: `${CONTAINER}.env` },
    },
    {
      name: 'a number as key that is text there',
      desired: spec({ ports: [{ port: 80 }] }),
      live: spec({ ports: [{ port: '80' }] }),
      owned: specOwned({ 'f:ports': { 'k:{"port":80}': { 'f:port': {} } } }),
      doubt: { kind: 'value', path: 'spec.ports[port=80]' },
    },
    {
      name: 'a form of ownership that is not known',
      desired: spec({ list: [1] }),
      live: spec({ list: [1] }),
      owned: specOwned({ 'f:list': { 'i:0': {} } }),
      doubt: { kind: 'form', path: 'spec.list' },
    },
    {
      name: 'a key that is no JSON',
      desired: spec({ list: [{ a: 1 }] }),
      live: spec({ list: [{ a: 1 }] }),
      owned: specOwned({ 'f:list': { 'k:{"a"': {} } }),
      doubt: { kind: 'form', path: 'spec.list' },
    },
  ])('looks into lists: $name', check);

  it.each<Case>([
    {
      name: 'a set with the values of others',
      desired: { ...custom, ...spec({ set: ['a', 'b'] }) },
      live: spec({ set: ['z', 'a', 'b'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {}, 'v:"b"': {} } }),
    },
    {
      name: 'a set in another order',
      desired: { ...custom, ...spec({ set: ['a', 'b'] }) },
      live: spec({ set: ['b', 'a'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {}, 'v:"b"': {} } }),
      doubt: { kind: 'order', path: 'spec.set' },
    },
    {
      name: 'a set with one value less in the manifest',
      desired: { ...custom, ...spec({ set: ['a'] }) },
      live: spec({ set: ['a', 'b'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {}, 'v:"b"': {} } }),
      doubt: { kind: 'field-removed', path: 'spec.set' },
    },
    {
      name: 'a set with one value more in the manifest',
      desired: { ...custom, ...spec({ set: ['a', 'b'] }) },
      live: spec({ set: ['a', 'b'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {} } }),
      doubt: { kind: 'field-added', path: 'spec.set' },
    },
    {
      name: 'a set without one of ours there',
      desired: { ...custom, ...spec({ set: ['a', 'b'] }) },
      live: spec({ set: ['a'] }),
      owned: specOwned({ 'f:set': { 'v:"a"': {}, 'v:"b"': {} } }),
      doubt: { kind: 'value', path: 'spec.set' },
    },
    {
      name: 'no quantities',
      desired: { ...custom, ...spec({ cpu: '1000m' }) },
      live: spec({ cpu: '1' }),
      owned: specOwned({ 'f:cpu': {} }),
      doubt: { kind: 'value', path: 'spec.cpu' },
    },
    {
      name: 'zero values as values',
      desired: { ...custom, ...spec({ on: false }) },
      live: spec({}),
      owned: specOwned({ 'f:on': {} }),
      doubt: { kind: 'value', path: 'spec.on' },
    },
    {
      name: 'an empty list as a value',
      desired: { ...custom, ...spec({ a: 1, list: [] }) },
      live: spec({ a: 1 }),
      owned: specOwned({ 'f:a': {} }),
      doubt: { kind: 'field-added', path: 'spec.list' },
    },
    {
      name: 'integers beyond 2^53',
      desired: { ...custom, ...spec({ n: 9007199254740993n }) },
      live: spec({ n: 9007199254740993n }),
      owned: specOwned({ 'f:n': {} }),
    },
    {
      name: 'integers beyond 2^53 that differ in the last digit',
      desired: { ...custom, ...spec({ n: 9007199254740993n }) },
      live: spec({ n: 9007199254740992 }),
      owned: specOwned({ 'f:n': {} }),
      doubt: { kind: 'value', path: 'spec.n' },
    },
    {
      name: 'a key field that the schema fills',
      desired: { ...custom, ...spec({ list: [{ name: 'a' }] }) },
      live: spec({ list: [{ name: 'a', zone: 'eu' }] }),
      owned: specOwned({ 'f:list': { 'k:{"name":"a","zone":"eu"}': { '.': {}, 'f:name': {} } } }),
    },
    {
      name: 'a key field that an earlier manifest filled',
      desired: { ...custom, ...spec({ list: [{ name: 'a' }] }) },
      live: spec({ list: [{ name: 'a', zone: 'eu' }] }),
      owned: specOwned({ 'f:list': { 'k:{"name":"a","zone":"eu"}': { '.': {}, 'f:name': {}, 'f:zone': {} } } }),
      doubt: { kind: 'field-added', path: 'spec.list' },
    },
  ])('takes custom resources as they are stored: $name', check);

  it.each([
    { name: 'no entry of ours', entry: { manager: 'kubectl' } },
    { name: 'an entry of ours that is an update', entry: { operation: 'Update' } },
    { name: 'an entry of ours for a subresource', entry: { subresource: 'scale' } },
    { name: 'an entry of ours for another version', entry: { apiVersion: 'apps/v1beta1' } },
  ])('needs an entry of its own: $name', ({ entry }) => {
    const given = {
      desired: spec({ replicas: 1 }),
      live: spec({ replicas: 1 }),
      owned: specOwned({ 'f:replicas': {} }),
    };
    expect(proofOf(given, entry)).toEqual({ kind: 'unknown', why: { kind: 'not-owned', path: '' } });
  });

  it('needs no entry for an object that is nothing but a name', () => {
    expect(proofOf({ desired: {}, live: {}, owned: {} }, { manager: 'kubectl' })).toEqual({ kind: 'unchanged' });
  });

  it('leaves to the server an object of nothing but empty lists without an entry', () => {
    const proof = proofOf({ desired: { rules: [] }, live: { rules: null }, owned: {} }, { manager: 'kubectl' });
    expect(proof).toEqual({ kind: 'unknown', why: { kind: 'form', path: '' } });
  });

  it('never throws, whatever the server returns', () => {
    const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
    const owned = fc.letrec<{ set: JsonObject }>((tie) => ({
      set: fc.dictionary(
        fc.oneof(fc.constantFrom('.', 'f:a', 'f:spec', 'k:{"name":"x"}', 'k:[]', 'v:1', 'v:', 'i:0'), fc.string()),
        fc.oneof({ depthSize: 'small' }, fc.constant({}), tie('set'), json as fc.Arbitrary<JsonObject>),
      ) as fc.Arbitrary<JsonObject>,
    })).set;
    fc.assert(
      fc.property(json, json, owned, (desired, live, fields) => {
        const proof = proofOf({ desired: { spec: desired }, live: { spec: live }, owned: { 'f:spec': fields } });
        expect(['unchanged', 'unknown']).toContain(proof.kind);
      }),
    );
  });
});
