// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources under test have templates of their own.
import { describe, expect, it } from 'vitest';
import { scanSource } from './source-scan.ts';

describe('the imports of a source', () => {
  it.each([
    { name: 'a named import', source: `import { a } from './a.ts';`, imports: [['./a.ts', 'value']] },
    { name: 'double quotes', source: `import { a } from "./a.ts";`, imports: [['./a.ts', 'value']] },
    { name: 'several lines', source: `import {\n  a,\n  b as c,\n} from './a.ts';`, imports: [['./a.ts', 'value']] },
    { name: 'a namespace', source: `import * as z from 'zod';`, imports: [['zod', 'value']] },
    { name: 'a default import', source: `import fs from 'node:fs';`, imports: [['node:fs', 'value']] },
    { name: 'a name that is `type`', source: `import type from './type.ts';`, imports: [['./type.ts', 'value']] },
    { name: 'an import for its effect', source: `import './a.ts';`, imports: [['./a.ts', 'value']] },
    { name: 'a type import', source: `import type { A } from './a.ts';`, imports: [['./a.ts', 'type']] },
    {
      name: 'inline types, which leave an import for its effect behind',
      source: `import { type A } from './a.ts';`,
      imports: [['./a.ts', 'value']],
    },
    { name: 'a re-export', source: `export { a } from './a.ts';`, imports: [['./a.ts', 'value']] },
    { name: 'a re-export of types', source: `export type { A } from './a.ts';`, imports: [['./a.ts', 'type']] },
    { name: 'a re-export of all', source: `export * from './a.ts';`, imports: [['./a.ts', 'value']] },
    {
      name: 'a lazy import',
      source: `const { a } = await import('./a.ts');`,
      imports: [['./a.ts', 'lazy']],
    },
    {
      name: 'a lazy import with attributes',
      source: `await import('./a.json', { with: { type: 'json' } });`,
      imports: [['./a.json', 'lazy']],
    },
    {
      name: 'a lazy import inside a template',
      source: 'const a = `${(await import("./a.ts")).a} and ${{ b: { c: 1 } }.b.c} ${`${1}`}`; import "./b.ts";',
      imports: [
        ['./a.ts', 'lazy'],
        ['./b.ts', 'value'],
      ],
    },
    {
      name: 'several, in order',
      source: `import type { A } from './a.ts';\nimport { b } from './b.ts';\nexport const x = 1;\nexport * from './c.ts';`,
      imports: [
        ['./a.ts', 'type'],
        ['./b.ts', 'value'],
        ['./c.ts', 'value'],
      ],
    },
    {
      name: 'comments',
      source: `// import './a.ts';\n/* import './b.ts'; */ import './c.ts';`,
      imports: [['./c.ts', 'value']],
    },
    { name: 'strings', source: `const text = "import './a.ts'"; const other = 'it\\'s from "x"';`, imports: [] },
    { name: 'templates', source: "const text = `import './a.ts' from './b.ts' \\` ${'${'} '`;", imports: [] },
    {
      name: 'regular expressions with quotes and slashes',
      source: `const a = /['"\`/]+\\//u; const b = x.replace(/[/'"]/g, '') / 2; import './c.ts';`,
      imports: [['./c.ts', 'value']],
    },
    {
      name: 'divisions',
      source: `const a = (b / c) / d; import './c.ts'; const e = f / g;`,
      imports: [['./c.ts', 'value']],
    },
    { name: 'the words elsewhere', source: `const important = { from: 'x' }; export const from = 'y';`, imports: [] },
  ])('reads $name', ({ source, imports }) => {
    expect(scanSource(source).imports.map(({ specifier, kind }) => [specifier, kind])).toEqual(imports);
  });

  it('refuses a lazy import that is not a plain string', () => {
    expect(() => scanSource('await import(name);')).toThrow('plain string');
    expect(() => scanSource('await import(`./${name}.ts`);')).toThrow('plain string');
  });

  it('keeps code and blanks what only looks like code', () => {
    const { code } = scanSource(
      "a(process.env); // Date.now()\nconst b = 'fetch('; const c = `Math.random() ${Date.now()}`;",
    );
    expect(code).toContain('process.env');
    expect(code).not.toContain('fetch');
    expect(code).not.toContain('Math.random');
    expect(code.match(/Date\.now/g)).toHaveLength(1);
  });
});
