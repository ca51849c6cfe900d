/** A person's terminal, a pipe, or somebody else's CI. */
import type { Clock } from '../base/clock.ts';
import type { Redactor } from '../base/secret.ts';
import type { Host } from './host.ts';
import { createPace } from './pace.ts';
import { printableLine, printableLines } from './printable.ts';
import { problemLines } from './problem-lines.ts';

/** The part of a writable stream that is used. */
export interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface TerminalOptions {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Read for NO_COLOR and TERM. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** True for `--json -`: stdout carries the report alone, and people read stderr. */
  readonly dataOnStdout: boolean;
  readonly debug: boolean;
}

type Style = 'red' | 'yellow' | 'dim';

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  dim: [2, 22],
};

const DEFAULT_COLUMNS = 80;

/** The host of the command line. Progress is one line that rewrites itself on a terminal, and rare plain lines elsewhere. */
export function createTerminalHost(options: TerminalOptions): Host {
  const { redactor, stderr } = options;
  const people = options.dataOnStdout ? stderr : options.stdout;
  const live = stderr.isTTY === true && options.environment['TERM'] !== 'dumb';
  const pace = createPace(options.clock);
  let liveLine = false;

  const clear = () => {
    if (liveLine) stderr.write('\r\u001b[2K');
    liveLine = false;
  };
  const print = (stream: Stream, text: string, style?: Style) => {
    clear();
    pace.printed();
    for (const line of printableLines(redactor.redact(text))) {
      stream.write(`${paint(line, style, { stream, environment: options.environment })}\n`);
    }
  };
  const showProgress = (text: string) => {
    const line = printableLine(redactor.redact(text));
    if (live) {
      clear();
      stderr.write(cut(line, (stderr.columns ?? DEFAULT_COLUMNS) - 1));
      liveLine = true;
    } else if (pace.due()) print(stderr, line);
  };
  return {
    info: (line) => print(people, line),
    debug: (line) => {
      if (options.debug) print(stderr, line, 'dim');
    },
    data: (text) => {
      clear();
      options.stdout.write(redactor.redact(text.endsWith('\n') ? text : `${text}\n`));
    },
    problem: (problem) => {
      const [first, ...hints] = problemLines(problem).map(printableLine);
      print(stderr, first ?? '', problem.severity === 'error' ? 'red' : 'yellow');
      for (const hint of hints) print(stderr, hint);
    },
    group: async (title, work) => {
      showProgress(title);
      try {
        return await work();
      } finally {
        clear();
      }
    },
    progress: showProgress,
    output: () => undefined,
    summary: async () => undefined,
    mask: (secret) => redactor.add(secret),
  };
}

/** A line wider than the screen would wrap, and rewriting reaches back over one line only. */
function cut(line: string, width: number): string {
  const chars = Array.from(line);
  return chars.length <= width ? line : `${chars.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Colour on a terminal only, and not where NO_COLOR is set. Source: https://no-color.org */
function paint(
  line: string,
  style: Style | undefined,
  { stream, environment }: { stream: Stream; environment: TerminalOptions['environment'] },
): string {
  const wanted = stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  if (style === undefined || !wanted || line === '') return line;
  const [on, off] = CODES[style];
  return `\u001b[${on}m${line}\u001b[${off}m`;
}
