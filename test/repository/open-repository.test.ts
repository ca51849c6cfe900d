import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startGitRemote } from '../control-plane/git-remote.ts';
import { change, createWorkplace } from './workplace.ts';

describe('openRepository', () => {
  it('takes a linked work tree for what it is', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    const linked = join(place.directory, 'linked');
    await place.git(clone, 'worktree', 'add', '--quiet', '-b', 'side', linked);
    const repository = await place.open(linked);
    expect(repository.root).toBe(linked);
    expect(await repository.currentBranch()).toBe('side');
    await expect(repository.branchHead('master')).resolves.toMatchObject({ revision: await remote.head() });
  });

  it('goes by the directory, not by variables that point git elsewhere', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.clone(`file://${remote.directory}`);
    await place.git(place.directory, 'init', '--quiet', '--initial-branch=wrong', 'other');
    const other = join(place.directory, 'other');
    const env = {
      ...place.env,
      GIT_DIR: join(other, '.git'),
      GIT_WORK_TREE: other,
      GIT_INDEX_FILE: join(other, 'index'),
      GIT_OBJECT_DIRECTORY: join(other, 'objects'),
      GIT_TRACE: '1',
    };
    const repository = await place.open(clone, { env });
    expect(repository.root).toBe(clone);
    expect(await repository.currentBranch()).toBe('master');
    expect((await repository.workTree()).entries).toHaveLength(1);
  });

  it('keeps the configuration that the environment of the run carries', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    const clone = await place.connect('towpath-test://config.git');
    const env = {
      ...place.env,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.file://${remote.directory}.insteadOf`,
      GIT_CONFIG_VALUE_0: 'towpath-test://config.git',
    };
    await expect((await place.open(clone, { env })).branchHead('master')).resolves.toMatchObject({ branch: 'master' });
  });

  it('works on a plain directory, where only what needs git is refused', async () => {
    await using place = await createWorkplace();
    await place.write('plain/a.yaml', 'one: 1\n');
    const root = join(place.directory, 'plain');
    const repository = await place.open(root);
    expect(await repository.currentBranch()).toBeNull();
    const expected = {
      code: 'NOT_A_REPOSITORY',
      message: `${root} is in no git repository`,
      hint: expect.stringContaining('actions/checkout'),
    };
    await expect(repository.branchHead('main')).rejects.toMatchObject(expected);
    const snapshot = await repository.workTree();
    const author = { name: 'A', email: 'a@example.com' };
    const commit = { snapshot, changes: [change('a.yaml', 'x')], message: 'x', author };
    await expect(repository.push(commit)).rejects.toMatchObject(expected);
  });

  it('works on a plain directory where there is no git', async () => {
    await using place = await createWorkplace();
    await place.write('plain/a.yaml', 'one: 1\n');
    const repository = await place.open(join(place.directory, 'plain'), { env: { PATH: place.directory } });
    expect((await repository.workTree()).entries).toHaveLength(1);
  });

  it('asks for git in a repository where there is none', async () => {
    await using place = await createWorkplace();
    await place.write('clone/.git/HEAD', 'ref: refs/heads/main\n');
    await place.write('clone/sub/a.yaml', 'one: 1\n');
    const opening = place.open(join(place.directory, 'clone/sub'), { env: { PATH: place.directory } });
    await expect(opening).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
      message: 'cannot start git: no such command',
    });
  });

  it('does not take the repository of somebody else for a plain directory', async () => {
    await using place = await createWorkplace();
    await place.git(place.directory, 'init', '--quiet', 'clone');
    const root = join(place.directory, 'clone');
    // Git's own tests pretend so: https://github.com/git/git/blob/master/t/t0033-safe-directory.sh
    const env = { ...place.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    await expect(place.open(root, { env })).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_TRUSTED',
      hint: `Run 'git config --global --add safe.directory ${root}' if you trust it.`,
    });
  });

  it('does not take a broken repository for a plain directory', async () => {
    await using place = await createWorkplace();
    await mkdir(join(place.directory, 'broken'));
    await writeFile(join(place.directory, 'broken/.git'), 'gitdir: /no/such/place\n');
    await expect(place.open(join(place.directory, 'broken'))).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: expect.stringContaining('not a git repository'),
    });
  });

  it('refuses a bare repository, which has no files', async () => {
    await using remote = await startGitRemote({ files: { 'a.yaml': 'one: 1\n' } });
    await using place = await createWorkplace();
    await expect(place.open(remote.directory)).rejects.toMatchObject({ code: 'NO_WORK_TREE' });
  });

  it('says that the directory does not exist', async () => {
    await using place = await createWorkplace();
    const missing = join(place.directory, 'missing');
    await expect(place.open(missing)).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: `cannot start git: its directory ${missing} does not exist`,
    });
  });
});

describe('currentBranch', () => {
  const branchRun = { GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'production', GITHUB_REF: 'refs/heads/production' };
  const pullRequest = { GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: '7/merge', GITHUB_REF: 'refs/pull/7/merge' };
  const tag = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1', GITHUB_REF: 'refs/tags/v1' };
  it.each([
    { name: 'the branch checked out', checkout: ['-b', 'feature/x'], env: {}, branch: 'feature/x' },
    { name: 'the branch checked out, not that of the event', checkout: ['-b', 'side'], env: branchRun, branch: 'side' },
    { name: 'a branch that has no commit yet', checkout: ['--orphan', 'fresh'], env: {}, branch: 'fresh' },
    { name: 'nothing for a detached HEAD', checkout: ['--detach'], env: {}, branch: null },
    {
      name: "the event's branch for a detached HEAD in a workflow",
      checkout: ['--detach'],
      env: branchRun,
      branch: 'production',
    },
    { name: 'nothing for the merge ref of a pull request', checkout: ['--detach'], env: pullRequest, branch: null },
    { name: 'nothing for a tag', checkout: ['--detach'], env: tag, branch: null },
    { name: 'the branch, where a tag has the same name', checkout: ['-b', 'v1'], env: {}, branch: 'v1', tagged: true },
  ])('is $name', async ({ checkout, env, branch, tagged }) => {
    await using place = await createWorkplace();
    await place.git(place.directory, 'init', '--quiet', '--initial-branch=main', 'clone');
    const clone = join(place.directory, 'clone');
    await place.git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'first');
    if (tagged === true) await place.git(clone, 'tag', 'v1');
    await place.git(clone, 'checkout', '--quiet', ...checkout);
    const repository = await place.open(clone, { env: { ...place.env, ...env } });
    expect(await repository.currentBranch()).toBe(branch);
  });
});
