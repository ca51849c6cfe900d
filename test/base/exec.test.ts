import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exec } from '../../src/base/exec.ts';

const node = process.execPath;
const env = { PATH: process.env['PATH'] };

function run(script: string, options: Partial<Parameters<typeof exec>[2]> = {}, args: readonly string[] = []) {
  return exec(node, ['-e', script, '--', ...args], { env, ...options });
}

describe('exec', () => {
  it('gives exit code, output and errors apart', async () => {
    const result = await run('process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 7');
    expect({ ...result, stdout: result.stdout.toString() }).toEqual({ exitCode: 7, stdout: 'out', stderr: 'err' });
  });

  it('hands arguments over as they are, without a shell', async () => {
    const args = ['$(echo no)', 'two words', '', "it's", '*', 'line\nbreak', '; exit 3'];
    const result = await run('process.stdout.write(JSON.stringify(process.argv.slice(1)))', {}, args);
    expect(JSON.parse(result.stdout.toString())).toEqual(args);
  });

  it('gives the child only the environment it was told', async () => {
    const result = await exec(node, ['-p', 'JSON.stringify(process.env)'], { env: { ONLY: 'this' } });
    expect(JSON.parse(result.stdout.toString())).toEqual({ ONLY: 'this' });
  });

  it('writes input larger than a pipe holds and reads as much back', async () => {
    const input = Buffer.alloc(3_000_000, 'towpath ');
    const result = await run('process.stdin.pipe(process.stdout)', { input });
    expect(result.stdout.equals(input)).toBe(true);
  });

  it('does not mind a child that ends without reading its input', async () => {
    const result = await run('process.stdin.destroy()', { input: Buffer.alloc(3_000_000) });
    expect(result.exitCode).toBe(0);
  });

  it('keeps the last 64 KiB of errors, with characters whole that arrive in pieces', async () => {
    const result = await run('process.stderr.write("x".repeat(200_001) + "ä".repeat(20_000))');
    expect(result.stderr).toHaveLength(64 * 1024);
    expect(result.stderr).toMatch(/^x+ä{20000}$/);
  });

  it('gives 128 and the signal number for a child that a signal ended', async () => {
    const result = await run('process.kill(process.pid, "SIGINT"); setInterval(() => {}, 1000)');
    expect(result.exitCode).toBe(130);
  });

  it('stops a child that writes more than it may', async () => {
    const endless = 'const write = () => process.stdout.write("x".repeat(65536), write); write()';
    await expect(run(endless, { maxOutputBytes: 1_000_000 })).rejects.toMatchObject({ code: 'COMMAND_OUTPUT_LIMIT' });
  });

  it('stops a child that takes too long, and says which', async () => {
    await expect(run('setInterval(() => {}, 1000)', { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'COMMAND_TIMEOUT',
      message: `${node} did not end within 50 ms`,
    });
  });

  it('rejects with the reason of the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const running = run('setInterval(() => {}, 1000)', { signal: controller.signal });
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  it('starts nothing where the signal is aborted already', async () => {
    const reason = new Error('too late');
    await expect(exec('no-such-command', [], { env, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('lets a child that is stopped clean up', async () => {
    await using scratch = await scratchDirectory();
    const file = join(scratch.path, 'cleaned');
    const script = `process.on('SIGTERM', () => { require('fs').writeFileSync(${JSON.stringify(file)}, 'yes'); process.exit(0) });
      console.log('ready'.repeat(20000)); setInterval(() => {}, 1000)`;
    await expect(run(script, { maxOutputBytes: 50_000, graceMs: 60_000 })).rejects.toMatchObject({
      code: 'COMMAND_OUTPUT_LIMIT',
    });
    await expect(readFile(file, 'utf8')).resolves.toBe('yes');
  });

  it('kills a child that does not end when it is asked to', async () => {
    const script = `process.on('SIGTERM', () => {}); console.log('ready'.repeat(20000)); setInterval(() => {}, 1000)`;
    await expect(run(script, { maxOutputBytes: 50_000, graceMs: 20 })).rejects.toMatchObject({
      code: 'COMMAND_OUTPUT_LIMIT',
    });
  });

  it('takes the processes that the child started with it', async () => {
    await using scratch = await scratchDirectory();
    const file = join(scratch.path, 'pid');
    const script = `const child = require('child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'inherit' });
      require('fs').writeFileSync(${JSON.stringify(file)}, String(child.pid)); console.log('ready'.repeat(20000)); setInterval(() => {}, 1000)`;
    await expect(run(script, { maxOutputBytes: 50_000 })).rejects.toMatchObject({ code: 'COMMAND_OUTPUT_LIMIT' });
    const pid = Number(await readFile(file, 'utf8'));
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('says so where the command does not exist', async () => {
    await expect(exec('no-such-command', [], { env })).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
      message: 'cannot start no-such-command: no such command',
      hint: 'Install no-such-command, or add its directory to PATH.',
    });
  });

  it('does not blame the command where the directory is missing', async () => {
    await expect(run('', { cwd: '/no/such/directory' })).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: `cannot start ${node}: its directory /no/such/directory does not exist`,
    });
  });

  it('refuses an argument that no process can be given, without repeating it', async () => {
    await expect(exec(node, ['secret\0value'], { env })).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: `cannot start ${node} (ERR_INVALID_ARG_VALUE)`,
    });
  });
});

async function scratchDirectory() {
  const path = await mkdtemp(join(tmpdir(), 'towpath-exec-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Whether the process runs; a zombie, which nobody has waited for yet, does not. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return !/\) Z /.test(stat);
  } catch {
    try {
      process.kill(pid, 0);
      return process.platform !== 'linux';
    } catch {
      return false;
    }
  }
}
