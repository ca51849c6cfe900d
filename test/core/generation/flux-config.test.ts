import { describe, expect, it } from 'vitest';
import { type FluxConfig, parseFluxConfig } from '../../../src/core/generation/flux-config.ts';

function parse(text: string) {
  return parseFluxConfig({ path: 'dev/.flux.yaml', bytes: new TextEncoder().encode(text) });
}

function config(text: string): FluxConfig {
  const result = parse(text);
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('\n'));
  return result.config;
}

function problems(text: string): string[] {
  const result = parse(text);
  if (result.ok) throw new Error('it is valid');
  return result.problems.map(({ position, message }) => `${position?.line}:${position?.col} ${message}`);
}

describe('a .flux.yaml', () => {
  it('generates, and updates by commands', () => {
    const text = `---
version: 1
commandUpdated:
  generators:
    - command: echo g1
    - {command: echo g2, timeout: 2m}
  updaters:
    - containerImage: {command: echo image}
      policy:
        command: echo policy
    - policy: {command: echo more}
`;
    expect(config(text)).toMatchObject({
      kind: 'commandUpdated',
      position: { file: 'dev/.flux.yaml', line: 3, col: 1 },
      generators: [
        { command: 'echo g1', timeoutMs: undefined, position: { line: 5, col: 16 } },
        { command: 'echo g2', timeoutMs: 120_000 },
      ],
      updaters: [
        { containerImage: { command: 'echo image' }, policy: { command: 'echo policy' } },
        { containerImage: undefined, policy: { command: 'echo more' } },
      ],
    });
  });

  it('generates, and updates by patches', () => {
    const text = 'version: 1\npatchUpdated:\n  generators: [{command: foo}, {command: bar}]\n  patchFile: ./baz.yaml\n';
    expect(config(text)).toMatchObject({
      kind: 'patchUpdated',
      generators: [{ command: 'foo' }, { command: 'bar' }],
      patchFile: { value: './baz.yaml', position: { line: 4, col: 14 } },
    });
  });

  it.each(['version: 1\nscanForFiles: {}\n', 'version: 1\nscanForFiles:\n'])('resets: %j', (text) => {
    expect(config(text)).toEqual({ kind: 'scanForFiles' });
  });

  it.each([
    { name: 'commandUpdated', text: 'version: 1\ncommandUpdated:\n  generators: []\n' },
    { name: 'patchUpdated', text: 'version: 1\npatchUpdated:\n  generators: []\n  patchFile: foo.yaml\n' },
  ])('may generate nothing: $name', ({ text }) => {
    expect(config(text)).toMatchObject({ generators: [] });
  });

  it('has commands of several lines, with anchors', () => {
    const text = `version: 1
commandUpdated:
  generators:
    - &g
      command: |
        echo one
        echo two
    - *g
`;
    expect(config(text)).toMatchObject({
      generators: [{ command: 'echo one\necho two\n' }, { command: 'echo one\necho two\n' }],
    });
  });

  it('asks for the usual time where it asks for less than a second, as Flux did', () => {
    expect(config('version: 1\ncommandUpdated: {generators: [{command: a, timeout: 10ms}]}')).toMatchObject({
      generators: [{ timeoutMs: undefined }],
    });
  });

  it.each([
    { name: 'is empty', text: '', expected: ['1:1 file is empty'] },
    { name: 'is a comment', text: '# later\n', expected: ['1:1 file is empty'] },
    {
      name: 'is no mapping',
      text: '- a\n',
      expected: ['1:1 .flux.yaml has something else than a mapping as the file'],
    },
    {
      name: 'has two documents',
      text: 'version: 1\nscanForFiles: {}\n---\nversion: 1\n',
      expected: ['4:1 .flux.yaml holds a second document'],
    },
    {
      name: 'has another version',
      text: 'version: 2\n',
      expected: ['1:10 .flux.yaml has a version other than 1', '1:1 .flux.yaml does not say how manifests are made'],
    },
    {
      name: 'has a version that is a text',
      text: 'version: "1"\nscanForFiles: {}\n',
      expected: ['1:10 .flux.yaml has a version other than 1'],
    },
    { name: 'has no version', text: 'scanForFiles: {}\n', expected: ['1:1 .flux.yaml has no version'] },
    { name: 'has no kind', text: 'version: 1\n', expected: ['1:1 .flux.yaml does not say how manifests are made'] },
    {
      name: 'has no generators',
      text: 'version: 1\ncommandUpdated: {}\n',
      expected: ['2:17 .flux.yaml has no generators'],
    },
    {
      name: 'has no patchFile',
      text: 'version: 1\npatchUpdated:\n  generators: []\n',
      expected: ['3:3 .flux.yaml has no patchFile here'],
    },
    {
      name: 'has two kinds',
      text: 'version: 1\npatchUpdated: {generators: [], patchFile: p}\ncommandUpdated: {generators: []}\n',
      expected: ['2:1 .flux.yaml has patchUpdated beside commandUpdated'],
    },
    {
      name: 'has a generator that is no mapping',
      text: 'version: 1\npatchUpdated:\n  generators:\n  - not an object\n  patchFile: p\n',
      expected: ['4:5 .flux.yaml has something else than a mapping as a generator'],
    },
    {
      name: 'has generators that are no list',
      text: 'version: 1\ncommandUpdated:\n  generators: make\n',
      expected: ['3:15 .flux.yaml has something else than a list as generators'],
    },
    {
      name: 'has a patchFile beside updaters',
      text: 'version: 1\ncommandUpdated:\n  generators: []\n  patchFile: foo.yaml\n',
      expected: ['4:3 .flux.yaml has an unknown key patchFile'],
    },
    {
      name: 'has a key twice',
      text: 'version: 1\ncommandUpdated:\n  generators: []\n  generators: []\n',
      expected: ['4:3 .flux.yaml has generators twice'],
    },
    {
      name: 'has something in scanForFiles',
      text: 'version: 1\nscanForFiles: {path: a}\n',
      expected: ['2:16 .flux.yaml has an unknown key path'],
    },
    {
      name: 'has an empty command',
      text: 'version: 1\ncommandUpdated: {generators: [{command: ""}]}\n',
      expected: ['2:41 .flux.yaml has something else than text as command'],
    },
    {
      name: 'has a negative timeout',
      text: 'version: 1\ncommandUpdated: {generators: [{command: a, timeout: -1m}]}\n',
      expected: ['2:53 .flux.yaml has a timeout that is no duration'],
    },
    {
      name: 'has the format of old',
      text: 'generators: [{command: a}]\nupdaters: []\n',
      expected: ['1:1 .flux.yaml has the format that .flux.yaml had before its first release'],
    },
  ])('is refused where it $name', ({ text, expected }) => {
    expect(problems(text)).toEqual(expected);
  });

  it('says what was meant', () => {
    const result = parse('version: 1\npatchupdated: {}\n');
    expect(result.ok ? [] : result.problems.map(({ hint }) => hint)).toContain("Did you mean 'patchUpdated'?");
  });

  it('that is no YAML is refused at its place', () => {
    expect(problems('version: 1\npatchUpdated: {\n')[0]).toMatch(/^3:1 file cannot be read as YAML/);
  });
});
