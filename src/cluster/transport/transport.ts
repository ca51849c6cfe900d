/** One HTTP exchange with an API server, over whichever HTTP it speaks. */
import type { IncomingHttpHeaders } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import { TowpathError } from '../../base/errors.ts';
import type { TlsMaterial } from '../credentials.ts';
import { dial } from './dial.ts';
import { createHttp1 } from './http1.ts';
import { createHttp2 } from './http2.ts';

/** UNREACHABLE: no connection. UNTRUSTED: not the server we know. BROKEN: the answer did not come whole. */
export type TransportErrorCode =
  | 'CLUSTER_UNREACHABLE'
  | 'CLUSTER_UNTRUSTED'
  | 'CLUSTER_BROKEN'
  | 'CLUSTER_TIMEOUT'
  | 'CLUSTER_ANSWER_TOO_LARGE';

export interface TransportRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | undefined;
  /** Until the last byte of the answer is there. */
  readonly timeoutMs: number;
  /** Of the answer's body, decoded. */
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
}

export interface TransportAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Content coding undone. */
  readonly body: Buffer;
}

/** One protocol over one or more connections. */
export interface Wire {
  /** False once it can carry no further request. */
  readonly usable: boolean;
  /** Rejects with the signal's reason when `request.signal` is aborted; the exchange is then torn down. */
  send(request: TransportRequest): Promise<TransportAnswer>;
  close(): void;
}

export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>;
  close(): void;
}

export interface TransportOptions {
  readonly server: URL;
  readonly tls: TlsMaterial;
  readonly proxy: URL | undefined;
  readonly clock: Clock;
}

/**
 * HTTP/2 over one connection where the server offers it, else HTTP/1.1 over up to 32. Connections are opened when first
 * needed and again after they broke. Throws the codes above, or the signal's reason.
 */
export function createTransport(options: TransportOptions): Transport {
  let wire: Promise<Wire> | undefined;
  let open: Wire | undefined;
  let closed = false;
  const connected = async (): Promise<Wire> => {
    if (wire !== undefined && (open === undefined || open.usable)) return wire;
    open = undefined;
    const opening = openWire(options).then((opened) => {
      if (closed) opened.close();
      open = opened;
      return opened;
    });
    wire = opening;
    opening.catch(() => {
      if (wire === opening) wire = undefined;
    });
    return opening;
  };
  return {
    async send(request) {
      request.signal?.throwIfAborted();
      return withDeadline({ request, clock: options.clock }, async (bounded, signal) => {
        const used = await abortable(connected(), signal);
        return used.send(bounded);
      });
    },
    close() {
      closed = true;
      open?.close();
    },
  };
}

async function openWire(options: TransportOptions): Promise<Wire> {
  if (options.server.protocol === 'http:') return createHttp1(options, undefined);
  const socket = (await dial(options, ['h2', 'http/1.1'])) as TLSSocket;
  return socket.alpnProtocol === 'h2' ? createHttp2(options, socket) : createHttp1(options, socket);
}

/** Connecting counts as well: what is aborted or late must not wait for a server that does not answer. */
async function withDeadline<T>(
  { request, clock }: { readonly request: TransportRequest; readonly clock: Clock },
  work: (bounded: TransportRequest, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const done = new AbortController();
  clock.sleep(request.timeoutMs, done.signal).then(
    () => deadline.abort(timeoutError(request)),
    () => undefined, // the exchange ended in time
  );
  const signal = request.signal === undefined ? deadline.signal : AbortSignal.any([request.signal, deadline.signal]);
  try {
    return await work({ ...request, signal }, signal);
  } finally {
    done.abort();
  }
}

function timeoutError({ timeoutMs }: TransportRequest): TowpathError<TransportErrorCode> {
  return new TowpathError('CLUSTER_TIMEOUT', `the API server did not answer within ${timeoutMs / 1000} s`);
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
