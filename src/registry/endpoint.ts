/** Where a registry is really asked. */
import { registryError } from './errors.ts';
import { isRegistryName } from './names.ts';

export interface Endpoint {
  /** The registry's name in image references. */
  readonly registry: string;
  /** Without a trailing slash in `pathname`; `/v2/…` is appended to it. */
  readonly url: URL;
  /** True where the configuration names it: then only the plain OCI distribution API is used. */
  readonly configured: boolean;
}

export const DOCKER_HUB = 'docker.io';
/** What else Docker Hub is called, in credentials and in `Link` headers. */
export const DOCKER_HUB_HOSTS: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

/**
 * The endpoint of `registry`: the configured one, else https at its own name (Docker Hub's API answers at registry-1.docker.io).
 * Plain http only by configuration. Throws REGISTRY_NAME_INVALID, REGISTRY_ENDPOINT_INVALID.
 */
export function endpointOf(registry: string, configured: string | undefined): Endpoint {
  if (!isRegistryName(registry)) {
    throw registryError('REGISTRY_NAME_INVALID', `${JSON.stringify(registry.slice(0, 80))} is no registry name`);
  }
  if (configured === undefined) {
    const host = DOCKER_HUB_HOSTS.has(registry) ? 'registry-1.docker.io' : registry;
    return { registry, url: new URL(`https://${host}/`), configured: false };
  }
  const url = URL.parse(configured);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw invalid(registry, 'is not an http or https address');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalid(registry, 'may hold a scheme, a host, a port and a path, nothing else');
  }
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/v2$/, '');
  return { registry, url, configured: true };
}

/** The address of `path` (below `/v2/`) at `endpoint`. */
export function apiUrl(endpoint: Endpoint, path: string): URL {
  return new URL(`${endpoint.url.pathname.replace(/\/$/, '')}/v2/${path}`, endpoint.url);
}

function invalid(registry: string, what: string) {
  return registryError('REGISTRY_ENDPOINT_INVALID', `the endpoint of ${registry} ${what}`, {
    subject: registry,
    hint: 'Write it as https://HOST or http://HOST:PORT, and credentials in the docker config.',
  });
}
