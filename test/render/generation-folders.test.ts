/** Each folder is a repository, what is asked of it, and what comes out. `UPDATE_GOLDEN=1` writes the outputs anew. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/base/errors.ts';
import { createGenerators } from '../../src/render/generators.ts';
import { type Case, carryOut, type Outcome } from './carry-out.ts';
import { treeOnDisk } from './tree-on-disk.ts';

const FOLDERS = path.join(import.meta.dirname, '..', 'fixtures', 'generation', 'repositories');
const INPUTS = ['case.json', 'tree'];

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'towpath-generation-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('a repository with a .flux.yaml', () => {
  it.each(readdirSync(FOLDERS).sort())('%s', async (behaviour) => {
    const folder = path.join(FOLDERS, behaviour);
    const given = JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')) as Case;
    const generators = createGenerators({ env: process.env, scratch: async () => scratch, redact: (text) => text });
    const outcome = await carryOut(given, treeOnDisk(path.join(folder, 'tree')), generators);
    expectOutputs(folder, outputsOf(outcome));
    expect(readdirSync(scratch)).toEqual([]);
  });
});

function outputsOf(outcome: Outcome): Map<string, string> {
  const outputs = new Map<string, string>();
  if (outcome.raw.length > 0) outputs.set('raw.txt', lines(outcome.raw));
  const manifests = outcome.files.map(({ path: name, bytes }) => `# ${name}\n${Buffer.from(bytes)}`);
  if (manifests.length > 0) outputs.set('manifests.yaml', manifests.join(''));
  for (const change of outcome.changes) outputs.set(`after/${change.path}`, Buffer.from(change.bytes).toString());
  if (outcome.problems.length > 0) outputs.set('problems.txt', lines(outcome.problems.map(line)));
  return outputs;
}

function line({ severity, code, message, position, hint }: Problem): string {
  const place = position === undefined ? '' : `${position.file}:${position.line}:${position.col}: `;
  return `${place}${severity} ${code}: ${message}${hint === undefined ? '' : `\n    ${hint}`}`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

function expectOutputs(folder: string, outputs: ReadonlyMap<string, string>): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    for (const name of outputsIn(folder)) rmSync(path.join(folder, name));
    for (const [name, text] of outputs) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  }
  const there = outputsIn(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
  expect(Object.fromEntries(outputs)).toEqual(Object.fromEntries(there));
}

function outputsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => !INPUTS.includes(name.split('/')[0] ?? '') && statSync(path.join(folder, name)).isFile());
}
