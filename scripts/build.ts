/** `npm run build` writes `dist/`; with `--check` it writes nothing and exits 1 where what is committed differs. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Bundle, bundle, ENTRIES, startBytes } from './bundle.ts';

export type Difference = { readonly file: string; readonly kind: 'differs' | 'missing' | 'not built' };

/** How the files of `directory` differ from `built`, sorted by name; empty where they are the same. */
export function compareWith(directory: string, built: Bundle): readonly Difference[] {
  const present = new Set(list(directory));
  const differences: Difference[] = [];
  for (const [file, text] of built.files) {
    if (!present.has(file)) differences.push({ file, kind: 'missing' });
    else if (!Buffer.from(text).equals(readFileSync(path.join(directory, file)))) {
      differences.push({ file, kind: 'differs' });
    }
  }
  for (const file of present) if (!built.files.has(file)) differences.push({ file, kind: 'not built' });
  return differences.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Makes `directory` hold exactly the files of `built`. */
export function write(directory: string, built: Bundle): void {
  mkdirSync(directory, { recursive: true });
  for (const { file, kind } of compareWith(directory, built)) {
    if (kind === 'not built') rmSync(path.join(directory, file), { recursive: true });
    else writeFileSync(path.join(directory, file), built.files.get(file) ?? '');
  }
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function check(directory: string, built: Bundle): void {
  const differences = compareWith(directory, built);
  for (const { file, kind } of differences) console.error(`dist/${file}: ${kind}`);
  if (differences.length > 0) {
    console.error('dist is not what the sources build. Run `npm run build` and commit dist with the change.');
    process.exitCode = 1;
  }
}

function report(built: Bundle): void {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`.padStart(10);
  for (const [file, { bytes }] of built.outputs) {
    const start = Object.hasOwn(ENTRIES, file.replace(/\.js$/, ''))
      ? `, ${kilobytes(startBytes(built, file)).trim()} to start`
      : '';
    console.log(`${kilobytes(bytes)}  dist/${file}${start}`);
  }
}

async function main(): Promise<void> {
  const root = path.join(import.meta.dirname, '..');
  const dist = path.join(root, 'dist');
  const built = await bundle({ root });
  if (process.argv.includes('--check')) {
    check(dist, built);
    return;
  }
  write(dist, built);
  report(built);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
