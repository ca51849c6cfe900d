/** HTTP/1.1 over kept connections. */
import { Agent, type IncomingMessage, request as sendRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { collect, decode } from './body.ts';
import { dial } from './dial.ts';
import { failureOf } from './failure.ts';
import type { TransportAnswer, TransportOptions, TransportRequest, Wire } from './transport.ts';

const MAX_SOCKETS = 32;

/** `first`: a connection that is open already, to be used before others are opened. */
export function createHttp1(options: TransportOptions, first: Socket | undefined): Wire {
  const agent = new DialingAgent(options, first);
  return {
    usable: true,
    send: (request) => exchange(request, { agent, options }),
    close: () => agent.destroy(),
  };
}

class DialingAgent extends Agent {
  readonly #options: TransportOptions;
  #first: Socket | undefined;

  constructor(options: TransportOptions, first: Socket | undefined) {
    super({ keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' });
    this.#options = options;
    this.#first = first;
    // Between the handshake and its first use nobody else listens; a dead socket shows when it is written to.
    first?.on('error', () => undefined);
  }

  override createConnection(_options: unknown, callback?: (error: Error | null, stream: Duplex) => void): undefined {
    const first = this.#first;
    this.#first = undefined;
    const opening = first === undefined || first.destroyed ? dial(this.#options, ['http/1.1']) : Promise.resolve(first);
    opening.then(
      (socket) => callback?.(null, socket),
      (error: Error) => (callback as ((error: Error) => void) | undefined)?.(error),
    );
  }

  override destroy(): void {
    this.#first?.destroy();
    super.destroy();
  }
}

async function exchange(
  request: TransportRequest,
  { agent, options }: { readonly agent: Agent; readonly options: TransportOptions },
): Promise<TransportAnswer> {
  const { response, raw } = await new Promise<Answering>((resolve, reject) => {
    const sent = sendRequest({
      agent,
      host: options.server.hostname,
      port: options.server.port,
      method: request.method,
      path: request.path,
      headers: {
        ...(request.headers as Record<string, string | string[]>),
        host: options.server.host,
        ...(request.body === undefined ? {} : { 'content-length': request.body.length }),
      },
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    sent.once('error', (error) => reject(failureOf(request, error)));
    sent.once('response', (answer) => resolve({ response: answer, raw: collect(answer, request.maxBytes) }));
    sent.end(request.body);
  });
  try {
    const encoding = response.headers['content-encoding'];
    const body = await decode(await raw, { encoding, maxBytes: request.maxBytes });
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    response.destroy();
    throw failureOf(request, error);
  }
}

interface Answering {
  readonly response: IncomingMessage;
  readonly raw: Promise<Buffer>;
}
