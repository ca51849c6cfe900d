/** The commits of a branch and what they did to a few files. */
import type { HistoryRequest, PastCommit } from '../command/adapters/repository.ts';
import type { Git, GitCall } from './git.ts';
import { deepen } from './history-depth.ts';
import { LOG_FORMAT, type LoggedCommit, parseLog } from './history-log.ts';
import { fetchMissing, objectSizes, readBlobs, type Store } from './object-store.ts';
import type { Remote } from './remote.ts';

export interface HistoryOptions {
  readonly git: Git;
  /** Null for the working tree: its history is what is here, and nobody is asked for more. */
  readonly remote: Remote | null;
  readonly request: HistoryRequest;
  /** Larger files have no bytes. */
  readonly maxFileBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes of past versions that are kept, the newest first; older ones count as unreadable. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Paths longer than this in all are not given to git: a command line has an end. */
const MAX_PATH_CHARACTERS = 16_000;

/**
 * The newest `limit` commits of the first-parent chain. Side effects: in a shallow clone the history becomes deeper; in
 * a partial clone the versions are fetched, all in one request.
 * Throws the codes of `exchange` where the remote does not give what is missing here.
 */
export async function readHistory(options: HistoryOptions): Promise<readonly PastCommit[]> {
  const { git, remote, request, signal } = options;
  const { branch, revision } = request.snapshot;
  if (revision === null || request.paths.length === 0) return [];
  if (remote === null && (await isPartial(git, signal))) return [];
  const store: Store = { git, remote: remote ?? NOBODY, revision, commits: request.limit };
  if (remote !== null && branch !== null) {
    await deepen({ git, remote, branch, revision, depth: request.limit, signal });
  }
  const commits = await log(store, request, signal);
  const contents = await readVersions(store, commits, options);
  return commits.map(({ files, ...commit }) => ({
    ...commit,
    files: new Map([...files].map(([path, oid]) => [path, contents.get(oid ?? '') ?? null])),
  }));
}

async function log(store: Store, { paths, limit }: HistoryRequest, signal?: AbortSignal): Promise<LoggedCommit[]> {
  const isShort = paths.reduce((sum, path) => sum + path.length + 1, 0) <= MAX_PATH_CHARACTERS;
  const args = [
    '--literal-pathspecs',
    ...['-c', 'log.showRoot=true', '-c', 'log.follow=false'],
    ...['log', '--first-parent', '--diff-merges=first-parent', `--max-count=${limit}`, `--format=${LOG_FORMAT}`],
    ...['--raw', '-r', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-show-signature'],
    // With `--sparse` the commits that change none of the paths are told as well: their messages may matter.
    ...['--sparse', store.revision, '--', ...(isShort ? paths : [])],
  ];
  return parseLog(await store.git.output(args, callOf(store, signal)), new Set(paths));
}

/** The contents by object id, as much of them as there is room for. */
async function readVersions(
  store: Store,
  commits: readonly LoggedCommit[],
  { maxFileBytes, signal }: HistoryOptions,
): Promise<Map<string, Uint8Array>> {
  const wanted = new Set(commits.flatMap(({ files }) => [...files.values()].filter((oid) => oid !== null)));
  await fetchMissing(store, [...wanted], signal);
  const sizes = await objectSizes(store, [...wanted], signal);
  const chosen = new Map<string, number>();
  let room = MAX_BYTES;
  for (const oid of wanted) {
    const size = sizes.get(oid) ?? Number.POSITIVE_INFINITY;
    if (size > maxFileBytes || size > room) continue;
    chosen.set(oid, size);
    room -= size;
  }
  return readBlobs(store, chosen, signal);
}

/** What a partial clone lacks git would fetch by itself, one version at a time. */
async function isPartial(git: Git, signal: AbortSignal | undefined): Promise<boolean> {
  const pattern = '^(extensions\\.partialclone|remote\\..*\\.promisor)$';
  return (await git.run(['config', '--get-regexp', pattern], { signal })).exitCode === 0;
}

function callOf({ remote }: Store, signal: AbortSignal | undefined): GitCall {
  return remote.promisor !== null ? { ...remote.call, signal } : { signal };
}

/** Stands for the remote where there is none to ask. */
const NOBODY: Remote = { name: '', label: '', promisor: null, call: {}, mayRetry: async () => false };
