import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeLikeIn, errorCodesIn } from './error-codes.ts';
import { codes, filesBelow, plain, ROOT, tablesOf } from './pages.ts';

const PAGE = 'docs/troubleshooting.md';

/** What the extractor takes for a code and is none: the `yaml` package's word for too many aliases, part of a sentence. */
const NO_CODES = ['ALIASES'];

/** Strings of the same form that are something else: variables of the environment, and words of others. */
const OTHER_WORDS = [
  /^(?:GITHUB|RUNNER|ACTIONS)_/,
  /^GIT_(?!FAILED$)/,
  /^(?:HTTPS?|NO)_PROXY$/,
  /^(?:NO_COLOR|XDG_CACHE_HOME|DOCKER_CONFIG|SLACK_WEBHOOK_URL|TOWPATH_CACHE)$/,
  /^AWS_|^AZURE_|^GOOGLE_/,
  /^(?:BLOCK_FOLDED|BLOCK_LITERAL|QUOTE_DOUBLE|QUOTE_SINGLE|MULTIPLE_DOCS)$/,
  /^ERR_/,
  /^LC_|^SSL_CERT_|^OUTPUT_LIMIT$/,
];

const sources = filesBelow('src', '.ts').map((file) => readFileSync(path.join(ROOT, file), 'utf8'));
const inSources = [...new Set(sources.flatMap(errorCodesIn))].filter((code) => !NO_CODES.includes(code)).sort();
const onPage = tablesOf(PAGE)
  .filter((table) => table.head[0] === 'code')
  .flatMap((table) => table.rows.map(([code]) => plain(code)));

describe('the page of errors', () => {
  it('has every code of the sources and no other', () => {
    expect(onPage.toSorted()).toEqual(inSources);
  });

  it('has each code once, with what it means and what to do', () => {
    expect(new Set(onPage).size).toBe(onPage.length);
    for (const { head, rows } of tablesOf(PAGE)) {
      for (const row of rows) {
        expect(row).toHaveLength(head.length);
        expect(row.every((cell) => cell !== '')).toBe(true);
      }
    }
  });

  it('quotes rows as the sources write them', () => {
    const firsts = ['what you see', 'reason of the row'];
    const cells = tablesOf(PAGE)
      .filter(({ head }) => firsts.includes(head[0] ?? ''))
      .flatMap(({ rows }) => rows.flatMap(([cell]) => codes(cell)));
    const parts = cells.flatMap((cell) =>
      cell.replace(/^(?:skipped|failed|created|configured|unchanged):/, '').split('…'),
    );
    const words = parts.map((part) => part.replace(/[\s:;]+$/, '').trim()).filter((part) => part !== '');
    expect(words.length).toBeGreaterThan(15);
    expect(words.filter((part) => !sources.some((source) => source.includes(part)))).toEqual([]);
  });

  it('misses no string of the sources that looks like a code', () => {
    const known = (word: string) => onPage.includes(word) || OTHER_WORDS.some((pattern) => pattern.test(word));
    expect([...new Set(sources.flatMap(codeLikeIn))].filter((word) => !known(word))).toEqual([]);
  });
});

describe('the extractor of codes', () => {
  it.each([
    {
      name: 'members of a union',
      source: "export type XErrorCode =\n  /** a; b */\n  | 'A_B'\n  | 'C';",
      codes: ['A_B', 'C'],
    },
    { name: 'a field', source: "return { severity, code: 'A_B', message };", codes: ['A_B'] },
    { name: 'a field that is checked', source: "({ code: 'A_B' satisfies T })", codes: ['A_B'] },
    { name: 'both sides of a choice', source: "const code = status === 401 ? 'A_B' : 'C_D';", codes: ['A_B', 'C_D'] },
    { name: 'a typed variable', source: "const code: XErrorCode = 'A_B';", codes: ['A_B'] },
    {
      name: 'the first argument of an error',
      source: "throw new TowpathError<XErrorCode>(\n  'A',\n  x)",
      codes: ['A'],
    },
    { name: 'the first argument of a function', source: "throw registryError('A_B', message)", codes: ['A_B'] },
    { name: 'a constant of its own name', source: "export const A_B = 'A_B';", codes: ['A_B'] },
    { name: 'no comparison', source: "if (error.code === 'ENOENT' || code !== 'A_B') return;", codes: [] },
    { name: 'no comment', source: "  // code: 'A_B'\n /** code: 'C_D' */", codes: [] },
  ])('finds $name', ({ source, codes }) => {
    expect(errorCodesIn(source)).toEqual(codes);
  });
});
