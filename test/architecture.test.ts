/** The rules of docs/architecture.md: which room may import which, and what the code of a room may touch. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, scanSource } from './architecture/source-scan.ts';

interface Room {
  /** Sources, as prefixes of paths in src, that may be imported; lazily or not. */
  readonly any: readonly string[];
  /** Sources of which only types may be imported. */
  readonly types: readonly string[];
  /** Packages and built-in modules; `node:` stands for all of the latter. */
  readonly packages: readonly string[];
  readonly packageTypes?: readonly string[];
}

/** A room that talks to the world: its own SDK beside what every one of them may use. */
function adapter(name: string, packages: readonly string[] = []): Room {
  return { any: [`${name}/`, 'base/', 'core/'], types: ['command/adapters/'], packages: ['node:', ...packages] };
}

const ROOMS: Readonly<Record<string, Room>> = {
  base: { any: ['base/'], types: [], packages: ['node:'] },
  core: {
    any: ['core/', 'base/errors.ts', 'base/assert.ts', 'base/nearest.ts', 'base/printable.ts'],
    types: [],
    packages: ['yaml', 're2js'],
    packageTypes: ['zod'],
  },
  config: {
    any: ['config/', 'core/', 'base/'],
    types: [],
    packages: ['yaml', 'zod', 'node:util', 'node:path/posix'],
  },
  registry: adapter('registry'),
  repository: adapter('repository'),
  cluster: adapter('cluster', ['@kubernetes/client-node/dist/config.js']),
  notify: adapter('notify'),
  render: adapter('render'),
  command: { any: ['command/', 'core/', 'base/'], types: ['config/', 'host/'], packages: [] },
  host: { any: ['host/', 'base/'], types: ['core/'], packages: ['node:'] },
  entry: {
    any: [
      'entry/',
      'host/',
      'config/',
      'command/',
      'registry/',
      'repository/',
      'cluster/',
      'notify/',
      'render/',
      'core/',
      'base/',
      '../package.json',
    ],
    types: [],
    packages: ['node:'],
  },
};

/** Files that may import a package which the rest of their room may not. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'host/actions.ts': ['@actions/core', '@actions/github/lib/context.js'],
};

/** What files outside entry may use of the process. */
const PROCESS_EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // Ending a child's whole process group needs both.
  'base/exec.ts': ['kill', 'platform'],
  // The runner is a process of its own; the toolkit writes to it in the same way.
  'host/actions.ts': ['stderr'],
};

/** What makes the same call give different answers, or reaches outside the program. */
const IMPURE: Readonly<Record<string, RegExp>> = {
  'the clock': /\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)|\bperformance\s*\./,
  chance: /\bMath\s*\.\s*random\b|\bcrypto\s*\./,
  timers: /\bset(?:Timeout|Interval|Immediate)\b/,
  'the network': /\bfetch\s*\(|\bnew\s+WebSocket\b/,
  'the process': /\bprocess\b|\bglobalThis\b/,
  'the console': /\bconsole\s*\./,
};

const MAX_LINES = 350;
const NAMELESS = /^(?:utils?|helpers|common|misc|managers?)$/;

const SRC = path.join(import.meta.dirname, '..', 'src');

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map((file) => {
    const text = readFileSync(path.join(SRC, file), 'utf8');
    return { file, room: file.split('/')[0] ?? '', text, ...scanSource(text) };
  });

describe('the rooms', () => {
  it('are all in the table', () => {
    const rooms = new Set(sources.map(({ room }) => room));
    expect([...rooms].filter((room) => !Object.hasOwn(ROOMS, room))).toEqual([]);
  });

  it.each(Object.keys(ROOMS))('%s imports only what it may', (room) => {
    const wrong = sources
      .filter((source) => source.room === room)
      .flatMap(({ file, imports }) =>
        imports
          .filter((found) => !mayImport(file, room, found))
          .map((found) => `${file} → ${found.specifier} (${found.kind})`),
      );
    expect(wrong).toEqual([]);
  });

  it('are entered by nobody at src/entry', () => {
    const wrong = sources.filter(
      ({ file, room, imports }) =>
        room !== 'entry' && imports.some((found) => target(file, found).name.startsWith('entry/')),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const cases: readonly { file: string; specifier: string; kind: Import['kind']; may: boolean }[] = [
    { file: 'core/images/a.ts', specifier: '../../base/errors.ts', kind: 'value', may: true },
    { file: 'core/images/a.ts', specifier: '../../base/secret.ts', kind: 'value', may: false },
    { file: 'core/images/a.ts', specifier: '../../base/clock.ts', kind: 'type', may: false },
    { file: 'core/images/a.ts', specifier: 'node:fs', kind: 'value', may: false },
    { file: 'core/images/a.ts', specifier: 'zod', kind: 'type', may: true },
    { file: 'core/images/a.ts', specifier: 'zod', kind: 'value', may: false },
    { file: 'core/images/a.ts', specifier: 're2js', kind: 'lazy', may: true },
    { file: 'registry/a.ts', specifier: '../cluster/b.ts', kind: 'type', may: false },
    { file: 'registry/a.ts', specifier: '../command/adapters/registries.ts', kind: 'type', may: true },
    { file: 'registry/a.ts', specifier: '../command/adapters/registries.ts', kind: 'value', may: false },
    { file: 'registry/a.ts', specifier: '../config/config.ts', kind: 'type', may: false },
    { file: 'registry/a.ts', specifier: '@kubernetes/client-node/dist/config.js', kind: 'lazy', may: false },
    { file: 'cluster/a.ts', specifier: '@kubernetes/client-node/dist/config.js', kind: 'lazy', may: true },
    { file: 'cluster/a.ts', specifier: '@kubernetes/client-node', kind: 'lazy', may: false },
    { file: 'command/run.ts', specifier: '../config/config.ts', kind: 'type', may: true },
    { file: 'command/run.ts', specifier: '../config/config.ts', kind: 'value', may: false },
    { file: 'command/run.ts', specifier: '../registry/a.ts', kind: 'type', may: false },
    { file: 'command/run.ts', specifier: '@actions/core', kind: 'value', may: false },
    { file: 'host/actions.ts', specifier: '@actions/core', kind: 'value', may: true },
    { file: 'host/actions.ts', specifier: '@actions/github', kind: 'value', may: false },
    {
      file: 'host/actions.ts',
      specifier: '../../node_modules/@actions/github/lib/context.js',
      kind: 'value',
      may: true,
    },
    { file: 'host/terminal.ts', specifier: '@actions/core', kind: 'value', may: false },
    { file: 'notify/a.ts', specifier: '../../node_modules/yaml/dist/index.js', kind: 'value', may: false },
    { file: 'host/terminal.ts', specifier: '../command/run.ts', kind: 'type', may: false },
    { file: 'entry/cli.ts', specifier: '../command/run.ts', kind: 'lazy', may: true },
    { file: 'base/a.ts', specifier: '../core/b.ts', kind: 'type', may: false },
    { file: 'base/a.ts', specifier: '../../test/c.ts', kind: 'value', may: false },
  ];
  it.each(cases)('$file may import $specifier ($kind): $may', ({ file, specifier, kind, may }) => {
    expect(mayImport(file, file.split('/')[0] ?? '', { specifier, kind })).toBe(may);
  });
});

describe('the code', () => {
  it.each(Object.entries(IMPURE))('of core never touches %s', (_, pattern) => {
    const wrong = sources.filter(({ room, code }) => room === 'core' && pattern.test(code));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('touches the process only in entry', () => {
    const wrong = sources.flatMap(({ file, room, code, imports }) => {
      if (room === 'entry') return [];
      const touched = [...code.matchAll(/(?<![.\w])process\s*\.\s*(\w+)|\bglobalThis\s*\.\s*process\b/g)].map(
        (match) => match[1] ?? 'process',
      );
      if (imports.some(({ specifier }) => specifier === 'node:process')) touched.push('node:process');
      return touched.filter((name) => !PROCESS_EXCEPTIONS[file]?.includes(name)).map((name) => `${file}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('writes to the console only in entry and host', () => {
    const wrong = sources.filter(({ room, code }) => !['entry', 'host'].includes(room) && /\bconsole\s*\./.test(code));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('has no default exports and no require', () => {
    const wrong = sources.filter(({ code }) =>
      /\bexport\s+default\b|\bas\s+default\b|(?<![.\w])require\s*\(/.test(code),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

describe('the files', () => {
  it(`have at most ${MAX_LINES} lines`, () => {
    const wrong = sources.filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES);
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('and directories are named after what is in them', () => {
    const wrong = sources.filter(({ file }) =>
      file
        .replace(/\.ts$/, '')
        .split(/[/-]/)
        .some((word) => NAMELESS.test(word)),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('begin with a line that says what they are', () => {
    const wrong = sources.filter(({ text }) => !/^(?:#![^\n]*\n)?(?:\/\*\*|\/\/)|^import[\s\S]*?\n\/\*\*/.test(text));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
});

function mayImport(file: string, room: string, found: Import): boolean {
  const rules = ROOMS[room];
  if (rules === undefined) return false;
  const isType = found.kind === 'type';
  const imported = target(file, found);
  if (imported.own) return matches(imported.name, rules.any) || (isType && matches(imported.name, rules.types));
  const packages = [...rules.packages, ...(EXCEPTIONS[file] ?? []), ...(isType ? (rules.packageTypes ?? []) : [])];
  return packages.some((name) => name === imported.name || (name === 'node:' && imported.name.startsWith('node:')));
}

/** The imported source as a path in src, or the package with the path in it, by whichever way it is written. */
function target(file: string, found: Import): { readonly own: boolean; readonly name: string } {
  if (!found.specifier.startsWith('.')) return { own: false, name: found.specifier };
  const name = path.posix.normalize(path.posix.join(path.posix.dirname(file), found.specifier));
  const inPackage = /^\.\.\/node_modules\/(.*)$/.exec(name)?.[1];
  return inPackage === undefined ? { own: true, name } : { own: false, name: inPackage };
}

function matches(file: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => (prefix.endsWith('/') ? file.startsWith(prefix) : file === prefix));
}
