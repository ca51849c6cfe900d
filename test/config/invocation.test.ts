import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS, FLAGS } from '../../src/config/contract.ts';
import { type Flags, parseInvocation } from '../../src/config/invocation.ts';

const NO_FLAGS: Flags = {
  config: undefined,
  environments: [],
  dryRun: false,
  check: false,
  write: false,
  json: undefined,
  kubeconfig: undefined,
  registryAuth: undefined,
  cache: undefined,
  debug: false,
  manual: {
    namespace: undefined,
    user: undefined,
    message: undefined,
    containers: [],
    until: undefined,
    tags: [],
    tagAll: undefined,
    limit: undefined,
    all: false,
    updateImage: undefined,
    updateAllImages: false,
    exclude: [],
    force: false,
  },
};

describe('a command line', () => {
  it.each<{
    argv: string[];
    command: string;
    flags?: Partial<Flags>;
    operands?: string[];
    topic?: string;
    manual?: Partial<Flags['manual']>;
  }>([
    { argv: [], command: 'help' },
    { argv: ['run'], command: 'run' },
    { argv: ['run', '--config', 'a.yaml'], command: 'run', flags: { config: 'a.yaml' } },
    { argv: ['--config=a.yaml', 'run'], command: 'run', flags: { config: 'a.yaml' } },
    { argv: ['run', '--config=-a.yaml'], command: 'run', flags: { config: '-a.yaml' } },
    {
      argv: ['sync', '--environment', 'a', '--environment=b', '--environment', 'a'],
      command: 'sync',
      flags: { environments: ['a', 'b'] },
    },
    {
      argv: ['run', '--dry-run', '--check', '--debug'],
      command: 'run',
      flags: { dryRun: true, check: true, debug: true },
    },
    { argv: ['run', '--no-dry-run'], command: 'run' },
    { argv: ['run', '--json', '-'], command: 'run', flags: { json: '-' } },
    { argv: ['run', '--json=report.json'], command: 'run', flags: { json: 'report.json' } },
    { argv: ['scan', '--write'], command: 'scan', flags: { write: true } },
    {
      argv: ['run', '--kubeconfig', 'k', '--registry-auth', 'r', '--cache', 'c'],
      command: 'run',
      flags: { kubeconfig: 'k', registryAuth: 'r', cache: 'c' },
    },
    { argv: ['explain'], command: 'explain' },
    { argv: ['explain', 'api', '--config', 'x'], command: 'explain', operands: ['api'], flags: { config: 'x' } },
    { argv: ['validate', '--config', 'x'], command: 'validate', flags: { config: 'x' } },
    {
      argv: ['lock', 'a', 'b', '--user', 'U', '--message', 'M'],
      command: 'lock',
      operands: ['a', 'b'],
      manual: { user: 'U', message: 'M' },
    },
    {
      argv: ['hold', 'a', '--container', 'one', '--container=two', '--until', '2030-01-31', '--message', 'M'],
      command: 'hold',
      operands: ['a'],
      manual: { containers: ['one', 'two'], until: '2030-01-31', message: 'M' },
    },
    {
      argv: ['unhold', 'a', '--container', 'one'],
      command: 'unhold',
      operands: ['a'],
      manual: { containers: ['one'] },
    },
    {
      argv: ['unlock', 'a', '--namespace', 'n', '--dry-run'],
      command: 'unlock',
      operands: ['a'],
      flags: { dryRun: true },
      manual: { namespace: 'n' },
    },
    {
      argv: ['policy', 'a', '--tag', 'app=semver:>=1.0', '--tag=b=', '--tag-all', '*'],
      command: 'policy',
      operands: ['a'],
      manual: { tags: ['app=semver:>=1.0', 'b='], tagAll: '*' },
    },
    {
      argv: ['release', '--all', '--update-image', 'example.org/a:1', '--exclude', 'x', '--exclude', 'y', '--force'],
      command: 'release',
      manual: { all: true, updateImage: 'example.org/a:1', exclude: ['x', 'y'], force: true },
    },
    {
      argv: ['release', 'a', '--update-all-images'],
      command: 'release',
      operands: ['a'],
      manual: { updateAllImages: true },
    },
    {
      argv: ['list', 'images', 'a', '--limit', '0'],
      command: 'list',
      operands: ['images', 'a'],
      manual: { limit: '0' },
    },
    { argv: ['version'], command: 'version' },
    { argv: ['--version'], command: 'version' },
    { argv: ['run', '--version'], command: 'version' },
    { argv: ['help'], command: 'help' },
    { argv: ['help', 'scan'], command: 'help', topic: 'scan' },
    { argv: ['--help'], command: 'help' },
    { argv: ['-h'], command: 'help' },
    { argv: ['scan', '--help'], command: 'help', topic: 'scan' },
    { argv: ['scan', '-h', '--kubeconfig', 'x'], command: 'help', topic: 'scan', flags: { kubeconfig: 'x' } },
  ])('$argv is $command', ({ argv, command, flags, topic, operands, manual }) => {
    const all = { ...NO_FLAGS, ...flags, manual: { ...NO_FLAGS.manual, ...manual } };
    expect(parseInvocation(argv)).toEqual({
      ok: true,
      invocation: { command, topic, operands: operands ?? [], flags: all },
    });
  });

  it.each<{ argv: string[]; problems: [code: string, message: string, hint: RegExp][] }>([
    { argv: ['scna'], problems: [['USAGE_UNKNOWN_COMMAND', "unknown command 'scna'", /^Did you mean 'scan'\?$/]] },
    { argv: ['deploy'], problems: [['USAGE_UNKNOWN_COMMAND', "unknown command 'deploy'", /^Use one of: run, scan/]] },
    { argv: ['help', 'snyc'], problems: [['USAGE_UNKNOWN_COMMAND', "unknown command 'snyc'", /'sync'/]] },
    { argv: ['--dry-run'], problems: [['USAGE_NO_COMMAND', 'no command given', /towpath run/]] },
    {
      argv: ['run', '--dryrun'],
      problems: [['USAGE_UNKNOWN_FLAG', 'unknown flag --dryrun', /^Did you mean '--dry-run'\?$/]],
    },
    {
      argv: ['sync', '--envronment', 'prod'],
      problems: [['USAGE_UNKNOWN_FLAG', 'unknown flag --envronment', /^Did you mean '--environment'\?$/]],
    },
    {
      argv: ['--chek', 'sync', 'surplus'],
      problems: [
        ['USAGE_UNKNOWN_FLAG', 'unknown flag --chek', /'--check'/],
        ['USAGE_ARGUMENT', "unexpected argument 'surplus'", /./],
      ],
    },
    { argv: ['run', '--no-config'], problems: [['USAGE_UNKNOWN_FLAG', 'unknown flag --no-config', /'--config'/]] },
    {
      argv: ['run', '-c', 'x'],
      problems: [
        ['USAGE_UNKNOWN_FLAG', 'unknown flag -c', /./],
        ['USAGE_ARGUMENT', "unexpected argument 'x'", /./],
      ],
    },
    {
      argv: ['run', '--write'],
      problems: [['USAGE_UNKNOWN_FLAG', 'run has no flag --write', /^Use it with: scan\.$/]],
    },
    { argv: ['run', '--no-write'], problems: [['USAGE_UNKNOWN_FLAG', 'run has no flag --no-write', /scan/]] },
    { argv: ['run', '--config'], problems: [['USAGE_FLAG_VALUE', '--config needs a value', /--config FILE/]] },
    { argv: ['run', '--config='], problems: [['USAGE_FLAG_VALUE', '--config needs a value', /--config FILE/]] },
    {
      argv: ['run', '--config', '--check'],
      problems: [['USAGE_FLAG_VALUE', '--config needs a value', /--config FILE/]],
    },
    { argv: ['run', '--check=yes'], problems: [['USAGE_FLAG_VALUE', '--check takes no value', /--no-check/]] },
    { argv: ['run', '--json', 'a', '--json', 'b'], problems: [['USAGE_FLAG_TWICE', '--json is given twice', /once/]] },
    {
      argv: ['run', '--dry-run', '--no-dry-run'],
      problems: [['USAGE_FLAG_TWICE', '--dry-run is given twice', /once/]],
    },
    { argv: ['run', 'sync'], problems: [['USAGE_ARGUMENT', "unexpected argument 'sync'", /./]] },
    { argv: ['run', '--', 'x'], problems: [['USAGE_ARGUMENT', "unexpected argument 'x'", /./]] },
    {
      argv: ['rn', '--chek', '--cache'],
      problems: [
        ['USAGE_UNKNOWN_FLAG', 'unknown flag --chek', /--check/],
        ['USAGE_FLAG_VALUE', '--cache needs a value', /--cache DIR/],
        ['USAGE_UNKNOWN_COMMAND', "unknown command 'rn'", /run/],
      ],
    },
  ])('$argv is refused', ({ argv, problems }) => {
    const parsed = parseInvocation(argv);
    expect(parsed.ok ? [] : parsed.problems).toEqual(
      problems.map(([code, message, hint]) => ({
        severity: 'error',
        code,
        message,
        hint: expect.stringMatching(hint),
      })),
    );
  });

  it('is parsed or refused, whatever it is, and never throws', () => {
    const word = fc.oneof(
      fc.constantFrom(...COMMANDS.map(({ name }) => name)),
      fc.constantFrom(...FLAGS.map(({ name }) => `--${name}`)),
      fc.constantFrom('--', '-', '-hx', '--no-', '--=', '--__proto__', '--no-__proto__=1', 'constructor'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        const parsed = parseInvocation(argv);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { message } of parsed.ok ? [] : parsed.problems) expect(message).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
