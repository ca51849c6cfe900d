/** Stands between git and its remote, and spoils the requests that a test wants spoiled. */
import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '../control-plane/loopback-server.ts';

export type Fault =
  /** Answered with this status; the remote never sees the request. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The connection is cut before the remote sees the request. */
  | { readonly kind: 'cut' }
  /** The remote does what it is asked for; its answer gets lost. */
  | { readonly kind: 'lose-answer' }
  /** Nobody ever answers. */
  | { readonly kind: 'hang' };

export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface FaultyProxy extends LoopbackServer {
  readonly requests: readonly SeenRequest[];
}

/** A proxy for `target`; `spoil` is asked for each request and gives null to let it pass. */
export async function startFaultyProxy(
  target: string,
  spoil: (request: SeenRequest, earlier: readonly SeenRequest[]) => Fault | null,
): Promise<FaultyProxy> {
  const requests: SeenRequest[] = [];
  const server = await listenOnLoopback((request, response) => {
    const { authorization } = request.headers;
    const seen = { method: request.method ?? 'GET', path: request.url ?? '/', authorization };
    const fault = spoil(seen, requests);
    requests.push(seen);
    if (fault === null || fault.kind === 'lose-answer') pass({ target, request, response, isLost: fault !== null });
    else if (fault.kind === 'status') response.writeHead(fault.status, fault.headers).end();
    else if (fault.kind === 'cut') request.socket.destroy();
  });
  return { ...server, requests };
}

interface Passing {
  readonly target: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly isLost: boolean;
}

function pass({ target, request, response, isLost }: Passing): void {
  const onward = send(new URL(request.url ?? '/', target), {
    method: request.method,
    headers: { ...request.headers, connection: 'close' },
  });
  onward.on('error', () => response.destroy());
  onward.on('response', (answer) => {
    if (isLost) {
      answer.resume().on('end', () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onward);
}
