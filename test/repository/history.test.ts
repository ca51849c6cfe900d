import { describe, expect, it } from 'vitest';
import type { PastCommit } from '../../src/command/adapters/repository.ts';
import { type GitRemote, startGitRemote } from '../control-plane/git-remote.ts';
import { createWorkplace, textOf } from './workplace.ts';

/** Message and what became of each path. */
function told(commits: readonly PastCommit[]) {
  return commits.map(({ message, files }) => [
    message.trim(),
    Object.fromEntries([...files].map(([path, bytes]) => [path, bytes === null ? null : textOf(bytes)])),
  ]);
}

/** A merge of `branch` into master, with the files as given. */
async function merge(remote: GitRemote, branch: string, message: string): Promise<void> {
  const [ours, theirs] = [await remote.head(), await remote.head(branch)];
  const tree = (await remote.git(['merge-tree', '--write-tree', ours ?? '', theirs ?? ''])).trim();
  const parents = ['-p', ours ?? '', '-p', theirs ?? ''];
  const who = ['-c', 'user.name=Mia', '-c', 'user.email=mia@example.com'];
  const sha = (await remote.git([...who, 'commit-tree', tree, ...parents, '-m', message])).trim();
  await remote.git(['update-ref', 'refs/heads/master', sha]);
}

async function remoteWith(commits: readonly { message: string; files: Record<string, string | null> }[]) {
  const remote = await startGitRemote({ files: { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' } });
  for (const commit of commits) await remote.commit(commit);
  return remote;
}

const CLONES: readonly { clone: string; args: readonly string[] | null; fetches: boolean }[] = [
  { clone: 'a full clone', args: [], fetches: false },
  { clone: 'an empty repository', args: null, fetches: false },
  { clone: 'a shallow clone', args: ['--depth=1'], fetches: true },
  { clone: 'a shallow clone of some depth', args: ['--depth=2'], fetches: true },
  { clone: 'a partial clone', args: ['--filter=blob:none', '--no-checkout'], fetches: true },
  { clone: 'a shallow and partial clone', args: ['--depth=1', '--filter=blob:none', '--no-checkout'], fetches: true },
];

describe('the history of a branch', () => {
  it.each(CLONES)('is the same in $clone', async ({ args, fetches }) => {
    await using remote = await remoteWith([
      { message: 'Change a', files: { 'a.yaml': 'a: 2\n' } },
      { message: 'Change another file', files: { 'other.yaml': 'x\n' } },
      { message: 'Change both\n\nUnhold: a b', files: { 'a.yaml': 'a: 3\n', 'b.yaml': 'b: 2\n' } },
      { message: 'Remove b', files: { 'b.yaml': null } },
    ]);
    await using place = await createWorkplace();
    const clone = args === null ? await place.connect(remote.url) : await place.clone(remote.url, { args });
    const repository = await place.open(clone);
    const snapshot = await repository.branchHead('master');
    const before = remote.requests.filter(({ service }) => service === 'git-upload-pack').length;

    const commits = await repository.history({ snapshot, paths: ['a.yaml', 'b.yaml'], limit: 100 });

    expect(told(commits)).toEqual([
      ['Remove b', { 'b.yaml': null }],
      ['Change both\n\nUnhold: a b', { 'a.yaml': 'a: 3\n', 'b.yaml': 'b: 2\n' }],
      ['Change another file', {}],
      ['Change a', { 'a.yaml': 'a: 2\n' }],
      ['Begin', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' }],
    ]);
    expect(commits[0]).toMatchObject({
      revision: snapshot.revision,
      author: 'Somebody Else',
      committedMs: Date.UTC(2026, 0, 1),
    });
    const requests = remote.requests.filter(({ service }) => service === 'git-upload-pack').length - before;
    expect(requests > 0).toBe(fetches);
    // Deep enough now, and whole: nobody is asked again.
    const done = remote.requests.length;
    await repository.history({ snapshot, paths: ['a.yaml', 'b.yaml'], limit: 100 });
    expect(remote.requests.length).toBe(done);
  });

  it('has a merge as one commit of the one who merged', async () => {
    await using remote = await remoteWith([]);
    await remote.git(['branch', 'side', 'master']);
    await remote.commit({ branch: 'side', files: { 'a.yaml': 'a: 2\n' }, message: 'One' });
    await remote.commit({ branch: 'side', files: { 'a.yaml': 'a: 3\n' }, message: 'Two' });
    await remote.commit({ files: { 'b.yaml': 'b: 2\n' }, message: 'Meanwhile' });
    await merge(remote, 'side', 'Merge side');
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(remote.url, { args: ['--depth=1'] }));
    const snapshot = await repository.branchHead('master');

    const commits = await repository.history({ snapshot, paths: ['a.yaml', 'b.yaml'], limit: 100 });

    expect(told(commits)).toEqual([
      ['Merge side', { 'a.yaml': 'a: 3\n' }],
      ['Meanwhile', { 'b.yaml': 'b: 2\n' }],
      ['Begin', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' }],
    ]);
    expect(commits[0]?.author).toBe('Mia');
  });

  it('ends where it was asked to, and a shallow clone becomes no deeper than needed', async () => {
    const commits = Array.from({ length: 80 }, (_, index) => ({
      message: `Change ${index}`,
      files: { 'a.yaml': `a: ${index}\n` },
    }));
    await using remote = await remoteWith(commits);
    await using place = await createWorkplace();
    const clone = await place.clone(remote.url, { args: ['--depth=1'] });
    const repository = await place.open(clone);
    const snapshot = await repository.branchHead('master');

    const history = await repository.history({ snapshot, paths: ['a.yaml'], limit: 10 });

    expect(told(history).map(([message]) => message)).toEqual(
      Array.from({ length: 10 }, (_, index) => `Change ${79 - index}`),
    );
    expect((await place.git(clone, 'rev-list', '--count', 'HEAD')).trim()).toBe('60');
    const done = remote.requests.length;
    await repository.history({ snapshot, paths: ['a.yaml'], limit: 60 });
    expect(remote.requests.length).toBe(done);
  });

  it('is that of the snapshot, though the branch has moved on', async () => {
    await using remote = await remoteWith([{ message: 'Change a', files: { 'a.yaml': 'a: 2\n' } }]);
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(remote.url, { args: ['--depth=1'] }));
    const snapshot = await repository.branchHead('master');
    await remote.commit({ files: { 'a.yaml': 'a: 3\n' }, message: 'Later' });

    const commits = await repository.history({ snapshot, paths: ['a.yaml'], limit: 100 });

    expect(told(commits).map(([message]) => message)).toEqual(['Change a', 'Begin']);
  });

  it('moves no branch and leaves no FETCH_HEAD when it deepens a clone', async () => {
    await using remote = await remoteWith([{ message: 'Change a', files: { 'a.yaml': 'a: 2\n' } }]);
    await using place = await createWorkplace();
    const clone = await place.clone(remote.url, { args: ['--depth=1'] });
    const repository = await place.open(clone);
    const snapshot = await repository.branchHead('master');
    const refs = () => place.git(clone, 'for-each-ref');
    const before = await refs();
    await remote.commit({ files: { 'a.yaml': 'a: 3\n' }, message: 'Later' });

    await repository.history({ snapshot, paths: ['a.yaml'], limit: 100 });

    expect(await refs()).toBe(before);
    await expect(place.git(clone, 'rev-parse', '--verify', 'FETCH_HEAD')).rejects.toThrow();
  });

  it('throws where a shallow clone cannot be deepened', async () => {
    await using place = await createWorkplace();
    const remote = await remoteWith([{ message: 'Change a', files: { 'a.yaml': 'a: 2\n' } }]);
    const repository = await place.open(await place.clone(remote.url, { args: ['--depth=1'] }));
    const snapshot = await repository.branchHead('master');
    await remote[Symbol.asyncDispose]();

    const asked = repository.history({ snapshot, paths: ['a.yaml'], limit: 100 });

    await expect(asked).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE', subject: 'master' });
  });

  it.each<{ name: string; paths: readonly string[]; files: Record<string, string>; seen: string[] }>([
    {
      name: 'means names literally',
      paths: ['*.yaml', ':(glob)x'],
      files: { 'c.yaml': 'c\n' },
      seen: [],
    },
    {
      name: 'knows names of any characters',
      paths: ['dir/ä "q" [x].yaml'],
      files: { 'dir/ä "q" [x].yaml': 'x\n' },
      seen: ['dir/ä "q" [x].yaml'],
    },
    {
      name: 'takes more names than a command line',
      paths: [...Array.from({ length: 20_000 }, (_, index) => `long/name/of/a/file/${index}.yaml`), 'c.yaml'],
      files: { 'c.yaml': 'c\n', 'd.yaml': 'd\n' },
      seen: ['c.yaml'],
    },
  ])('$name', async ({ paths, files, seen }) => {
    await using remote = await remoteWith([{ message: 'Add', files }]);
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(remote.url));
    const snapshot = await repository.branchHead('master');
    const [commit] = await repository.history({ snapshot, paths, limit: 10 });
    expect([...(commit?.files.keys() ?? [])]).toEqual(seen);
  });

  it('has no bytes of links and of files that are too large, and the bytes of files that are no text', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x0a]);
    await using remote = await remoteWith([]);
    await remote.commit({ files: { 'a.yaml': { content: 'b.yaml', mode: '120000' } }, message: 'Link' });
    await remote.commit({ files: { 'a.yaml': 'x'.repeat(2_000) }, message: 'Large' });
    await remote.commit({ files: { 'a.yaml': { content: bytes, mode: '100644' } }, message: 'Binary' });
    await using place = await createWorkplace();
    const repository = await place.open(await place.connect(remote.url), { maxFileBytes: 1_000 });
    const snapshot = await repository.branchHead('master');
    const commits = await repository.history({ snapshot, paths: ['a.yaml'], limit: 100 });
    const [binary, large, link] = commits.map(({ files }) => files.get('a.yaml'));
    expect(Buffer.from(binary ?? [])).toEqual(bytes);
    expect([large, link]).toEqual([null, null]);
  });

  it('is read whatever the settings of the user and the words of the commit', async () => {
    await using remote = await remoteWith([
      { message: ':100644 100644 a b M\n\n\x01abc\n:x', files: { 'a.yaml': 'a: 2\n' } },
    ]);
    await using place = await createWorkplace();
    const clone = await place.connect(remote.url);
    for (const [key, value] of [
      ['log.showRoot', 'false'],
      ['log.follow', 'true'],
      ['log.showSignature', 'true'],
      ['diff.renames', 'copies'],
      ['core.quotePath', 'true'],
      ['core.abbrev', '4'],
    ] as const) {
      await place.git(clone, 'config', key, value);
    }
    const repository = await place.open(clone);
    const snapshot = await repository.branchHead('master');
    const commits = await repository.history({ snapshot, paths: ['a.yaml'], limit: 100 });
    expect(told(commits)).toEqual([
      [':100644 100644 a b M\n\n\x01abc\n:x', { 'a.yaml': 'a: 2\n' }],
      ['Begin', { 'a.yaml': 'a: 1\n' }],
    ]);
  });
});

describe('the history of a working tree', () => {
  it('is that of its commit, and nobody is asked for it', async () => {
    await using remote = await remoteWith([{ message: 'Change a', files: { 'a.yaml': 'a: 2\n' } }]);
    await using place = await createWorkplace();
    const clone = await place.clone(remote.url);
    await place.write('clone/a.yaml', 'a: 3 # being edited\n');
    const repository = await place.open(clone);
    const snapshot = await repository.workTree();
    const asked = remote.requests.length;
    const commits = await repository.history({ snapshot, paths: ['a.yaml'], limit: 100 });
    expect(told(commits)).toEqual([
      ['Change a', { 'a.yaml': 'a: 2\n' }],
      ['Begin', { 'a.yaml': 'a: 1\n' }],
    ]);
    expect(remote.requests.length).toBe(asked);
  });

  it.each([
    { name: 'goes as far as the clone', args: ['--depth=1'], length: 1 },
    { name: 'is none in a partial clone', args: ['--filter=blob:none'], length: 0 },
  ])('$name', async ({ args, length }) => {
    await using remote = await remoteWith([{ message: 'Change a', files: { 'a.yaml': 'a: 2\n' } }]);
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(remote.url, { args }));
    const asked = remote.requests.length;
    const snapshot = await repository.workTree();
    expect(await repository.history({ snapshot, paths: ['a.yaml'], limit: 100 })).toHaveLength(length);
    expect(remote.requests.length).toBe(asked);
  });

  it('is none where there is no commit, no repository or no file', async () => {
    await using place = await createWorkplace();
    await place.write('plain/a.yaml', 'a: 1\n');
    const plain = await place.open(`${place.directory}/plain`);
    expect(await plain.history({ snapshot: await plain.workTree(), paths: ['a.yaml'], limit: 10 })).toEqual([]);
    const empty = await place.open(await place.connect('http://127.0.0.1:1/none.git'));
    expect(await empty.history({ snapshot: await empty.workTree(), paths: ['a.yaml'], limit: 10 })).toEqual([]);
    await using remote = await remoteWith([]);
    const clone = await place.open(await place.clone(remote.url, { name: 'other' }));
    expect(await clone.history({ snapshot: await clone.workTree(), paths: [], limit: 10 })).toEqual([]);
  });
});
