/** What `--help` prints. */
import { COMMANDS, type CommandName, type FlagEntry, flagsOf } from './contract.ts';

const WIDTH = 100;

/** The help of one command, or of the program; ends with a line break. */
export function renderHelp(topic?: CommandName): string {
  const lines = topic === undefined ? programHelp() : commandHelp(topic);
  return `${lines.join('\n')}\n`;
}

function programHelp(): string[] {
  return [
    'towpath: GitOps that runs in your CI',
    '',
    'Usage: towpath COMMAND [FLAG]…',
    '',
    'Commands:',
    ...columns(COMMANDS.map(({ name, summary }) => [name, summary])),
    '',
    "'towpath help COMMAND' lists the flags of a command.",
    '',
    'Exit codes:',
    ...columns([
      ['0', 'done, or nothing to do'],
      ['1', 'something failed'],
      ['2', 'usage or configuration'],
      ['3', 'changes pending (with --check)'],
    ]),
  ];
}

function commandHelp(topic: CommandName): string[] {
  const command = COMMANDS.find(({ name }) => name === topic);
  const operands = command?.operands === undefined ? '' : ` [${command.operands.name}]`;
  return [
    `Usage: towpath ${topic}${topic === 'help' ? ' [COMMAND]' : `${operands} [FLAG]…`}`,
    '',
    ...wrap(command?.details ?? '', WIDTH),
    '',
    'Flags:',
    ...columns(flagsOf(topic).map((flag) => [spelling(flag), explanation(flag)])),
  ];
}

function spelling({ name, short, value, negatable }: FlagEntry): string {
  const long = `--${negatable === true ? '[no-]' : ''}${name}`;
  return `${short === undefined ? '' : `-${short}, `}${long}${value === undefined ? '' : ` ${value}`}`;
}

function explanation({ summary, default: fallback, repeatable }: FlagEntry): string {
  const again = repeatable === true ? ' (repeatable)' : '';
  return `${summary}${again}${fallback === undefined ? '' : `; default: ${fallback}`}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, WIDTH - left);
    return [`  ${name}`.padEnd(left) + first, ...rest.map((line) => ' '.repeat(left) + line)];
  });
}

/** Lines of at most `width` characters; a word longer than that stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
