/** A repository's memory as text and back. The text may have been damaged or tampered with: whatever does not fit is left out. */
import type { AuthScheme } from './authorizer.ts';
import { isDigest } from './digest.ts';
import type { ImageFacts } from './image-facts.ts';
import type { Limits } from './limits.ts';
import { emptyMemory, type RepositoryMemory, type TagMemory } from './memory.ts';
import { isTag } from './names.ts';

type Fields = Readonly<Record<string, unknown>>;

const VERSION = 1;

export function printMemory(memory: RepositoryMemory): string {
  return `${JSON.stringify({
    version: VERSION,
    registry: memory.registry,
    repository: memory.path,
    scheme: memory.scheme,
    tags: Object.fromEntries(memory.tags),
    images: Object.fromEntries(memory.images),
  })}\n`;
}

/** The memory in `text`, or undefined where it is none of this version and repository. */
export function parseMemory(
  text: string,
  { registry, path, limits }: { readonly registry: string; readonly path: string; readonly limits: Limits },
): RepositoryMemory | undefined {
  const root = parseObject(text);
  if (root?.['version'] !== VERSION || root['registry'] !== registry || root['repository'] !== path) return undefined;
  const memory = emptyMemory(registry, path);
  memory.scheme = readScheme(root['scheme']);
  for (const [tag, value] of entriesOf(root['tags'])) {
    const read = readTag(value);
    if (isTag(tag) && read !== undefined && memory.tags.size < limits.rememberedTags) memory.tags.set(tag, read);
  }
  for (const [digest, value] of entriesOf(root['images'])) {
    const read = readFacts(value);
    if (isDigest(digest) && read !== undefined && memory.images.size < limits.rememberedTags)
      memory.images.set(digest, read);
  }
  return memory;
}

function readTag(value: unknown): TagMemory | undefined {
  if (!isFields(value) || !isTime(value['firstSeenMs'])) return undefined;
  const { firstSeenMs, digest, verifiedMs, moves } = value as Fields & {
    firstSeenMs: number;
    digest?: unknown;
    verifiedMs?: unknown;
    moves?: unknown;
  };
  return {
    firstSeenMs,
    ...(isDigest(digest) ? { digest } : {}),
    ...(isTime(verifiedMs) ? { verifiedMs } : {}),
    ...(isTime(moves) ? { moves } : {}),
  };
}

function readFacts(value: unknown): ImageFacts | undefined {
  if (!isFields(value)) return undefined;
  const platforms = value['platforms'];
  const createdMs = value['createdMs'];
  // Facts of another shape are asked for again: half of them would look like an image that lacks them.
  if (createdMs !== undefined && !(typeof createdMs === 'number' && Number.isFinite(createdMs))) return undefined;
  if (platforms !== undefined && !(Array.isArray(platforms) && platforms.every((item) => typeof item === 'string')))
    return undefined;
  const labels = readLabels(value['labels']);
  return { createdMs, platforms, labels };
}

function readLabels(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isFields(value)) return undefined;
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

function readScheme(value: unknown): AuthScheme | undefined {
  if (!isFields(value)) return undefined;
  if (value['kind'] === 'basic') return { kind: 'basic' };
  const { kind, realm, service, scope } = value as Fields & {
    kind?: unknown;
    realm?: unknown;
    service?: unknown;
    scope?: unknown;
  };
  if (kind !== 'bearer' || typeof realm !== 'string') return undefined;
  return {
    kind: 'bearer',
    realm,
    service: typeof service === 'string' ? service : undefined,
    scope: typeof scope === 'string' ? scope : undefined,
  };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return isFields(value) ? Object.entries(value) : [];
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined; // damaged: as good as none
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
