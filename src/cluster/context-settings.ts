/** One context of a kubeconfig, with everything that a connection needs to know. */
import path from 'node:path';
import { TowpathError } from '../base/errors.ts';
import { unknownContext } from '../core/sync/contexts.ts';
import type { JsonObject } from '../core/sync/desired-object.ts';
import { isList, isObject, textAt, valueAt } from '../core/sync/json.ts';
import type { Kubeconfig, KubeconfigEntry, KubeconfigErrorCode, KubeconfigSource } from '../core/sync/kubeconfig.ts';
import { type ExecSettings, readExecSettings } from './exec-settings.ts';

export interface ContextSettings {
  readonly name: string;
  /** Of objects that name none; undefined where the context is silent. */
  readonly namespace: string | undefined;
  readonly server: URL;
  readonly cluster: {
    /** Base64 of PEM. */
    readonly caData: string | undefined;
    readonly caFile: string | undefined;
    readonly skipVerify: boolean;
    readonly tlsServerName: string | undefined;
    readonly proxyUrl: string | undefined;
    /** Made known to an exec plugin; extensions of the cluster entry named `client.authentication.k8s.io/exec`. */
    readonly execConfig: JsonObject | undefined;
  };
  readonly user: UserSettings;
}

export interface UserSettings {
  readonly name: string;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly certData: string | undefined;
  readonly certFile: string | undefined;
  readonly keyData: string | undefined;
  readonly keyFile: string | undefined;
  readonly exec: ExecSettings | undefined;
  /** `gcp`, `azure`, `oidc`: as the file has it. */
  readonly authProvider: JsonObject | undefined;
  readonly impersonate: Readonly<Record<string, string | readonly string[]>>;
}

/** Throws KUBECONFIG_CONTEXT_UNKNOWN, KUBECONFIG_INVALID. */
export function contextSettings(kubeconfig: Kubeconfig, name: string): ContextSettings {
  const context = kubeconfig.contexts.get(name);
  if (context === undefined) throw unknownContext(name, { names: [...kubeconfig.contexts.keys()] });
  const cluster = referred(kubeconfig.clusters, context, { name, what: 'cluster' });
  const userName = textAt(context.value, 'user') ?? '';
  // A context without a user is anonymous.
  const user = userName === '' ? undefined : referred(kubeconfig.users, context, { name, what: 'user' });
  const namespace = textAt(context.value, 'namespace');
  return {
    name,
    namespace: namespace === '' ? undefined : namespace,
    server: serverOf(cluster, name),
    cluster: clusterOf(cluster),
    user: userOf(user, userName),
  };
}

function referred(
  entries: ReadonlyMap<string, KubeconfigEntry>,
  context: KubeconfigEntry,
  { name, what }: { readonly name: string; readonly what: 'cluster' | 'user' },
): KubeconfigEntry {
  const wanted = textAt(context.value, what) ?? '';
  const entry = entries.get(wanted);
  if (entry !== undefined) return entry;
  const clause = wanted === '' ? `names no ${what}` : `names the ${what} ${wanted}, which is not there`;
  throw invalid(context.source, `context ${name} ${clause}`);
}

function serverOf(cluster: KubeconfigEntry, context: string): URL {
  const server = textAt(cluster.value, 'server') ?? '';
  // kubectl takes a bare host:port as well.
  const text = server === '' || /^https?:\/\//i.test(server) ? server : `https://${server}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined)
    throw invalid(cluster.source, `context ${context} has a cluster without a usable server address`);
  return url;
}

function clusterOf({ value, source }: KubeconfigEntry): ContextSettings['cluster'] {
  const skipVerify = valueAt(value, 'insecure-skip-tls-verify') === true;
  const caData = textAt(value, 'certificate-authority-data') || undefined;
  return {
    // Data wins over the file, as in kubectl.
    caData: skipVerify ? undefined : caData,
    caFile: skipVerify || caData !== undefined ? undefined : fileAt(value, 'certificate-authority', source),
    skipVerify,
    tlsServerName: textAt(value, 'tls-server-name') || undefined,
    proxyUrl: textAt(value, 'proxy-url') || undefined,
    execConfig: execExtension(value),
  };
}

function execExtension(cluster: JsonObject): JsonObject | undefined {
  const extensions = valueAt(cluster, 'extensions');
  if (!isList(extensions)) return undefined;
  const found = extensions.find((item) => textAt(item, 'name') === 'client.authentication.k8s.io/exec');
  const extension = valueAt(found, 'extension');
  return isObject(extension) ? extension : undefined;
}

function userOf(entry: KubeconfigEntry | undefined, name: string): UserSettings {
  const value = entry?.value ?? {};
  const source = entry?.source ?? { name: '', directory: undefined, text: '' };
  const text = (key: string) => textAt(value, key) || undefined;
  const certData = text('client-certificate-data');
  const keyData = text('client-key-data');
  const authProvider = valueAt(value, 'auth-provider');
  return {
    name,
    token: text('token'),
    tokenFile: fileAt(value, 'tokenFile', source),
    username: text('username'),
    password: text('password'),
    certData,
    certFile: certData === undefined ? fileAt(value, 'client-certificate', source) : undefined,
    keyData,
    keyFile: keyData === undefined ? fileAt(value, 'client-key', source) : undefined,
    exec: readExecSettings(valueAt(value, 'exec'), { user: name, source }),
    authProvider: isObject(authProvider) ? authProvider : undefined,
    impersonate: impersonation(value),
  };
}

/** Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation */
function impersonation(user: JsonObject): UserSettings['impersonate'] {
  const headers: Record<string, string | readonly string[]> = {};
  const as = textAt(user, 'as');
  const uid = textAt(user, 'as-uid');
  if (as) headers['Impersonate-User'] = as;
  if (uid) headers['Impersonate-Uid'] = uid;
  const groups = textList(valueAt(user, 'as-groups'));
  if (groups.length > 0) headers['Impersonate-Group'] = groups;
  const extra = valueAt(user, 'as-user-extra');
  if (isObject(extra)) {
    for (const [key, values] of Object.entries(extra)) {
      headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = textList(values);
    }
  }
  return headers;
}

function textList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A file reference, resolved against the kubeconfig's own directory. */
function fileAt(value: JsonObject, key: string, source: KubeconfigSource): string | undefined {
  const file = textAt(value, key);
  if (file === undefined || file === '') return undefined;
  if (path.isAbsolute(file)) return file;
  if (source.directory !== undefined) return path.join(source.directory, file);
  throw invalid(source, `refers to the file ${file} by a relative path under ${key}, but is no file itself`, {
    hint: `Embed it as ${key}-data: kubectl config view --raw --flatten does.`,
  });
}

function invalid(
  source: KubeconfigSource,
  clause: string,
  details: { readonly hint?: string } = {},
): TowpathError<KubeconfigErrorCode> {
  return new TowpathError('KUBECONFIG_INVALID', `${source.name}: ${clause}`, { subject: source.name, ...details });
}
