import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { type Case, CONTAINER, check, pod, podOwned, proofOf, spec, specOwned } from './support/claims.ts';

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
