/** Repositories' memories on disk: one file each, written whole or not at all. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Limits } from './limits.ts';
import { emptyMemory, pruneMemory, type RepositoryMemory } from './memory.ts';
import { parseMemory, printMemory } from './memory-text.ts';

export interface MemoryFiles {
  /** The memory of a repository; an empty one where there is none that can be read. Never throws. */
  load(registry: string, path: string): Promise<RepositoryMemory>;
  /** Writes `memory` if it changed. Throws the file system's error. */
  save(memory: RepositoryMemory): Promise<void>;
}

/** Memories below `directory`; with null nothing is read or written. */
export function createMemoryFiles(directory: string | null, limits: Limits): MemoryFiles {
  return {
    async load(registry, path) {
      if (directory === null) return emptyMemory(registry, path);
      const text = await readBounded(fileOf(directory, registry, path), limits.cacheFileBytes);
      const memory = text === undefined ? undefined : parseMemory(text, { registry, path, limits });
      return memory ?? emptyMemory(registry, path);
    },
    async save(memory) {
      if (directory === null || !memory.changed) return;
      pruneMemory(memory, limits);
      await mkdir(join(directory, 'registry'), { recursive: true });
      await writeWhole(fileOf(directory, memory.registry, memory.path), printMemory(memory));
      memory.changed = false;
    },
  };
}

/** Readable in front, unique by the hash behind, safe on file systems that ignore case. */
function fileOf(directory: string, registry: string, path: string): string {
  const name = `${registry}/${path}`;
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 100);
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return join(directory, 'registry', `${readable}-${hash}.json`);
}

async function readBounded(file: string, maxBytes: number): Promise<string | undefined> {
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    return size > maxBytes ? undefined : await handle.readFile('utf8');
  } catch {
    return undefined; // not there, or not readable: the registry is asked instead
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx', mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
