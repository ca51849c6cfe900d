/** Clones of real remotes in a directory of the test's own, with a git configuration of the test's own. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Clock } from '../../src/base/clock.ts';
import { exec } from '../../src/base/exec.ts';
import type { Secret } from '../../src/base/secret.ts';
import { type OpenedRepository, openRepository, type RepositoryOptions } from '../../src/repository/open-repository.ts';

export interface Workplace extends AsyncDisposable {
  readonly directory: string;
  /** The environment of the run under test. */
  readonly env: NodeJS.ProcessEnv;
  /** What was handed to `mask`. */
  readonly masked: string[];
  /** What was slept, in milliseconds; nothing is waited for. */
  readonly slept: number[];
  /** Runs git as the user would and gives its stdout; throws unless it exits with 0. */
  git(cwd: string, ...args: string[]): Promise<string>;
  /** Clones `url` to a directory of this name. */
  clone(url: string, options?: { name?: string; args?: readonly string[] }): Promise<string>;
  /** An empty repository with `url` as its origin: nothing is fetched yet. */
  connect(url: string): Promise<string>;
  write(path: string, content: string | Buffer): Promise<void>;
  open(directory: string, options?: Partial<RepositoryOptions>): Promise<OpenedRepository>;
}

/** 2026-01-02 03:04:05 UTC. */
export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

export async function createWorkplace(): Promise<Workplace> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'towpath-repository-')));
  const home = join(directory, 'home');
  await mkdir(home);
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  const identity = { GIT_AUTHOR_NAME: 'User', GIT_AUTHOR_EMAIL: 'user@example.com' };
  const committer = { GIT_COMMITTER_NAME: 'User', GIT_COMMITTER_EMAIL: 'user@example.com' };
  const masked: string[] = [];
  const slept: number[] = [];
  const clock: Clock = {
    now: () => NOW_MS,
    sleep: async (ms) => {
      slept.push(ms);
    },
  };
  async function git(cwd: string, ...args: string[]): Promise<string> {
    const result = await exec('git', args, { cwd, env: { ...env, ...identity, ...committer } });
    if (result.exitCode !== 0) throw new Error(`git ${args.join(' ')} failed: ${result.stderr}`);
    return result.stdout.toString('utf8');
  }
  return {
    directory,
    env,
    masked,
    slept,
    git,
    async clone(url, { name = 'clone', args = [] } = {}) {
      await git(directory, 'clone', '--quiet', ...args, url, name);
      return join(directory, name);
    },
    async connect(url) {
      await git(directory, 'init', '--quiet', 'clone');
      const clone = join(directory, 'clone');
      await git(clone, 'remote', 'add', 'origin', url);
      return clone;
    },
    async write(path, content) {
      const file = join(directory, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    },
    open: (where, options = {}) =>
      openRepository({
        directory: where,
        env,
        clock,
        mask: (secret: Secret) => masked.push(secret.reveal()),
        ...options,
      }),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

export function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

export function change(path: string, text: string): { path: string; bytes: Uint8Array } {
  return { path, bytes: Buffer.from(text) };
}
