/** Which proxy, if any, stands between us and an API server. */
import { BlockList, isIP } from 'node:net';
import { TowpathError } from '../../base/errors.ts';

export type ProxyErrorCode = 'KUBECONFIG_PROXY_UNSUPPORTED';

/**
 * The kubeconfig's proxy-url, else what HTTPS_PROXY (for `http:` servers HTTP_PROXY) and NO_PROXY say, upper case or lower.
 * Throws KUBECONFIG_PROXY_UNSUPPORTED for anything but an http or https proxy.
 * Source: https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config (the rules that kubectl follows)
 */
export function proxyFor(server: URL, proxyUrl: string | undefined, env: NodeJS.ProcessEnv): URL | undefined {
  if (proxyUrl !== undefined) return parseProxy(proxyUrl);
  const scheme = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const fromEnvironment = setting(env, scheme);
  if (fromEnvironment === undefined || isDirect(server, setting(env, 'NO_PROXY') ?? '')) return undefined;
  return parseProxy(fromEnvironment.includes('://') ? fromEnvironment : `http://${fromEnvironment}`);
}

function setting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name] || env[name.toLowerCase()] || undefined;
}

function parseProxy(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  // The text may hold a password: only the scheme is shown.
  const scheme = url === undefined ? 'something that is no URL' : url.protocol.replace(':', '');
  throw new TowpathError<ProxyErrorCode>(
    'KUBECONFIG_PROXY_UNSUPPORTED',
    `cannot connect through a proxy of type ${scheme}`,
    {
      hint: 'Use an http:// or https:// proxy that allows CONNECT.',
    },
  );
}

function isDirect(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || isLoopback(host)) return true;
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && matches(entry, { host, port }));
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function matches(entry: string, { host, port }: { readonly host: string; readonly port: string }): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return inSubnet(entry, host);
  const [, name = entry, wantedPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const bare = name.replace(/^\[|\]$/g, '').replace(/^\*\./, '.');
  if (isIP(host) !== 0) return bare === host;
  return bare.startsWith('.') ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`);
}

function inSubnet(entry: string, host: string): boolean {
  const family = isIP(host);
  const [network = '', prefix = ''] = entry.split('/');
  if (family === 0 || isIP(network) !== family || !/^\d{1,3}$/.test(prefix)) return false;
  if (Number(prefix) > (family === 4 ? 32 : 128)) return false;
  const subnet = new BlockList();
  subnet.addSubnet(network, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  return subnet.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
