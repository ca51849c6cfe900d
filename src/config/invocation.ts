/** argv → command and flags, or every mistake in it. */
import { parseArgs } from 'node:util';
import type { Problem } from '../base/errors.ts';
import { nearest, suggestion } from '../base/nearest.ts';
import { printable } from '../base/printable.ts';
import type { CommandName, FlagEntry, FlagName } from './contract.ts';
import { COMMANDS, FLAGS, flagsOf } from './contract.ts';
import { type ManualFlags, manualFlags } from './manual-flags.ts';

export interface Flags {
  readonly config: string | undefined;
  /** In the order given, without repetitions; empty means all. */
  readonly environments: readonly string[];
  readonly dryRun: boolean;
  readonly check: boolean;
  readonly write: boolean;
  /** A file, or `-` for stdout. */
  readonly json: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly registryAuth: string | undefined;
  readonly cache: string | undefined;
  readonly debug: boolean;
  readonly manual: ManualFlags;
}

export interface Invocation {
  readonly command: CommandName;
  /** The command that help is asked for. */
  readonly topic: CommandName | undefined;
  /** The words after the command. */
  readonly operands: readonly string[];
  readonly flags: Flags;
}

export type UsageErrorCode =
  | 'USAGE_NO_COMMAND'
  | 'USAGE_UNKNOWN_COMMAND'
  | 'USAGE_UNKNOWN_FLAG'
  | 'USAGE_FLAG_VALUE'
  | 'USAGE_FLAG_TWICE'
  | 'USAGE_ARGUMENT'
  | 'USAGE_INPUT'
  | 'USAGE_UNKNOWN_ENVIRONMENT';

export type ParsedInvocation =
  | { readonly ok: true; readonly invocation: Invocation }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

interface Reading {
  readonly problems: Problem[];
  readonly words: string[];
  readonly values: Map<FlagName, string[]>;
  readonly switches: Map<FlagName, boolean>;
  /** Flags as they were written, for messages. */
  readonly written: Map<FlagName, string>;
  /** Where the value of a mistyped flag stands: it is no argument of its own. */
  valueIndex: number;
}

/**
 * Reads the arguments that follow the program's name. Without any: help. All mistakes are collected; each belongs to exit code 2.
 * Flags may stand before and after the command; `--flag=value` and `--flag value` mean the same.
 */
export function parseInvocation(argv: readonly string[]): ParsedInvocation {
  const reading = newReading();
  for (const token of tokensOf(argv)) {
    if (token.kind === 'positional' && token.index !== reading.valueIndex) reading.words.push(token.value);
    else if (token.kind === 'option') readOption(reading, token);
  }
  const { command, topic, operands = [] } = readCommand(reading, argv.length === 0);
  if (command !== undefined && !isExplanation(reading, command)) checkBelonging(reading, command);
  if (reading.problems.length > 0 || command === undefined) return { ok: false, problems: reading.problems };
  return { ok: true, invocation: { command, topic, operands, flags: flagsFrom(reading) } };
}

function newReading(): Reading {
  return { problems: [], words: [], values: new Map(), switches: new Map(), written: new Map(), valueIndex: -1 };
}

function tokensOf(argv: readonly string[]): readonly Token[] {
  const options = Object.fromEntries(
    FLAGS.map((flag) => [
      flag.name,
      {
        type: flag.value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  );
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function readOption(reading: Reading, token: OptionToken): void {
  const negated = token.name.startsWith('no-');
  const flag = FLAGS.find((entry) => entry.name === token.name || (negated && `no-${entry.name}` === token.name));
  if (flag === undefined || (flag.name !== token.name && flag.negatable !== true)) {
    unknownFlag(reading, token);
    return;
  }
  if (reading.written.has(flag.name) && flag.repeatable !== true) {
    reading.problems.push(
      usage('USAGE_FLAG_TWICE', `--${flag.name} is given twice`, 'Give it once, as an input or as an argument.'),
    );
    return;
  }
  reading.written.set(flag.name, token.rawName);
  if (flag.value === undefined) readSwitch(reading, { flag, token });
  else readValue(reading, { flag, token });
}

function readSwitch(reading: Reading, { flag, token }: { flag: FlagEntry; token: OptionToken }): void {
  if (token.value !== undefined) {
    reading.problems.push(
      usage(
        'USAGE_FLAG_VALUE',
        `${token.rawName} takes no value`,
        flag.negatable === true ? `Write --${flag.name} or --no-${flag.name}.` : `Write --${flag.name} alone.`,
      ),
    );
    return;
  }
  reading.switches.set(flag.name, token.name === flag.name);
}

function readValue(reading: Reading, { flag, token }: { flag: FlagEntry; token: OptionToken }): void {
  const value = token.value;
  // A word that looks like a flag is the next flag, not this one's value; `--flag=-x` says otherwise.
  const swallowed = token.inlineValue !== true && value !== undefined && value.startsWith('-') && value !== '-';
  if (value === undefined || value === '' || swallowed) {
    reading.problems.push(
      usage('USAGE_FLAG_VALUE', `--${flag.name} needs a value`, `Write --${flag.name} ${flag.value}.`),
    );
    return;
  }
  reading.values.set(flag.name, [...(reading.values.get(flag.name) ?? []), value]);
}

function unknownFlag(reading: Reading, token: OptionToken): void {
  const names = FLAGS.flatMap((flag) => [`--${flag.name}`, ...(flag.negatable === true ? [`--no-${flag.name}`] : [])]);
  const meant = FLAGS.find((flag) => `--${flag.name}` === nearest(token.rawName, names));
  if (meant?.value !== undefined && token.inlineValue !== true) reading.valueIndex = token.index + 1;
  reading.problems.push(
    usage(
      'USAGE_UNKNOWN_FLAG',
      `unknown flag ${printable(token.rawName, { longest: LONGEST_WORD })}`,
      suggestion(token.rawName, names),
    ),
  );
}

function readCommand(
  reading: Reading,
  bare: boolean,
): { command: CommandName | undefined; topic: CommandName | undefined; operands?: readonly string[] } {
  const [first, second, ...rest] = reading.words;
  const command = first === undefined ? undefined : commandNamed(reading, first);
  const asksHelp = reading.switches.has('help') || command === 'help';
  if (bare || asksHelp) {
    const topicWord = command === 'help' ? second : first;
    const extra = command === 'help' ? rest : [second, ...rest];
    rejectExtra(reading, extra);
    return { command: 'help', topic: topicWord === undefined ? undefined : commandNamed(reading, topicWord) };
  }
  if (reading.switches.has('version')) return { command: 'version', topic: undefined };
  const operands = reading.words.slice(1);
  const most = COMMANDS.find((entry) => entry.name === command)?.operands?.most ?? 0;
  rejectExtra(reading, operands.slice(most));
  if (first === undefined) {
    reading.problems.push(usage('USAGE_NO_COMMAND', 'no command given', 'Write towpath run, or towpath help.'));
  }
  return { command, topic: undefined, operands: operands.slice(0, most) };
}

function commandNamed(reading: Reading, word: string): CommandName | undefined {
  const entry = COMMANDS.find((command) => command.name === word);
  if (entry !== undefined) return entry.name;
  const names = COMMANDS.map((command) => command.name);
  const problem = usage(
    'USAGE_UNKNOWN_COMMAND',
    `unknown command '${printable(word, { longest: LONGEST_WORD })}'`,
    suggestion(word, names),
  );
  if (!reading.problems.some((other) => other.message === problem.message)) reading.problems.push(problem);
  return undefined;
}

function rejectExtra(reading: Reading, words: readonly (string | undefined)[]): void {
  for (const word of words) {
    if (word === undefined) continue;
    reading.problems.push(
      usage(
        'USAGE_ARGUMENT',
        `unexpected argument '${printable(word, { longest: LONGEST_WORD })}'`,
        'Write flags as --name or --name=value.',
      ),
    );
  }
}

function isExplanation(reading: Reading, command: CommandName): boolean {
  return command === 'help' || command === 'version' || reading.switches.has('help');
}

function checkBelonging(reading: Reading, command: CommandName): void {
  const known = new Set(flagsOf(command).map((flag) => flag.name));
  for (const [name, written] of reading.written) {
    if (known.has(name)) continue;
    const owners = FLAGS.find((flag) => flag.name === name)?.commands ?? [];
    reading.problems.push(
      usage('USAGE_UNKNOWN_FLAG', `${command} has no flag ${written}`, `Use it with: ${owners.join(', ')}.`),
    );
  }
}

function flagsFrom(reading: Reading): Flags {
  const text = (name: FlagName) => reading.values.get(name)?.[0];
  const on = (name: FlagName) => reading.switches.get(name) ?? false;
  return {
    config: text('config'),
    environments: [...new Set(reading.values.get('environment') ?? [])],
    dryRun: on('dry-run'),
    check: on('check'),
    write: on('write'),
    json: text('json'),
    kubeconfig: text('kubeconfig'),
    registryAuth: text('registry-auth'),
    cache: text('cache'),
    debug: on('debug'),
    manual: manualFlags(reading.values, reading.switches),
  };
}

/** Of what was typed, so that a message stays one line. */
const LONGEST_WORD = 60;

function usage(code: UsageErrorCode, message: string, hint: string | undefined): Problem {
  return { severity: 'error', code, message, hint };
}
