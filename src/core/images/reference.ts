/**
 * Image references: `[registry/]path[:tag][@digest]`.
 * Source: https://github.com/distribution/reference/blob/main/reference.go
 */
import { TowpathError } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';

export type ReferenceErrorCode = 'IMAGE_REFERENCE_INVALID';

/** The registry that a name without one means. */
const DOCKER_HUB = 'docker.io';

/** Where an image's tags are listed. */
export interface ImageRepository {
  /** In small letters; `docker.io` for every spelling of Docker Hub. */
  readonly registry: string;
  /** With `library/` for the images of Docker Hub that are written without an owner. */
  readonly path: string;
}

export interface ImageReference extends ImageRepository {
  /** As written, without tag and digest. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Why a text is no image reference, in one clause. */
export interface ReferenceError {
  readonly error: string;
}

const MAX_NAME = 255;
/** A name, a tag and a digest at their longest, and then some. */
const MAX_REFERENCE = 1024;

const DOMAIN =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const SEGMENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,128}$/;

/** The parts of an image reference, or why `text` is none. A tag and a digest may stand together. */
export function parseReference(text: string): ImageReference | ReferenceError {
  if (text === '') return { error: 'image reference is empty' };
  if (text.length > MAX_REFERENCE) return { error: `image reference is longer than ${MAX_REFERENCE} characters` };
  const at = text.indexOf('@');
  const beforeDigest = at === -1 ? text : text.slice(0, at);
  const digest = at === -1 ? undefined : text.slice(at + 1);
  const colon = beforeDigest.indexOf(':', beforeDigest.lastIndexOf('/') + 1);
  const name = colon === -1 ? beforeDigest : beforeDigest.slice(0, colon);
  const tag = colon === -1 ? undefined : beforeDigest.slice(colon + 1);
  const repository = parseName(name);
  if ('error' in repository) return repository;
  if (tag !== undefined && !TAG.test(tag)) return { error: `${printable(tag)} is not a valid tag` };
  if (digest !== undefined && !DIGEST.test(digest)) return { error: `${printable(digest)} is not a valid digest` };
  return { name, ...repository, tag, digest };
}

/** Where to ask for the tags of the image called `name`. Throws IMAGE_REFERENCE_INVALID. */
export function repositoryOf(name: string): ImageRepository {
  const repository = parseName(name);
  if ('error' in repository) {
    throw new TowpathError<ReferenceErrorCode>('IMAGE_REFERENCE_INVALID', repository.error, {
      subject: printable(name),
    });
  }
  return repository;
}

/** Whether `text` can be a tag. Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** Whether `text` can be a digest. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

function parseName(name: string): ImageRepository | ReferenceError {
  if (name.length > MAX_NAME) return { error: `image name is longer than ${MAX_NAME} characters` };
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const named = isRegistry(first);
  if (named && !DOMAIN.test(first)) return { error: `${printable(first)} is not a valid registry name` };
  const registry = named ? canonicalRegistry(first) : DOCKER_HUB;
  const path = named ? name.slice(slash + 1) : name;
  for (const segment of path.split('/')) {
    if (!SEGMENT.test(segment)) return { error: `${printable(name)} is not a valid image name${reasonFor(segment)}` };
  }
  return { registry, path: registry === DOCKER_HUB && !path.includes('/') ? `library/${path}` : path };
}

/** A first segment names a registry if it could not be an owner on Docker Hub. */
function isRegistry(first: string): boolean {
  return first === 'localhost' || /[.:[]/.test(first) || first !== first.toLowerCase();
}

/** Hosts are the same in any case, and the configuration names them in small letters. */
function canonicalRegistry(host: string): string {
  const registry = host.toLowerCase();
  return registry === 'index.docker.io' || registry === 'registry-1.docker.io' ? DOCKER_HUB : registry;
}

function reasonFor(segment: string): string {
  if (segment === '') return ': a part between slashes is empty';
  return /[A-Z]/.test(segment) ? ': it must be lower-case' : '';
}
