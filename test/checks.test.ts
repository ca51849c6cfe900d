/** The checks of `npm run check` that read the whole project, so that one command covers them with the tests. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..');

describe('the whole project', () => {
  it.each([
    { name: 'has no type errors', script: 'typescript/bin/tsc', args: ['--noEmit'] },
    { name: 'is formatted and free of lint', script: '@biomejs/biome/bin/biome', args: ['check', '.'] },
    { name: 'has no unused files, exports or dependencies', script: 'knip/bin/knip.js', args: ['--no-progress'] },
  ])('$name', async ({ script, args }) => {
    const { code, output } = await run(path.join(ROOT, 'node_modules', script), args);
    expect(code, output).toBe(0);
  });
});

async function run(script: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}
