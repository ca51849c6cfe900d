import { describe, expect, it } from 'vitest';
import { messageOf, TowpathError, toProblem } from '../../src/base/errors.ts';

describe('TowpathError', () => {
  it('carries what it is about, where, why, and what to do', () => {
    const cause = new Error('socket closed');
    const position = { file: 'a.yaml', line: 3, col: 7 };
    const error = new TowpathError('BROKEN', 'cannot read it', {
      subject: 'Deployment/prod/api',
      hint: 'Fix it.',
      position,
      cause,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      code: 'BROKEN',
      message: 'cannot read it',
      subject: 'Deployment/prod/api',
      hint: 'Fix it.',
      position,
      cause,
    });
  });

  it('has no cause where none was given', () => {
    expect('cause' in new TowpathError('BROKEN', 'cannot read it')).toBe(false);
  });
});

describe('toProblem', () => {
  it('says what a TowpathError says', () => {
    const error = new TowpathError('BROKEN', 'cannot read it', { subject: 'a.yaml', hint: 'Fix it.' });
    expect(toProblem(error, { subject: 'other' })).toEqual({
      severity: 'error',
      code: 'BROKEN',
      message: 'cannot read it',
      subject: 'a.yaml',
      hint: 'Fix it.',
      position: undefined,
    });
  });

  it('takes the fallback subject where the error names none', () => {
    expect(toProblem(new TowpathError('BROKEN', 'x'), { subject: 'other' }).subject).toBe('other');
  });

  it('gives anything else the code UNEXPECTED', () => {
    expect(toProblem(new TypeError('x is not a function'))).toEqual({
      severity: 'error',
      code: 'UNEXPECTED',
      message: 'x is not a function',
      subject: undefined,
    });
  });
});

describe('messageOf', () => {
  it.each([
    { name: 'an error', thrown: new Error('one'), message: 'one' },
    { name: 'several lines', thrown: new Error('one\n  two\r\n\r\nthree\n'), message: 'one two three' },
    { name: 'a string', thrown: 'plain', message: 'plain' },
    { name: 'nothing', thrown: undefined, message: 'undefined' },
    { name: 'an object without a prototype', thrown: Object.create(null), message: 'unknown error' },
  ])('is one line for $name', ({ thrown, message }) => {
    expect(messageOf(thrown)).toBe(message);
  });

  it('takes linear time on a long run of blanks', () => {
    expect(messageOf(new Error(`a${' '.repeat(500_000)}b`))).toHaveLength(500_002);
  });
});
