import { existsSync } from 'node:fs';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exec } from '../../src/base/exec.ts';
import type { NewCommit, Snapshot } from '../../src/command/adapters/repository.ts';
import type { OpenedRepository } from '../../src/repository/open-repository.ts';
import { type GitRemote, startGitRemote } from '../control-plane/git-remote.ts';
import { change, createWorkplace, NOW_MS, type Workplace } from './workplace.ts';

const author = { name: 'Towpath', email: 'towpath@example.com' };

function commitOn(snapshot: Snapshot, changes: NewCommit['changes'], message = 'Auto-release'): NewCommit {
  return { snapshot, changes, message, author };
}

describe('push', () => {
  it('makes one commit on the snapshot that changes the given files and nothing else', async () => {
    await using remote = await startGitRemote({
      files: { 'a/one.yaml': 'one: 1\n', 'a/b/two.yaml': 'two: 1\n', 'c.yaml': 'c: 1\n', 'a/z.yaml': 'z: 1\n' },
    });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('master');

    const changes = [change('a/b/two.yaml', 'two: 2\n'), change('c.yaml', ''), change('a/one.yaml', 'one: 2\n')];
    const result = await repository.push(commitOn(snapshot, changes, 'Release x\n\nSource: abc\n'));

    const head = await remote.head();
    expect(result).toEqual({ kind: 'pushed', sha: head });
    expect(await remote.git(['diff-tree', '-r', '--no-commit-id', '--name-status', 'master'])).toBe(
      'M\ta/b/two.yaml\nM\ta/one.yaml\nM\tc.yaml\n',
    );
    expect(await remote.read('a/b/two.yaml')).toBe('two: 2\n');
    expect(await remote.read('c.yaml')).toBe('');
    expect(await remote.git(['cat-file', '-p', 'master'])).toBe(
      [
        `tree ${(await remote.git(['rev-parse', 'master^{tree}'])).trim()}`,
        `parent ${snapshot.revision}`,
        `author Towpath <towpath@example.com> ${NOW_MS / 1000} +0000`,
        `committer Towpath <towpath@example.com> ${NOW_MS / 1000} +0000`,
        '',
        'Release x\n\nSource: abc\n',
      ].join('\n'),
    );
    await remote.git(['fsck', '--strict']);
  });

  it('leaves the index, the working tree, the branch checked out and what is being edited alone', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n', 'b.yaml': 'two: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    await place.write('clone/b.yaml', 'two: edited\n');
    await place.write('clone/new.yaml', 'staged\n');
    await place.git(clone, 'add', 'new.yaml');
    const state = async () => ({
      head: await place.git(clone, 'rev-parse', 'HEAD', 'refs/heads/master'),
      status: await place.git(clone, 'status', '--porcelain'),
      index: await readFile(join(clone, '.git/index')),
      a: await readFile(join(clone, 'a.yaml'), 'utf8'),
    });
    const before = await state();

    const repository = await place.open(clone);
    const snapshot = await repository.branchHead('master');
    await repository.push(commitOn(snapshot, [change('a.yaml', 'one: 2\n')]));

    expect(await state()).toEqual(before);
    expect(await remote.list()).toEqual(['a.yaml', 'b.yaml']);
    expect(await remote.read('b.yaml')).toBe('two: 1\n');
  });

  it('keeps executable bits, symbolic links and odd names', async () => {
    await using remote = await startGitRemote({
      files: {
        'dir/run.sh': { content: 'echo 1\n', mode: '100755' },
        'dir/link': { content: '../target', mode: '120000' },
        'dir/new\nline ü.yaml': 'n: 1\n',
        'dir/plain.yaml': 'p: 1\n',
      },
    });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('master');
    const before = await remote.git(['ls-tree', '-r', 'master']);

    const changes = [change('dir/run.sh', 'echo 2\n'), change('dir/new\nline ü.yaml', 'n: 2\n')];
    expect(await repository.push(commitOn(snapshot, changes))).toMatchObject({ kind: 'pushed' });

    const modes = (text: string) => text.replace(/ [0-9a-f]{40}/g, '');
    expect(modes(await remote.git(['ls-tree', '-r', 'master']))).toBe(modes(before));
    expect(await remote.read('dir/run.sh')).toBe('echo 2\n');
    expect(await remote.read('dir/new\nline ü.yaml')).toBe('n: 2\n');
    expect(await remote.read('dir/link')).toBe('../target');
  });

  it('commits the very bytes, whatever line endings the user wants', async () => {
    await using remote = await startGitRemote({
      files: { 'a.yaml': 'one: 1\r\n', '.gitattributes': '* text=auto eol=lf\n' },
    });
    await using place = await createWorkplace();
    await place.write('home/.gitconfig', '[core]\n\tautocrlf = true\n\tsafecrlf = true\n');
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('master');
    await repository.push(commitOn(snapshot, [change('a.yaml', 'one: 2\r\n')]));
    expect(await remote.read('a.yaml')).toBe('one: 2\r\n');
  });

  it.each([{ where: '.git/hooks' }, { where: 'my-hooks' }])('runs none of the hooks in $where', async ({ where }) => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    const ran = join(place.directory, 'hook-ran');
    for (const hook of ['pre-commit', 'commit-msg', 'post-commit', 'pre-push', 'reference-transaction']) {
      await place.write(`clone/${where}/${hook}`, `#!/bin/sh\necho ${hook} >> '${ran}'\nexit 1\n`);
      await chmod(join(clone, where, hook), 0o755);
    }
    await place.git(clone, 'config', 'core.hooksPath', where);
    await place.git(clone, 'config', 'core.fsmonitor', `${where}/pre-push`);
    const repository = await place.open(clone);

    const snapshot = await repository.branchHead('master');
    const result = await repository.push(commitOn(snapshot, [change('a.yaml', 'one: 2\n')]));

    expect(result.kind).toBe('pushed');
    expect(existsSync(ran)).toBe(false);
  });

  it('signs nothing and pushes nothing beside the commit, whatever is configured', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    await place.git(clone, 'tag', '-a', '-m', 'mine', 'mine');
    await place.write(
      'home/.gitconfig',
      `[commit]
        gpgSign = true
      [push]
        gpgSign = true
        followTags = true
        recurseSubmodules = on-demand
        default = nothing
      [gpg]
        program = /no/such/program
      [user]
        useConfigOnly = true
      [i18n]
        commitEncoding = ISO-8859-1
      [color]
        push = always
        ui = always
      [core]
        splitIndex = true
        quotePath = false
      [remote]
        pushDefault = nowhere\n`,
    );
    const repository = await place.open(clone);
    const snapshot = await repository.branchHead('master');

    const result = await repository.push(commitOn(snapshot, [change('a.yaml', 'one: 2\n')], 'Größe\n'));

    expect(result.kind).toBe('pushed');
    expect(await remote.git(['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/master\n');
    const commit = await remote.git(['cat-file', '-p', 'master']);
    expect(commit).not.toMatch(/^(?:gpgsig|encoding)/m);
    expect(commit).toContain('Größe');
  });

  it.each([
    { name: 'a shallow clone', args: ['--depth=1'] },
    { name: 'a partial clone', args: ['--filter=blob:none', '--no-checkout'] },
    { name: 'a shallow and treeless clone', args: ['--filter=tree:0', '--depth=1', '--no-checkout'] },
    { name: 'a bare minimum of files checked out', args: ['--sparse', '--filter=blob:none'] },
  ])('pushes from $name', async ({ args }) => {
    await using remote = await startGitRemote({
      files: { 'a/one.yaml': 'one: 1\n', 'b/two.yaml': 'two: 1\n', 'c/d/e.yaml': 'e: 1\n' },
    });
    await remote.commit({ files: { 'a/one.yaml': 'one: 2\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`, { args }));
    await remote.commit({ files: { 'a/one.yaml': 'one: 3\n' } });
    for (const text of ['one: 4\n', 'one: 5\n']) {
      const snapshot = await repository.branchHead('master');
      expect(await repository.push(commitOn(snapshot, [change('a/one.yaml', text)]))).toMatchObject({ kind: 'pushed' });
      expect(await remote.read('a/one.yaml')).toBe(text);
    }
    expect((await remote.log()).length).toBe(5);
    await remote.git(['fsck', '--strict']);
  });

  it.each([{ branch: 'feature/x' }, { branch: '-evil' }, { branch: 'größe' }])(
    'pushes to a branch named $branch',
    async ({ branch }) => {
      await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
      await remote.commit({ branch, files: { 'a.yaml': 'branch: 1\n' } });
      await using place = await createWorkplace();
      const repository = await place.open(await place.clone(`file://${remote.directory}`));
      const snapshot = await repository.branchHead(branch);
      const result = await repository.push(commitOn(snapshot, [change('a.yaml', 'branch: 2\n')]));
      expect(result).toEqual({ kind: 'pushed', sha: await remote.head(branch) });
      expect(await remote.read('a.yaml', 'master')).toBe('one: 1\n');
    },
  );

  it('works in a repository with SHA-256 objects', async () => {
    await using place = await createWorkplace();
    await place.git(place.directory, 'init', '--quiet', '--bare', '--object-format=sha256', 'remote.git');
    await place.git(place.directory, 'init', '--quiet', '--object-format=sha256', '--initial-branch=main', 'clone');
    const clone = join(place.directory, 'clone');
    await place.write('clone/dir/a.yaml', 'one: 1\n');
    await place.git(clone, 'add', '.');
    await place.git(clone, 'commit', '--quiet', '-m', 'first');
    await place.git(clone, 'remote', 'add', 'origin', join(place.directory, 'remote.git'));
    await place.git(clone, 'push', '--quiet', 'origin', 'main');
    const repository = await place.open(clone);
    const snapshot = await repository.branchHead('main');
    expect(snapshot.revision).toHaveLength(64);
    expect(await repository.push(commitOn(snapshot, [change('dir/a.yaml', 'one: 2\n')]))).toMatchObject({
      kind: 'pushed',
    });
  });

  it('leaves no file of its own behind', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    const before = (await stat(clone)).mtimeMs;
    const repository = await place.open(clone);
    await repository.push(commitOn(await repository.branchHead('master'), [change('a.yaml', 'one: 2\n')]));
    expect((await stat(clone)).mtimeMs).toBe(before);
    expect(await place.git(clone, 'status', '--porcelain', '--ignored')).toBe('');
  });
});

describe('push to a branch that has moved', () => {
  it('writes nothing where somebody pushed after the snapshot was taken', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n', 'b.yaml': 'two: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('master');
    const other = await pushFromSecondClone(place, remote.directory);

    expect(await repository.push(commitOn(snapshot, [change('a.yaml', 'one: 2\n')]))).toEqual({ kind: 'moved' });
    expect(await remote.head()).toBe(other);

    const again = await repository.branchHead('master');
    expect(await repository.push(commitOn(again, [change('a.yaml', 'one: 2\n')]))).toMatchObject({ kind: 'pushed' });
    expect(await remote.read('b.yaml')).toBe('two: from the other clone\n');
  });

  it('does not bring back commits of a branch that was set back', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    const first = (await remote.head()) ?? '';
    await remote.commit({ files: { 'a.yaml': 'one: bad\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('master');
    await remote.git(['update-ref', 'refs/heads/master', first]);

    expect(await repository.push(commitOn(snapshot, [change('a.yaml', 'one: 3\n')]))).toEqual({ kind: 'moved' });
    expect(await remote.head()).toBe(first);
  });

  it('does not make a branch anew that was deleted', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await remote.commit({ branch: 'other', files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('other');
    await remote.git(['update-ref', '-d', 'refs/heads/other']);

    expect(await repository.push(commitOn(snapshot, [change('a.yaml', 'one: 3\n')]))).toEqual({ kind: 'moved' });
    expect(await remote.head('other')).toBeNull();
  });

  it('lets exactly one of two win that push different commits at once', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repositories = [
      await place.open(await place.clone(`file://${remote.directory}`, { name: 'first' })),
      await place.open(await place.clone(`file://${remote.directory}`, { name: 'second' })),
    ];
    for (let round = 0; round < 5; round++) {
      const commits = await Promise.all(
        repositories.map(async (repository, index) => {
          const snapshot = await repository.branchHead('master');
          return { repository, commit: commitOn(snapshot, [change('a.yaml', `round: ${round} by ${index}\n`)]) };
        }),
      );
      const results = await Promise.all(commits.map(({ repository, commit }) => repository.push(commit)));
      const pushed = results.filter((result) => result.kind === 'pushed');
      expect(pushed).toEqual([{ kind: 'pushed', sha: await remote.head() }]);
    }
    expect(await remote.log()).toHaveLength(6);
  });

  it('calls it moved where somebody else has pushed the very same commit', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('master');
    const commit = commitOn(snapshot, [change('a.yaml', 'one: 2\n')]);
    const results = [await repository.push(commit), await repository.push(commit)];
    expect(results).toEqual([{ kind: 'pushed', sha: await remote.head() }, { kind: 'moved' }]);
  });
});

describe('push that fails', () => {
  it('repeats why the remote declined the commit', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('master');
    await remote.refusePushes(
      'error: GH006: Protected branch update failed for refs/heads/master.\nerror: Changes must be made through a pull request. \u001b[31m',
    );

    await expect(repository.push(commitOn(snapshot, [change('a.yaml', 'one: 2\n')]))).rejects.toMatchObject({
      code: 'PUSH_REJECTED',
      subject: 'master',
      message:
        `cannot push to master of origin (file://${remote.directory}): rejected (pre-receive hook declined): GH006: Protected branch ` +
        'update failed for refs/heads/master. Changes must be made through a pull request. \uFFFD[31m',
      hint: expect.stringContaining('Allow the identity'),
    });
    expect(await remote.head()).toBe(snapshot.revision);
    expect(place.slept).toEqual([]);
  });

  it('waits for a lock that somebody else holds on the branch, and gives up after three tries', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`));
    const snapshot = await repository.branchHead('master');
    await remote.git(['config', 'core.filesRefLockTimeout', '0']);
    await writeFile(join(remote.directory, 'refs/heads/master.lock'), '');

    await expect(repository.push(commitOn(snapshot, [change('a.yaml', 'one: 2\n')]))).rejects.toMatchObject({
      code: 'PUSH_REJECTED',
      message: expect.stringContaining('failed to update ref'),
    });
    expect(place.slept).toEqual([1_000, 2_000]);
    expect(await remote.head()).toBe(snapshot.revision);
  });
});

describe('push with a git that makes another tree than it is told', () => {
  it('pushes nothing', async () => {
    await using remote = await startGitRemote({
      files: { 'a.yaml': 'one: 1\n', run: { content: 'r', mode: '100755' } },
    });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    const real = (await exec('sh', ['-c', 'command -v git'], { env: place.env })).stdout.toString('utf8').trim();
    await place.write(
      'bin/git',
      `#!/bin/sh\ncase " $* " in *' mktree '*) sed 's/100755/100644/' | '${real}' "$@" ;; *) exec '${real}' "$@" ;; esac\n`,
    );
    await chmod(join(place.directory, 'bin/git'), 0o755);
    const env = { ...place.env, PATH: `${place.directory}/bin:${place.env['PATH']}` };
    const repository = await place.open(clone, { env });
    const snapshot = await repository.branchHead('master');
    await expect(repository.push(commitOn(snapshot, [change('a.yaml', 'one: 2\n')]))).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: 'git made a tree that differs in more than the changed files',
    });
    expect(await remote.head()).toBe(snapshot.revision);
  });
});

describe('push of what is no commit', () => {
  const stack = new AsyncDisposableStack();
  let remote: GitRemote;
  let repository: OpenedRepository;
  beforeAll(async () => {
    const link = { content: 'a.yaml', mode: '120000' } as const;
    remote = stack.use(await startGitRemote({ files: { 'a.yaml': 'one: 1\n', 'dir/b.yaml': 'b', link } }));
    const place = stack.use(await createWorkplace());
    repository = await place.open(await place.clone(`file://${remote.directory}`));
  });
  afterAll(() => stack.disposeAsync());

  const nothing = 'there is nothing to commit: no file changes';
  const noFile = 'is no file of the commit it would change';
  it.each([
    { name: 'nothing changes', changes: [], message: nothing },
    { name: 'the bytes are those that are there', changes: [change('a.yaml', 'one: 1\n')], message: nothing },
    { name: 'a file is new', changes: [change('new.yaml', 'x')], message: `new.yaml ${noFile}` },
    { name: 'a path is a directory', changes: [change('dir', 'x')], message: `dir ${noFile}` },
    { name: 'a path leads out', changes: [change('../a.yaml', 'x')], message: `../a.yaml ${noFile}` },
    {
      name: 'a path is a symbolic link',
      changes: [change('link', 'x')],
      message: 'link is a symbolic link, which is not replaced',
    },
    {
      name: 'a path is given twice',
      changes: [change('a.yaml', 'x'), change('a.yaml', 'y')],
      message: 'a.yaml is to be changed twice in one commit',
    },
  ])('is refused where $name', async ({ changes, message }) => {
    const snapshot = await repository.branchHead('master');
    const pushing = repository.push(commitOn(snapshot, changes));
    await expect(pushing).rejects.toMatchObject({ code: 'CHANGE_INVALID', message });
    expect(await remote.head()).toBe(snapshot.revision);
  });

  it('is refused on the working tree', async () => {
    const pushing = repository.push(commitOn(await repository.workTree(), [change('a.yaml', 'one: 2\n')]));
    await expect(pushing).rejects.toMatchObject({ code: 'CHANGE_INVALID' });
  });
});

async function pushFromSecondClone(place: Workplace, directory: string): Promise<string> {
  const second = await place.clone(`file://${directory}`, { name: 'second' });
  await place.write('second/b.yaml', 'two: from the other clone\n');
  await place.git(second, 'commit', '--quiet', '--all', '-m', 'From the other clone');
  await place.git(second, 'push', '--quiet', 'origin', 'HEAD');
  return (await place.git(second, 'rev-parse', 'HEAD')).trim();
}
