/** A registry of the tests' own on loopback that does what a real one will not: every answer is the test's. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (request: Received, response: ServerResponse, count: number) => void | Promise<void>;

export interface FaultServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly received: readonly Received[];
  /** `GET /v2/…` of every request, in order. */
  lines(): string[];
}

/** Starts a server whose every answer `answer` gives; `count` counts requests from 1. */
export async function startFaultServer(answer: Answer): Promise<FaultServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const entry = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      received.push(entry);
      void answer(entry, response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    received,
    lines: () => received.map(({ method, url }) => `${method} ${url}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Ends an answer with JSON. */
export function json(
  response: ServerResponse,
  body: unknown,
  extra: { status?: number; headers?: Record<string, string> } = {},
): void {
  response.writeHead(extra.status ?? 200, { 'content-type': 'application/json', ...extra.headers });
  response.end(JSON.stringify(body));
}

/** Ends an answer with a status and the error form of the OCI specification. */
export function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  json(response, { errors: [{ code: 'SOME_CODE', message: 'text from outside' }] }, { status, headers });
}
