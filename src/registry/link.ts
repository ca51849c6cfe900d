/** Where a listing goes on: the `Link` header of a page of tags. */
import { DOCKER_HUB_HOSTS, type Endpoint } from './endpoint.ts';

export type NextPage =
  | { readonly kind: 'last' }
  | { readonly kind: 'next'; readonly url: URL }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The page after `requestUrl`. A link to another origin is refused, so that neither credentials nor trust cross over; one that names
 * the registry's public host (a mirror that passes links on, a proxy that ends TLS or forgets its port) is asked at the endpoint.
 * Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags
 */
export function nextPage(header: string | null, requestUrl: URL, endpoint: Endpoint): NextPage {
  const target = header === null ? undefined : targetOf(header, 'next');
  if (target === undefined) return { kind: 'last' };
  const url = URL.parse(target, requestUrl.href);
  if (url === null || !/^https?:$/.test(url.protocol)) return { kind: 'refused', reason: 'a link that is no address' };
  if (url.origin !== requestUrl.origin && !namesPublicHost(url, endpoint)) {
    return { kind: 'refused', reason: 'a link to another origin' };
  }
  const next = new URL(requestUrl);
  // Proxies rewrite or drop the front of the path (Artifactory's virtual repositories do): only the query leads on.
  if (!url.pathname.endsWith('/tags/list')) next.pathname = url.pathname;
  next.search = url.search;
  return { kind: 'next', url: next };
}

function namesPublicHost(url: URL, endpoint: Endpoint): boolean {
  if (url.username !== '' || url.password !== '') return false;
  const hosts = new Set([hostOf(endpoint.registry, url.protocol)]);
  if (DOCKER_HUB_HOSTS.has(endpoint.registry)) for (const host of DOCKER_HUB_HOSTS) hosts.add(host);
  // Without a port the link names the machine alone; the endpoint says how to reach it.
  if (url.port === '') {
    hosts.add(endpoint.url.hostname);
    hosts.add(endpoint.registry.replace(/:\d+$/, ''));
  }
  return hosts.has(url.host);
}

/** `host:port` as a URL with `protocol` would print it: default ports left out. */
function hostOf(registry: string, protocol: string): string {
  return URL.parse(`${protocol}//${registry}`)?.host ?? registry;
}

/** The target of the first link whose relations include `relation`. */
function targetOf(header: string, relation: string): string | undefined {
  let rest = header;
  for (;;) {
    const open = rest.indexOf('<');
    const close = rest.indexOf('>', open + 1);
    if (open < 0 || close < 0) return undefined;
    const target = rest.slice(open + 1, close).trim();
    const end = endOfParameters(rest, close + 1);
    if (relationsOf(rest.slice(close + 1, end)).includes(relation)) return target;
    rest = rest.slice(end + 1);
  }
}

/** The index of the comma that ends a link's parameters; commas within quotes do not. */
function endOfParameters(text: string, start: number): number {
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') quoted = !quoted;
    if (character === ',' && !quoted) return at;
  }
  return text.length;
}

function relationsOf(parameters: string): readonly string[] {
  for (const parameter of parameters.split(';')) {
    const equals = parameter.indexOf('=');
    if (equals < 0 || parameter.slice(0, equals).trim().toLowerCase() !== 'rel') continue;
    const value = parameter.slice(equals + 1).trim();
    return value.replaceAll('"', '').toLowerCase().split(/\s+/);
  }
  return [];
}
