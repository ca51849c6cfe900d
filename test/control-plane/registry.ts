/** Starts a real registry (CNCF distribution): in memory, on loopback, alone in its directory. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureBinaries } from './binaries.ts';
import type { Progress } from './progress.ts';
import { type Supervised, supervise } from './supervised.ts';

/** How to reach a registry: plain data, so that it can be handed to other processes. */
export interface RegistryAddress {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
}

export interface Registry extends RegistryAddress, AsyncDisposable {}

export interface RegistryOptions {
  readonly progress?: Progress | undefined;
  /** Default: everybody may do everything. */
  readonly auth?: RegistryAuth | undefined;
  /** Gives up a build that is under way. */
  readonly signal?: AbortSignal | undefined;
}

export type RegistryAuth =
  /** Basic authentication by HTPASSWD_CREDENTIALS. */
  | { readonly kind: 'htpasswd' }
  /** Bearer tokens that the server at `realm` signs with a key of `jwks` (a JSON text). */
  | {
      readonly kind: 'token';
      readonly realm: string;
      readonly service: string;
      readonly issuer: string;
      readonly jwks: string;
    };

/** Good for every registry that is started with `htpasswd`, and for nothing else. */
export const HTPASSWD_CREDENTIALS = { username: 'lockkeeper', password: 'locks-and-weirs' } as const;

/** The bcrypt hash of that password, at the lowest cost: Node has no bcrypt, and the registry takes nothing else. */
const HTPASSWD_HASH = '$2a$04$dT1K07EVQxj2l.bLXW/Te.6RZQc9dZ0WEaCkhjvggHdX5Kn24I/VG';
const READY_TIMEOUT_MS = 30_000;

/** A registry that answers. Disposing it, or the death of this process, stops it and removes its directory. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const binaries = await ensureBinaries(['registry'], { progress: options.progress, signal: options.signal });
  const supervised = await supervise();
  try {
    const configuration = await writeConfiguration(supervised.directory, options.auth);
    await supervised.start({
      name: 'registry',
      file: binaries.registry,
      args: ['serve', configuration],
      graceMs: 2000,
    });
    const url = `http://${await untilListening(supervised)}`;
    return { url, [Symbol.asyncDispose]: () => supervised[Symbol.asyncDispose]() };
  } catch (error) {
    await supervised[Symbol.asyncDispose]();
    throw error;
  }
}

/** Gives the path of the file: JSON, which the registry takes as YAML. */
async function writeConfiguration(directory: string, auth: RegistryAuth | undefined): Promise<string> {
  const content = {
    version: '0.1',
    log: { level: 'info', formatter: 'json', accesslog: { disabled: true } },
    storage: { inmemory: {}, delete: { enabled: true }, maintenance: { uploadpurging: { enabled: false } } },
    // Relative URLs: the registry must not send clients of a proxy past that proxy.
    http: { addr: '127.0.0.1:0', relativeurls: true },
    ...(auth === undefined ? {} : { auth: await writeAuth(directory, auth) }),
  };
  const path = join(directory, 'registry.json');
  await writeFile(path, JSON.stringify(content), { mode: 0o600 });
  return path;
}

async function writeAuth(directory: string, auth: RegistryAuth): Promise<unknown> {
  if (auth.kind === 'htpasswd') {
    const path = join(directory, 'htpasswd');
    await writeFile(path, `${HTPASSWD_CREDENTIALS.username}:${HTPASSWD_HASH}\n`, { mode: 0o600 });
    return { htpasswd: { realm: 'towpath-test', path } };
  }
  const { realm, service, issuer } = auth;
  const jwks = join(directory, 'jwks.json');
  await writeFile(jwks, auth.jwks, { mode: 0o600 });
  return { token: { realm, service, issuer, jwks, signingalgorithms: ['ES256'] } };
}

/** `HOST:PORT`, which the registry writes to its log: the port is the system's choice. */
async function untilListening(supervised: Supervised): Promise<string> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadline && supervised.endOf('registry') === null) {
    const address = /listening on (127\.0\.0\.1:\d+)/.exec(await supervised.logTail('registry', 50))?.[1];
    if (address !== undefined) return address;
    await delay(20);
  }
  const tail = await supervised.logTail('registry');
  throw new Error(`the registry does not listen (${supervised.endOf('registry') ?? 'timeout'}):\n${tail}`);
}
