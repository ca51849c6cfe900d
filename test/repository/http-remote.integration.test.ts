import { existsSync } from 'node:fs';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exec } from '../../src/base/exec.ts';
import { Secret } from '../../src/base/secret.ts';
import type { NewCommit, Snapshot } from '../../src/command/adapters/repository.ts';
import type { RepositoryOptions } from '../../src/repository/open-repository.ts';
import { startGitRemote } from '../control-plane/git-remote.ts';
import { startFaultyProxy } from './faulty-proxy.ts';
import { change, createWorkplace, textOf, type Workplace } from './workplace.ts';

const TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
const files = { 'a.yaml': 'one: 1\n', 'b.yaml': 'two: 1\n' };

function commitOn(snapshot: Snapshot, text: string): NewCommit {
  const author = { name: 'Towpath', email: 'towpath@example.com' };
  return { snapshot, changes: [change('a.yaml', text)], message: 'Auto-release', author };
}

/** What the entry gives in a workflow on the server of `url`. */
function tokenFor(url: string): Pick<RepositoryOptions, 'githubToken' | 'serverUrl'> {
  return { githubToken: new Secret(TOKEN), serverUrl: new URL(url).origin };
}

describe('the token', () => {
  it('authenticates fetch and push, and stands in no argument and in no file', async () => {
    await using remote = await startGitRemote({ files, token: TOKEN });
    await using place = await createWorkplace();
    const clone = await place.connect(remote.url);
    const env = { ...place.env, PATH: await pathWithNotingGit(place) };

    const repository = await place.open(clone, { ...tokenFor(remote.url), env });
    const snapshot = await repository.branchHead('master');
    const result = await repository.push(commitOn(snapshot, 'one: 2\n'));

    expect(result).toEqual({ kind: 'pushed', sha: await remote.head() });
    expect(place.masked).toEqual(expect.arrayContaining([TOKEN, BASIC]));
    expect(await readFile(join(place.directory, 'arguments.log'), 'utf8')).toContain('push --porcelain');
    for (const file of await filesBelow(place.directory)) {
      const content = await readFile(file, 'latin1');
      expect(content.includes(TOKEN) || content.includes(BASIC), file).toBe(false);
    }
  });

  it.each([
    { name: 'is wrong', token: 'ghs_wrong' },
    { name: 'is missing', token: undefined },
  ])('is asked for at once where it $name', async ({ token }) => {
    await using remote = await startGitRemote({ files, token: TOKEN });
    await using place = await createWorkplace();
    const options = { ...tokenFor(remote.url), githubToken: token === undefined ? undefined : new Secret(token) };
    const repository = await place.open(await place.connect(remote.url), options);
    const error = await failureOf(repository.branchHead('master'));
    expect(error).toMatchObject({
      code: 'REMOTE_UNAUTHORIZED',
      subject: 'master',
      hint: expect.stringContaining('permissions: contents: write'),
    });
    expect(JSON.stringify([error, error.message])).not.toContain('ghs_wrong');
    expect(place.slept).toEqual([]);
    expect(remote.requests.every((request) => request.service === 'git-upload-pack')).toBe(true);
  });

  it('goes to no other server than its own', async () => {
    await using remote = await startGitRemote({ files });
    await using proxy = await startFaultyProxy(remote.url, () => null);
    await using place = await createWorkplace();
    const clone = await place.connect(`${proxy.url}/config.git`);
    const repository = await place.open(clone, { githubToken: new Secret(TOKEN), serverUrl: 'https://github.com' });
    await repository.push(commitOn(await repository.branchHead('master'), 'one: 2\n'));
    expect(proxy.requests.length).toBeGreaterThan(2);
    expect(proxy.requests.filter((request) => request.authorization !== undefined)).toEqual([]);
  });

  it.each([{ status: 301 }, { status: 302 }, { status: 307 }])(
    'follows no redirect ($status) of its server',
    async ({ status }) => {
      await using remote = await startGitRemote({ files });
      await using elsewhere = await startFaultyProxy(remote.url, () => null);
      await using server = await startFaultyProxy(remote.url, ({ path }) => ({
        kind: 'status',
        status,
        headers: { location: `${elsewhere.url}${path}` },
      }));
      await using place = await createWorkplace();
      const clone = await place.connect(`${server.url}/config.git`);
      const repository = await place.open(clone, tokenFor(server.url));
      await expect(repository.branchHead('master')).rejects.toMatchObject({
        code: 'REMOTE_UNREACHABLE',
        hint: expect.stringContaining('git remote set-url'),
      });
      expect(server.requests[0]?.authorization).toBe(`basic ${BASIC}`);
      expect(elsewhere.requests).toEqual([]);
    },
  );

  it('gives way to the header that a checkout has left in the configuration', async () => {
    await using remote = await startGitRemote({ files });
    await using proxy = await startFaultyProxy(remote.url, () => null);
    await using place = await createWorkplace();
    const clone = await place.connect(`${proxy.url}/config.git`);
    await place.git(clone, 'config', `http.${proxy.url}/.extraheader`, 'AUTHORIZATION: basic checkout');
    const repository = await place.open(clone, tokenFor(proxy.url));
    await repository.push(commitOn(await repository.branchHead('master'), 'one: 2\n'));
    expect(new Set(proxy.requests.map((request) => request.authorization))).toEqual(new Set(['basic checkout']));
  });

  it('gives way to a header that comes by a conditional include', async () => {
    await using remote = await startGitRemote({ files });
    await using proxy = await startFaultyProxy(remote.url, () => null);
    await using place = await createWorkplace();
    const clone = await place.connect(`${proxy.url}/config.git`);
    await place.write('credentials', `[http "${proxy.url}/"]\n\textraheader = AUTHORIZATION: basic included\n`);
    await place.git(clone, 'config', `includeIf.gitdir:${clone}/.git.path`, join(place.directory, 'credentials'));
    const repository = await place.open(clone, tokenFor(proxy.url));
    await repository.branchHead('master');
    expect(new Set(proxy.requests.map((request) => request.authorization))).toEqual(new Set(['basic included']));
  });

  it('gives way to a password in the URL, which is never shown', async () => {
    const password = 'pa55-w0rd';
    await using remote = await startGitRemote({ files, token: password });
    await using place = await createWorkplace();
    const clone = await place.connect(remote.url.replace('//', `//me:${password}@`));
    const repository = await place.open(clone, tokenFor(remote.url));
    const snapshot = await repository.branchHead('master');
    await remote.refusePushes(`no pushes, says ${password} of http://me:${password}@host/`);
    const error = await failureOf(repository.push(commitOn(snapshot, 'one: 2\n')));
    expect(error).toMatchObject({ code: 'PUSH_REJECTED' });
    expect(JSON.stringify([error, error.message, String(error.stack)])).not.toContain(password);
    expect(place.masked).toContain(password);
  });
});

describe('a network that fails', () => {
  it('is tried again: two faults cost nothing but time', async () => {
    await using remote = await startGitRemote({ files });
    await using proxy = await startFaultyProxy(remote.url, (_, earlier) => {
      if (earlier.length === 0) return { kind: 'status', status: 503 };
      return earlier.length === 1 ? { kind: 'cut' } : null;
    });
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(`${proxy.url}/config.git`));
    const snapshot = await repository.branchHead('master');
    expect(textOf((await snapshot.read(['a.yaml'])).files[0]?.bytes)).toBe('one: 1\n');
    expect(place.slept).toEqual([1_000, 2_000]);
  });

  it('is given up after three tries', async () => {
    await using remote = await startGitRemote({ files });
    await using proxy = await startFaultyProxy(remote.url, () => ({ kind: 'status', status: 500 }));
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(`${proxy.url}/config.git`));
    await expect(repository.branchHead('master')).rejects.toMatchObject({
      code: 'REMOTE_UNREACHABLE',
      message: expect.stringContaining('The requested URL returned error: 500'),
    });
    expect(proxy.requests).toHaveLength(3);
  });

  it('does not make a commit twice whose answer got lost', async () => {
    await using remote = await startGitRemote({ files });
    await using proxy = await startFaultyProxy(remote.url, ({ method, path }, earlier) => {
      const isPush = method === 'POST' && path.endsWith('/git-receive-pack');
      return isPush && !earlier.some((request) => request.path === path) ? { kind: 'lose-answer' } : null;
    });
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(`${proxy.url}/config.git`));
    const snapshot = await repository.branchHead('master');

    const result = await repository.push(commitOn(snapshot, 'one: 2\n'));

    expect(result).toEqual({ kind: 'pushed', sha: await remote.head() });
    expect(await remote.log()).toHaveLength(2);
  });

  it('makes a commit again that got lost on the way', async () => {
    await using remote = await startGitRemote({ files });
    await using proxy = await startFaultyProxy(remote.url, ({ method, path }, earlier) => {
      const isPush = method === 'POST' && path.endsWith('/git-receive-pack');
      return isPush && !earlier.some((request) => request.path === path) ? { kind: 'cut' } : null;
    });
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(`${proxy.url}/config.git`));
    const snapshot = await repository.branchHead('master');
    expect(await repository.push(commitOn(snapshot, 'one: 2\n'))).toEqual({ kind: 'pushed', sha: await remote.head() });
    expect(await remote.log()).toHaveLength(2);
    expect(place.slept).toEqual([1_000]);
  });

  it('notices that somebody else pushed while its own commit got lost', async () => {
    await using remote = await startGitRemote({ files });
    await using proxy = await startFaultyProxy(remote.url, ({ method, path }) =>
      method === 'POST' && path.endsWith('/git-receive-pack') ? { kind: 'cut' } : null,
    );
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(`${proxy.url}/config.git`));
    const snapshot = await repository.branchHead('master');
    const other = await remote.commit({ files: { 'b.yaml': 'two: 2\n' } });
    expect(await repository.push(commitOn(snapshot, 'one: 2\n'))).toEqual({ kind: 'moved' });
    expect(await remote.head()).toBe(other);
  });

  it('is not waited for once the run is cancelled', async () => {
    await using remote = await startGitRemote({ files });
    const arrived = Promise.withResolvers<void>();
    await using proxy = await startFaultyProxy(remote.url, () => {
      arrived.resolve();
      return { kind: 'hang' };
    });
    await using place = await createWorkplace();
    const clone = await place.connect(`${proxy.url}/config.git`);
    const repository = await place.open(clone);
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const reading = repository.branchHead('master', controller.signal);
    await Promise.all([expect(reading).rejects.toBe(reason), arrived.promise.then(() => controller.abort(reason))]);
    expect((await filesBelow(clone)).filter((file) => file.endsWith('.lock'))).toEqual([]);
  });
});

describe('a push over HTTP', () => {
  it('does not overwrite a commit that arrives between its fetch and its push', async () => {
    await using remote = await startGitRemote({ files, token: TOKEN });
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(remote.url), tokenFor(remote.url));
    const snapshot = await repository.branchHead('master');
    let other = '';
    // The branch moves after git has looked at it and before the server takes the commit.
    remote.onPush(async () => {
      remote.onPush(null);
      other = await remote.commit({ files: { 'b.yaml': 'two: 2\n' } });
    });
    expect(await repository.push(commitOn(snapshot, 'one: 2\n'))).toEqual({ kind: 'moved' });
    expect(await remote.head()).toBe(other);

    const again = await repository.branchHead('master');
    expect(await repository.push(commitOn(again, 'one: 2\n'))).toMatchObject({ kind: 'pushed' });
    expect(await remote.read('b.yaml')).toBe('two: 2\n');
  });

  it('lets exactly one of several win', async () => {
    await using remote = await startGitRemote({ files });
    await using place = await createWorkplace();
    const repositories = await Promise.all(
      ['first', 'second', 'third'].map(async (name) =>
        place.open(await place.clone(remote.url, { name, args: ['--depth=1'] })),
      ),
    );
    const commits = await Promise.all(
      repositories.map(async (repository, index) =>
        commitOn(await repository.branchHead('master'), `one: by ${index}\n`),
      ),
    );
    const results = await Promise.all(repositories.map((repository, index) => repository.push(commits[index]!)));
    expect(results.filter((result) => result.kind === 'pushed')).toEqual([
      { kind: 'pushed', sha: await remote.head() },
    ]);
    expect(await remote.log()).toHaveLength(2);
  });

  it('repeats what a protected branch answers', async () => {
    await using remote = await startGitRemote({ files });
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(remote.url));
    const snapshot = await repository.branchHead('master');
    await remote.refusePushes('error: GH006: Protected branch update failed for refs/heads/master.');
    await expect(repository.push(commitOn(snapshot, 'one: 2\n'))).rejects.toMatchObject({
      code: 'PUSH_REJECTED',
      message: expect.stringContaining(
        '(pre-receive hook declined): GH006: Protected branch update failed for refs/heads/master.',
      ),
    });
  });

  it('says that the token may only read', async () => {
    await using remote = await startGitRemote({ files });
    await remote.git(['config', 'http.receivepack', 'false']);
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(remote.url));
    const snapshot = await repository.branchHead('master');
    await expect(repository.push(commitOn(snapshot, 'one: 2\n'))).rejects.toMatchObject({
      code: 'REMOTE_UNAUTHORIZED',
      hint: expect.stringContaining('contents: write'),
    });
  });

  it('works from a shallow and partial clone, which fetches the files that are read in one request', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`dir/${index}.yaml`, `n: ${index}\n`]));
    await using remote = await startGitRemote({ files: { ...files, ...many }, token: TOKEN });
    await using place = await createWorkplace();
    const args = [
      '--depth=1',
      '--filter=blob:none',
      '--no-checkout',
      `--config=http.extraheader=Authorization: basic ${BASIC}`,
    ];
    const clone = await place.clone(remote.url, { args });
    await place.git(clone, 'config', '--unset', 'http.extraheader');
    const repository = await place.open(clone, tokenFor(remote.url));
    const snapshot = await repository.branchHead('master');
    const before = remote.requests.filter((request) => request.method === 'POST').length;
    const read = await snapshot.read(Object.keys(many));
    expect(read.files.map((file) => textOf(file.bytes))).toEqual(Object.values(many));
    expect(remote.requests.filter((request) => request.method === 'POST').length - before).toBeLessThanOrEqual(2);
    await snapshot.read(['a.yaml']);
    const fetches = () => remote.requests.filter((request) => request.service === 'git-upload-pack').length;
    const fetchesBefore = fetches();
    expect(await repository.push(commitOn(snapshot, 'one: 2\n'))).toMatchObject({ kind: 'pushed' });
    expect(await remote.read('dir/7.yaml')).toBe('n: 7\n');
    expect(fetches()).toBe(fetchesBefore);
  });

  it('says that the repository is not there', async () => {
    await using remote = await startGitRemote({ files });
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(remote.url.replace('config.git', 'other.git')));
    await expect(repository.branchHead('master')).rejects.toMatchObject({ code: 'REMOTE_NOT_FOUND' });
  });
});

/** A PATH on which `git` writes down its arguments before it is git. */
async function pathWithNotingGit(place: Workplace): Promise<string> {
  const env = { PATH: process.env['PATH'] };
  const real = (await exec('sh', ['-c', 'command -v git'], { env })).stdout.toString('utf8').trim();
  const log = join(place.directory, 'arguments.log');
  await place.write('bin/git', `#!/bin/sh\nprintf '%s ' "$@" >> '${log}'\necho >> '${log}'\nexec '${real}' "$@"\n`);
  await chmod(join(place.directory, 'bin/git'), 0o755);
  return `${join(place.directory, 'bin')}:${process.env['PATH']}`;
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => existsSync(file));
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error('it should have failed');
    },
    (error: Error) => error,
  );
}
