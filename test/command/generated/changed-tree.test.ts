import { describe, expect, it } from 'vitest';
import { withTreeChanges } from '../../../src/command/generated/changed-tree.ts';
import type { FileChange } from '../../../src/core/manifests/source-file.ts';
import { treeOf } from '../../render/tree-on-disk.ts';

const TREE = { ...treeOf({ 'a.yaml': 'a', 'dir/run.sh*': 'run', 'z.yaml': 'z' }), branch: 'master', revision: 'abc' };

function change(path: string, text: string, isNew?: true): FileChange {
  const bytes = Buffer.from(text);
  return isNew === undefined ? { path, bytes } : { path, bytes, isNew };
}

describe('a tree with changes', () => {
  it('has the new bytes and the old ones, in the order asked, and says what is not there', async () => {
    const tree = withTreeChanges(TREE, [change('dir/run.sh', 'ran'), change('dir/new.yaml', 'new', true)]);
    const { files } = await tree.read(['z.yaml', 'dir/new.yaml', 'gone', 'dir/run.sh', 'a.yaml']);
    expect(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['z.yaml', 'z'],
      ['dir/new.yaml', 'new'],
      ['dir/run.sh', 'ran'],
      ['a.yaml', 'a'],
    ]);
  });

  it('lists what is new, sorted, with kinds kept', () => {
    const tree = withTreeChanges(TREE, [change('dir/run.sh', 'longer than before'), change('dir/new.yaml', 'n', true)]);
    expect(tree.entries).toEqual([
      { path: 'a.yaml', kind: 'file', size: 1 },
      { path: 'dir/new.yaml', kind: 'file', size: 1 },
      { path: 'dir/run.sh', kind: 'executable', size: 18 },
      { path: 'z.yaml', kind: 'file', size: 1 },
    ]);
    expect(tree).toMatchObject({ branch: 'master', revision: 'abc' });
  });

  it('is the tree itself without any', () => {
    expect(withTreeChanges(TREE, [])).toBe(TREE);
  });
});
