/**
 * Credentials of a docker `config.json`.
 * Source: https://docs.docker.com/reference/cli/docker/login/ and https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
 */
import { Secret } from '../base/secret.ts';
import { askCredentialHelper } from './credential-helper.ts';
import { type Credential, type CredentialSource, credentialHosts } from './credentials.ts';
import { DOCKER_HUB_HOSTS, type Endpoint } from './endpoint.ts';
import { type RegistryError, registryError } from './errors.ts';
import { type Fields, isFields, textOf } from './json.ts';

export interface DockerConfig {
  /** The file's name, for messages. */
  readonly name: string;
  /** By host and port: scheme and path of a key do not count. */
  readonly auths: ReadonlyMap<string, Entry>;
  readonly helpers: ReadonlyMap<string, string>;
  readonly store: string | undefined;
}

/** One entry of `auths` as it was read, and the key it stood under. */
interface Entry {
  readonly key: string;
  readonly value: Fields;
}

const HUB_KEY = 'https://index.docker.io/v1/';

/** The config that `text` holds. Throws REGISTRY_AUTH_INVALID with the file's name and nothing of its content. */
export function parseDockerConfig(text: string, name: string): DockerConfig {
  const root = parseJson(text, name);
  const auths = new Map<string, Entry>();
  for (const [key, value] of Object.entries(objectOf(root, 'auths', name))) {
    if (!isFields(value)) throw invalid(name, 'an entry of its "auths" is no object');
    const host = hostOfKey(key);
    // A key that is a bare host says more than one with a path, which others write for parts of a registry.
    if (!auths.has(host) || host === key.toLowerCase()) auths.set(host, { key, value });
  }
  const helpers = new Map<string, string>();
  for (const [key, value] of Object.entries(objectOf(root, 'credHelpers', name))) {
    if (typeof value !== 'string') throw invalid(name, 'an entry of its "credHelpers" is no string');
    helpers.set(hostOfKey(key), value);
  }
  const store = root['credsStore'];
  if (store !== undefined && typeof store !== 'string') throw invalid(name, 'its "credsStore" is no string');
  return { name, auths, helpers, store: store === '' ? undefined : store };
}

/**
 * Looks registries up in `config`: a helper named for the host, then the file's own entry, then the general store. `env`: what helpers
 * are started with. The source throws REGISTRY_AUTH_INVALID for an entry that cannot be read, REGISTRY_AUTH_HELPER_FAILED.
 */
export function dockerConfigCredentials(config: DockerConfig, env: NodeJS.ProcessEnv): CredentialSource {
  return async (endpoint, signal) => {
    for (const host of credentialHosts(endpoint)) {
      const helper = config.helpers.get(host);
      if (helper !== undefined) {
        const found = await askCredentialHelper(helper, serverName(host), { env, signal, config: config.name });
        if (found !== undefined) return found;
      }
      const entry = config.auths.get(host);
      const credential = entry === undefined ? undefined : credentialOf(entry.value, { name: config.name, host });
      if (credential !== undefined) return credential;
    }
    return config.store === undefined ? undefined : askStore(config, config.store, { endpoint, env, signal });
  };
}

async function askStore(
  config: DockerConfig,
  store: string,
  lookup: { readonly endpoint: Endpoint; readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal | undefined },
): Promise<Credential | undefined> {
  const { endpoint, env, signal } = lookup;
  const hosts = [endpoint.registry, ...(endpoint.url.host === endpoint.registry ? [] : [endpoint.url.host])];
  // The store answers for the very key the login was made with, which `auths` keeps, without a secret.
  const servers = new Set(hosts.map((host) => config.auths.get(host)?.key ?? serverName(host)));
  for (const server of servers) {
    const found = await askCredentialHelper(store, server, { env, signal, config: config.name });
    if (found !== undefined) return found;
  }
  return undefined;
}

function serverName(host: string): string {
  return DOCKER_HUB_HOSTS.has(host) ? HUB_KEY : host;
}

/** What an `auths` entry holds; undefined for one without a secret, as docker writes beside a credentials store. */
function credentialOf(entry: Fields, place: { readonly name: string; readonly host: string }): Credential | undefined {
  const registryToken = textOf(entry, 'registrytoken');
  if (registryToken !== undefined) return { kind: 'bearer', token: new Secret(registryToken) };
  const identityToken = textOf(entry, 'identitytoken');
  if (identityToken !== undefined) return { kind: 'refresh', token: new Secret(identityToken) };
  const username = textOf(entry, 'username');
  const password = textOf(entry, 'password');
  if (username !== undefined && password !== undefined) {
    return { kind: 'basic', username, password: new Secret(password) };
  }
  const auth = textOf(entry, 'auth');
  if (auth === undefined) return undefined;
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) throw invalid(place.name, `its "auth" for ${place.host} is not base64 of user:password`);
  const secret = decoded.slice(colon + 1).replace(/\0+$/, '');
  return { kind: 'basic', username: decoded.slice(0, colon), password: new Secret(secret) };
}

function hostOfKey(key: string): string {
  return key
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .toLowerCase();
}

function parseJson(text: string, name: string): Fields {
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own message quotes the text, and the text holds secrets.
    throw invalid(name, 'it is not JSON');
  }
  if (!isFields(root)) throw invalid(name, 'it is no JSON object');
  return root;
}

function objectOf(root: Fields, key: string, name: string): Fields {
  const value = root[key];
  if (value === undefined || value === null) return {};
  if (!isFields(value)) throw invalid(name, `its "${key}" is no object`);
  return value;
}

function invalid(name: string, what: string): RegistryError {
  return registryError('REGISTRY_AUTH_INVALID', `cannot use the docker config ${name}: ${what}`, {
    subject: name,
    hint: 'Write it as docker login does: {"auths": {"HOST": {"auth": "BASE64 OF USER:PASSWORD"}}}.',
  });
}
