/** What a tag's image says about itself: manifest, child for a platform, config. */
import type { HttpAnswer } from '../base/http.ts';
import { type Asked, malformed } from './answer.ts';
import { type Connection, describeRequest, type RegistryRequest } from './connection.ts';
import { digestOf, isDigest, matchesDigest } from './digest.ts';
import { apiUrl } from './endpoint.ts';
import { type RegistryError, registryError } from './errors.ts';
import type { Limits } from './limits.ts';
import {
  type Child,
  type Labels,
  MANIFEST_ACCEPT,
  type Manifest,
  parseCreated,
  parseImageConfig,
  parseManifest,
} from './manifest.ts';

/** Facts that belong to a digest and so never change. */
export interface ImageFacts {
  readonly createdMs?: number | undefined;
  readonly platforms?: readonly string[] | undefined;
  readonly labels?: Labels | undefined;
}

export interface Source {
  readonly connection: Connection;
  /** The repository's path. */
  readonly path: string;
  readonly limits: Limits;
}

const CREATED = 'org.opencontainers.image.created';
const REVISION = 'org.opencontainers.image.revision';
const PREFERRED_PLATFORM = 'linux/amd64';

/**
 * The digest of `reference` (a tag or a digest) and what its image says. `known`: gives the facts of a digest that needs no asking.
 * Throws what the connection throws, REGISTRY_ANSWER_MALFORMED, REGISTRY_DIGEST_MISMATCH.
 */
export async function fetchImageFacts(
  source: Source,
  reference: string,
  known: (digest: string) => ImageFacts | undefined,
  signal?: AbortSignal,
): Promise<{ readonly digest: string; readonly facts: ImageFacts }> {
  const { digest, manifest } = await fetchManifest(source, reference, signal);
  const facts = known(digest) ?? (await factsOf(source, manifest, signal));
  return { digest, facts };
}

/** The digest that `tag` has now; null where there is no such tag. By HEAD, which Docker Hub does not count as a pull. */
export async function fetchDigest(source: Source, tag: string, signal?: AbortSignal): Promise<string | null> {
  const request = manifestRequest(source, tag, 'HEAD');
  const answer = await source.connection.send({ ...request, accept: [404, 405] }, signal);
  if (answer.status === 404) return null;
  const digest = answer.headers.get('docker-content-digest');
  if (answer.status < 300 && isDigest(digest)) return digest;
  // A registry that does not do HEAD, or leaves the header out: the content tells.
  const whole = await source.connection.send({ ...manifestRequest(source, tag, 'GET'), accept: [404] }, signal);
  return whole.status === 404 ? null : verifiedDigest(whole, tag, describeRequest(source.connection.endpoint, request));
}

async function factsOf(source: Source, manifest: Manifest, signal?: AbortSignal): Promise<ImageFacts> {
  if (manifest.kind === 'image') return imageFacts(source, manifest, signal);
  const platforms = manifest.children.map((child) => child.platform);
  const fromIndex = { ...factsFromLabels(manifest.annotations), platforms };
  // Both there: nothing that matters is left to ask for.
  const chosen = chooseChild(manifest.children);
  if (chosen === undefined || (fromIndex.createdMs !== undefined && Object.hasOwn(manifest.annotations, REVISION))) {
    return fromIndex;
  }
  const child = await fetchManifest(source, chosen.digest, signal);
  if (child.manifest.kind !== 'image') return fromIndex;
  const facts = await imageFacts(source, child.manifest, signal);
  return { ...facts, labels: { ...manifest.annotations, ...facts.labels }, platforms };
}

async function imageFacts(
  { connection, path, limits }: Source,
  manifest: Extract<Manifest, { kind: 'image' }>,
  signal?: AbortSignal,
): Promise<ImageFacts> {
  if (manifest.config === undefined) return factsFromLabels(manifest.annotations);
  const request: RegistryRequest = {
    method: 'GET',
    url: apiUrl(connection.endpoint, `${path}/blobs/${manifest.config}`),
    scope: pullScope(path),
    maxBytes: limits.configBytes,
  };
  const asked = describeRequest(connection.endpoint, request);
  const answer = await connection.send(request, signal);
  if (!matchesDigest(answer.body, manifest.config)) throw mismatch(asked);
  const config = parseImageConfig(answer.body);
  if (config === undefined) throw malformed(asked, 'no image config');
  return {
    createdMs: parseCreated(config.created) ?? parseCreated(manifest.annotations[CREATED]),
    platforms: config.platform === undefined ? undefined : [config.platform],
    labels: { ...manifest.annotations, ...config.labels },
  };
}

function factsFromLabels(labels: Labels): ImageFacts {
  return { createdMs: parseCreated(labels[CREATED]), labels };
}

function chooseChild(children: readonly Child[]): Child | undefined {
  return children.find((child) => child.platform === PREFERRED_PLATFORM) ?? children[0];
}

async function fetchManifest(source: Source, reference: string, signal?: AbortSignal) {
  const request = manifestRequest(source, reference, 'GET');
  const asked = describeRequest(source.connection.endpoint, request);
  const answer = await source.connection.send(request, signal);
  const digest = verifiedDigest(answer, reference, asked);
  const manifest = parseManifest(answer.body);
  if (manifest === undefined) throw malformed(asked, 'no manifest of a known kind');
  return { digest, manifest };
}

function manifestRequest(
  { connection, path, limits }: Source,
  reference: string,
  method: 'GET' | 'HEAD',
): RegistryRequest {
  return {
    method,
    url: apiUrl(connection.endpoint, `${path}/manifests/${reference}`),
    headers: { accept: MANIFEST_ACCEPT },
    scope: pullScope(path),
    maxBytes: limits.manifestBytes,
  };
}

/** The digest of the content, which must be the one asked for, or the one the registry says it is. */
function verifiedDigest(answer: HttpAnswer, reference: string, asked: Asked): string {
  const claimed = isDigest(reference) ? reference : answer.headers.get('docker-content-digest');
  if (claimed === null) return digestOf(answer.body);
  if (!isDigest(claimed) || !matchesDigest(answer.body, claimed)) throw mismatch(asked);
  return claimed;
}

function mismatch(asked: Asked): RegistryError {
  return registryError(
    'REGISTRY_DIGEST_MISMATCH',
    `${asked.who} answered ${asked.what} with content of another digest`,
    {
      subject: asked.registry,
    },
  );
}

/** Source: https://distribution.github.io/distribution/spec/auth/scope/ */
export function pullScope(path: string): string {
  return `repository:${path}:pull`;
}
