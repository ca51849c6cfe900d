import { spawnSync } from 'node:child_process';
import { chmod, link, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeFiles } from '../../src/repository/write-files.ts';
import { change, createWorkplace, type Workplace } from './workplace.ts';

async function treeOf(place: Workplace): Promise<string> {
  await mkdir(join(place.directory, 'tree'), { recursive: true });
  return join(place.directory, 'tree');
}

async function filesBelow(root: string): Promise<string[]> {
  return (await readdir(root, { recursive: true })).sort();
}

describe('writeFiles', () => {
  it('replaces the bytes and nothing else of the file', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await place.write('tree/dir/run.sh', 'tag: 1.2.3\r\n');
    await chmod(join(root, 'dir/run.sh'), 0o751);
    await link(join(root, 'dir/run.sh'), join(place.directory, 'hard-link'));
    const before = await stat(join(root, 'dir/run.sh'));

    await writeFiles(root, [change('dir/run.sh', 'tag: 1.2.4\r\n')]);

    const after = await stat(join(root, 'dir/run.sh'));
    expect({ mode: after.mode, ino: after.ino, nlink: after.nlink }).toEqual({
      mode: before.mode,
      ino: before.ino,
      nlink: 2,
    });
    expect(await readFile(join(root, 'dir/run.sh'), 'utf8')).toBe('tag: 1.2.4\r\n');
    expect(await filesBelow(root)).toEqual(['dir', 'dir/run.sh']);
  });

  it('writes any new bytes over any old ones', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    const bytes = fc.uint8Array({ maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(bytes, bytes, bytes, bytes, async (head, from, to, tail) => {
        await writeFile(join(root, 'file'), Buffer.concat([head, from, tail]));
        const wanted = Buffer.concat([head, to, tail]);
        await writeFiles(root, [{ path: 'file', bytes: wanted }]);
        expect((await readFile(join(root, 'file'))).equals(wanted)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('does not touch a file whose bytes are the same', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await place.write('tree/a.yaml', 'a: 1\n');
    const before = await stat(join(root, 'a.yaml'), { bigint: true });
    await writeFiles(root, [change('a.yaml', 'a: 1\n')]);
    expect((await stat(join(root, 'a.yaml'), { bigint: true })).mtimeNs).toBe(before.mtimeNs);
  });

  it.each([
    {
      name: 'a file that is not there',
      path: 'gone.yaml',
      code: 'FILE_NOT_FOUND',
      message: 'gone.yaml does not exist',
    },
    {
      name: 'a file in a directory that is not there',
      path: 'no/gone.yaml',
      code: 'FILE_NOT_FOUND',
      message: 'no/gone.yaml does not exist',
    },
    {
      name: 'a file below a file',
      path: 'a.yaml/b',
      code: 'FILE_NOT_REGULAR',
      message: 'a.yaml/b is no regular file, or lies behind a symbolic link',
    },
    {
      name: 'a directory',
      path: 'dir',
      code: 'FILE_NOT_REGULAR',
      message: 'dir is no regular file, or lies behind a symbolic link',
    },
    {
      name: 'a symbolic link inside',
      path: 'inner-link',
      code: 'FILE_NOT_REGULAR',
      message: 'inner-link is no regular file, or lies behind a symbolic link',
    },
    {
      name: 'a symbolic link to the outside',
      path: 'outer-link',
      code: 'FILE_NOT_REGULAR',
      message: 'outer-link is no regular file, or lies behind a symbolic link',
    },
    {
      name: 'a file behind a linked directory',
      path: 'dir-link/b.yaml',
      code: 'FILE_NOT_REGULAR',
      message: 'dir-link/b.yaml is no regular file, or lies behind a symbolic link',
    },
    {
      name: 'a pipe',
      path: 'pipe',
      code: 'FILE_NOT_REGULAR',
      message: 'pipe is no regular file, or lies behind a symbolic link',
    },
    {
      name: 'a path that leads out',
      path: '../outside.yaml',
      code: 'CHANGE_INVALID',
      message: '../outside.yaml is no path inside the repository',
    },
    {
      name: 'a path that leads out and back',
      path: 'dir/../a.yaml',
      code: 'CHANGE_INVALID',
      message: 'dir/../a.yaml is no path inside the repository',
    },
    {
      name: 'an absolute path',
      path: '/etc/hosts',
      code: 'CHANGE_INVALID',
      message: '/etc/hosts is no path inside the repository',
    },
    {
      name: "git's own files",
      path: '.git/config',
      code: 'CHANGE_INVALID',
      message: '.git/config is no path inside the repository',
    },
    {
      name: "git's own files in capitals",
      path: '.GIT/config',
      code: 'CHANGE_INVALID',
      message: '.GIT/config is no path inside the repository',
    },
    { name: 'no path', path: '', code: 'CHANGE_INVALID', message: ' is no path inside the repository' },
  ])('refuses $name, and writes nothing else then', async ({ path, code, message }) => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await place.write('tree/a.yaml', 'a: 1\n');
    await place.write('tree/dir/b.yaml', 'b: 1\n');
    await place.write('tree/.git/config', 'c');
    await place.write('outside.yaml', 'outside: 1\n');
    await symlink('a.yaml', join(root, 'inner-link'));
    await symlink('../outside.yaml', join(root, 'outer-link'));
    await symlink('dir', join(root, 'dir-link'));
    spawnSync('mkfifo', [join(root, 'pipe')]);
    const before = await filesBelow(place.directory);

    await expect(writeFiles(root, [change('a.yaml', 'a: 2\n'), change(path, 'x')])).rejects.toMatchObject({
      code,
      message,
    });

    expect(await filesBelow(place.directory)).toEqual(before);
    expect(await readFile(join(root, 'a.yaml'), 'utf8')).toBe('a: 1\n');
    expect(await readFile(join(place.directory, 'outside.yaml'), 'utf8')).toBe('outside: 1\n');
    expect(await readFile(join(root, 'dir/b.yaml'), 'utf8')).toBe('b: 1\n');
    expect((await lstat(join(root, 'inner-link'))).isSymbolicLink()).toBe(true);
  });

  it('refuses two changes of one file', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await place.write('tree/a.yaml', 'a: 1\n');
    const writing = writeFiles(root, [change('a.yaml', 'a: 2\n'), change('a.yaml', 'a: 3\n')]);
    await expect(writing).rejects.toMatchObject({ code: 'CHANGE_INVALID' });
    expect(await readFile(join(root, 'a.yaml'), 'utf8')).toBe('a: 1\n');
  });

  it('puts all files back where one cannot be written to its end', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await place.write('tree/a.yaml', 'a: 1\n');
    await place.write('tree/b.yaml', 'b: 1\n');
    // The limit lets no file grow beyond a block: the second write fails half-way, as on a full disk.
    const script = `
      import { writeFiles } from ${JSON.stringify(join(import.meta.dirname, '../../src/repository/write-files.ts'))};
      const changes = [
        { path: 'a.yaml', bytes: Buffer.from('a: 2\\n') },
        { path: 'b.yaml', bytes: Buffer.alloc(100_000, 'b: 2\\n') },
      ];
      await writeFiles(${JSON.stringify(root)}, changes).then(() => console.log('written'), (error) => console.log(error.code, error.message));`;
    const limited = spawnSync(
      'sh',
      ['-c', 'ulimit -f 8 && exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script],
      {
        encoding: 'utf8',
      },
    );
    expect(limited.stdout).toMatch(/^FILE_UNWRITABLE b\.yaml cannot be written: EFBIG/);
    expect(await readFile(join(root, 'a.yaml'), 'utf8')).toBe('a: 1\n');
    expect(await readFile(join(root, 'b.yaml'), 'utf8')).toBe('b: 1\n');
    expect(await filesBelow(root)).toEqual(['a.yaml', 'b.yaml']);
  });

  it('writes nothing where the signal is aborted already', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await place.write('tree/a.yaml', 'a: 1\n');
    const reason = new Error('cancelled');
    await expect(writeFiles(root, [change('a.yaml', 'a: 2\n')], AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await readFile(join(root, 'a.yaml'), 'utf8')).toBe('a: 1\n');
  });
});

describe('write', () => {
  it('changes files of the working tree and stages nothing', async () => {
    await using place = await createWorkplace();
    await place.git(place.directory, 'init', '--quiet', 'tree');
    const root = join(place.directory, 'tree');
    await place.write('home/.gitconfig', '[core]\n\tautocrlf = true\n');
    await place.write('tree/sub/a.yaml', 'a: 1\r\n');
    await place.git(root, 'add', '.');
    await place.git(root, 'commit', '--quiet', '-m', 'first');

    await (await place.open(join(root, 'sub'))).write([change('sub/a.yaml', 'a: 2\r\n')]);

    expect(await readFile(join(root, 'sub/a.yaml'), 'utf8')).toBe('a: 2\r\n');
    expect(await place.git(root, 'status', '--porcelain')).toBe(' M sub/a.yaml\n');
  });

  it('works in a plain directory', async () => {
    await using place = await createWorkplace();
    await place.write('plain/a.yaml', 'a: 1\n');
    await (await place.open(join(place.directory, 'plain'))).write([change('a.yaml', 'a: 2\n')]);
    expect(await readFile(join(place.directory, 'plain/a.yaml'), 'utf8')).toBe('a: 2\n');
  });
});
