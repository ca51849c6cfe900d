import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/base/errors.ts';
import { problemLines } from '../../src/host/problem-lines.ts';

const BASE: Problem = { severity: 'error', code: 'X', message: 'no such tag' };
const POSITION = { file: 'a.yaml', line: 3, col: 7 };

describe('the lines of a problem', () => {
  it.each<{ name: string; problem: Problem; lines: string[] }>([
    { name: 'without a place', problem: BASE, lines: ['no such tag'] },
    { name: 'with a position', problem: { ...BASE, position: POSITION }, lines: ['a.yaml:3:7: no such tag'] },
    { name: 'with a subject', problem: { ...BASE, subject: 'Deployment/api' }, lines: ['Deployment/api: no such tag'] },
    {
      name: 'with both',
      problem: { ...BASE, position: POSITION, subject: 'Deployment/api' },
      lines: ['a.yaml:3:7: Deployment/api: no such tag'],
    },
    {
      name: 'that names its subject itself',
      problem: { ...BASE, message: 'api: no such tag', position: POSITION, subject: 'api' },
      lines: ['a.yaml:3:7: api: no such tag'],
    },
    {
      name: 'with a hint, as a warning',
      problem: { ...BASE, severity: 'warning', position: POSITION, hint: 'Push it.' },
      lines: ['a.yaml:3:7: warning: no such tag', '  hint: Push it.'],
    },
  ])('$name', ({ problem, lines }) => {
    expect(problemLines(problem)).toEqual(lines);
  });
});
