/** The files of the working tree as they are on disk: no symbolic link is followed, nothing outside is looked at. */
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { mapConcurrent } from '../base/concurrency.ts';
import { messageOf, type Problem } from '../base/errors.ts';
import type { ReadResult, Snapshot } from '../command/adapters/repository.ts';
import type { SourceFile, TreeEntry } from '../core/manifests/source-file.ts';
import { decodeName, type RawName } from './file-name.ts';
import type { Git } from './git.ts';
import { readOnDisk } from './read-on-disk.ts';
import { type Files, indexFiles, type ListedFile, refuseToRead } from './readable-file.ts';
import { RepositoryError } from './repository-error.ts';
import { printable } from './safe-text.ts';
import { listGitNames, listPlainNames, locate } from './work-tree-names.ts';

export interface WorkTreeOptions {
  readonly root: string;
  /** Null where the directory is in no git repository. */
  readonly git: Git | null;
  readonly maxFileBytes: number;
  readonly signal?: AbortSignal | undefined;
}

const CONCURRENT_FILES = 32;

/** What is in the working tree now: files that are gone since are problems when they are read. */
export async function workTreeSnapshot(options: WorkTreeOptions): Promise<Snapshot> {
  const { root, git, maxFileBytes, signal } = options;
  const names = git === null ? await listPlainNames(root, signal) : await listGitNames(git, signal);
  const listed = await statAll(root, names, signal);
  const files = indexFiles(listed);
  return {
    branch: null,
    revision: git === null ? null : await checkedOut(git, signal),
    entries: [...files.values()].map(({ entry }) => entry),
    read: (paths, readSignal) => readFiles({ root, files, paths, maxBytes: maxFileBytes, signal: readSignal }),
  };
}

async function statAll(root: string, names: readonly RawName[], signal: AbortSignal | undefined) {
  const isDirectory = directoryCheck(root);
  const listed = await mapConcurrent(names, CONCURRENT_FILES, async (name): Promise<ListedFile<RawName> | null> => {
    signal?.throwIfAborted();
    // A file that git tracks below what is a symbolic link now is not in this tree any more.
    if (!(await isDirectory(parentOf(name)))) return null;
    const stats = await statOf(root, name);
    const kind = stats === null ? null : kindOf(stats);
    if (stats === null || kind === null) return null;
    const { path, isUtf8 } = decodeName(name);
    const size = kind === 'submodule' ? 0 : stats.size;
    return { entry: { path, kind, size }, nameIsUtf8: isUtf8, where: name };
  });
  return listed.filter((file) => file !== null);
}

/** Tells whether a name and all above it are directories and not links to some; asks once for each. */
function directoryCheck(root: string): (name: RawName) => Promise<boolean> {
  const known = new Map<RawName, Promise<boolean>>([['', Promise.resolve(true)]]);
  return function check(name): Promise<boolean> {
    const answer = known.get(name) ?? isRealDirectory(name);
    known.set(name, answer);
    return answer;
  };
  async function isRealDirectory(name: RawName): Promise<boolean> {
    const above = parentOf(name);
    known.set(above, known.get(above) ?? isRealDirectory(above));
    return (await known.get(above)) === true && (await statOf(root, name))?.isDirectory() === true;
  }
}

async function statOf(root: string, name: RawName): Promise<Stats | null> {
  try {
    return await lstat(locate(root, name));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    // Left out, the file would look deleted.
    throw new RepositoryError('FILE_UNREADABLE', `cannot look at the file: ${printable(messageOf(error))}`, {
      subject: printable(decodeName(name).path),
      cause: error,
    });
  }
}

/** Null for what no commit can hold: sockets, pipes, devices. Of directories only those of submodules are listed. */
function kindOf(stats: Stats): TreeEntry['kind'] | null {
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isDirectory()) return 'submodule';
  if (!stats.isFile()) return null;
  return (stats.mode & 0o111) === 0 ? 'file' : 'executable';
}

async function checkedOut(git: Git, signal: AbortSignal | undefined): Promise<string | null> {
  const result = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { signal });
  const sha = result.stdout.toString('latin1').trim();
  return result.exitCode === 0 && sha !== '' ? sha : null;
}

interface ReadRequest {
  readonly root: string;
  readonly files: Files<RawName>;
  readonly paths: readonly string[];
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
}

async function readFiles(request: ReadRequest): Promise<ReadResult> {
  const { root, files, paths, maxBytes, signal } = request;
  const results = await mapConcurrent(paths, CONCURRENT_FILES, async (path) => {
    signal?.throwIfAborted();
    const refusal = refuseToRead(files, path, maxBytes);
    const name = files.get(path)?.where;
    if (refusal !== null || name === undefined) return refusal;
    return readOnDisk({ location: locate(root, name), path, maxBytes });
  });
  const read: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const result of results) {
    if (result === null) continue;
    if ('bytes' in result) read.push(result);
    else problems.push(result);
  }
  return { files: read, problems };
}

function parentOf(name: RawName): RawName {
  const slash = name.lastIndexOf('/');
  return slash === -1 ? '' : name.slice(0, slash);
}
