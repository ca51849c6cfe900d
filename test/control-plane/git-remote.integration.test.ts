import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exec } from '../../src/base/exec.ts';
import { startGitRemote } from './git-remote.ts';

async function git(cwd: string, ...args: string[]) {
  const env = { PATH: process.env['PATH'], GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null' };
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return exec('git', [...identity, ...args], { cwd, env });
}

async function temporaryDirectory() {
  const directory = await mkdtemp(join(tmpdir(), 'towpath-test-'));
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) };
}

test('a clone has the files of the first commit, and a push arrives as a commit', async () => {
  await using remote = await startGitRemote({
    files: { 'a/b.yaml': 'one: 1\n', run: { content: '#!/bin/sh\n', mode: '100755' } },
  });
  await using place = await temporaryDirectory();
  const clone = join(place.directory, 'clone');
  expect(await git(place.directory, 'clone', '--quiet', remote.url, clone)).toMatchObject({ exitCode: 0 });
  expect(await readFile(join(clone, 'a/b.yaml'), 'utf8')).toBe('one: 1\n');

  await writeFile(join(clone, 'a/b.yaml'), 'one: 2\n');
  await git(clone, 'commit', '--quiet', '--all', '--message', 'Raise one');
  expect(await git(clone, 'push', '--quiet', 'origin', 'master')).toMatchObject({ exitCode: 0 });

  expect(await remote.read('a/b.yaml')).toBe('one: 2\n');
  expect(await remote.list()).toEqual(['a/b.yaml', 'run']);
  expect((await remote.log()).map((commit) => commit.message)).toEqual(['Raise one', 'Begin']);
  expect(remote.requests.filter((request) => request.service === 'git-receive-pack').length).toBeGreaterThan(0);
});
