/** What is committed in `dist/`: built once, in memory, and compared. */
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareWith } from '../../scripts/build.ts';
import { type Bundle, bundle, ENTRIES, loadedWith, startBytes } from '../../scripts/bundle.ts';
import { bundledPackages } from '../../scripts/licenses.ts';
import { ROOT } from './project.ts';

const ENTRY_FILES = Object.keys(ENTRIES).map((name) => `${name}.js`);

describe('dist', () => {
  let built: Bundle;
  beforeAll(async () => {
    built = await bundle({ root: ROOT });
  });

  it('is what the sources build (npm run build)', () => {
    expect(compareWith(path.join(ROOT, 'dist'), built)).toEqual([]);
  });

  it.each(ENTRY_FILES)('%s starts with at most 400 KB', (entry) => {
    expect(built.outputs.has(entry)).toBe(true);
    expect(startBytes(built, entry)).toBeLessThanOrEqual(400_000);
  });

  it.each(ENTRY_FILES)('%s starts without the Kubernetes client', (entry) => {
    const inputs = [...loadedWith(built, entry)].flatMap((file) => built.outputs.get(file)?.inputs ?? []);
    expect(inputs.filter((input) => /node_modules\/@kubernetes\/client-node\//.test(input))).toEqual([]);
  });

  it('has the Kubernetes client in a chunk that is loaded when it is asked for', () => {
    const withClient = [...built.outputs].filter(([, { inputs }]) =>
      inputs.some((input) => input.includes('node_modules/@kubernetes/client-node/')),
    );
    expect(withClient.map(([file]) => file)).toHaveLength(1);
    const lazy = new Set([...built.outputs.values()].flatMap((output) => output.lazyImports));
    const loadedLazily = [...lazy].flatMap((file) => [...loadedWith(built, file)]);
    expect(loadedLazily).toContain(withClient[0]?.[0]);
  });

  it('names every bundled package in licenses.txt', () => {
    const inputs = [...built.outputs.values()].flatMap((output) => output.inputs);
    const text = built.files.get('licenses.txt') ?? '';
    const missing = bundledPackages(ROOT, inputs).filter(
      ({ name, version, license, text: terms }) =>
        !text.includes(`\n${name} ${version} (${license})\n`) || !text.includes(terms),
    );
    expect(missing).toEqual([]);
  });

  it('is an ES module whatever lies around it, and knows nothing of the machine that built it', () => {
    expect(JSON.parse(built.files.get('package.json') ?? '')).toEqual({ type: 'module' });
    for (const [file, text] of built.files) expect(text.includes(ROOT), file).toBe(false);
  });
});
