/** Reads objects from git's store, those of a partial clone included. */
import type { Git, GitCall } from './git.ts';
import { exchange, type Remote } from './remote.ts';

/** What talks to the store: `remote` where missing objects can be asked for. */
export interface Store {
  readonly git: Git;
  readonly remote: Remote;
  readonly revision: string;
  /** How many commits of the branch are looked at from the revision on; undefined: it alone. */
  readonly commits?: number | undefined;
  /** What `missingObjects` has told already: a look at thousands of objects takes its time. What is fetched since goes. */
  readonly missing?: Set<string> | undefined;
}

// One process answers for this much: enough that few are started, little enough that memory stays bounded.
const BATCH_BYTES = 64 * 1024 * 1024;

/** The objects of the trees looked at that a partial clone has left with its remote; empty in any other clone. */
export async function missingObjects(store: Store, signal?: AbortSignal): Promise<Set<string>> {
  if (store.remote.promisor === null) return new Set();
  const walk = store.commits === undefined ? ['--no-walk'] : ['--first-parent', `--max-count=${store.commits}`];
  const args = ['rev-list', '--objects', '--no-object-names', ...walk, '--missing=print', store.revision, '--'];
  const listing = await store.git.output(args, callOf(store, signal));
  const missing = listing
    .toString('latin1')
    .split('\n')
    .filter((line) => line.startsWith('?'));
  return new Set(missing.map((line) => line.slice(1)));
}

/**
 * Fetches those of `oids` that are missing, all at once: git by itself would fetch them one by one, a request each.
 * Source: https://git-scm.com/docs/partial-clone#_fetching_missing_objects
 */
export async function fetchMissing(store: Store, oids: readonly string[], signal?: AbortSignal): Promise<void> {
  const missing = store.missing ?? (await missingObjects(store, signal));
  const wanted = [...new Set(oids)].filter((oid) => missing.has(oid));
  const { promisor } = store.remote;
  if (wanted.length === 0 || promisor === null) return;
  const args = [
    // The objects asked for are known to be missing: there is nothing to negotiate.
    ...['-c', 'fetch.negotiationAlgorithm=noop'],
    ...['fetch', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance'],
    ...['--filter=blob:none', '--stdin', '--', promisor],
  ];
  const input = `${wanted.join('\n')}\n`;
  await exchange(store.git, store.remote, { args, purpose: 'fetch missing files from', input, signal });
  for (const oid of wanted) missing.delete(oid);
}

/** The sizes of `oids`, in bytes; objects that are not there have none. */
export async function objectSizes(store: Store, oids: readonly string[], signal?: AbortSignal) {
  const sizes = new Map<string, number>();
  if (oids.length === 0) return sizes;
  const args = ['cat-file', '--batch-check=%(objectname) %(objectsize)', '--buffer'];
  const listing = await store.git.output(args, { ...callOf(store, signal), input: `${oids.join('\n')}\n` });
  for (const line of listing.toString('latin1').split('\n')) {
    const [oid = '', size = ''] = line.split(' ');
    if (/^\d+$/.test(size)) sizes.set(oid, Number(size));
  }
  return sizes;
}

/** The contents of `blobs`, whose sizes bound how many are read at once; objects that are not there are left out. */
export async function readBlobs(
  store: Store,
  blobs: ReadonlyMap<string, number>,
  signal?: AbortSignal,
): Promise<Map<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  for (const batch of batches(blobs)) {
    const call = { ...callOf(store, signal), input: `${batch.join('\n')}\n` };
    const output = await store.git.output(['cat-file', '--batch', '--buffer'], call);
    for (const [oid, bytes] of parseBatch(output)) contents.set(oid, bytes);
  }
  return contents;
}

/**
 * `<oid> SP <type> SP <size> LF <contents> LF`, or `<oid> SP missing LF`.
 * Source: https://git-scm.com/docs/git-cat-file#_batch_output
 */
export function* parseBatch(output: Buffer): Generator<[oid: string, bytes: Uint8Array]> {
  let position = 0;
  while (position < output.length) {
    const end = output.indexOf(0x0a, position);
    if (end === -1) return;
    const [oid = '', , size] = output.toString('latin1', position, end).split(' ');
    position = end + 1;
    if (size === undefined) continue;
    const length = Number(size);
    yield [oid, new Uint8Array(output.buffer, output.byteOffset + position, length)];
    position += length + 1;
  }
}

function batches(blobs: ReadonlyMap<string, number>): string[][] {
  const result: string[][] = [];
  let room = 0;
  for (const [oid, size] of blobs) {
    if (size > room || result.length === 0) {
      result.push([]);
      room = BATCH_BYTES;
    }
    result.at(-1)?.push(oid);
    room -= size;
  }
  return result;
}

function callOf(store: Store, signal: AbortSignal | undefined): GitCall {
  // In a partial clone git may still fetch by itself, and needs the credentials then.
  return store.remote.promisor !== null ? { ...store.remote.call, signal } : { signal };
}
