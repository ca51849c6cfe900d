import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../src/core/manifests/source-file.ts';
import { writeFiles } from '../../src/repository/write-files.ts';
import { type GitFiles, startGitRemote } from '../control-plane/git-remote.ts';
import { change, createWorkplace, type Workplace } from './workplace.ts';

const author = { name: 'Towpath', email: 'towpath@example.com' };

function added(path: string, text: string): FileChange {
  return { ...change(path, text), isNew: true };
}

/** Pushes `changes` to a remote with `files`, and gives what its last commit did. */
async function pushed(files: GitFiles, changes: readonly FileChange[]) {
  await using remote = await startGitRemote({ files });
  await using place = await createWorkplace();
  const repository = await place.open(await place.clone(`file://${remote.directory}`));
  const snapshot = await repository.branchHead('master');
  await repository.push({ snapshot, changes, message: 'Patch', author });
  await remote.git(['fsck', '--strict']);
  return remote.git(['diff-tree', '-r', '--no-commit-id', '--raw', '--abbrev=4', 'master']);
}

describe('a commit with a new file', () => {
  it('has it as an ordinary file, beside what changes, and nothing else', async () => {
    const raw = await pushed({ 'dev/a.yaml': 'a: 1\n', 'dev.yaml': 'x\n', 'dev/z/b.yaml': 'b: 1\n' }, [
      added('dev/flux-patch.yaml', 'patch\n'),
      change('dev/z/b.yaml', 'b: 2\n'),
    ]);
    const lines = raw.trim().split('\n');
    expect(lines.map((line) => line.replace(/ [0-9a-f]{4} [0-9a-f]{4} /, ' '))).toEqual([
      ':000000 100644 A\tdev/flux-patch.yaml',
      ':100644 100644 M\tdev/z/b.yaml',
    ]);
  });

  it('gets the directories that it lacks, and names that are not ASCII', async () => {
    const raw = await pushed({ 'a.yaml': 'a: 1\n' }, [added('påtches/dev/x.yaml', 'x\n'), added('top.yaml', 't\n')]);
    expect(raw).toContain('A\t"p\\303\\245tches/dev/x.yaml"');
    expect(raw).toContain('A\ttop.yaml');
  });

  it.each<{ name: string; files: GitFiles; path: string; message: string }>([
    {
      name: 'a file that is there',
      files: { 'a.yaml': 'a' },
      path: 'a.yaml',
      message: 'a.yaml is in the commit already',
    },
    { name: 'a directory of the name', files: { 'a/b': 'a' }, path: 'a', message: 'a is in the commit already' },
    { name: 'a file in its way', files: { a: 'a' }, path: 'a/b.yaml', message: 'would lie below something' },
    {
      name: 'a link to a directory in its way',
      files: { 'dir/a': 'a', link: { content: 'dir', mode: '120000' } },
      path: 'link/b.yaml',
      message: 'would lie below something',
    },
    { name: 'a way out of the repository', files: { a: 'a' }, path: '../b', message: 'is no path inside' },
    { name: 'a way into .git', files: { a: 'a' }, path: 'x/.GIT/config', message: 'is no path inside' },
  ])('is refused for $name', async ({ files, path, message }) => {
    await expect(pushed(files, [added(path, 'new')])).rejects.toMatchObject({
      code: 'CHANGE_INVALID',
      message: expect.stringContaining(message),
    });
  });

  it('is still refused for a file that was to be there', async () => {
    await expect(pushed({ a: 'a' }, [change('b.yaml', 'b')])).rejects.toMatchObject({ code: 'CHANGE_INVALID' });
  });
});

async function treeOf(place: Workplace): Promise<string> {
  await mkdir(join(place.directory, 'tree'), { recursive: true });
  return join(place.directory, 'tree');
}

describe('a new file in the working tree', () => {
  it('is written with its directories, as the files of the user are', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await writeFiles(root, [added('a/b/new.yaml', 'new: 1\n')]);
    expect(await readFile(join(root, 'a/b/new.yaml'), 'utf8')).toBe('new: 1\n');
    expect((await stat(join(root, 'a/b/new.yaml'))).mode & 0o111).toBe(0);
  });

  it('never takes the place of something, nor goes through a link', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await place.write('tree/there.yaml', 'there');
    await mkdir(join(place.directory, 'outside'));
    await symlink('../outside', join(root, 'link'));
    await symlink('../outside/made.yaml', join(root, 'dangling.yaml'));
    await expect(writeFiles(root, [added('there.yaml', 'x')])).rejects.toMatchObject({ code: 'CHANGE_INVALID' });
    await expect(writeFiles(root, [added('dangling.yaml', 'x')])).rejects.toMatchObject({ code: 'CHANGE_INVALID' });
    await expect(writeFiles(root, [added('link/x.yaml', 'x')])).rejects.toMatchObject({ code: 'FILE_NOT_REGULAR' });
    await expect(writeFiles(root, [added('there.yaml/x', 'x')])).rejects.toMatchObject({ code: 'FILE_NOT_REGULAR' });
    await expect(writeFiles(root, [added('../x.yaml', 'x')])).rejects.toMatchObject({ code: 'CHANGE_INVALID' });
    expect(await readFile(join(root, 'there.yaml'), 'utf8')).toBe('there');
    expect(await readdir(join(place.directory, 'outside'))).toEqual([]);
  });

  it('goes again, with its directories, where a later one cannot be written', async () => {
    await using place = await createWorkplace();
    const root = await treeOf(place);
    await place.write('tree/kept/old.yaml', 'old: 1\n');
    // The second lies below the first, which no check beforehand can see.
    const changes = [change('kept/old.yaml', 'old: 2\n'), added('kept/x/y.yaml', 'y'), added('kept/x/y.yaml/z', 'z')];
    await expect(writeFiles(root, changes)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(await readFile(join(root, 'kept/old.yaml'), 'utf8')).toBe('old: 1\n');
    expect(existsSync(join(root, 'kept/x'))).toBe(false);
  });
});
