/**
 * The commands, flags, inputs and outputs: one table. The parser, `--help`, action.yml and the README's tables are made from it.
 * People script against these names: add, never rename.
 */

import { COMMITTING, MANUAL, MANUAL_COMMANDS, MANUAL_FLAGS } from './manual-commands.ts';

export type CommandName =
  | 'run'
  | 'scan'
  | 'sync'
  | 'explain'
  | 'list'
  | 'release'
  | PolicyCommand
  | 'validate'
  | 'help'
  | 'version';

/** The commands that change what a workload's annotations say about automation. */
export type PolicyCommand = 'lock' | 'unlock' | 'hold' | 'unhold' | 'automate' | 'deautomate' | 'policy';

export interface CommandEntry {
  readonly name: CommandName;
  /** One line, without a period. */
  readonly summary: string;
  /** What `help COMMAND` adds. */
  readonly details: string;
  /** The words that may follow the command; none where it is left out. */
  readonly operands?: { readonly name: string; readonly most: number };
}

export type FlagName =
  | 'config'
  | 'environment'
  | 'dry-run'
  | 'check'
  | 'write'
  | 'json'
  | 'kubeconfig'
  | 'registry-auth'
  | 'cache'
  | 'namespace'
  | 'user'
  | 'message'
  | 'container'
  | 'until'
  | 'tag'
  | 'tag-all'
  | 'limit'
  | 'all'
  | 'update-image'
  | 'update-all-images'
  | 'exclude'
  | 'force'
  | 'debug'
  | 'help'
  | 'version';

export interface FlagEntry {
  readonly name: FlagName;
  readonly short?: string;
  /** The word that stands for the value in the help; a flag without one is a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  /** A switch that `--no-NAME` turns off again. */
  readonly negatable?: boolean;
  readonly summary: string;
  /** What holds without the flag, in words. */
  readonly default?: string;
  /** The commands that know the flag; every command where it is left out. */
  readonly commands?: readonly CommandName[];
}

export type InputName =
  | 'command'
  | 'config'
  | 'environment'
  | 'dry-run'
  | 'github-token'
  | 'kubeconfig'
  | 'registry-auth'
  | 'slack-webhook-url'
  | 'arguments';

export interface InputEntry {
  readonly name: InputName;
  /** One or two sentences, Markdown. */
  readonly description: string;
  /** The default as action.yml has it. */
  readonly default?: string;
}

export interface OutputEntry {
  readonly name: 'outcome' | 'report' | 'commit' | 'changed';
  readonly description: string;
}

/** The configuration file where nothing else is said. */
export const DEFAULT_CONFIG = '.towpath.yaml';

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'run',
    summary: 'Scan, commit, push and sync: whatever the event calls for',
    details:
      'On a terminal and on a schedule: looks for newer images, commits the updates to the branch of each environment, pushes, applies the environment to its clusters, and tells the notifiers.',
  },
  {
    name: 'scan',
    summary: 'Look for newer images; with --write, edit the files of the working tree',
    details: 'Without --write nothing is changed. With it, bytes of existing files are replaced; nothing is committed.',
  },
  {
    name: 'sync',
    summary: 'Apply the environments to their clusters',
    details: 'Applies the files of the working tree; in the action, those of the branch.',
  },
  {
    name: 'explain',
    summary: 'Say for each image why its tag stays or moves, and which tags were not chosen',
    details:
      'Looks at the images of the working tree whose workload, container or name contains TEXT, or at all of them. Nothing is changed.',
    operands: { name: 'TEXT', most: 1 },
  },
  ...MANUAL_COMMANDS,
  {
    name: 'validate',
    summary: 'Check the configuration file',
    details: 'Reads the configuration and names every problem in it. Nothing else is read and nothing is sent.',
  },
  { name: 'help', summary: 'Explain a command', details: 'towpath help COMMAND lists the flags of that command.' },
  { name: 'version', summary: 'Print the version', details: 'Prints the version and nothing else.' },
];

const WORKING: readonly CommandName[] = ['run', 'scan', 'sync', 'explain'];

/** The commands that can leave something changed. */
const CHANGING: readonly CommandName[] = ['run', 'scan', 'sync'];

export const FLAGS: readonly FlagEntry[] = [
  {
    name: 'config',
    value: 'FILE',
    summary: 'The configuration file',
    default: `${DEFAULT_CONFIG} in the root of the repository`,
    commands: [...WORKING, ...MANUAL, 'validate'],
  },
  {
    name: 'environment',
    value: 'NAME',
    repeatable: true,
    summary: 'Only this environment',
    default: 'all of them',
    commands: [...WORKING, ...MANUAL],
  },
  {
    name: 'dry-run',
    negatable: true,
    summary: 'Write nothing, say what would be done',
    commands: [...CHANGING, ...COMMITTING],
  },
  {
    name: 'check',
    negatable: true,
    summary: 'Write nothing, exit 3 where something would change',
    commands: CHANGING,
  },
  { name: 'write', negatable: true, summary: 'Edit the files of the working tree', commands: ['scan'] },
  {
    name: 'json',
    value: 'FILE|-',
    summary: 'Write the report as JSON to a file, or alone to stdout',
    commands: [...WORKING, ...MANUAL],
  },
  {
    name: 'kubeconfig',
    value: 'FILE',
    summary: 'The kubeconfig with the clusters',
    default: '$KUBECONFIG, else ~/.kube/config',
    commands: WORKING,
  },
  {
    name: 'registry-auth',
    value: 'FILE',
    summary: "Registry credentials, as in Docker's config.json",
    default: '$DOCKER_CONFIG/config.json, else ~/.docker/config.json',
    commands: [...WORKING, 'list', 'release'],
  },
  {
    name: 'cache',
    value: 'DIR',
    summary: 'Where what was learnt from registries is kept; losing it costs requests only',
    default: "$TOWPATH_CACHE, else the user's cache directory",
    commands: [...WORKING, 'list', 'release'],
  },
  ...MANUAL_FLAGS,
  { name: 'debug', negatable: true, summary: 'Show details and stack traces' },
  { name: 'help', short: 'h', summary: 'Explain the command' },
  { name: 'version', summary: 'Print the version' },
];

export const INPUTS: readonly InputEntry[] = [
  {
    name: 'command',
    description:
      'What to do: `run`, `scan`, `sync`, `explain`, `list`, `release`, `lock`, `unlock`, `hold`, `unhold`, `automate`, `deautomate`, `policy` or `validate`.',
    default: 'run',
  },
  {
    name: 'config',
    description: 'Path of the configuration file.',
    default: DEFAULT_CONFIG,
  },
  {
    name: 'environment',
    description: 'Only these environments, one a line. Without it: all of them.',
  },
  {
    name: 'dry-run',
    description: 'Write nothing, say what would be done: `true` or `false`.',
    default: 'false',
  },
  {
    name: 'github-token',
    description: 'Token for the config repository and for ghcr.io.',
    default: `\${{ github.token }}`,
  },
  {
    name: 'kubeconfig',
    description: 'Content of a kubeconfig, plain or base64; it may hold several contexts. Give it as a secret.',
  },
  {
    name: 'registry-auth',
    description: 'Registry credentials: the content of a Docker `config.json`. Give it as a secret.',
  },
  {
    name: 'slack-webhook-url',
    description: 'Slack incoming webhook: the value of `SLACK_WEBHOOK_URL` in the configuration. Give it as a secret.',
  },
  {
    name: 'arguments',
    description: 'Further flags of the command, quoted as in a shell, such as `--check --cache .cache`.',
  },
];

export const OUTPUTS: readonly OutputEntry[] = [
  { name: 'outcome', description: 'What came of it: `unchanged`, `changed` or `failed`.' },
  { name: 'report', description: 'Path of the report, a JSON file.' },
  { name: 'commit', description: 'The last commit that was pushed; empty without one.' },
  { name: 'changed', description: '`true` where something changed (or, in a dry run, would change), else `false`.' },
];

/** The flags that `command` knows, in the order of the table. */
export function flagsOf(command: CommandName): readonly FlagEntry[] {
  return FLAGS.filter((flag) => flag.commands === undefined || flag.commands.includes(command));
}
