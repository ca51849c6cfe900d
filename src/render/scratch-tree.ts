/** A copy of a tree that commands may do anything to: files with their modes, and links, which stay inside. */
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrent } from '../base/concurrency.ts';
import { printable } from '../base/printable.ts';
import type { Secret } from '../base/secret.ts';
import type { TreeSource } from '../command/adapters/generators.ts';
import type { SourceFile, TreeEntry } from '../core/manifests/source-file.ts';
import { RenderError } from './render-error.ts';
import { directoriesAbove, isInside, staysInside } from './tree-paths.ts';

export interface ScratchTree {
  /** Absolute; nothing but the tree is in it. */
  readonly root: string;
  /** An empty directory beside it. */
  readonly home: string;
  readonly temporary: string;
  /** The kubeconfig's file, readable by this user alone; null where there is none. */
  readonly kubeconfig: string | null;
  /** Each file as it was copied, by its path. */
  readonly files: ReadonlyMap<string, CopiedFile>;
  /** The target of each link by its path. Links to nowhere stand for what was not copied, so that nothing takes it for missing. */
  readonly links: ReadonlyMap<string, string>;
  /** Files that could not be read. */
  readonly leftOut: readonly string[];
  remove(): Promise<void>;
}

export interface CopiedFile {
  readonly digest: string;
  readonly isExecutable: boolean;
  /** In bytes. */
  readonly size: number;
}

export interface ScratchOptions {
  readonly tree: TreeSource;
  /** Its text. */
  readonly kubeconfig: Secret | null;
  /** The run's own directory. */
  readonly parent: string;
  readonly maxTreeBytes: number;
  readonly signal?: AbortSignal | undefined;
}

const BATCH_FILES = 1_000;
const BATCH_BYTES = 32 * 1024 * 1024;
const CONCURRENT_FILES = 32;
const NOWHERE = '/nonexistent/not-copied';

/** Makes the copy. Throws SCRATCH_TOO_LARGE, SCRATCH_FAILED, or the signal's reason; then nothing is left of it. */
export async function createScratchTree(options: ScratchOptions): Promise<ScratchTree> {
  const { tree, parent, maxTreeBytes } = options;
  const entries = tree.entries.filter((entry) => isInside(entry.path));
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (size > maxTreeBytes) throw tooLarge(maxTreeBytes);
  const top = await mkdtemp(join(parent, 'generation-')).catch(failed);
  try {
    const [root, home, temporary] = [join(top, 'tree'), join(top, 'home'), join(top, 'tmp')];
    for (const directory of [root, home, temporary]) await mkdir(directory, { mode: 0o700 });
    await makeDirectories(root, entries);
    const { files, leftOut } = await copyFiles(root, entries, options);
    const links = await linksOf(entries, options);
    for (const path of leftOut) links.set(path, NOWHERE);
    for (const [path, target] of links) await symlink(target, join(root, path));
    const kubeconfig = options.kubeconfig === null ? null : join(top, 'kubeconfig');
    if (kubeconfig !== null)
      await writeFile(kubeconfig, options.kubeconfig?.reveal() ?? '', { mode: 0o600, flag: 'wx' });
    return { root, home, temporary, kubeconfig, files, links, leftOut, remove: () => removeAll(top) };
  } catch (error) {
    await removeAll(top);
    options.signal?.throwIfAborted();
    return failed(error);
  }
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

async function makeDirectories(root: string, entries: readonly TreeEntry[]): Promise<void> {
  const directories = new Set<string>();
  for (const { path, kind } of entries) {
    for (const above of directoriesAbove(path)) directories.add(above);
    // As a checkout without its submodules: their directories are there, and empty.
    if (kind === 'submodule') directories.add(path);
  }
  for (const directory of directories) await mkdir(join(root, directory), { recursive: true });
}

async function copyFiles(
  root: string,
  entries: readonly TreeEntry[],
  { tree, signal, maxTreeBytes }: ScratchOptions,
): Promise<{ files: Map<string, CopiedFile>; leftOut: string[] }> {
  const files = new Map<string, CopiedFile>();
  const leftOut: string[] = [];
  let copied = 0;
  for (const batch of batches(entries.filter(isFile))) {
    signal?.throwIfAborted();
    const modes = new Map(batch.map(({ path, kind }) => [path, kind === 'executable' ? 0o755 : 0o644]));
    const read = await tree.read([...modes.keys()], signal);
    await mapConcurrent(read.files, CONCURRENT_FILES, async ({ path, bytes }: SourceFile) => {
      copied += bytes.length;
      // In a partial clone the sizes are not known beforehand.
      if (copied > maxTreeBytes) throw tooLarge(maxTreeBytes);
      await writeFile(join(root, path), bytes, { mode: modes.get(path), flag: 'wx' });
      files.set(path, { digest: digestOf(bytes), isExecutable: modes.get(path) === 0o755, size: bytes.length });
    });
    for (const path of modes.keys()) if (!files.has(path)) leftOut.push(path);
  }
  return { files, leftOut };
}

/** The links to make, after all files, so that none is written through a link: one that would leave the tree leads nowhere. */
async function linksOf(entries: readonly TreeEntry[], { tree, signal }: ScratchOptions): Promise<Map<string, string>> {
  const paths = entries.filter(({ kind }) => kind === 'symlink').map(({ path }) => path);
  if (paths.length === 0) return new Map();
  const targets = await tree.links(paths, signal);
  return new Map(
    paths.map((path) => {
      const target = targets.get(path);
      return [path, target !== undefined && staysInside(path, target) ? target : NOWHERE];
    }),
  );
}

function* batches(entries: readonly TreeEntry[]): Generator<readonly TreeEntry[]> {
  let batch: TreeEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length === BATCH_FILES || (batch.length > 0 && bytes + entry.size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.size;
  }
  if (batch.length > 0) yield batch;
}

function isFile({ kind }: TreeEntry): boolean {
  return kind === 'file' || kind === 'executable';
}

/** Commands may leave directories that cannot be written to: Go keeps its modules in such. */
async function removeAll(directory: string): Promise<void> {
  // What a command started in a session of its own may still write.
  const remove = () => rm(directory, { recursive: true, force: true, maxRetries: 5 });
  try {
    await remove();
  } catch {
    // reason: what is in the way can be made writable, since it belongs to this user
    await makeWritable(directory);
    await remove();
  }
}

async function makeWritable(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(directory, entry.name));
  }
}

function tooLarge(maxTreeBytes: number): RenderError {
  const size = `${Math.floor(maxTreeBytes / 1024 / 1024)} MiB`;
  return new RenderError('SCRATCH_TOO_LARGE', `the tree is larger than ${size} and is not copied for commands`, {
    hint: 'Move large files out of the repository.',
  });
}

function failed(error: unknown): never {
  if (error instanceof RenderError) throw error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  throw new RenderError('SCRATCH_FAILED', `the tree cannot be copied for commands (${printable(code)})`, {
    cause: error,
    hint: 'Free space in the temporary directory of the run.',
  });
}
