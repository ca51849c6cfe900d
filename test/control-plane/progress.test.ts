import { expect, test } from 'vitest';
import { createProgress, formatElapsed, renderBar } from './progress.ts';

function recorder(stream: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  let time = 0;
  const write = (text: string) => written.push(text);
  const progress = createProgress({ ...stream, write }, () => time);
  const pass = (ms: number) => {
    time += ms;
  };
  return { progress, written, pass };
}

test('on a terminal one line is rewritten, ten times a second at most, and never wraps', () => {
  const { progress, written, pass } = recorder({ isTTY: true, columns: 8 });
  progress.update('1 of 3');
  progress.update('2 of 3');
  pass(100);
  progress.update('3 of 3, linking');
  progress.line('built');
  expect(written).toEqual(['\r\x1b[2K1 of 3', '\r\x1b[2K3 of 3,', '\r\x1b[2Kbuilt\n']);
});

test('elsewhere a plain line comes every fifteen seconds, without control characters', () => {
  const { progress, written, pass } = recorder({});
  for (let second = 1; second <= 31; second++) {
    pass(1000);
    progress.update(`second ${second}`);
  }
  progress.line('built');
  expect(written).toEqual(['second 15\n', 'second 30\n', 'built\n']);
});

test.each([
  { name: 'nothing done', done: 0, total: 40, bar: '[....................]' },
  { name: 'half done', done: 20, total: 40, bar: '[##########..........]' },
  { name: 'not full before the end', done: 39, total: 40, bar: '[###################.]' },
  { name: 'full where there is nothing to do', done: 0, total: 0, bar: '[####################]' },
])('a bar shows $name', ({ done, total, bar }) => {
  expect(renderBar(done, total)).toBe(bar);
});

test.each([
  { ms: 999, text: '0 s' },
  { ms: 59_999, text: '59 s' },
  { ms: 60_000, text: '1 min 00 s' },
  { ms: 427_000, text: '7 min 07 s' },
])('$ms ms are shown as $text', ({ ms, text }) => {
  expect(formatElapsed(ms)).toBe(text);
});
