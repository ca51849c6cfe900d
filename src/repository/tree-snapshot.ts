/** The tree of one commit, as a snapshot. */
import { isUtf8 } from 'node:buffer';
import type { Problem } from '../base/errors.ts';
import type { ReadResult, Snapshot } from '../command/adapters/repository.ts';
import type { SourceFile } from '../core/manifests/source-file.ts';
import { decodeName, isInside } from './file-name.ts';
import { fetchMissing, missingObjects, objectSizes, readBlobs, type Store } from './object-store.ts';
import { type Files, fileProblem, indexFiles, refuseToRead, tooLarge } from './readable-file.ts';
import { kindOf, listTree, type TreeRecord } from './tree-listing.ts';

export interface TreeSnapshotOptions {
  readonly store: Store;
  readonly branch: string;
  readonly maxFileBytes: number;
  readonly signal?: AbortSignal | undefined;
}

// No file system takes a longer one.
const MAX_TARGET_BYTES = 4096;

/** The object that holds the file's bytes. */
interface Blob {
  readonly oid: string;
}

/**
 * A snapshot of `store.revision`. In a partial clone the size of a file that is not there yet is given as 0: only reading
 * it tells. Names that would leave the tree (`..`, `.git`) are not listed.
 */
export async function treeSnapshot(options: TreeSnapshotOptions): Promise<Snapshot> {
  const { branch, maxFileBytes, signal } = options;
  const { listed, missing } = await listFiles(options.store, signal);
  const store = { ...options.store, missing };
  const files = indexFiles(listed.filter(({ entry }) => isInside(entry.path)));
  return {
    branch,
    revision: store.revision,
    entries: [...files.values()].map(({ entry }) => entry),
    read: (paths, readSignal) => readFiles({ store, files, paths, maxBytes: maxFileBytes, signal: readSignal }),
    links: (paths, readSignal) => readLinks({ store, files, paths, signal: readSignal }),
  };
}

async function listFiles(store: Store, signal: AbortSignal | undefined) {
  const { git, remote, revision } = store;
  const call = remote.promisor !== null ? { ...remote.call, signal } : { signal };
  // Asked for a size, git would fetch each missing object by itself.
  const records = await listTree(git, { revision, sizes: remote.promisor === null, trees: false, call });
  // Only now: of trees that were not here, git has fetched what it needed.
  const missing = await missingObjects(store, signal);
  const sizes =
    remote.promisor !== null ? await localSizes({ ...store, missing }, records, signal) : new Map<string, number>();
  const listed = records.map((record) => {
    const { path, isUtf8 } = decodeName(record.name);
    const size = record.size ?? sizes.get(record.oid) ?? 0;
    return { entry: { path, kind: kindOf(record.mode), size }, nameIsUtf8: isUtf8, where: { oid: record.oid } };
  });
  return { listed, missing };
}

async function localSizes(store: Store, records: readonly TreeRecord[], signal: AbortSignal | undefined) {
  const blobs = records.filter((record) => record.type === 'blob' && store.missing?.has(record.oid) !== true);
  return objectSizes(
    store,
    blobs.map((record) => record.oid),
    signal,
  );
}

interface LinksRequest {
  readonly store: Store;
  readonly files: Files<Blob>;
  readonly paths: readonly string[];
  readonly signal: AbortSignal | undefined;
}

interface ReadRequest extends LinksRequest {
  readonly maxBytes: number;
}

/** A link's target is what its blob holds. */
async function readLinks({ store, files, paths, signal }: LinksRequest): Promise<ReadonlyMap<string, string>> {
  const links = paths.flatMap((path) => {
    const file = files.get(path);
    return file?.entry.kind === 'symlink' && file.nameIsUtf8 ? [[path, file.where.oid] as const] : [];
  });
  const oids = [...new Set(links.map(([, oid]) => oid))];
  await fetchMissing(store, oids, signal);
  const sizes = await objectSizes(store, oids, signal);
  const contents = await readBlobs(store, new Map([...sizes].filter(([, size]) => size <= MAX_TARGET_BYTES)), signal);
  return new Map(
    links.flatMap(([path, oid]) => {
      const bytes = contents.get(oid);
      return bytes !== undefined && isUtf8(bytes) ? [[path, Buffer.from(bytes).toString('utf8')]] : [];
    }),
  );
}

async function readFiles(request: ReadRequest): Promise<ReadResult> {
  const { store, files, paths, maxBytes, signal } = request;
  const oids = new Map<string, string>();
  for (const path of paths) {
    const file = files.get(path);
    if (file !== undefined && refuseToRead(files, path, maxBytes) === null) oids.set(path, file.where.oid);
  }
  await fetchMissing(store, [...oids.values()], signal);
  const sizes = await objectSizes(store, [...new Set(oids.values())], signal);
  const wanted = new Map([...sizes].filter(([, size]) => size <= maxBytes));
  const contents = await readBlobs(store, wanted, signal);
  const read: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const oid = oids.get(path) ?? '';
    const bytes = contents.get(oid);
    if (bytes !== undefined) read.push({ path, bytes });
    else problems.push(refuseToRead(files, path, maxBytes) ?? notRead({ path, size: sizes.get(oid), maxBytes }));
  }
  return { files: read, problems };
}

function notRead(file: { path: string; size: number | undefined; maxBytes: number }): Problem {
  const { path, size, maxBytes } = file;
  if (size !== undefined && size > maxBytes) return tooLarge({ path, size, maxBytes });
  return fileProblem(
    'FILE_UNREADABLE',
    path,
    'cannot be read: its object is missing from this clone',
    "Run 'git fsck'.",
  );
}
