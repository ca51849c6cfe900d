import { describe, expect, it } from 'vitest';
import { assertNever, present } from '../../src/base/assert.ts';

describe('assertNever', () => {
  it('names what was unexpected', () => {
    expect(() => assertNever('sideways' as never, 'direction')).toThrow('unexpected direction: "sideways"');
  });
});

describe('present', () => {
  it.each([{ value: 0 }, { value: '' }, { value: false }])(
    'gives back $value, which is falsy but there',
    ({ value }) => {
      expect(present(value, 'thing')).toBe(value);
    },
  );

  it.each([{ value: null }, { value: undefined }])('throws for $value and names what is missing', ({ value }) => {
    expect(() => present(value, 'first container')).toThrow('missing first container');
  });
});
