/** Requests to one API server: authenticated, counted, repeated where repeating is safe. */
import type { Clock } from '../../base/clock.ts';
import { createLimiter } from '../../base/concurrency.ts';
import { TowpathError } from '../../base/errors.ts';
import { backoffMs, retryAfterMs } from '../../base/retry.ts';
import type { JsonObject, JsonValue } from '../../core/sync/desired-object.ts';
import { textAt } from '../../core/sync/json.ts';
import { parseJson, stringifyJson } from '../../core/sync/json-text.ts';
import type { CredentialSource, Credentials } from '../credentials.ts';
import type { Transport, TransportAnswer, TransportErrorCode, TransportRequest } from '../transport/transport.ts';
import { parseWarnings } from './warnings.ts';

/** Every request here may be sent twice: reads, and apply patches, which say what shall be and not what to add. */
export interface ApiRequest {
  readonly method: 'GET' | 'PATCH';
  /** Below the server's address, encoded: `/api/v1/namespaces`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  /** Sent as an apply patch. */
  readonly body?: JsonObject;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  /** The body as JSON; undefined where it is none (a proxy's page, an empty body). */
  readonly body: JsonValue | undefined;
  /** Texts of the `Warning` headers. */
  readonly warnings: readonly string[];
}

export interface ApiClient {
  /** Whatever the status is. Throws the codes of the transport, or the signal's reason. */
  send(request: ApiRequest): Promise<ApiAnswer>;
  /** Sent so far, repeated ones included. */
  requests(): number;
  close(): void;
}

export interface ApiClientOptions {
  readonly server: URL;
  readonly credentials: CredentialSource;
  readonly connect: (credentials: Credentials) => Transport;
  readonly userAgent: string;
  readonly clock: Clock;
}

const MAX_ATTEMPTS = 5;
const FIRST_BACKOFF_MS = 200;
/** A server that asks for more has more trouble than a run can wait for. */
const MAX_PAUSE_MS = 20_000;
/** Slow failures (a connection that never opens) are not repeated for minutes. */
const MAX_RETRYING_MS = 45_000;
const REQUEST_TIMEOUT_MS = 60_000;
const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;
const MAX_IN_FLIGHT = 32;

export function createApiClient(options: ApiClientOptions): ApiClient {
  const limiter = createLimiter(MAX_IN_FLIGHT);
  const connection = createConnection(options);
  let requests = 0;
  const prefix = options.server.pathname.replace(/\/$/, '');
  const exchange = async (request: ApiRequest, used: Connection): Promise<Received> => {
    try {
      const received = read(await used.transport.send(toTransport(request, { options, prefix, used })));
      requests++;
      return received;
    } catch (error) {
      if (wasSent(error)) requests++;
      throw error;
    }
  };
  const attempt = async (request: ApiRequest): Promise<Received> => {
    const used = await connection.open(request.signal);
    const answer = await exchange(request, used);
    const renewed = answer.status === 401 ? await connection.renew(used, request.signal) : undefined;
    return renewed === undefined ? answer : exchange(request, renewed);
  };
  return {
    send: (request) => limiter(() => repeat(request, { attempt, clock: options.clock })),
    requests: () => requests,
    close: () => connection.close(),
  };
}

interface Connection {
  readonly credentials: Credentials;
  readonly transport: Transport;
}

/** The transport that goes with the credentials: a new one where certificates have changed. */
function createConnection({ credentials: source, connect }: ApiClientOptions) {
  const opened: Connection[] = [];
  const connectionFor = (credentials: Credentials): Connection => {
    const known = opened.find((entry) => entry.credentials === credentials);
    if (known !== undefined) return known;
    const sameTls = opened.find((entry) => sameMaterial(entry.credentials, credentials));
    const connection = { credentials, transport: sameTls?.transport ?? connect(credentials) };
    opened.push(connection);
    return connection;
  };
  return {
    open: async (signal: AbortSignal | undefined) => connectionFor(await source.get(signal)),
    async renew(stale: Connection, signal: AbortSignal | undefined): Promise<Connection | undefined> {
      const renewed = await source.refresh(stale.credentials, signal);
      return renewed === undefined ? undefined : connectionFor(renewed);
    },
    close() {
      for (const { transport } of opened) transport.close();
    },
  };
}

function sameMaterial({ tls: a }: Credentials, { tls: b }: Credentials): boolean {
  const same = (x: Buffer | undefined, y: Buffer | undefined) =>
    x === y || (x !== undefined && y !== undefined && x.equals(y));
  return same(a.cert, b.cert) && same(a.key, b.key) && same(a.ca, b.ca);
}

interface Wiring {
  readonly options: ApiClientOptions;
  readonly prefix: string;
  readonly used: Connection;
}

function toTransport(request: ApiRequest, { options, prefix, used }: Wiring): TransportRequest {
  const query = new URLSearchParams(request.query).toString();
  return {
    method: request.method,
    path: `${prefix}${request.path}${query === '' ? '' : `?${query}`}`,
    headers: {
      ...used.credentials.headers,
      Accept: request.accept ?? 'application/json',
      'Accept-Encoding': 'gzip',
      'User-Agent': options.userAgent,
      // JSON is YAML; there is no apply patch in JSON by that name.
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/apply-patch+yaml' }),
    },
    body: request.body === undefined ? undefined : Buffer.from(stringifyJson(request.body)),
    timeoutMs: REQUEST_TIMEOUT_MS,
    maxBytes: request.maxBytes ?? DEFAULT_MAX_BYTES,
    signal: request.signal,
  };
}

async function repeat(
  request: ApiRequest,
  { attempt, clock }: { readonly attempt: (request: ApiRequest) => Promise<Received>; readonly clock: Clock },
): Promise<ApiAnswer> {
  const start = clock.now();
  for (let count = 1; ; count++) {
    request.signal?.throwIfAborted();
    const isLast = count >= MAX_ATTEMPTS || clock.now() - start > MAX_RETRYING_MS;
    const outcome = await attempt(request).catch((error: unknown) => {
      if (isLast || !isBrokenConnection(error)) throw error;
      return null;
    });
    const wanted = outcome === null ? undefined : pauseFor(outcome, clock.now());
    if (outcome !== null && (isLast || wanted === undefined || wanted > MAX_PAUSE_MS)) return toAnswer(outcome);
    await clock.sleep(Math.max(wanted ?? 0, backoffMs(count, FIRST_BACKOFF_MS)), request.signal);
  }
}

function wasSent(error: unknown): boolean {
  const code = error instanceof TowpathError ? (error.code as TransportErrorCode) : undefined;
  return code !== 'CLUSTER_UNREACHABLE' && code !== 'CLUSTER_UNTRUSTED';
}

function isBrokenConnection(error: unknown): boolean {
  if (!(error instanceof TowpathError)) return false;
  const code = error.code as TransportErrorCode;
  return code === 'CLUSTER_BROKEN' || code === 'CLUSTER_UNREACHABLE';
}

/** Milliseconds to wait before asking again; undefined where the answer stands. */
function pauseFor(answer: Received, nowMs: number): number | undefined {
  const { status, headers } = answer;
  if (status === 429 || status === 503) return retryAfterMs(headers['retry-after'] ?? null, nowMs) ?? 0;
  return status === 502 || status === 504 || (status === 500 && !isVerdict(answer)) ? 0 : undefined;
}

/**
 * A manifest that does not fit the schema is answered with 500 as well, but without a reason: trouble of the server
 * has one (`InternalError`, as for a webhook that does not answer).
 */
function isVerdict({ body }: Received): boolean {
  return textAt(body, 'kind') === 'Status' && textAt(body, 'reason') === undefined;
}

interface Received extends Omit<TransportAnswer, 'body'> {
  readonly body: JsonValue | undefined;
}

/** What is cut short, or comes from something that is no API server, must not be taken for an answer. */
function read(answer: TransportAnswer): Received {
  const body = parseBody(answer.body);
  if (body !== undefined || answer.status < 200 || answer.status > 299) return { ...answer, body };
  throw new TowpathError<TransportErrorCode>('CLUSTER_BROKEN', 'the answer of the API server is not JSON');
}

function parseBody(body: Buffer): JsonValue | undefined {
  try {
    return parseJson(body.toString('utf8'));
  } catch {
    return undefined; // an error page, or nothing at all: the status tells
  }
}

function toAnswer({ status, headers, body }: Received): ApiAnswer {
  const warning = headers['warning'];
  return { status, body, warnings: parseWarnings(Array.isArray(warning) ? warning.join(', ') : warning) };
}
