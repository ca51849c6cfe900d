/** Folders with an input and the output that belongs to it. `UPDATE_GOLDEN=1` writes the outputs anew, to be read in the diff. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures');
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** Names of the folders in `test/fixtures/<area>`, sorted. */
export function behaviours(area: string): string[] {
  return readdirSync(path.join(FIXTURES, area)).sort();
}

/** The text of a file of a folder, or undefined where it has none. */
export function input(area: string, behaviour: string, name: string): string | undefined {
  const file = path.join(FIXTURES, area, behaviour, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Fails unless the folder holds exactly `outputs` beside `inputs`. */
export function expectGolden(
  area: string,
  behaviour: string,
  given: { readonly inputs: readonly string[]; readonly outputs: Readonly<Record<string, string>> },
): void {
  const folder = path.join(FIXTURES, area, behaviour);
  if (UPDATE) for (const [name, text] of Object.entries(given.outputs)) writeFileSync(path.join(folder, name), text);
  for (const [name, text] of Object.entries(given.outputs)) {
    expect(text, `${behaviour}/${name}`).toBe(readFileSync(path.join(folder, name), 'utf8'));
  }
  const known = [...given.inputs, ...Object.keys(given.outputs)];
  expect(readdirSync(folder).filter((name) => !known.includes(name))).toEqual([]);
}
