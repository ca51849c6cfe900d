/** The documentation as its tests read it: pages, fenced blocks, tables, headings. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../..');

/** Every page that people read, relative to the root. */
export const PAGES: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...filesBelow('docs', '.md'),
  ...filesBelow('examples', '.md'),
];

export interface Snippet {
  readonly page: string;
  /** `page:line` of the opening fence. */
  readonly place: string;
  /** All words behind the fence: `yaml towpath`. */
  readonly language: string;
  readonly text: string;
}

export interface Table {
  /** The heading above it, without marks. */
  readonly heading: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function readPage(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

/** Files below `directory` whose names end with `ending`, dot files included, relative to the root and sorted. */
export function filesBelow(directory: string, ending: string): string[] {
  const entries = readdirSync(path.join(ROOT, directory), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Fenced blocks of a page, in its order. */
export function snippetsOf(page: string): Snippet[] {
  const text = readPage(page);
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    page,
    place: `${page}:${text.slice(0, match.index).split('\n').length}`,
    language: match[1] ?? '',
    text: match[2] ?? '',
  }));
}

/** Tables of a page; cells keep their marks, `\|` is a bar. */
export function tablesOf(page: string): Table[] {
  const tables: { heading: string; head: readonly string[]; rows: (readonly string[])[] }[] = [];
  let heading = '';
  let open: (typeof tables)[number] | undefined;
  for (const line of proseLines(page)) {
    if (/^#+ /.test(line)) heading = line.replace(/^#+ /, '');
    if (!line.startsWith('|')) open = undefined;
    else if (open === undefined) {
      open = { heading, head: cellsOf(line), rows: [] };
      tables.push(open);
    } else if (!/^\|[\s:|-]+\|$/.test(line)) open.rows.push(cellsOf(line));
  }
  return tables;
}

/** The one table of `page` whose first column is called `first`, below a heading that is `heading` where one is given. */
export function tableOf(page: string, { first, heading }: { first: string; heading?: string }): Table {
  const found = tablesOf(page).filter(
    (table) => table.head[0] === first && (heading === undefined || table.heading === heading),
  );
  const [table] = found;
  if (table === undefined || found.length !== 1) throw new Error(`${page} has ${found.length} tables of ${first}`);
  return table;
}

/** A cell's text without code marks and emphasis. */
export function plain(cell: string | undefined): string {
  return (cell ?? '').replaceAll('`', '').replaceAll('**', '').trim();
}

/** The names in code marks of a cell. */
export function codes(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

/** The anchors that a page's headings have on GitHub. */
export function anchorsOf(page: string): string[] {
  const headings = proseLines(page).flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

/** Lines outside of fenced blocks. */
function proseLines(page: string): string[] {
  return readPage(page)
    .replace(/^```.*\n[\s\S]*?^```$/gm, '')
    .split('\n');
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}
