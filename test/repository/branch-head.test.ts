import { existsSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenedRepository } from '../../src/repository/open-repository.ts';
import { type GitRemote, startGitRemote } from '../control-plane/git-remote.ts';
import { createWorkplace, textOf, type Workplace } from './workplace.ts';

describe('branchHead', () => {
  it('gives the head of the remote, not the one that the clone knows', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    const later = await remote.commit({ files: { 'a.yaml': 'one: 2\n', 'b.yaml': 'two: 2\n' } });

    const snapshot = await (await place.open(clone)).branchHead('master');

    expect(snapshot).toMatchObject({ branch: 'master', revision: later });
    expect(snapshot.entries).toEqual([
      { path: 'a.yaml', kind: 'file', size: 7 },
      { path: 'b.yaml', kind: 'file', size: 7 },
    ]);
    const { files, problems } = await snapshot.read(['b.yaml', 'a.yaml']);
    expect(files.map((file) => [file.path, textOf(file.bytes)])).toEqual([
      ['b.yaml', 'two: 2\n'],
      ['a.yaml', 'one: 2\n'],
    ]);
    expect(problems).toEqual([]);
  });

  it('leaves branches, tags, FETCH_HEAD, index and working tree as they are', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    await place.write('clone/a.yaml', 'one: 1 # being edited\n');
    await place.write('clone/new.yaml', 'new: 1\n');
    await place.git(clone, 'add', 'new.yaml');
    await remote.commit({ files: { 'a.yaml': 'one: 2\n' } });
    await remote.git(['tag', 'v1', 'master']);
    const before = await stateOf(place, clone);

    await (await place.open(clone)).branchHead('master');

    expect(await stateOf(place, clone)).toEqual(before);
    expect(existsSync(join(clone, '.git/FETCH_HEAD'))).toBe(false);
  });

  it('stays as it was when the branch moves on', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const first = await repository.branchHead('master');
    await remote.commit({ files: { 'a.yaml': 'one: 2\n', 'b.yaml': 'b' } });
    const second = await repository.branchHead('master');

    expect(textOf((await first.read(['a.yaml'])).files[0]?.bytes)).toBe('one: 1\n');
    expect(first.entries).toHaveLength(1);
    expect(textOf((await second.read(['a.yaml'])).files[0]?.bytes)).toBe('one: 2\n');
  });

  it('follows a branch that was rewritten', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const first = await repository.branchHead('master');
    await remote.commit({ files: { 'a.yaml': 'one: 2\n' } });
    await repository.branchHead('master');
    await remote.git(['update-ref', 'refs/heads/master', first.revision ?? '']);

    expect((await repository.branchHead('master')).revision).toBe(first.revision);
  });

  it('finds branches whose names lie inside each other, one after the other', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    await remote.git(['branch', 'feature', 'master']);
    await repository.branchHead('feature');
    await remote.git(['branch', '-D', 'feature']);
    const inner = await remote.commit({ branch: 'feature/x', files: { 'b.yaml': 'two: 2\n' } });

    expect((await repository.branchHead('feature/x')).revision).toBe(inner);
  });

  it('ignores what the user has configured for fetching', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    for (const [key, value] of [
      ['fetch.prune', 'true'],
      ['fetch.pruneTags', 'true'],
      ['remote.origin.tagOpt', '--tags'],
      ['fetch.recurseSubmodules', 'true'],
      ['color.ui', 'always'],
      ['core.fsmonitor', join(clone, 'no-such-program')],
    ] as const) {
      await place.git(clone, 'config', key, value);
    }
    await place.git(clone, 'tag', 'mine');
    await place.git(clone, 'update-ref', 'refs/remotes/origin/gone', 'HEAD');
    const before = await place.git(clone, 'for-each-ref');

    const snapshot = await (await place.open(clone)).branchHead('master');

    expect(snapshot.entries).toHaveLength(1);
    expect(ownRefsOut(await place.git(clone, 'for-each-ref'))).toBe(before);
  });

  it('reads the same branch for two callers at once', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    const [one, other] = await Promise.all([place.open(clone), place.open(clone)]);
    for (let round = 0; round < 3; round++) {
      const sha = await remote.commit({ files: { 'a.yaml': `round: ${round}\n` } });
      const snapshots = await Promise.all([one.branchHead('master'), other.branchHead('master')]);
      expect(snapshots.map((snapshot) => snapshot.revision)).toEqual([sha, sha]);
    }
  });

  it('rejects with the reason of an aborted signal', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const reason = new Error('cancelled');
    await expect(repository.branchHead('master', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('branchHead of a name', () => {
  const stack = new AsyncDisposableStack();
  let remote: GitRemote;
  let repository: OpenedRepository;
  beforeAll(async () => {
    remote = stack.use(await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } }));
    const place = stack.use(await createWorkplace());
    repository = await place.open(await place.clone(`file://${remote.directory}`));
  });
  afterAll(() => stack.disposeAsync());

  it.each([
    { branch: 'feature/x' },
    { branch: '-evil' },
    { branch: '--upload-pack=evil' },
    { branch: 'größe/日本' },
    { branch: 'HEAD' },
    { branch: 'a%2Fb' },
  ])('reads a branch named $branch', async ({ branch }) => {
    const sha = await remote.commit({ branch, files: { 'b.yaml': 'two: 2\n' } });
    expect(await repository.branchHead(branch)).toMatchObject({ branch, revision: sha });
  });

  it.each([
    { branch: '' },
    { branch: 'a b' },
    { branch: 'master:refs/heads/other' },
    { branch: '*' },
    { branch: 'a..b' },
    { branch: 'x.lock' },
    { branch: 'a\0b' },
    { branch: 'a\nb' },
    { branch: '../../config' },
  ])('refuses $branch, which is no name of a branch', async ({ branch }) => {
    await expect(repository.branchHead(branch)).rejects.toMatchObject({ code: 'BRANCH_INVALID' });
  });
});

describe('branchHead in a clone that is not whole', () => {
  it('works in the shallow, detached checkout that a workflow starts with', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    const head = await remote.commit({ files: { 'a.yaml': 'one: 2\n' } });
    await using place = await createWorkplace();
    const clone = await checkoutAsActions(place, { url: `file://${remote.directory}`, branch: 'master', sha: head });
    const later = await remote.commit({ files: { 'a.yaml': 'one: 3\n' } });

    const repository = await place.open(clone);
    const snapshot = await repository.branchHead('master');

    expect(snapshot.revision).toBe(later);
    expect(textOf((await snapshot.read(['a.yaml'])).files[0]?.bytes)).toBe('one: 3\n');
    expect((await place.git(clone, 'rev-parse', 'HEAD')).trim()).toBe(head);
  });

  it('reads another branch of a shallow clone without its history', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await remote.git(['branch', 'production', 'master']);
    for (let round = 0; round < 5; round++) {
      await remote.commit({ branch: 'production', files: { 'a.yaml': `production: ${round}\n` } });
    }
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`, { args: ['--depth=1', '--branch=master'] });

    const snapshot = await (await place.open(clone)).branchHead('production');

    expect(textOf((await snapshot.read(['a.yaml'])).files[0]?.bytes)).toBe('production: 4\n');
    expect((await place.git(clone, 'rev-list', '--count', snapshot.revision ?? '')).trim()).toBe('1');
  });

  it('keeps as much history as the clone had', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'round: first\n' } });
    for (let round = 0; round < 6; round++) await remote.commit({ files: { 'a.yaml': `round: ${round}\n` } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`, { args: ['--depth=4'] });
    const repository = await place.open(clone);
    await repository.branchHead('master');
    expect((await place.git(clone, 'rev-list', '--count', 'HEAD')).trim()).toBe('4');

    await remote.commit({ files: { 'a.yaml': 'round: last\n' } });
    const snapshot = await repository.branchHead('master');
    expect((await place.git(clone, 'rev-list', '--count', snapshot.revision ?? '')).trim()).toBe('4');
  });

  it('fetches the files of a partial clone when they are read, all in one go', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `dir-${index % 4}/file-${index}.yaml`);
    const files = Object.fromEntries(names.map((name) => [name, `name: ${name}\n`]));
    await using remote = await startGitRemote({ files: { ...files, 'unwanted.bin': 'x'.repeat(1000) } });
    await using place = await createWorkplace();
    const args = ['--filter=blob:none', '--no-checkout'];
    const clone = await place.clone(`file://${remote.directory}`, { args });
    const log = join(place.directory, 'upload-pack.log');
    await logUploadPack(place, { clone, log });

    const snapshot = await (await place.open(clone)).branchHead('master');
    expect(snapshot.entries.map((entry) => entry.path)).toEqual([...names, 'unwanted.bin'].sort());
    const before = await exchanges(log);
    const read = await snapshot.read(names);

    expect(read.files.map((file) => textOf(file.bytes))).toEqual(names.map((name) => `name: ${name}\n`));
    expect(read.problems).toEqual([]);
    expect((await exchanges(log)) - before).toBe(1);
    const again = await snapshot.read(names);
    expect(again.files).toHaveLength(names.length);
    expect((await exchanges(log)) - before).toBe(1);
    const unwanted = (await remote.git(['rev-parse', 'master:unwanted.bin'])).trim();
    const missing = await place.git(clone, 'rev-list', '--objects', '--missing=print', '--no-object-names', 'HEAD');
    expect(missing).toContain(`?${unwanted}`);
  });

  it('looks once at what a partial clone lacks, however often files are read', async () => {
    const names = ['a.yaml', 'b.yaml', 'c.yaml'];
    await using remote = await startGitRemote({
      files: Object.fromEntries(names.map((name) => [name, `${name}: 1\n`])),
    });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`, { args: ['--filter=blob:none', '--no-checkout'] });
    const log = join(place.directory, 'git.log');
    await place.write('git.log', '');
    await place.write('bin/git', `#!/bin/sh\necho "$*" >> '${log}'\nPATH='${place.env['PATH']}' exec git "$@"\n`);
    await chmod(join(place.directory, 'bin/git'), 0o755);
    const env = { ...place.env, PATH: `${join(place.directory, 'bin')}:${place.env['PATH']}` };
    const snapshot = await (await place.open(clone, { env })).branchHead('master');
    for (const name of names) expect((await snapshot.read([name])).files).toHaveLength(1);
    const commands = (await readFile(log, 'utf8')).split('\n');
    expect(commands.filter((command) => command.includes('--missing=print'))).toHaveLength(1);
  });

  it('gives the sizes of those files of a partial clone that are there', async () => {
    await using remote = await startGitRemote({ files: { 'here.yaml': 'here: 1\n', 'there/b.yaml': 'there: 1\n' } });
    await using place = await createWorkplace();
    const args = ['--filter=blob:none', '--sparse'];
    const clone = await place.clone(`file://${remote.directory}`, { args });
    const snapshot = await (await place.open(clone)).branchHead('master');
    expect(snapshot.entries).toEqual([
      { path: 'here.yaml', kind: 'file', size: 8 },
      { path: 'there/b.yaml', kind: 'file', size: 0 },
    ]);
  });

  it('reads the trees that a treeless clone has not got', async () => {
    await using remote = await startGitRemote({ files: { 'deep/er/a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const args = ['--filter=tree:0', '--no-checkout', '--depth=1'];
    const clone = await place.clone(`file://${remote.directory}`, { args });
    await remote.commit({ files: { 'deep/er/a.yaml': 'one: 2\n' } });
    const snapshot = await (await place.open(clone)).branchHead('master');
    expect(textOf((await snapshot.read(['deep/er/a.yaml'])).files[0]?.bytes)).toBe('one: 2\n');
  });
});

describe('branchHead that fails', () => {
  it('asks whether a similar branch was meant', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await remote.git(['branch', 'production', 'master']);
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    await expect(repository.branchHead('prodution')).rejects.toMatchObject({
      code: 'BRANCH_NOT_FOUND',
      subject: 'prodution',
      message: `origin (file://${remote.directory}) has no branch prodution`,
      hint: "Did you mean 'production'?",
    });
  });

  it('names the branches there are, the default one first, where none is similar', async () => {
    await using remote = await startGitRemote({ branch: 'trunk', files: { 'a.yaml': 'one: 1\n' } });
    for (let index = 0; index < 6; index++) await remote.git(['branch', `a-branch-${index}`, 'trunk']);
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    await expect(repository.branchHead('something/else')).rejects.toMatchObject({
      hint: 'Use a branch that the remote has: trunk, a-branch-0, a-branch-1, a-branch-2, a-branch-3 and 2 more.',
    });
  });

  it('says so where the remote is still empty', async () => {
    await using remote = await startGitRemote();
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    await expect(repository.branchHead('main')).rejects.toMatchObject({
      code: 'BRANCH_NOT_FOUND',
      hint: 'Push a first commit: the remote has no branches yet.',
    });
  });

  it('does not take a tag or another ref with that name for the branch', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await remote.git(['tag', 'release', 'master']);
    await remote.git(['update-ref', 'refs/heads/x/refs/heads/release', 'master']);
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    await expect(repository.branchHead('release')).rejects.toMatchObject({ code: 'BRANCH_NOT_FOUND' });
  });

  it('says that there is no remote, and how to add it', async () => {
    await using place = await createWorkplace();
    await place.git(place.directory, 'init', '--quiet', 'alone');
    const repository = await place.open(join(place.directory, 'alone'));
    await expect(repository.branchHead('main')).rejects.toMatchObject({
      code: 'NO_REMOTE',
      message: 'the repository has no remote named origin',
      hint: expect.stringContaining('git remote add origin URL'),
    });
  });

  it('uses another remote where one is named', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`, { args: ['--origin=upstream'] });
    await expect((await place.open(clone)).branchHead('master')).rejects.toMatchObject({ code: 'NO_REMOTE' });
    const repository = await place.open(clone, { remote: 'upstream' });
    await expect(repository.branchHead('master')).resolves.toMatchObject({ branch: 'master' });
  });

  it('says that the remote is not there', async () => {
    await using place = await createWorkplace();
    const clone = await place.connect(`file://${place.directory}/gone.git`);
    await expect((await place.open(clone)).branchHead('main')).rejects.toMatchObject({
      code: 'REMOTE_NOT_FOUND',
      subject: 'main',
    });
    expect(place.slept).toEqual([]);
  });

  it('tries three times in all before it gives up on a remote that does not answer', async () => {
    await using place = await createWorkplace();
    // Nothing listens on port 1.
    const clone = await place.connect('http://127.0.0.1:1/config.git');
    await expect((await place.open(clone)).branchHead('main')).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });
    expect(place.slept).toEqual([1_000, 2_000]);
  });

  it('never shows the password in the URL of the remote', async () => {
    await using place = await createWorkplace();
    const clone = await place.connect('http://me:hun%24ter2@127.0.0.1:1/config.git?key=hunter3');
    const error: unknown = await (await place.open(clone)).branchHead('main').catch((thrown: unknown) => thrown);
    const text = JSON.stringify([error, String(error), (error as Error).cause]);
    expect(text).toContain('http://***@127.0.0.1:1/config.git)');
    expect(text).not.toMatch(/hun(\$|%24)ter2|hunter3/);
    expect(place.masked).toEqual(expect.arrayContaining(['hun%24ter2', 'hun$ter2']));
  });

  it.each([
    { where: 'the environment', variables: { GIT_ALLOW_PROTOCOL: 'file:ext' }, config: '' },
    { where: 'the configuration', variables: {}, config: '[protocol "ext"]\n\tallow = always\n' },
  ])(
    'runs no command that a remote of the form ext:: names, though $where allows it',
    async ({ variables, config }) => {
      await using place = await createWorkplace();
      await place.write('home/.gitconfig', config);
      const clone = await place.connect(`ext::touch ${place.directory}/touched`);
      const repository = await place.open(clone, { env: { ...place.env, ...variables } });
      await expect(repository.branchHead('main')).rejects.toMatchObject({ code: 'GIT_FAILED' });
      expect(existsSync(join(place.directory, 'touched'))).toBe(false);
    },
  );
});

/** What must not change when a branch is read. */
async function stateOf(place: Workplace, clone: string) {
  return {
    refs: ownRefsOut(await place.git(clone, 'for-each-ref')),
    head: await place.git(clone, 'symbolic-ref', 'HEAD'),
    status: await place.git(clone, 'status', '--porcelain'),
    file: await readFile(join(clone, 'a.yaml'), 'utf8'),
    config: await readFile(join(clone, '.git/config'), 'utf8'),
  };
}

function ownRefsOut(refs: string): string {
  return refs
    .split('\n')
    .filter((line) => !line.includes('refs/towpath/'))
    .join('\n');
}

/** A detached checkout of depth 1, made by the commands that actions/checkout runs for a commit. */
async function checkoutAsActions(place: Workplace, source: { url: string; branch: string; sha: string }) {
  const clone = join(place.directory, 'checkout');
  await place.git(place.directory, 'init', '--quiet', clone);
  await place.git(clone, 'remote', 'add', 'origin', source.url);
  const refspec = `+${source.sha}:refs/remotes/origin/${source.branch}`;
  await place.git(clone, 'fetch', '--quiet', '--no-tags', '--prune', '--depth=1', 'origin', refspec);
  await place.git(clone, 'checkout', '--quiet', '--force', source.sha);
  return clone;
}

/** Makes the clone note every exchange that it has with its remote. */
async function logUploadPack(place: Workplace, where: { clone: string; log: string }): Promise<void> {
  await place.write('noting-upload-pack', `#!/bin/sh\necho exchange >> '${where.log}'\nexec git-upload-pack "$@"\n`);
  const program = join(place.directory, 'noting-upload-pack');
  await place.git(where.clone, 'config', 'remote.origin.uploadpack', `sh ${program}`);
  await place.write('upload-pack.log', '');
}

async function exchanges(log: string): Promise<number> {
  return (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '').length;
}
