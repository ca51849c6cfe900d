/** A test's own way into a registry: a proxy that counts its requests, misbehaves on demand, and knows how to push. */
import { randomBytes } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from './loopback-server.ts';
import type { RegistryAddress } from './registry.ts';
import { createPush, type PushTarget, type RegistryPush } from './registry-push.ts';

export interface RegistryRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Empty for requests that are about no repository. */
  readonly repository: string;
  readonly userAgent: string;
  /** Whether an Authorization header was sent. */
  readonly authorized: boolean;
  /** 0 while it is not answered, and when the connection was cut. */
  readonly status: number;
}

/** What happens instead of asking the registry at once. */
export type RegistryFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection is cut without an answer. */
  | { readonly kind: 'cut' }
  /** No answer, until the client gives up. */
  | { readonly kind: 'hang' }
  /** The registry is asked, that much later. */
  | { readonly kind: 'delay'; readonly ms: number };

export interface TestRegistry extends RegistryPush, AsyncDisposable {
  /** `127.0.0.1:PORT` of the proxy: the registry's name in an image reference. */
  readonly host: string;
  /** `http://127.0.0.1:PORT` of the proxy. */
  readonly url: string;
  /** The registry itself, past proxy and counters: for measuring. */
  readonly directUrl: string;
  /** A repository that no other test has: `PREFIX/NAME`. */
  repository(name: string): string;
  /** What went through the proxy, oldest first; pushes by this object do not. */
  readonly requests: readonly RegistryRequest[];
  /** How many requests each repository got. */
  countByRepository(): Record<string, number>;
  clearRequests(): void;
  /** Asks `decide` about each request until it is called again; null restores. A decision of null asks the registry. */
  inject(decide: ((request: RegistryRequest) => RegistryFault | null) | null): void;
}

/** Puts a proxy before the registry at `address`; disposing stops the proxy only. */
export async function connectTestRegistry(
  address: RegistryAddress,
  authorize?: PushTarget['authorize'],
): Promise<TestRegistry> {
  const prefix = `t${randomBytes(5).toString('hex')}`;
  const requests: { -readonly [Key in keyof RegistryRequest]: RegistryRequest[Key] }[] = [];
  const agent = new Agent({ keepAlive: true });
  let decide: ((request: RegistryRequest) => RegistryFault | null) | null = null;
  const server = await listenOnLoopback((incoming, outgoing) => {
    const entry = { ...describe(incoming), status: 0 };
    requests.push(entry);
    const fault = decide?.(entry) ?? null;
    outgoing.on('finish', () => {
      entry.status = outgoing.statusCode;
    });
    const pass = () => forward(incoming, outgoing, { agent, to: address.url });
    if (fault === null) pass();
    else if (fault.kind === 'delay') setTimeout(pass, fault.ms);
    else misbehave(fault, incoming, outgoing);
  });
  return {
    ...createPush({ url: address.url, authorize }),
    host: server.host,
    url: server.url,
    directUrl: address.url,
    repository: (name) => `${prefix}/${name}`,
    requests,
    countByRepository() {
      const counts: Record<string, number> = {};
      for (const { repository } of requests) counts[repository] = (counts[repository] ?? 0) + 1;
      return counts;
    },
    clearRequests() {
      requests.length = 0;
    },
    inject(next) {
      decide = next;
    },
    async [Symbol.asyncDispose]() {
      agent.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

function describe(incoming: IncomingMessage): Omit<RegistryRequest, 'status'> {
  const path = incoming.url ?? '/';
  return {
    method: incoming.method ?? 'GET',
    path,
    repository: /^\/v2\/(.+)\/(?:tags|manifests|blobs|referrers)\//.exec(path)?.[1] ?? '',
    userAgent: incoming.headers['user-agent'] ?? '',
    authorized: incoming.headers.authorization !== undefined,
  };
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { agent, to }: { agent: Agent; to: string },
): void {
  const { method, headers } = incoming;
  const upstream = httpRequest(new URL(incoming.url ?? '/', to), { method, headers, agent }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}

function misbehave(
  fault: Exclude<RegistryFault, { kind: 'delay' }>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  incoming.resume();
  switch (fault.kind) {
    case 'status':
      outgoing.writeHead(fault.status, fault.headers ?? {});
      outgoing.end(fault.body ?? '');
      return;
    case 'cut':
      incoming.socket.destroy();
      return;
    case 'hang':
  }
}
