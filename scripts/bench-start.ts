/**
 * `npm run bench:start [-- RUNS]`: how long `dist/cli.js --version` takes beside an empty script on the same Node.
 * Both are started in turn, so that a busy machine slows both; the goal is a ratio of at most 2.5.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const GOAL = 2.5;

function main(): void {
  const runs = Number(process.argv[2] ?? 30);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('the number of runs must be a positive integer');
  const directory = mkdtempSync(path.join(tmpdir(), 'bench-start-'));
  try {
    const empty = path.join(directory, 'empty.js');
    writeFileSync(empty, '');
    const cli = path.join(import.meta.dirname, '..', 'dist', 'cli.js');
    const times = measureInTurn([[empty], [cli, '--version']], runs);
    const [base, start] = times.map(median);
    if (base === undefined || start === undefined) throw new Error('nothing was measured');
    console.log(`node ${process.version}, ${process.platform}-${process.arch}, median of ${runs} runs each`);
    console.log(`empty script       ${base.toFixed(1)} ms`);
    console.log(`cli.js --version   ${start.toFixed(1)} ms`);
    console.log(`ratio              ${(start / base).toFixed(2)} (goal: at most ${GOAL})`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function measureInTurn(commands: readonly (readonly string[])[], runs: number): readonly (readonly number[])[] {
  const times: number[][] = commands.map(() => []);
  // One run of each before the first that counts: the files are then in the machine's cache.
  for (let run = -1; run < runs; run++) {
    for (const [index, args] of commands.entries()) {
      const start = performance.now();
      const { status, error } = spawnSync(process.execPath, args, { stdio: 'ignore' });
      if (error !== undefined || status !== 0) throw new Error(`${args.join(' ')} failed`, { cause: error });
      if (run >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

main();
