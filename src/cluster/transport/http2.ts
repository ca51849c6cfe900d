/** HTTP/2: every request a stream of one connection. */

import type { IncomingHttpHeaders } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { collect, decode } from './body.ts';
import { failureOf } from './failure.ts';
import { watchLiveness } from './liveness.ts';
import type { TransportAnswer, TransportOptions, TransportRequest, Wire } from './transport.ts';

/** Source: https://www.rfc-editor.org/rfc/rfc9113#name-flow-control; lists of some megabytes should not wait for updates. */
const WINDOW_BYTES = 8 * 1024 * 1024;

export function createHttp2({ server, clock }: TransportOptions, socket: TLSSocket): Wire {
  const session = connect(server.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
  });
  let usable = true;
  const end = () => {
    usable = false;
  };
  session.on('error', end).on('close', end).on('goaway', end);
  session.once('connect', () => session.setLocalWindowSize(2 * WINDOW_BYTES));
  const untilLost = watchLiveness({ session, socket, clock });
  return {
    get usable() {
      return usable && !session.closed && !session.destroyed;
    },
    send: (request) => untilLost(exchange(request, { session, server })),
    close: () => session.destroy(),
  };
}

async function exchange(
  request: TransportRequest,
  { session, server }: { readonly session: ClientHttp2Session; readonly server: URL },
): Promise<TransportAnswer> {
  const stream = startStream(request, { session, server });
  try {
    const [headers, raw] = await Promise.all([responseHeaders(stream), collect(stream, request.maxBytes)]);
    // A stream that is cut ends like one that is whole; only its code tells them apart.
    if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) throw new Error(`stream reset with code ${stream.rstCode}`);
    const encoding = headers['content-encoding'];
    const body = await decode(raw, { encoding, maxBytes: request.maxBytes });
    return { status: Number(headers[constants.HTTP2_HEADER_STATUS] ?? 0), headers, body };
  } catch (error) {
    stream.close(constants.NGHTTP2_CANCEL);
    throw failureOf(request, error);
  }
}

function startStream(
  request: TransportRequest,
  { session, server }: { readonly session: ClientHttp2Session; readonly server: URL },
): ClientHttp2Stream {
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  try {
    const stream = session.request(
      {
        ...Object.fromEntries(headers),
        [constants.HTTP2_HEADER_METHOD]: request.method,
        [constants.HTTP2_HEADER_PATH]: request.path,
        [constants.HTTP2_HEADER_SCHEME]: 'https',
        [constants.HTTP2_HEADER_AUTHORITY]: server.host,
      },
      { endStream: request.body === undefined, ...(request.signal === undefined ? {} : { signal: request.signal }) },
    );
    // Also after the answer was read: a late reset is nobody's concern, but would end the process unheard.
    stream.on('error', () => undefined);
    if (request.body !== undefined) stream.end(request.body);
    return stream;
  } catch (error) {
    throw failureOf(request, error);
  }
}

function responseHeaders(stream: ClientHttp2Stream): Promise<IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    stream.once('response', (headers) => resolve(headers as IncomingHttpHeaders));
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('closed without an answer')));
  });
}
