import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GitRemote, startGitRemote } from '../control-plane/git-remote.ts';
import { createWorkplace, textOf } from './workplace.ts';

/** Lets a tree hold what no working tree could: names and modes as given, each byte of a name one character. */
async function commitTree(remote: GitRemote, entries: readonly { mode: string; name: string; oid?: string }[]) {
  const blob = (await remote.git(['hash-object', '-w', '--stdin'], 'content\n')).trim();
  const lines = entries.map(
    ({ mode, name, oid }) =>
      `${mode} ${mode === '160000' ? 'commit' : mode === '040000' ? 'tree' : 'blob'} ${oid ?? blob}\t${name}\0`,
  );
  const tree = (await remote.git(['mktree', '-z', '--missing'], Buffer.from(lines.join(''), 'latin1'))).trim();
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const sha = (await remote.git([...identity, 'commit-tree', '-m', 'odd', tree])).trim();
  await remote.git(['update-ref', 'refs/heads/master', sha]);
  return tree;
}

describe('a snapshot of a branch', () => {
  it('tells files, executables, symbolic links and submodules apart, sorted by path', async () => {
    await using remote = await startGitRemote({
      files: {
        'b/file.yaml': 'a: 1\n',
        'b.yaml': 'b: 22\n',
        run: { content: '#!/bin/sh\n', mode: '100755' },
        link: { content: 'b/file.yaml', mode: '120000' },
        Upper: 'U',
      },
    });
    const tree = (await remote.git(['ls-tree', '-z', 'master'])).split('\0').filter((line) => line !== '');
    const entries = tree.map((line) => ({
      mode: line.slice(0, 6),
      oid: line.split(/[ \t]/)[2] ?? '',
      name: line.split('\t')[1] ?? '',
    }));
    await commitTree(remote, [...entries, { mode: '160000', name: 'vendor', oid: '1'.repeat(40) }]);
    await using place = await createWorkplace();
    const snapshot = await (await place.open(await place.clone(`file://${remote.directory}`))).branchHead('master');

    expect(snapshot.entries).toEqual([
      { path: 'Upper', kind: 'file', size: 1 },
      { path: 'b.yaml', kind: 'file', size: 6 },
      { path: 'b/file.yaml', kind: 'file', size: 5 },
      { path: 'link', kind: 'symlink', size: 11 },
      { path: 'run', kind: 'executable', size: 10 },
      { path: 'vendor', kind: 'submodule', size: 0 },
    ]);
    const read = await snapshot.read(['run', 'vendor', 'link', 'gone', 'b']);
    expect(read.files.map((file) => file.path)).toEqual(['run']);
    expect(read.problems).toMatchObject([
      {
        code: 'FILE_NOT_REGULAR',
        subject: 'vendor',
        message: 'cannot be read: it is a submodule, which is not entered',
      },
      {
        code: 'FILE_NOT_REGULAR',
        subject: 'link',
        message: 'cannot be read: it is a symbolic link, which is not followed',
      },
      { code: 'FILE_NOT_FOUND', subject: 'gone', severity: 'error' },
      { code: 'FILE_NOT_FOUND', subject: 'b' },
    ]);
  });

  it('reads files with any name that UTF-8 can write', async () => {
    const names = [
      'with space.yaml',
      'new\nline.yaml',
      'tab\t.yaml',
      '"quoted".yaml',
      'größe/日本.yaml',
      '🚢.yaml',
      '-dash.yaml',
      'back\\slash.yaml',
      ':(glob)*',
      ' lead',
    ];
    await using remote = await startGitRemote({ files: { x: 'x' } });
    await commitTree(
      remote,
      names
        .filter((name) => !name.includes('/'))
        .map((name) => ({ mode: '100644', name: Buffer.from(name).toString('latin1') })),
    );
    await remote.commit({ files: { 'größe/日本.yaml': 'content\n' } });
    await using place = await createWorkplace();
    const snapshot = await (await place.open(await place.connect(`file://${remote.directory}`))).branchHead('master');

    expect(snapshot.entries.map((entry) => entry.path)).toEqual([...names].sort());
    const read = await snapshot.read(names);
    expect(read.problems).toEqual([]);
    expect(read.files.map((file) => [file.path, textOf(file.bytes)])).toEqual(names.map((name) => [name, 'content\n']));
  });

  it('lists a name that is not UTF-8, and says so when it is to be read', async () => {
    await using remote = await startGitRemote({ files: { x: 'x' } });
    await commitTree(remote, [
      { mode: '100644', name: 'caf\xe9.yaml' },
      { mode: '100644', name: 'good.yaml' },
    ]);
    await using place = await createWorkplace();
    const snapshot = await (await place.open(await place.clone(`file://${remote.directory}`))).branchHead('master');
    const names = snapshot.entries.map((entry) => entry.path);
    expect(names).toEqual(['caf\uFFFD.yaml', 'good.yaml']);
    const read = await snapshot.read(names);
    expect(read.files.map((file) => file.path)).toEqual(['good.yaml']);
    expect(read.problems).toMatchObject([{ code: 'FILE_NAME_INVALID', severity: 'error', hint: 'Rename the file.' }]);
  });

  it('reads neither of two files whose names look the same', async () => {
    await using remote = await startGitRemote({ files: { x: 'x' } });
    await commitTree(remote, [
      { mode: '100644', name: 'caf\xe9.yaml' },
      { mode: '100644', name: 'caf\xef\xbf\xbd.yaml' },
    ]);
    await using place = await createWorkplace();
    const snapshot = await (await place.open(await place.clone(`file://${remote.directory}`))).branchHead('master');
    const read = await snapshot.read(['caf\uFFFD.yaml']);
    expect(read).toMatchObject({ files: [], problems: [{ code: 'FILE_NAME_INVALID' }] });
  });

  it('does not list names that lead out of the tree or into .git', async () => {
    await using remote = await startGitRemote({ files: { x: 'x' } });
    const inner = await commitTree(remote, [{ mode: '100644', name: 'evil.yaml' }]);
    await commitTree(remote, [
      { mode: '040000', name: '..', oid: inner },
      { mode: '040000', name: '.GIT', oid: inner },
      { mode: '040000', name: 'fine', oid: inner },
    ]);
    await using place = await createWorkplace();
    const snapshot = await (await place.open(await place.connect(`file://${remote.directory}`))).branchHead('master');
    expect(snapshot.entries.map((entry) => entry.path)).toEqual(['fine/evil.yaml']);
  });

  it('leaves files above the limit unread, and says how large they are', async () => {
    await using remote = await startGitRemote({ files: { 'at.yaml': '1234567890', 'above.yaml': '12345678901' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    const repository = await place.open(clone, { maxFileBytes: 10 });
    for (const snapshot of [await repository.branchHead('master'), await repository.workTree()]) {
      const read = await snapshot.read(['above.yaml', 'at.yaml']);
      expect(read.files.map((file) => file.path)).toEqual(['at.yaml']);
      expect(read.problems).toMatchObject([
        {
          code: 'FILE_TOO_LARGE',
          subject: 'above.yaml',
          message: 'cannot be read: 11 bytes are more than the 10 allowed',
        },
      ]);
    }
  });

  it('allows 5 MiB where no limit is given', async () => {
    const limit = 5 * 1024 * 1024;
    await using remote = await startGitRemote({ files: { at: 'x'.repeat(limit), above: 'y'.repeat(limit + 1) } });
    await using place = await createWorkplace();
    const snapshot = await (await place.open(await place.clone(`file://${remote.directory}`))).branchHead('master');
    const read = await snapshot.read(['at', 'above']);
    expect(read.files.map((file) => file.bytes.length)).toEqual([limit]);
    expect(read.problems).toMatchObject([{ code: 'FILE_TOO_LARGE', subject: 'above' }]);
  });

  it('gives the bytes as they are committed, whatever line endings the user wants on disk', async () => {
    await using remote = await startGitRemote({
      files: {
        'crlf.yaml': 'a: 1\r\n',
        'lf.yaml': 'a: 1\n',
        '.gitattributes': '*.yaml text eol=crlf ident\n',
        'empty.yaml': '',
        'raw.bin': Buffer.from([0, 255, 10, 13, 128]).toString('latin1'),
      },
    });
    await using place = await createWorkplace();
    await place.write('home/.gitconfig', '[core]\n\tautocrlf = true\n');
    const snapshot = await (await place.open(await place.clone(`file://${remote.directory}`))).branchHead('master');
    const { files } = await snapshot.read(['crlf.yaml', 'lf.yaml', 'empty.yaml']);
    expect(files.map((file) => textOf(file.bytes))).toEqual(['a: 1\r\n', 'a: 1\n', '']);
  });

  it('reads two files with the same content, and one file twice', async () => {
    await using remote = await startGitRemote({ files: { a: 'same', b: 'same' } });
    await using place = await createWorkplace();
    const snapshot = await (await place.open(await place.clone(`file://${remote.directory}`))).branchHead('master');
    const { files } = await snapshot.read(['b', 'a', 'b']);
    expect(files.map((file) => [file.path, textOf(file.bytes)])).toEqual([
      ['b', 'same'],
      ['a', 'same'],
      ['b', 'same'],
    ]);
  });

  it('does not see replaced objects', async () => {
    await using remote = await startGitRemote({ files: { a: 'true' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    await place.write('other', 'replaced');
    const other = (await place.git(clone, 'hash-object', '-w', `${place.directory}/other`)).trim();
    await place.git(clone, 'replace', (await place.git(clone, 'rev-parse', 'HEAD:a')).trim(), other);
    const snapshot = await (await place.open(clone)).branchHead('master');
    expect(textOf((await snapshot.read(['a'])).files[0]?.bytes)).toBe('true');
  });

  it('says which file cannot be read where an object is missing', async () => {
    await using remote = await startGitRemote({ files: { a: 'a', b: 'b' } });
    await using place = await createWorkplace();
    const clone = await place.connect(`file://${remote.directory}`);
    const snapshot = await (await place.open(clone)).branchHead('master');
    const oid = (await remote.git(['rev-parse', 'master:a'])).trim();
    await rm(join(clone, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    const read = await snapshot.read(['a', 'b']);
    expect(read.files.map((file) => file.path)).toEqual(['b']);
    expect(read.problems).toMatchObject([{ code: 'FILE_UNREADABLE', subject: 'a', hint: "Run 'git fsck'." }]);
  });

  it('reads 10,000 files', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `env-${index % 50}/app-${index}.yaml`);
    await using remote = await startGitRemote({
      files: Object.fromEntries(names.map((name) => [name, `name: ${name}\n`])),
    });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`, { args: ['--no-checkout'] });
    const snapshot = await (await place.open(clone)).branchHead('master');
    expect(snapshot.entries).toHaveLength(10_000);
    const read = await snapshot.read(names);
    expect(read.problems).toEqual([]);
    expect(read.files).toHaveLength(10_000);
    expect(textOf(read.files[9_999]?.bytes)).toBe('name: env-49/app-9999.yaml\n');
  });
});
