import { describe, expect, it } from 'vitest';
import { renderTable } from '../../../src/command/by-hand/list-table.ts';

describe('a table', () => {
  it('is as wide as its longest cells', () => {
    const rows = [['a', 'long'], ['longer', 'b'], ['c']];
    expect(renderTable(['ONE', 'TWO'], rows)).toEqual(['ONE     TWO', 'a       long', 'longer  b', 'c']);
  });

  it('may have a row for each tag of the largest repository', () => {
    expect(renderTable(['TAG'], Array(250_000).fill(['v1']))).toHaveLength(250_001);
  });
});
