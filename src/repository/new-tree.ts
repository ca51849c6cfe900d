/** Builds a tree that differs from a commit's only in some files, new ones among them: neither index nor working tree is used. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printable } from '../base/printable.ts';
import type { FileChange } from '../core/manifests/source-file.ts';
import { encodeName, type RawName } from './file-name.ts';
import type { Git, GitCall } from './git.ts';
import { newRecords } from './new-records.ts';
import { RepositoryError } from './repository-error.ts';
import { kindOf, listTree, type TreeRecord } from './tree-listing.ts';

export interface NewTree {
  readonly git: Git;
  readonly revision: string;
  readonly changes: readonly FileChange[];
  readonly call: GitCall;
}

/**
 * Writes the objects of the new tree and gives the tree's id. Every file keeps its mode; a new one is an ordinary file.
 * Throws CHANGE_INVALID where there is nothing to change, or a path is given twice, is no file of `revision`, or was to
 * be a new one and is there.
 */
export async function writeTree(request: NewTree): Promise<string> {
  const { git, revision, changes, call } = request;
  const listed = await listTree(git, { revision, sizes: false, trees: true, call });
  const records = [...listed, ...newRecords(listed, changes)];
  const blobs = await replacements(request, records);
  const isSame = records.every((record) => (blobs.get(record.name) ?? record.oid) === record.oid);
  if (changes.length === 0 || isSame) throw invalid('there is nothing to commit: no file changes');
  const tree = await writeDirectories(request, { records, blobs });
  await requireOnlyChanges(request, { tree, records, blobs });
  return tree;
}

interface Replacement {
  readonly records: readonly TreeRecord[];
  /** The new blob of each changed file. */
  readonly blobs: ReadonlyMap<RawName, string>;
}

async function replacements(request: NewTree, records: readonly TreeRecord[]): Promise<Map<RawName, string>> {
  const modes = new Map(records.filter((record) => record.type === 'blob').map((record) => [record.name, record.mode]));
  const names = new Set<RawName>();
  for (const change of request.changes) {
    const name = encodeName(change.path);
    const path = printable(change.path);
    const mode = modes.get(name);
    if (mode === undefined) throw invalid(`${path} is no file of the commit it would change`, path);
    if (kindOf(mode) === 'symlink') throw invalid(`${path} is a symbolic link, which is not replaced`, path);
    if (names.has(name)) throw invalid(`${path} is to be changed twice in one commit`, path);
    names.add(name);
  }
  const oids = await writeBlobs(request);
  return new Map([...names].map((name, index) => [name, oids[index] ?? '']));
}

/** One process for all blobs: it takes names of files, so the bytes go through a directory of our own. */
async function writeBlobs(request: NewTree): Promise<string[]> {
  const { git, changes, call } = request;
  if (changes.length === 0) return [];
  const scratch = await mkdtemp(join(tmpdir(), 'towpath-blobs-'));
  try {
    const files = changes.map((_, index) => join(scratch, String(index)));
    for (const [index, file] of files.entries()) await writeFile(file, changes[index]?.bytes ?? '', { mode: 0o600 });
    // Filters would turn line endings about where the user has core.autocrlf.
    const args = ['hash-object', '-w', '--no-filters', '--stdin-paths'];
    return lines(await git.output(args, { ...call, input: `${files.join('\n')}\n` }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Writes anew each directory that holds a change, the deepest first, and gives the root's id. */
async function writeDirectories(request: NewTree, replacement: Replacement): Promise<string> {
  const { git, call } = request;
  const children = Map.groupBy(replacement.records, (record) => parentOf(record.name));
  const oids = new Map(replacement.blobs);
  let root = '';
  for (const level of levels([...replacement.blobs.keys()])) {
    const input = level.map((name) => treeInput(children.get(name) ?? [], oids)).join('\0');
    // `--missing`: in a partial clone the files beside the changed ones need not be here.
    const args = ['mktree', '-z', '--missing', '--batch'];
    const written = lines(await git.output(args, { ...call, input: Buffer.from(input, 'latin1') }));
    for (const [index, name] of level.entries()) oids.set(name, written[index] ?? '');
    root = written[0] ?? '';
  }
  return root;
}

/** `<mode> SP <type> SP <oid> TAB <name> NUL`, the form that mktree reads. Source: https://git-scm.com/docs/git-mktree */
function treeInput(records: readonly TreeRecord[], oids: ReadonlyMap<RawName, string>): string {
  return records
    .map(({ mode, type, oid, name }) => `${mode} ${type} ${oids.get(name) ?? oid}\t${baseOf(name)}\0`)
    .join('');
}

/** The directories above `names` by depth, the deepest level first; the last level is the root, named ''. */
function levels(names: readonly RawName[]): RawName[][] {
  const result: Set<RawName>[] = [new Set([''])];
  for (const name of names) {
    const components = name.split('/');
    for (let depth = 1; depth < components.length; depth++) {
      result[depth] ??= new Set();
      result[depth]?.add(components.slice(0, depth).join('/'));
    }
  }
  return result.map((level) => [...level]).reverse();
}

/** The last check before a commit: what git itself says about the new tree. */
async function requireOnlyChanges(request: NewTree, made: Replacement & { tree: string }): Promise<void> {
  const listed = await listTree(request.git, { revision: made.tree, sizes: false, trees: false, call: request.call });
  const after = new Map(listed.map((record) => [record.name, record]));
  const planned = made.records.filter((record) => record.type !== 'tree');
  const isAsPlanned =
    listed.length === planned.length &&
    planned.every((record) => {
      const now = after.get(record.name);
      const oid = made.blobs.get(record.name) ?? record.oid;
      return now?.mode === record.mode && now.type === record.type && now.oid === oid;
    });
  if (!isAsPlanned)
    throw new RepositoryError('GIT_FAILED', 'git made a tree that differs in more than the changed files');
}

function parentOf(name: RawName): RawName {
  const slash = name.lastIndexOf('/');
  return slash === -1 ? '' : name.slice(0, slash);
}

function baseOf(name: RawName): RawName {
  return name.slice(name.lastIndexOf('/') + 1);
}

function lines(output: Buffer): string[] {
  return output
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

function invalid(message: string, subject?: string): RepositoryError {
  return new RepositoryError('CHANGE_INVALID', message, { subject });
}
