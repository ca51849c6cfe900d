/** Who we are to an API server, and whom we take it for. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Clock } from '../base/clock.ts';
import { messageOf, TowpathError } from '../base/errors.ts';
import { Secret } from '../base/secret.ts';
import type { ContextSettings } from './context-settings.ts';
import { type ExecCredential, runExecPlugin } from './exec-credential.ts';
import { oneLine } from './one-line.ts';

export type CredentialErrorCode = 'CLUSTER_CREDENTIAL_FAILED' | 'KUBECONFIG_CERTIFICATE_EXPIRED';

export interface TlsMaterial {
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
  readonly rejectUnauthorized: boolean;
  readonly servername: string | undefined;
}

export interface Credentials {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly tls: TlsMaterial;
}

export interface CredentialSource {
  /** The same answer until `refresh`; callers at the same time share one run of a command. */
  get(signal?: AbortSignal): Promise<Credentials>;
  /** New ones, unless someone else has renewed `stale` already; undefined where there is nowhere to get others from. */
  refresh(stale: Credentials, signal?: AbortSignal): Promise<Credentials | undefined>;
}

export interface CredentialOptions {
  /** The environment of credential commands. */
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** Told every token, password and key, so that it is printed nowhere. */
  readonly mask: (secret: Secret) => void;
  /** Makes the kubeconfig a file for credential commands that read it; undefined where it is files already. */
  readonly kubeconfigFile: (() => Promise<string>) | undefined;
}

export function createCredentialSource(settings: ContextSettings, options: CredentialOptions): CredentialSource {
  let current: Promise<Credentials> | undefined;
  let newest: Credentials | undefined;
  const load = async (signal: AbortSignal | undefined): Promise<Credentials> => {
    newest = await loadCredentials({ ...options, settings, signal });
    return newest;
  };
  const renew = (signal: AbortSignal | undefined): Promise<Credentials> => {
    const loading = load(signal);
    current = loading;
    // The next caller tries again; those who wait for this one get the error.
    loading.catch(() => {
      if (current === loading) current = undefined;
    });
    return loading;
  };
  return {
    get: (signal) => current ?? renew(signal),
    async refresh(stale, signal) {
      if (newest !== stale) return current ?? renew(signal);
      if (!isRenewable(settings)) return undefined;
      newest = undefined;
      return renew(signal);
    },
  };
}

/** What the kubeconfig itself holds stays what it is. */
function isRenewable({ user }: ContextSettings): boolean {
  return [user.exec, user.tokenFile, user.authProvider, user.certFile].some((origin) => origin !== undefined);
}

interface Loading extends CredentialOptions {
  readonly settings: ContextSettings;
  readonly signal: AbortSignal | undefined;
}

async function loadCredentials(loading: Loading): Promise<Credentials> {
  const { settings, mask } = loading;
  // As kubectl: nothing secret is sent in plain text.
  if (settings.server.protocol === 'http:') return { headers: {}, tls: noTls() };
  const { exec, tokenFile, username, password } = settings.user;
  const issued = exec === undefined ? undefined : await runExecPlugin(exec, loading);
  const token = tokenFile === undefined ? settings.user.token : await readToken(tokenFile, settings);
  const options = await applyKubeConfig(settings, { issued, token });
  const credentials = {
    headers: { ...basicHeader(username, password), ...authorizationOf(options), ...settings.user.impersonate },
    tls: {
      ca: bufferOf(options.ca),
      cert: bufferOf(options.cert),
      key: bufferOf(options.key),
      rejectUnauthorized: options.rejectUnauthorized !== false,
      servername: options.servername,
    },
  };
  for (const secret of [token, issued?.token, issued?.key, password, bearerOf(credentials), bufferOf(options.key)]) {
    if (secret !== undefined) mask(new Secret(String(secret)));
  }
  refuseExpired(credentials.tls.cert, loading);
  return credentials;
}

function noTls(): TlsMaterial {
  return { ca: undefined, cert: undefined, key: undefined, rejectUnauthorized: true, servername: undefined };
}

async function readToken(file: string, settings: ContextSettings): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw failure(settings, `cannot read the token file ${file} (${(cause as NodeJS.ErrnoException).code})`, cause);
  }
}

/**
 * Certificates, files and the older auth-provider plugins as the Kubernetes client reads them. Only this part of it is
 * used, and loaded when a cluster is: it is large.
 */
async function applyKubeConfig(
  settings: ContextSettings,
  { issued, token }: { readonly issued: ExecCredential | undefined; readonly token: string | undefined },
): Promise<RequestOptions> {
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const { cluster, user, server } = settings;
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [
      {
        name: 'cluster',
        server: server.href,
        caData: cluster.caData,
        caFile: cluster.caFile,
        skipTLSVerify: cluster.skipVerify,
        tlsServerName: cluster.tlsServerName,
      },
    ],
    users: [
      {
        name: 'user',
        certData: toBase64(issued?.certificate) ?? user.certData,
        certFile: issued?.certificate === undefined ? user.certFile : undefined,
        keyData: toBase64(issued?.key) ?? user.keyData,
        keyFile: issued?.key === undefined ? user.keyFile : undefined,
        token: issued?.token ?? token,
        authProvider: user.authProvider,
      },
    ],
    contexts: [{ name: 'context', cluster: 'cluster', user: 'user' }],
    currentContext: 'context',
  });
  const options: RequestOptions = { headers: {} };
  try {
    await config.applyToHTTPSOptions(options);
  } catch (cause) {
    throw failure(settings, `no credential for context ${settings.name}: ${oneLine(messageOf(cause))}`, cause);
  }
  return options;
}

function authorizationOf({ headers }: RequestOptions): Readonly<Record<string, string>> {
  const value = (headers as OutgoingHttpHeaders | undefined)?.['Authorization'];
  return typeof value === 'string' ? { Authorization: value } : {};
}

function basicHeader(username: string | undefined, password: string | undefined): Readonly<Record<string, string>> {
  if (username === undefined) return {};
  return { Authorization: `Basic ${toBase64(`${username}:${password ?? ''}`)}` };
}

function bearerOf({ headers }: Pick<Credentials, 'headers'>): string | undefined {
  const value = headers['Authorization'];
  return typeof value === 'string' ? value.replace(/^\w+ /, '') : undefined;
}

function toBase64(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}

function bufferOf(value: RequestOptions['ca'] | RequestOptions['key']): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  return typeof value === 'string' ? Buffer.from(value) : undefined;
}

/** An expired certificate shows on the wire only as a failed handshake or as "Unauthorized". */
function refuseExpired(certificate: Buffer | undefined, { settings, clock }: Loading): void {
  if (certificate === undefined) return;
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(certificate);
  } catch (cause) {
    throw failure(settings, `the client certificate of context ${settings.name} cannot be read`, cause);
  }
  if (parsed.validToDate.getTime() >= clock.now()) return;
  throw new TowpathError<CredentialErrorCode>(
    'KUBECONFIG_CERTIFICATE_EXPIRED',
    `the client certificate of context ${settings.name} expired on ${parsed.validToDate.toISOString()}`,
    { subject: settings.name, hint: `Renew the certificate of user ${settings.user.name} in the kubeconfig.` },
  );
}

function failure(settings: ContextSettings, message: string, cause: unknown): TowpathError<CredentialErrorCode> {
  return new TowpathError('CLUSTER_CREDENTIAL_FAILED', message, { subject: settings.name, cause });
}
