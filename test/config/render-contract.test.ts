import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS, FLAGS, flagsOf, INPUTS, OUTPUTS } from '../../src/config/contract.ts';
import { parseInvocation } from '../../src/config/invocation.ts';
import { renderConfigTable } from '../../src/config/render-config-table.ts';
import {
  renderActionYml,
  renderHelp,
  renderInputsTable,
  renderOutputsTable,
} from '../../src/config/render-contract.ts';
import { configSchema } from '../../src/config/schema.ts';

describe('action.yml', () => {
  it('says exactly what the contract says', () => {
    const action = parse(renderActionYml());
    const inputs = Object.entries(action.inputs).map(([name, value]) => ({
      name,
      ...(value as object),
      required: undefined,
    }));
    expect(inputs).toEqual(INPUTS.map((input) => ({ ...input, required: undefined })));
    const outputs = Object.entries(action.outputs).map(([name, value]) => ({ name, ...(value as object) }));
    expect(outputs).toEqual(OUTPUTS);
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js', post: 'dist/post.js' });
    expect(Object.keys(action)).toEqual(['name', 'description', 'author', 'branding', 'inputs', 'outputs', 'runs']);
  });

  it('gives the runner strings: it knows no other defaults', () => {
    const action = parse(renderActionYml());
    for (const input of Object.values<{ default?: unknown }>(action.inputs)) {
      expect(['string', 'undefined']).toContain(typeof input.default);
    }
  });
});

describe('the tables of the README', () => {
  it('have a row for each input and output, with as many cells as the head', () => {
    for (const [table, names] of [
      [renderInputsTable(), INPUTS.map(({ name }) => name)],
      [renderOutputsTable(), OUTPUTS.map(({ name }) => name)],
    ] as const) {
      const lines = table.split('\n');
      const cells = (line: string) => line.split(/(?<!\\)\|/).length;
      expect(new Set(lines.map(cells)).size).toBe(1);
      expect(lines.slice(2).map((line) => /^\| `([^`]+)` \|/.exec(line)?.[1])).toEqual(names);
    }
  });
});

describe('the table of the configuration', () => {
  it('has a row for each key of the schema, those of its own and of lists too', () => {
    const table = renderConfigTable().split('\n').slice(2);
    const keys = table.map((line) => /^\| `([^`]+)` \|/.exec(line)?.[1]);
    expect(keys).toEqual(
      expect.arrayContaining(['version', 'environments.<name>.path', 'images[].windows[].time-zone']),
    );
    const described = JSON.stringify(configSchema()).match(/"description":/g) ?? [];
    expect(new Set(keys).size).toBe(described.length);
  });

  it.each([
    { key: 'version', type: '`1`', required: 'yes' },
    { key: 'environments', type: 'mapping', required: 'yes' },
    { key: 'environments.<name>.path', type: 'text or list of texts', required: 'yes' },
    { key: 'environments.<name>.generators', type: 'true or false', required: '' },
    { key: 'environments.<name>.clusters', type: 'list of mappings', required: '' },
  ])('says that $key is $type', ({ key, type, required }) => {
    expect(renderConfigTable()).toContain(`\n| \`${key}\` | ${type} | ${required} | `);
  });
});

describe('the help', () => {
  it('names every command', () => {
    const help = renderHelp();
    for (const { name, summary } of COMMANDS)
      expect(help).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 20)}`, 'm'));
  });

  it.each(COMMANDS)('of $name names its flags, and no other', ({ name }) => {
    const shown = [...renderHelp(name).matchAll(/^ {2}(?:-h, )?--(?:\[no-\])?([a-z-]+)/gm)].map((match) => match[1]);
    expect(shown).toEqual(flagsOf(name).map((flag) => flag.name));
  });

  it('fits in 100 columns', () => {
    for (const topic of [undefined, ...COMMANDS.map(({ name }) => name)]) {
      for (const line of renderHelp(topic).split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    }
  });
});

describe('the contract', () => {
  it('has no flag that the parser does not take, with each command that knows it', () => {
    for (const { name } of COMMANDS) {
      for (const flag of flagsOf(name)) {
        const written = flag.value === undefined ? [`--${flag.name}`] : [`--${flag.name}`, 'value'];
        expect(parseInvocation([name, ...written])).toMatchObject({ ok: true });
        if (flag.negatable === true) expect(parseInvocation([name, `--no-${flag.name}`])).toMatchObject({ ok: true });
      }
    }
  });

  it('names inputs after the flags they stand for', () => {
    const flags = FLAGS.map((flag) => flag.name as string);
    const alone = INPUTS.map((input) => input.name as string).filter((name) => !flags.includes(name));
    expect(alone).toEqual(['command', 'github-token', 'slack-webhook-url', 'arguments']);
  });
});
