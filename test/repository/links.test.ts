import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startGitRemote } from '../control-plane/git-remote.ts';
import { createWorkplace } from './workplace.ts';

const ASKED = ['link', 'dev/up', 'file', 'gone', 'huge', 'odd'];
const TARGETS = new Map([
  ['link', 'dev'],
  ['dev/up', '../file'],
]);

describe('the links of a snapshot', () => {
  it.each([
    { clone: 'a whole clone', args: ['--no-checkout'] },
    { clone: 'a partial clone', args: ['--filter=blob:none', '--no-checkout'] },
  ])('of a branch have their targets, from $clone', async ({ args }) => {
    await using remote = await startGitRemote({
      files: {
        file: 'text',
        link: { content: 'dev', mode: '120000' },
        'dev/up': { content: '../file', mode: '120000' },
        huge: { content: 'x'.repeat(5_000), mode: '120000' },
        odd: { content: Buffer.from([0xff, 0x2f]), mode: '120000' },
      },
    });
    await remote.git(['config', 'uploadpack.allowFilter', 'true']);
    await remote.git(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    await using place = await createWorkplace();
    const repository = await place.open(await place.clone(`file://${remote.directory}`, { args }));
    const snapshot = await repository.branchHead('master');
    expect(await snapshot.links(ASKED)).toEqual(TARGETS);
  });

  it('of the working tree have their targets', async () => {
    await using place = await createWorkplace();
    await place.write('tree/file', 'text');
    await place.write('tree/dev/a', 'a');
    await symlink('dev', join(place.directory, 'tree/link'));
    await symlink('../file', join(place.directory, 'tree/dev/up'));
    await symlink(Buffer.from([0xff, 0x2f]), join(place.directory, 'tree/odd'));
    const snapshot = await (await place.open(join(place.directory, 'tree'))).workTree();
    expect(await snapshot.links(ASKED)).toEqual(TARGETS);
  });
});
