/** What opens a registry, and where it comes from. */
import type { Secret } from '../base/secret.ts';
import { DOCKER_HUB_HOSTS, type Endpoint } from './endpoint.ts';

export type Credential = Kind & {
  /** When to ask its source for a new one; without it, it lasts for the run. */
  readonly staleAtMs?: number;
};

type Kind =
  /** `implicit`: nobody named it for this registry, so where it is refused the registry is asked without. */
  | { readonly kind: 'basic'; readonly username: string; readonly password: Secret; readonly implicit?: boolean }
  /** An OAuth2 refresh token, spent at the token service. */
  | { readonly kind: 'refresh'; readonly token: Secret }
  /** A token the registry takes as it is. */
  | { readonly kind: 'bearer'; readonly token: Secret };

/** Gives the credential for a registry, or undefined where it has none; called once per registry and run, and again when it is stale. */
export type CredentialSource = (endpoint: Endpoint, signal?: AbortSignal) => Promise<Credential | undefined>;

/** The first credential that one of `sources` has, asked in order. */
export function firstCredential(sources: readonly CredentialSource[]): CredentialSource {
  return async (endpoint, signal) => {
    for (const source of sources) {
      const credential = await source(endpoint, signal);
      if (credential !== undefined) return credential;
    }
    return undefined;
  };
}

/**
 * The job's GITHUB_TOKEN, for ghcr.io itself only: never for a mirror that stands in for it.
 * Source: https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry
 */
export function githubTokenCredential(token: Secret): CredentialSource {
  return async (endpoint) => {
    if (endpoint.url.origin !== 'https://ghcr.io') return undefined;
    // GitHub looks at the token alone; the name must only not be empty.
    return { kind: 'basic', username: 'x-access-token', password: token, implicit: true };
  };
}

/** The hosts under which credentials for `endpoint` may be kept, best first: the registry's name, then the endpoint's host and port. */
export function credentialHosts(endpoint: Endpoint): readonly string[] {
  const hosts = new Set([endpoint.registry.toLowerCase()]);
  if (DOCKER_HUB_HOSTS.has(endpoint.registry)) for (const host of DOCKER_HUB_HOSTS) hosts.add(host);
  hosts.add(endpoint.url.host);
  if (endpoint.url.port === '') hosts.add(`${endpoint.url.host}:${endpoint.url.protocol === 'https:' ? 443 : 80}`);
  return [...hosts];
}
