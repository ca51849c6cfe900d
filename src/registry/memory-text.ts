/** A repository's memory as text and back. The text may have been damaged or tampered with: whatever does not fit is left out. */
import type { AuthScheme } from './authorizer.ts';
import { isDigest } from './digest.ts';
import type { ImageFacts } from './image-facts.ts';
import { type Fields, isFields, numberOf, parseObject, textOf } from './json.ts';
import type { Limits } from './limits.ts';
import { emptyMemory, type RepositoryMemory, type TagMemory } from './memory.ts';
import { isTag } from './names.ts';

const VERSION = 1;

export function printMemory(memory: RepositoryMemory): string {
  return `${JSON.stringify({
    version: VERSION,
    registry: memory.registry,
    repository: memory.path,
    scheme: memory.scheme,
    pushesKnownMs: memory.pushesKnownMs,
    vendorOffUntilMs: memory.vendorOffUntilMs,
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
  memory.pushesKnownMs = timeOf(root, 'pushesKnownMs');
  memory.vendorOffUntilMs = timeOf(root, 'vendorOffUntilMs');
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
  if (!isFields(value)) return undefined;
  const firstSeenMs = timeOf(value, 'firstSeenMs');
  if (firstSeenMs === undefined) return undefined;
  const tag: Record<string, string | number | boolean> = { firstSeenMs };
  if (isDigest(value['digest'])) tag['digest'] = value['digest'];
  if (value['untold'] === true) tag['untold'] = true;
  for (const key of ['verifiedMs', 'moves', 'pushedMs']) {
    const number = timeOf(value, key);
    if (number !== undefined) tag[key] = number;
  }
  return { firstSeenMs, ...tag };
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
  const kind = textOf(value, 'kind');
  const realm = textOf(value, 'realm');
  if (kind === 'basic') return { kind };
  if (kind !== 'bearer' || realm === undefined) return undefined;
  return { kind, realm, service: textOf(value, 'service'), scope: textOf(value, 'scope') };
}

function timeOf(fields: Fields, key: string): number | undefined {
  const value = numberOf(fields, key);
  return value === undefined || value < 0 ? undefined : value;
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return isFields(value) ? Object.entries(value) : [];
}
