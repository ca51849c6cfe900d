import { exec as execCommand } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startGitRemote } from '../control-plane/git-remote.ts';
import { createWorkplace, textOf, type Workplace } from './workplace.ts';

async function repositoryWith(place: Workplace, files: Readonly<Record<string, string>>): Promise<string> {
  const root = join(place.directory, 'tree');
  await place.git(place.directory, 'init', '--quiet', '--initial-branch=main', root);
  for (const [path, content] of Object.entries(files)) await place.write(`tree/${path}`, content);
  await place.git(root, 'add', '--all');
  await place.git(root, 'commit', '--quiet', '--allow-empty', '-m', 'first');
  return root;
}

describe('workTree in a git repository', () => {
  it('lists tracked and new files as they are on disk, without what is ignored or gone', async () => {
    await using place = await createWorkplace();
    const root = await repositoryWith(place, {
      'kept.yaml': 'kept: 1\n',
      'edited.yaml': 'edited: 1\n',
      'gone.yaml': 'gone: 1\n',
      'node_modules/tracked.yaml': 't: 1\n',
      '.gitignore': 'ignored/\n*.log\n',
    });
    await place.write('tree/edited.yaml', 'edited: on disk\n');
    await place.write('tree/dir/new.yaml', 'new: 1\n');
    await place.write('tree/ignored/x.yaml', 'x');
    await place.write('tree/debug.log', 'x');
    await unlink(join(root, 'gone.yaml'));
    await chmod(join(root, 'dir/new.yaml'), 0o755);
    await symlink('kept.yaml', join(root, 'link.yaml'));

    const snapshot = await (await place.open(root)).workTree();

    expect(snapshot).toMatchObject({ branch: null, revision: (await place.git(root, 'rev-parse', 'HEAD')).trim() });
    expect(snapshot.entries).toEqual([
      { path: '.gitignore', kind: 'file', size: 15 },
      { path: 'dir/new.yaml', kind: 'executable', size: 7 },
      { path: 'edited.yaml', kind: 'file', size: 16 },
      { path: 'kept.yaml', kind: 'file', size: 8 },
      { path: 'link.yaml', kind: 'symlink', size: 9 },
      { path: 'node_modules/tracked.yaml', kind: 'file', size: 5 },
    ]);
    const read = await snapshot.read(['edited.yaml', 'link.yaml', 'gone.yaml', 'dir/new.yaml']);
    expect(read.files.map((file) => [file.path, textOf(file.bytes)])).toEqual([
      ['edited.yaml', 'edited: on disk\n'],
      ['dir/new.yaml', 'new: 1\n'],
    ]);
    expect(read.problems).toMatchObject([
      { code: 'FILE_NOT_REGULAR', subject: 'link.yaml' },
      { code: 'FILE_NOT_FOUND', subject: 'gone.yaml' },
    ]);
  });

  it('lists the whole tree wherever in it it was opened', async () => {
    await using place = await createWorkplace();
    const root = await repositoryWith(place, { 'a/b/c.yaml': 'c: 1\n', 'top.yaml': 't: 1\n' });
    const repository = await place.open(join(root, 'a/b'));
    expect(repository.root).toBe(root);
    expect((await repository.workTree()).entries.map((entry) => entry.path)).toEqual(['a/b/c.yaml', 'top.yaml']);
  });

  it('does not follow a directory that has become a symbolic link', async () => {
    await using place = await createWorkplace();
    const root = await repositoryWith(place, { 'apps/deep/a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
    await place.write('elsewhere/deep/a.yaml', 'secret: 1\n');
    await rm(join(root, 'apps'), { recursive: true });
    await symlink(join(place.directory, 'elsewhere'), join(root, 'apps'));
    const snapshot = await (await place.open(root)).workTree();
    expect(snapshot.entries.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['apps symlink', 'b.yaml file']);
  });

  it('lists a submodule and a foreign repository without what is in them', async () => {
    await using place = await createWorkplace();
    const root = await repositoryWith(place, { 'a.yaml': 'a: 1\n' });
    await place.git(place.directory, 'init', '--quiet', join(root, 'foreign'));
    await place.write('tree/foreign/x.yaml', 'x');
    await place.git(place.directory, 'init', '--quiet', join(root, 'sub'));
    await place.write('tree/sub/y.yaml', 'y');
    await place.git(join(root, 'sub'), 'add', '.');
    await place.git(join(root, 'sub'), 'commit', '--quiet', '-m', 'sub');
    await place.git(root, '-c', 'advice.addEmbeddedRepo=false', 'add', 'sub');
    const snapshot = await (await place.open(root)).workTree();
    expect(snapshot.entries.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['a.yaml file', 'sub submodule']);
  });

  it('lists a file once that a merge has left in conflict', async () => {
    await using place = await createWorkplace();
    const root = await repositoryWith(place, { 'a.yaml': 'a: 1\n' });
    await place.git(root, 'checkout', '--quiet', '-b', 'other');
    await place.write('tree/a.yaml', 'a: other\n');
    await place.git(root, 'commit', '--quiet', '-am', 'other');
    await place.git(root, 'checkout', '--quiet', 'main');
    await place.write('tree/a.yaml', 'a: main\n');
    await place.git(root, 'commit', '--quiet', '-am', 'main');
    await place.git(root, 'merge', 'other').catch(() => undefined);
    const snapshot = await (await place.open(root)).workTree();
    expect(snapshot.entries.map((entry) => entry.path)).toEqual(['a.yaml']);
  });

  it('has no revision before the first commit', async () => {
    await using place = await createWorkplace();
    await place.git(place.directory, 'init', '--quiet', 'tree');
    await place.write('tree/a.yaml', 'a: 1\n');
    const snapshot = await (await place.open(join(place.directory, 'tree'))).workTree();
    expect(snapshot).toMatchObject({ revision: null, entries: [{ path: 'a.yaml' }] });
  });

  it('leaves the index as it is', async () => {
    await using place = await createWorkplace();
    const root = await repositoryWith(place, { 'a.yaml': 'a: 1\n' });
    await place.write('tree/a.yaml', 'a: 2\n');
    const before = await readFile(join(root, '.git/index'));
    const snapshot = await (await place.open(root)).workTree();
    await snapshot.read(['a.yaml']);
    expect(await readFile(join(root, '.git/index'))).toEqual(before);
  });

  it('runs no file system monitor', async () => {
    await using place = await createWorkplace();
    const root = await repositoryWith(place, { 'a.yaml': 'a: 1\n' });
    await place.write('monitor', `#!/bin/sh\ntouch '${place.directory}/monitored'\n`);
    await chmod(join(place.directory, 'monitor'), 0o755);
    await place.git(root, 'config', 'core.fsmonitor', join(place.directory, 'monitor'));
    await place.git(root, 'update-index', '--fsmonitor');
    await rm(join(place.directory, 'monitored'), { force: true });
    expect((await (await place.open(root)).workTree()).entries).toHaveLength(1);
    expect(existsSync(join(place.directory, 'monitored'))).toBe(false);
  });

  it('leaves out the files of a sparse checkout that are not there', async () => {
    await using remote = await startGitRemote({ files: { 'top.yaml': 't', 'a/one.yaml': '1', 'b/two.yaml': '2' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`, { args: ['--sparse'] });
    await place.git(clone, 'sparse-checkout', 'set', 'a');
    const snapshot = await (await place.open(clone)).workTree();
    expect(snapshot.entries.map((entry) => entry.path)).toEqual(['a/one.yaml', 'top.yaml']);
  });
});

describe.each([{ kind: 'a git repository' }, { kind: 'a plain directory' }])('workTree in $kind', ({ kind }) => {
  async function openTree(place: Workplace) {
    const root = join(place.directory, 'tree');
    if (kind === 'a git repository') await place.git(place.directory, 'init', '--quiet', root);
    else await mkdir(root, { recursive: true });
    return { root, repository: await place.open(root) };
  }

  it('reads names with blanks, newlines and all of Unicode', async () => {
    await using place = await createWorkplace();
    const { repository } = await openTree(place);
    const names = ['new\nline.yaml', 'größe/日本.yaml', '🚢.yaml', '-dash.yaml', ' lead', '"quoted"', 'back\\slash'];
    for (const name of names) await place.write(`tree/${name}`, name);
    const snapshot = await repository.workTree();
    expect(snapshot.entries.map((entry) => entry.path)).toEqual([...names].sort());
    const read = await snapshot.read(names);
    expect(read.files.map((file) => textOf(file.bytes))).toEqual(names);
  });

  it('says so where the name of a file that is to be read is not UTF-8', async () => {
    await using place = await createWorkplace();
    const { root, repository } = await openTree(place);
    await writeFile(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.yaml')]), 'x');
    const snapshot = await repository.workTree();
    const [name = ''] = snapshot.entries.map((entry) => entry.path);
    expect(name).toBe('caf\uFFFD.yaml');
    expect(await snapshot.read([name])).toMatchObject({
      files: [],
      problems: [{ code: 'FILE_NAME_INVALID', subject: 'caf\uFFFD.yaml' }],
    });
  });

  it('says so where a file has gone or grown too large since', async () => {
    await using place = await createWorkplace();
    const { root, repository } = await openTree(place);
    for (const name of ['a', 'b', 'c', 'd']) await place.write(`tree/${name}`, name);
    const snapshot = await repository.workTree();
    await unlink(join(root, 'a'));
    await writeFile(join(root, 'b'), Buffer.alloc(5 * 1024 * 1024 + 1));
    await unlink(join(root, 'c'));
    await symlink('d', join(root, 'c'));
    const read = await snapshot.read(['a', 'b', 'c', 'd']);
    expect(read.files.map((file) => file.path)).toEqual(['d']);
    expect(read.problems.map(({ code, subject }) => `${subject} ${code}`)).toEqual([
      'a FILE_NOT_FOUND',
      'b FILE_TOO_LARGE',
      'c FILE_NOT_REGULAR',
    ]);
  });

  it('leaves out pipes, and does not wait for one that takes the place of a file', async () => {
    await using place = await createWorkplace();
    const { root, repository } = await openTree(place);
    await place.write('tree/a', 'a');
    await promisify(execCommand)('mkfifo pipe', { cwd: root });
    const snapshot = await repository.workTree();
    expect(snapshot.entries.map((entry) => entry.path)).toEqual(['a']);
    await promisify(execCommand)('rm a && mkfifo a', { cwd: root });
    expect((await snapshot.read(['a'])).problems).toMatchObject([{ code: 'FILE_NOT_REGULAR' }]);
  });

  it('reads no file that was not listed, wherever the path leads', async () => {
    await using place = await createWorkplace();
    const { root, repository } = await openTree(place);
    await place.write('outside', 'secret');
    await place.write('tree/.git/secret', 'secret');
    const snapshot = await repository.workTree();
    const paths = ['../outside', join(root, '../outside'), '.git/secret', './.git/secret', ''];
    const read = await snapshot.read(paths);
    expect(read.files).toEqual([]);
    expect(read.problems.map((problem) => problem.code)).toEqual(paths.map(() => 'FILE_NOT_FOUND'));
  });
});

describe('workTree in a plain directory', () => {
  it('lists every file but those of .git, and follows no symbolic link', async () => {
    await using place = await createWorkplace();
    const root = join(place.directory, 'plain');
    await place.write('plain/a.yaml', 'a: 1\n');
    await place.write('plain/node_modules/b.yaml', 'b: 1\n');
    await place.write('plain/sub/.git/config', 'x');
    await place.write('plain/sub/.git2', 'x');
    await place.write('outside/secret.yaml', 'x');
    await symlink('../outside', join(root, 'link'));
    await symlink('.', join(root, 'sub/loop'));
    const repository = await place.open(root);
    const snapshot = await repository.workTree();
    expect(repository.root).toBe(root);
    expect(snapshot).toMatchObject({ branch: null, revision: null });
    expect(snapshot.entries.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'a.yaml file',
      'link symlink',
      'node_modules/b.yaml file',
      'sub/.git2 file',
      'sub/loop symlink',
    ]);
    expect(textOf((await snapshot.read(['a.yaml'])).files[0]?.bytes)).toBe('a: 1\n');
  });
});
