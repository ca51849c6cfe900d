/** A well-behaved registry over the fault server's hands, and the `Registries` that ask it. */
import type { ServerResponse } from 'node:http';
import { systemClock } from '../../src/base/clock.ts';
import type { Problem } from '../../src/base/errors.ts';
import type { Limits } from '../../src/registry/limits.ts';
import { createRegistries, type RegistriesOptions } from '../../src/registry/registries.ts';
import { json, type Received, refuse } from './fault-server.ts';
import type { Content, TestImage } from './images.ts';

/** Asks again without a pause worth waiting for. */
export const SOON: Partial<Limits> = { firstPauseMs: 1 };

export interface Harness {
  readonly registries: ReturnType<typeof createRegistries>;
  readonly warnings: Problem[];
  readonly masked: string[];
}

/** Registries of which `registry.test` is asked at `url`. */
export function registriesAt(url: string, options: Partial<RegistriesOptions> = {}): Harness {
  const warnings: Problem[] = [];
  const masked: string[] = [];
  const registries = createRegistries({
    endpoints: new Map([['registry.test', url]]),
    credentials: async () => undefined,
    clock: systemClock,
    cacheDir: null,
    userAgent: 'towpath/test',
    onWarning: (problem) => warnings.push(problem),
    mask: (secret) => masked.push(secret),
    limits: SOON,
    ...options,
  });
  return { registries, warnings, masked };
}

export const APP = { registry: 'registry.test', path: 'org/app' } as const;

/** The tags of `org/app` and what they point at. */
export interface SmallRegistry {
  readonly tags: Map<string, Content>;
  readonly blobs: Map<string, Content>;
  answer(request: Received, response: ServerResponse): void;
}

export function smallRegistry(): SmallRegistry {
  const tags = new Map<string, Content>();
  const blobs = new Map<string, Content>();
  return {
    tags,
    blobs,
    answer(request, response) {
      const url = new URL(request.url, 'http://any');
      if (url.pathname.endsWith('/tags/list')) return json(response, { name: 'org/app', tags: [...tags.keys()] });
      const reference = url.pathname.split('/').at(-1) ?? '';
      const found = tags.get(reference) ?? blobs.get(reference);
      if (found === undefined) return refuse(response, 404);
      response.writeHead(200, { 'content-type': found.mediaType, 'docker-content-digest': found.digest });
      response.end(request.method === 'HEAD' ? undefined : found.body);
    },
  };
}

/** Puts an image there, reachable by `tag` and by its digests. */
export function push(registry: SmallRegistry, tag: string, image: TestImage): void {
  registry.tags.set(tag, image.manifest);
  addBlobs(registry, image);
}

export function addBlobs(registry: SmallRegistry, image: TestImage): void {
  registry.blobs.set(image.manifest.digest, image.manifest);
  registry.blobs.set(image.config.digest, image.config);
}
