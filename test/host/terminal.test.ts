import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import type { Problem } from '../../src/base/errors.ts';
import { Redactor, Secret } from '../../src/base/secret.ts';
import { createTerminalHost, type TerminalOptions } from '../../src/host/terminal.ts';

const CLEAR = '\r\u001b[2K';

function terminal(options: Partial<TerminalOptions> & { readonly tty?: boolean; readonly columns?: number } = {}) {
  const { tty = false, columns, ...rest } = options;
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: tty,
    columns,
    write: (text: string) => {
      written[name] += text;
    },
  });
  let now = 0;
  const clock: Clock = { now: () => now, sleep: async () => undefined };
  const host = createTerminalHost({
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    environment: {},
    redactor: new Redactor(),
    clock,
    dataOnStdout: false,
    debug: false,
    ...rest,
  });
  return { host, written, advance: (ms: number) => (now += ms) };
}

const PROBLEM: Problem = {
  severity: 'error',
  code: 'CONFIG_VALUE',
  message: 'path leads out of the repository',
  position: { file: '.towpath.yaml', line: 5, col: 11 },
  hint: 'Name a directory inside of it.',
};

describe('a terminal', () => {
  it('gets output on stdout and problems on stderr', async () => {
    const { host, written } = terminal();
    host.info('Deployment/prod/api configured');
    host.problem(PROBLEM);
    await host.group('sync production', async () => host.info('inside'));
    expect(written).toEqual({
      stdout: 'Deployment/prod/api configured\ninside\n',
      stderr: '.towpath.yaml:5:11: path leads out of the repository\n  hint: Name a directory inside of it.\n',
    });
  });

  it('keeps stdout for the data where that was asked for', async () => {
    const { host, written } = terminal({ dataOnStdout: true });
    host.info('for people');
    await host.group('title', async () => undefined);
    host.data('{\n  "a": 1\n}');
    expect(written).toEqual({ stdout: '{\n  "a": 1\n}\n', stderr: 'for people\n' });
  });

  it('gives what the work of a group gives, and lets its error through', async () => {
    const { host } = terminal();
    expect(await host.group('a', async () => 7)).toBe(7);
    await expect(
      host.group('b', async () => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
  });

  it('shows details only where they were asked for', () => {
    for (const debug of [false, true]) {
      const { host, written } = terminal({ debug });
      host.debug('detail');
      expect(written.stderr).toBe(debug ? 'detail\n' : '');
    }
  });

  it('ignores what only a runner has', async () => {
    const { host, written } = terminal();
    host.output('outcome', 'changed');
    await host.summary('# Summary');
    expect(written).toEqual({ stdout: '', stderr: '' });
  });

  it('shows no secret', async () => {
    const { host, written } = terminal({ debug: true });
    host.mask(new Secret('s3cr3t-value'));
    host.info('a s3cr3t-value');
    host.debug('b s3cr3t-value');
    host.data('{"c":"s3cr3t-value"}');
    host.progress('d s3cr3t-value');
    host.problem({ ...PROBLEM, message: 'e s3cr3t-value', hint: 'f s3cr3t-value' });
    await host.group('g s3cr3t-value', async () => undefined);
    expect(written.stdout + written.stderr).not.toContain('s3cr3t');
    expect(written.stdout).toBe('a ***\n{"c":"***"}\n');
  });

  it('is not driven by text from elsewhere', () => {
    const { host, written } = terminal({ tty: true });
    host.info('\u001b[2Jcleared\u009b1m\u0007 \u202Ereversed\u2028 \u200Bhidden');
    host.problem({ ...PROBLEM, message: 'one\ntwo\rthree' });
    expect(written.stdout).toBe('\\u001b[2Jcleared\\u009b1m\\u0007 \\u202ereversed\\u2028 \\u200bhidden\n');
    expect(written.stderr).toContain('one two\\u000dthree');
  });

  it('prints text of several lines as lines', () => {
    const { host, written } = terminal();
    host.info('one\r\ntwo\nthree');
    expect(written.stdout).toBe('one\ntwo\nthree\n');
  });
});

describe('progress', () => {
  it('is one line that rewrites itself on a terminal, gone before anything else is printed', () => {
    const { host, written } = terminal({ tty: true });
    host.progress('1/3');
    host.progress('2/3');
    host.info('done');
    expect(written.stderr).toBe(`1/3${CLEAR}2/3${CLEAR}`);
    expect(written.stdout).toBe('done\n');
  });

  it('never wraps', () => {
    const { host, written } = terminal({ tty: true, columns: 10 });
    host.progress('0123456789');
    host.progress('012345678');
    host.progress('🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢');
    expect(written.stderr).toBe(`01234567…${CLEAR}012345678${CLEAR}🚢🚢🚢🚢🚢🚢🚢🚢…`);
  });

  it('is gone when its group ends, though it fails', async () => {
    const { host, written } = terminal({ tty: true });
    const work = host.group('title', async () => {
      host.progress('1/3');
      throw new Error('broken');
    });
    await expect(work).rejects.toThrow();
    expect(written.stderr).toBe(`title${CLEAR}1/3${CLEAR}`);
  });

  it('is a plain line after ten silent seconds elsewhere', () => {
    const { host, written, advance } = terminal();
    host.progress('1/9');
    advance(9_999);
    host.progress('2/9');
    advance(1);
    host.progress('3/9');
    host.progress('4/9');
    advance(9_000);
    host.info('something');
    advance(9_000);
    host.progress('5/9');
    advance(1_000);
    host.progress('6/9');
    expect(written.stderr).toBe('3/9\n6/9\n');
  });

  it('is plain on a terminal that cannot rewrite lines', () => {
    const { host, written, advance } = terminal({ tty: true, environment: { TERM: 'dumb' } });
    advance(10_000);
    host.progress('1/2');
    expect(written.stderr).toBe('1/2\n');
  });
});

describe('colour', () => {
  it.each<{ name: string; options: Parameters<typeof terminal>[0]; coloured: boolean }>([
    { name: 'a terminal', options: { tty: true }, coloured: true },
    { name: 'a pipe', options: {}, coloured: false },
    { name: 'NO_COLOR', options: { tty: true, environment: { NO_COLOR: '1' } }, coloured: false },
    { name: 'an empty NO_COLOR', options: { tty: true, environment: { NO_COLOR: '' } }, coloured: true },
    { name: 'a dumb terminal', options: { tty: true, environment: { TERM: 'dumb' } }, coloured: false },
  ])('on $name: $coloured', ({ options, coloured }) => {
    const { host, written } = terminal(options);
    host.problem(PROBLEM);
    const sentence = '.towpath.yaml:5:11: path leads out of the repository';
    const first = coloured ? `\u001b[31m${sentence}\u001b[39m` : sentence;
    expect(written.stderr).toBe(`${first}\n  hint: Name a directory inside of it.\n`);
  });
});
