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
  readonly progress?: Progress;
  /** Default: everybody may do everything. */
  readonly auth?: RegistryAuth;
}

export type RegistryAuth =
  /** Basic authentication by HTPASSWD_USER and HTPASSWD_PASSWORD. */
  | { readonly kind: 'htpasswd' }
  /** Bearer tokens of the token server at `realm`, signed by a key of `jwks`. */
  | {
      readonly kind: 'token';
      readonly realm: string;
      readonly service: string;
      readonly issuer: string;
      readonly jwks: string;
    };

const READY_TIMEOUT_MS = 30_000;

/** A registry that answers. Disposing it, or the death of this process, stops it and removes its directory. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const binaries = await ensureBinaries(
    ['registry'],
    options.progress === undefined ? {} : { progress: options.progress },
  );
  const supervised = await supervise();
  try {
    const configuration = join(supervised.directory, 'registry.json');
    await writeFile(configuration, JSON.stringify(await describe(supervised.directory, options.auth)), { mode: 0o600 });
    const args = ['serve', configuration];
    await supervised.start({ name: 'registry', file: binaries.registry, args, graceMs: 2000 });
    const url = `http://${await untilListening(supervised)}`;
    return { url, [Symbol.asyncDispose]: () => supervised[Symbol.asyncDispose]() };
  } catch (error) {
    await supervised[Symbol.asyncDispose]();
    throw error;
  }
}

async function describe(_directory: string, _auth: RegistryAuth | undefined): Promise<unknown> {
  return {
    version: '0.1',
    log: { level: 'info', formatter: 'json', accesslog: { disabled: true } },
    storage: { inmemory: {}, delete: { enabled: true }, maintenance: { uploadpurging: { enabled: false } } },
    http: { addr: '127.0.0.1:0', relativeurls: true },
  };
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
