/** What `git ls-tree` says about the files of a commit. */
import type { TreeEntry } from '../core/manifests/source-file.ts';
import type { RawName } from './file-name.ts';
import type { Git, GitCall } from './git.ts';

export interface TreeRecord {
  /** Octal, as git prints it: `100644`. */
  readonly mode: string;
  readonly type: string;
  readonly oid: string;
  /** Null for what has no size, and where sizes were not asked for. */
  readonly size: number | null;
  readonly name: RawName;
}

export interface ListingRequest {
  readonly revision: string;
  readonly sizes: boolean;
  /** With the directories, before what is in them. */
  readonly trees: boolean;
  readonly call?: GitCall;
}

/** Every name in the tree of `revision`, in git's order. */
export async function listTree(git: Git, request: ListingRequest): Promise<TreeRecord[]> {
  const flags = [...(request.sizes ? ['-l'] : []), ...(request.trees ? ['-t'] : [])];
  const args = ['ls-tree', '-r', '-z', '--full-tree', ...flags, request.revision];
  return parseListing(await git.output(args, request.call));
}

/** `<mode> SP <type> SP <oid> [SP+ <size>] TAB <name> NUL`. Source: https://git-scm.com/docs/git-ls-tree#_output_format */
export function parseListing(listing: Buffer): TreeRecord[] {
  return listing
    .toString('latin1')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', type = '', oid = '', size = '-'] = line.slice(0, tab).split(/ +/);
      return { mode, type, oid, size: size === '-' ? null : Number(size), name: line.slice(tab + 1) };
    });
}

export function kindOf(mode: string): TreeEntry['kind'] {
  if (mode === '120000') return 'symlink';
  if (mode === '160000') return 'submodule';
  return (Number.parseInt(mode, 8) & 0o111) === 0 ? 'file' : 'executable';
}
