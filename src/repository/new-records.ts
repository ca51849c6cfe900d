/** What a tree's listing gains by files that are not in it yet. */
import { printable } from '../base/printable.ts';
import type { FileChange } from '../core/manifests/source-file.ts';
import { encodeName, isInside, type RawName } from './file-name.ts';
import { RepositoryError } from './repository-error.ts';
import type { TreeRecord } from './tree-listing.ts';

/**
 * A record for each new file, and for each directory that only it needs; their objects are not written yet, so that they
 * have no ids. `listed`: the tree with its directories. Throws CHANGE_INVALID where something has the name already, or
 * where a file, a link or a submodule stands in the way.
 */
export function newRecords(listed: readonly TreeRecord[], changes: readonly FileChange[]): TreeRecord[] {
  const wanted = changes.filter((change) => change.isNew === true);
  if (wanted.length === 0) return [];
  const types = new Map(listed.map((record) => [record.name, record.type]));
  const made: TreeRecord[] = [];
  for (const { path } of wanted) {
    if (!isInside(path)) throw invalid(path, 'is no path inside the repository');
    const name = encodeName(path);
    if (types.has(name)) throw invalid(path, 'is in the commit already, and was to be a new file');
    for (const directory of directoriesAbove(name)) {
      const type = types.get(directory);
      if (type === 'tree') continue;
      if (type !== undefined) throw invalid(path, 'would lie below something that is no directory');
      types.set(directory, 'tree');
      made.push({ mode: '040000', type: 'tree', oid: '', size: null, name: directory });
    }
    types.set(name, 'blob');
    made.push({ mode: '100644', type: 'blob', oid: '', size: null, name });
  }
  return made;
}

function directoriesAbove(name: RawName): RawName[] {
  const components = name.split('/').slice(0, -1);
  return components.map((_, index) => components.slice(0, index + 1).join('/'));
}

function invalid(path: string, clause: string): RepositoryError {
  const subject = printable(path);
  return new RepositoryError('CHANGE_INVALID', `${subject} ${clause}`, { subject });
}
