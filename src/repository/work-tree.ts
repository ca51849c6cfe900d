/** The files of the working tree as they are on disk: no symbolic link is followed, nothing outside is looked at. */
import { isUtf8 } from 'node:buffer';
import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { messageOf, type Problem } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import type { ReadResult, Snapshot } from '../command/adapters/repository.ts';
import type { SourceFile, TreeEntry } from '../core/manifests/source-file.ts';
import { decodeName, type RawName } from './file-name.ts';
import type { Git } from './git.ts';
import { readOnDisk } from './read-on-disk.ts';
import { type Files, indexFiles, type ListedFile, refuseToRead } from './readable-file.ts';
import { RepositoryError } from './repository-error.ts';
import { listGitNames, listPlainNames, locate } from './work-tree-names.ts';

export interface WorkTreeOptions {
  readonly root: string;
  /** Null where the directory is in no git repository. */
  readonly git: Git | null;
  readonly maxFileBytes: number;
  readonly signal?: AbortSignal | undefined;
}

// Small file operations are fastest done one after the other; between the turns other work gets its chance.
const FILES_PER_TURN = 256;

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
    links: async (paths, readSignal) => new Map(await readLinks({ root, files, paths, signal: readSignal })),
  };
}

async function statAll(root: string, names: readonly RawName[], signal: AbortSignal | undefined) {
  const isDirectory = directoryCheck(root);
  return mapInTurns(names, signal, (name): ListedFile<RawName> | null => {
    // A file that git tracks below what is a symbolic link now is not in this tree any more.
    if (!isDirectory(parentOf(name))) return null;
    const stats = statOf(root, name);
    const kind = stats === null ? null : kindOf(stats);
    if (stats === null || kind === null) return null;
    const { path, isUtf8 } = decodeName(name);
    const size = kind === 'submodule' ? 0 : stats.size;
    return { entry: { path, kind, size }, nameIsUtf8: isUtf8, where: name };
  });
}

/** `work` for each item, a few hundred of them between two looks at the signal; nulls are left out. */
async function mapInTurns<T, R>(
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T) => R | null,
): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) {
    if (index % FILES_PER_TURN === 0) await setImmediate();
    signal?.throwIfAborted();
    const result = work(item);
    if (result !== null) results.push(result);
  }
  return results;
}

/** Tells whether a name and all above it are directories and not links to some; looks once at each. */
function directoryCheck(root: string): (name: RawName) => boolean {
  const known = new Map<RawName, boolean>([['', true]]);
  return function check(name): boolean {
    const answer = known.get(name) ?? (check(parentOf(name)) && statOf(root, name)?.isDirectory() === true);
    known.set(name, answer);
    return answer;
  };
}

function statOf(root: string, name: RawName): Stats | null {
  try {
    return lstatSync(locate(root, name));
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

interface LinksRequest {
  readonly root: string;
  readonly files: Files<RawName>;
  readonly paths: readonly string[];
  readonly signal: AbortSignal | undefined;
}

interface ReadRequest extends LinksRequest {
  readonly maxBytes: number;
}

async function readLinks({ root, files, paths, signal }: LinksRequest) {
  return mapInTurns(paths, signal, (path): readonly [string, string] | null => {
    const file = files.get(path);
    if (file?.entry.kind !== 'symlink' || !file.nameIsUtf8) return null;
    try {
      const target = readlinkSync(locate(root, file.where), { encoding: 'buffer' });
      return isUtf8(target) ? [path, target.toString('utf8')] : null;
    } catch {
      // reason: gone since it was listed, or no link any more
      return null;
    }
  });
}

async function readFiles(request: ReadRequest): Promise<ReadResult> {
  const { root, files, paths, maxBytes, signal } = request;
  const read: SourceFile[] = [];
  const problems = await mapInTurns(paths, signal, (path): Problem | null => {
    const refusal = refuseToRead(files, path, maxBytes);
    const name = files.get(path)?.where;
    if (refusal !== null || name === undefined) return refusal;
    const result = readOnDisk({ location: locate(root, name), path, maxBytes });
    if (!('bytes' in result)) return result;
    read.push(result);
    return null;
  });
  return { files: read, problems };
}

function parentOf(name: RawName): RawName {
  const slash = name.lastIndexOf('/');
  return slash === -1 ? '' : name.slice(0, slash);
}
