import { expect, it } from 'vitest';
import { ignoringAnnotation } from '../../../src/core/sync/ignored.ts';

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
