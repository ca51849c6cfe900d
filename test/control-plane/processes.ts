/** Node processes of tests that must outlive, kill or race each other. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'towpath-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface Script extends AsyncDisposable {
  readonly child: ChildProcess;
  /** The next line that it writes to stdout, as JSON; fails when it ends without one. */
  next(): Promise<unknown>;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/**
 * Runs TypeScript source in another process; `@/` at the beginning of an import stands for this directory. Disposing kills
 * the process.
 */
export async function startScript(source: string, env: NodeJS.ProcessEnv = process.env): Promise<Script> {
  const directory = await mkdtemp(join(tmpdir(), 'towpath-script-'));
  const file = join(directory, 'script.ts');
  await writeFile(file, source.replaceAll("'@/", `'${fileURLToPath(new URL('.', import.meta.url))}`));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    child,
    ended,
    async next() {
      const line = await lines.next();
      if (line.done === true) throw new Error(`the script ended with ${await ended} without a word`);
      return JSON.parse(line.value);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
