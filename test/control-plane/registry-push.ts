/** Pushes test images to a registry, one by one or thousands at a time, and deletes them again. */
import { Agent, request as httpRequest } from 'node:http';
import { mapConcurrent } from '../../src/base/concurrency.ts';
import { type Content, type ImageFormat, imageContent } from './image-content.ts';

export interface PushOptions {
  readonly repository: string;
  readonly tag: string;
  /** ISO 8601; null leaves it out of the config. Default: 2026-01-01T00:00:00Z. */
  readonly created?: string | Date | null;
  /** Default: `['linux/amd64']`. */
  readonly platforms?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Of the index where there is one, else of the manifest; OCI only. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Default: `oci`. */
  readonly format?: ImageFormat;
  /** Default: true for several platforms. */
  readonly index?: boolean;
  /** Leave `mediaType` out of manifests and index, which OCI allows. */
  readonly omitMediaType?: boolean;
}

export interface BulkImage {
  readonly tag: string;
  readonly created: string | Date;
}

export interface RegistryPush {
  /** Gives the digest that the tag stands for. The same options give the same digest, another tag another one. */
  push(options: PushOptions): Promise<string>;
  /** A manifest for each tag, a config for each distinct `created`; single-platform OCI. */
  pushMany(repository: string, images: readonly BulkImage[]): Promise<void>;
  /** Lets `to` stand for what `from` (a tag or digest) stands for; gives the digest. */
  retag(options: { readonly repository: string; readonly from: string; readonly to: string }): Promise<string>;
  deleteTag(repository: string, tag: string): Promise<void>;
  /** Removes the manifest and with it every tag that stands for it. */
  deleteManifest(repository: string, digest: string): Promise<void>;
}

export interface PushTarget {
  readonly url: string;
  /** The Authorization header for pushes to `repository`; default: none. */
  readonly authorize?: ((repository: string) => string) | undefined;
}

const CONCURRENCY = 24;
const DEFAULT_CREATED = '2026-01-01T00:00:00Z';
/** An Accept header for every kind of manifest: the registry hides those that are not accepted. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Pushes to the registry at `target`; connections are closed when idle, nothing has to be disposed. */
export function createPush(target: PushTarget): RegistryPush {
  const uploader = createUploader(target);
  return {
    async push(options) {
      const { repository, tag } = options;
      const image = imageContent({
        ...options,
        format: options.format ?? 'oci',
        created: timestamp(options.created === undefined ? DEFAULT_CREATED : options.created),
        platforms: options.platforms ?? ['linux/amd64'],
        index: options.index ?? (options.platforms ?? []).length > 1,
        distinction: `${repository}:${tag}`,
      });
      for (const blob of image.blobs) await uploader.blob(repository, blob);
      for (const manifest of image.manifests) await uploader.manifest(repository, manifest);
      return uploader.manifest(repository, image.manifests.at(-1) ?? image.manifests[0], tag);
    },
    async pushMany(repository, images) {
      await mapConcurrent(images, CONCURRENCY, async ({ tag, created }) => {
        const image = imageContent({
          format: 'oci',
          created: timestamp(created),
          platforms: ['linux/amd64'],
          index: false,
          annotations: { 'org.opencontainers.image.version': tag },
        });
        await Promise.all(image.blobs.map((blob) => uploader.blob(repository, blob)));
        await uploader.manifest(repository, image.manifests[0], tag);
      });
    },
    async retag({ repository, from, to }) {
      const path = `/v2/${repository}/manifests/${from}`;
      const { body, headers } = await uploader.send(repository, { method: 'GET', path, expect: 200 });
      const mediaType = String(headers['content-type']);
      return uploader.manifest(
        repository,
        { bytes: body, mediaType, digest: String(headers['docker-content-digest']) },
        to,
      );
    },
    async deleteTag(repository, tag) {
      await uploader.send(repository, { method: 'DELETE', path: `/v2/${repository}/manifests/${tag}`, expect: 202 });
    },
    async deleteManifest(repository, digest) {
      await uploader.send(repository, { method: 'DELETE', path: `/v2/${repository}/manifests/${digest}`, expect: 202 });
    },
  };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly expect: number;
  readonly body?: Buffer;
  readonly contentType?: string;
}

interface Received {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

function createUploader(target: PushTarget) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY, timeout: 5000 });
  const uploads = new Map<string, Promise<void>>();
  const send = async (repository: string, sent: Sent): Promise<Received> => {
    const { status, received } = await exchange(agent, target, { ...sent, repository });
    if (status === sent.expect) return received;
    throw new Error(`${sent.method} ${sent.path} gave ${status}: ${received.body.toString('utf8').slice(0, 500)}`);
  };
  const upload = async (repository: string, { bytes, digest }: Content): Promise<void> => {
    const path = `/v2/${repository}/blobs/uploads/`;
    const { headers } = await send(repository, { method: 'POST', path, expect: 202 });
    const location = new URL(String(headers['location']), target.url);
    location.searchParams.set('digest', digest);
    const contentType = 'application/octet-stream';
    const place = location.pathname + location.search;
    await send(repository, { method: 'PUT', path: place, expect: 201, body: bytes, contentType });
  };
  return {
    send,
    /** Each blob goes once into each repository, however many images have it. */
    blob(repository: string, blob: Content): Promise<void> {
      const key = `${repository}@${blob.digest}`;
      const known = uploads.get(key) ?? upload(repository, blob);
      uploads.set(key, known);
      return known;
    },
    async manifest(repository: string, { bytes, mediaType, digest }: Content, tag: string = digest): Promise<string> {
      const path = `/v2/${repository}/manifests/${tag}`;
      await send(repository, { method: 'PUT', path, expect: 201, body: bytes, contentType: mediaType });
      return digest;
    },
  };
}

function exchange(
  agent: Agent,
  target: PushTarget,
  sent: Sent & { repository: string },
): Promise<{ status: number; received: Received }> {
  const headers: Record<string, string | number> = { accept: MANIFEST_TYPES };
  const authorization = target.authorize?.(sent.repository);
  if (authorization !== undefined) headers['authorization'] = authorization;
  if (sent.contentType !== undefined) headers['content-type'] = sent.contentType;
  headers['content-length'] = sent.body?.length ?? 0;
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(sent.path, target.url), { method: sent.method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const received = { headers: response.headers, body: Buffer.concat(chunks) };
        resolve({ status: response.statusCode ?? 0, received });
      });
    });
    request.on('error', reject);
    request.end(sent.body);
  });
}

function timestamp(created: string | Date | null): string | null {
  return created instanceof Date ? created.toISOString() : created;
}
