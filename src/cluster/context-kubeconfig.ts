/** A kubeconfig of one context for somebody else's commands. */
import type { ContextSettings } from './context-settings.ts';
import type { Credentials } from './credentials.ts';

const AS_HEADERS = { 'Impersonate-User': 'as', 'Impersonate-Uid': 'as-uid', 'Impersonate-Group': 'as-groups' } as const;
const EXTRA_HEADER = 'Impersonate-Extra-';

/**
 * The context and nothing else of the kubeconfig, as its current one. Credentials are written out: it needs no other
 * file and no credential command, whose own environment the commands that get it do not have. JSON, which is YAML.
 * Source: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function renderKubeconfig(settings: ContextSettings, credentials: Credentials): string {
  const { name, namespace, server, cluster } = settings;
  const { ca } = credentials.tls;
  const entries = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: 'cluster', user: 'user', namespace } }],
    clusters: [
      {
        name: 'cluster',
        cluster: {
          server: server.href,
          'certificate-authority-data': ca?.toString('base64'),
          'insecure-skip-tls-verify': cluster.skipVerify ? true : undefined,
          'tls-server-name': cluster.tlsServerName,
          'proxy-url': cluster.proxyUrl,
        },
      },
    ],
    users: [{ name: 'user', user: userOf(settings, credentials) }],
  };
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function userOf({ user }: ContextSettings, { headers, tls }: Credentials): Readonly<Record<string, unknown>> {
  return {
    ...authorizationOf(headers['Authorization']),
    'client-certificate-data': tls.cert?.toString('base64'),
    'client-key-data': tls.key?.toString('base64'),
    ...impersonationOf(user.impersonate),
  };
}

function authorizationOf(header: string | readonly string[] | undefined): Readonly<Record<string, string>> {
  const [, scheme = '', value = ''] = /^(\w+) (.*)$/s.exec(String(header ?? '')) ?? [];
  if (scheme.toLowerCase() !== 'basic') return value === '' ? {} : { token: value };
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function impersonationOf(headers: ContextSettings['user']['impersonate']): Readonly<Record<string, unknown>> {
  const extra: Record<string, string | readonly string[]> = {};
  const fields: Record<string, unknown> = {};
  for (const [header, value] of Object.entries(headers)) {
    if (header.startsWith(EXTRA_HEADER)) extra[decodeURIComponent(header.slice(EXTRA_HEADER.length))] = value;
    else if (header in AS_HEADERS) fields[AS_HEADERS[header as keyof typeof AS_HEADERS]] = value;
  }
  return Object.keys(extra).length === 0 ? fields : { ...fields, 'as-user-extra': extra };
}
