import { expect, it } from 'vitest';
import { ignoringAnnotation, isReplaced } from '../../../src/core/sync/ignored.ts';

it.each([
  { annotations: { 'fluxcd.io/ignore': 'true' }, expected: 'fluxcd.io/ignore' },
  { annotations: { 'flux.weave.works/ignore': 'true' }, expected: 'flux.weave.works/ignore' },
  { annotations: { 'fluxcd.io/ignore': true }, expected: 'fluxcd.io/ignore' },
  { annotations: { 'fluxcd.io/ignore': 'sync_only' }, expected: undefined },
  { annotations: { 'fluxcd.io/ignore': 'false' }, expected: undefined },
  { annotations: { 'fluxcd.io/locked': 'true' }, expected: undefined },
  { annotations: null, expected: undefined },
])('an object with $annotations is left alone by $expected', ({ annotations, expected }) => {
  expect(ignoringAnnotation({ metadata: { annotations } })).toBe(expected);
});

it.each([
  { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImagePolicy', expected: true },
  { apiVersion: 'image.toolkit.fluxcd.io/v1alpha1', kind: 'ImageRepository', expected: true },
  { apiVersion: 'image.toolkit.fluxcd.io/v1beta2', kind: 'ImageUpdateAutomation', expected: true },
  { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageThing', expected: false },
  { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', expected: false },
  { apiVersion: 'example.com/v1', kind: 'ImagePolicy', expected: false },
])('$kind of $apiVersion needs no cluster that knows it: $expected', ({ apiVersion, kind, expected }) => {
  expect(isReplaced({ apiVersion, kind })).toBe(expected);
});
