import { describe, expect, it } from 'vitest';
import { TowpathError } from '../../../src/base/errors.ts';
import { expandContexts } from '../../../src/core/sync/contexts.ts';

const known = { names: ['weekly-1', 'weekly-2', 'playground', 'prod'], current: 'playground' };
const globs = (...contexts: string[]) => contexts.map((context) => ({ context }));

function thrownBy(work: () => unknown): TowpathError {
  try {
    work();
  } catch (error) {
    if (error instanceof TowpathError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the contexts of an environment', () => {
  it.each([
    { name: 'are the current one where nothing is said', wanted: undefined, expected: ['playground'] },
    { name: 'are none for an empty list', wanted: [], expected: [] },
    {
      name: 'are those that a glob matches, in the order of the kubeconfig',
      wanted: globs('weekly-*'),
      expected: ['weekly-1', 'weekly-2'],
    },
    { name: 'are named exactly without a star', wanted: globs('prod'), expected: ['prod'] },
    {
      name: 'come once, in the order of the globs',
      wanted: globs('prod', '*'),
      expected: ['prod', 'weekly-1', 'weekly-2', 'playground'],
    },
  ])('$name', ({ wanted, expected }) => {
    expect(expandContexts(known, wanted)).toEqual(expected);
  });

  it('are an error where a glob matches nothing, with those there are', () => {
    const position = { file: '.towpath.yaml', line: 7, col: 3 };
    const error = thrownBy(() => expandContexts(known, [...globs('prod'), { context: 'monthly-*', position }]));
    expect(error).toMatchObject({
      code: 'KUBECONFIG_CONTEXT_UNKNOWN',
      message: 'no context of the kubeconfig matches monthly-*; it has weekly-1, weekly-2, playground, prod',
      position,
    });
  });

  it('suggest the name that was probably meant', () => {
    const error = thrownBy(() => expandContexts(known, globs('plaiground')));
    expect(error.message).toBe('no context plaiground in the kubeconfig; it has weekly-1, weekly-2, playground, prod');
    expect(error.hint).toBe('Did you mean playground?');
  });

  it('are an error without a current one', () => {
    const error = thrownBy(() => expandContexts({ names: ['a', 'b'], current: null }, undefined));
    expect(error).toMatchObject({
      code: 'KUBECONFIG_NO_CURRENT_CONTEXT',
      message: 'the kubeconfig has no current context; it has a, b',
    });
  });

  it('are an error where the current one does not exist', () => {
    const error = thrownBy(() => expandContexts({ names: [], current: 'gone' }, undefined));
    expect(error).toMatchObject({
      code: 'KUBECONFIG_CONTEXT_UNKNOWN',
      message: 'no context gone in the kubeconfig; it has none',
    });
  });

  it('are listed in part where they are many', () => {
    const names = Array.from({ length: 25 }, (_, index) => `c${index}`);
    expect(thrownBy(() => expandContexts({ names, current: null }, undefined)).message).toMatch(/c19 and 5 more$/);
  });
});
