import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exec } from '../../src/base/exec.ts';
import { type GitRemoteOptions, startGitRemote } from './git-remote.ts';
import { temporaryDirectory } from './processes.ts';

/** A remote and a clone of it. */
async function cloned(options: GitRemoteOptions = {}) {
  await using parts = new AsyncDisposableStack();
  const remote = parts.use(await startGitRemote(options));
  const place = parts.use(await temporaryDirectory());
  const run = (cwd: string, args: string[]) => {
    const env = { PATH: process.env['PATH'], GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null' };
    const url = new URL(remote.url);
    const header = `Authorization: Basic ${Buffer.from(`x-access-token:${options.token ?? ''}`).toString('base64')}`;
    const auth = ['-c', `http.${url.origin}/.extraHeader=${options.token === undefined ? '' : header}`];
    return exec('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...auth, ...args], { cwd, env });
  };
  const directory = join(place.path, 'clone');
  const clone = await run(place.path, ['clone', '--quiet', remote.url, directory]);
  expect(clone).toMatchObject({ exitCode: 0 });
  const owned = parts.move();
  return {
    remote,
    git: (...args: string[]) => run(directory, args),
    read: (path: string) => readFile(join(directory, path), 'utf8'),
    async change(path: string, content: string) {
      await writeFile(join(directory, path), content);
      await run(directory, ['add', path]);
      await run(directory, ['commit', '--quiet', '--message', `Change ${path}`]);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

test('a clone has the files of the first commit, and a push arrives as a commit', async () => {
  const files = { 'a/b.yaml': 'one: 1\n', run: { content: '#!/bin/sh\n', mode: '100755' } } as const;
  await using place = await cloned({ files });
  expect(await place.read('a/b.yaml')).toBe('one: 1\n');
  await place.change('a/b.yaml', 'one: 2\n');
  expect(await place.git('push', '--quiet', 'origin', 'master')).toMatchObject({ exitCode: 0 });

  const { remote } = place;
  expect(await remote.read('a/b.yaml')).toBe('one: 2\n');
  expect(await remote.read('a/missing.yaml')).toBeNull();
  expect(await remote.list()).toEqual(['a/b.yaml', 'run']);
  expect(await remote.git(['ls-tree', 'master', 'run'])).toMatch(/^100755 /);
  expect(await remote.log()).toEqual([
    {
      sha: await remote.head(),
      author: 'Test <test@example.com>',
      committer: 'Test <test@example.com>',
      message: 'Change a/b.yaml',
    },
    expect.objectContaining({ message: 'Begin', author: 'Somebody Else <else@example.com>' }),
  ]);
  const services = new Set(remote.requests.map(({ method, service }) => `${method} ${service}`));
  expect([...services].sort()).toEqual([
    'GET git-receive-pack',
    'GET git-upload-pack',
    'POST git-receive-pack',
    'POST git-upload-pack',
  ]);
});

test('a large push, which git sends in chunks, arrives whole', async () => {
  await using place = await cloned({ files: { a: '' } });
  const noise = Array.from({ length: 200_000 }, (_, i) => (i * 2654435761) % 4294967296).join('\n');
  await place.change('large', noise);
  expect(await place.git('push', '--quiet', 'origin', 'master')).toMatchObject({ exitCode: 0 });
  expect(await place.remote.read('large')).toBe(noise);
});

test('somebody else commits to any branch, adding and removing files', async () => {
  await using remote = await startGitRemote({ files: { a: '1', b: '1' }, branch: 'main' });
  const moved = await remote.commit({ files: { a: null, 'c "quoted"/d': '1' }, message: 'Move' });
  expect(await remote.head()).toBe(moved);
  expect(await remote.list('main')).toEqual(['b', 'c "quoted"/d']);
  await remote.commit({ branch: 'other', files: { x: '1' } });
  expect(await remote.list('other')).toEqual(['x']);
  expect(await remote.head('main')).toBe(moved);
  expect(await remote.head('nowhere')).toBeNull();
});

test('a push that is not a fast-forward is rejected', async () => {
  await using place = await cloned({ files: { a: '1' } });
  await place.change('a', '2');
  const theirs = await place.remote.commit({ files: { a: '3' } });
  const push = await place.git('push', '--quiet', 'origin', 'master');
  expect(push.exitCode).not.toBe(0);
  expect(await place.remote.head()).toBe(theirs);
});

test('the branch can be moved while a push is under way', async () => {
  await using place = await cloned({ files: { a: '1' } });
  await place.change('a', '2');
  let theirs = '';
  place.remote.onPush(async () => {
    theirs = await place.remote.commit({ files: { a: '3' } });
  });
  const push = await place.git('push', '--quiet', 'origin', 'master');
  expect(push.exitCode).not.toBe(0);
  expect(push.stderr).toMatch(/rejected|failed to update ref/);
  expect(await place.remote.head()).toBe(theirs);
});

test('pushes can be refused with a message, and allowed again', async () => {
  await using place = await cloned({ files: { a: '1' } });
  await place.change('a', '2');
  await place.remote.refusePushes('the branch is protected');
  const refused = await place.git('push', '--quiet', 'origin', 'master');
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stderr).toContain('the branch is protected');
  await place.remote.refusePushes(null);
  expect(await place.git('push', '--quiet', 'origin', 'master')).toMatchObject({ exitCode: 0 });
});

test('with a token, only who knows it is let in', async () => {
  await using place = await cloned({ files: { a: '1' }, token: 'right' });
  await using temporary = await temporaryDirectory();
  const url = new URL(place.remote.url);
  url.username = 'x-access-token';
  url.password = 'wrong';
  const before = place.remote.requests.length;
  const env = { PATH: process.env['PATH'], GIT_TERMINAL_PROMPT: '0' };
  const refused = await exec('git', ['clone', '--quiet', url.href, 'clone'], { cwd: temporary.path, env });
  expect(refused.exitCode).not.toBe(0);
  expect(place.remote.requests.slice(before).map((request) => request.authorized)).not.toContain(true);
});

test('a remote leaves no directory behind', async () => {
  const remote = await startGitRemote({ files: { a: '1' } });
  await remote[Symbol.asyncDispose]();
  expect(existsSync(remote.directory)).toBe(false);
});
