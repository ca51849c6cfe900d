/** One HTTP exchange over `fetch`: bounded in time and size, redirects left to the caller. */
import type { Clock } from './clock.ts';
import { TowpathError } from './errors.ts';

/** The part of the global `fetch` that is used, so that a test can stand in. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Decoded (`Content-Encoding` undone). Empty for redirects; cut to 64 KiB where the status is an error. */
  readonly body: Buffer;
}

export interface ExchangeOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Until the status line and headers are there. */
  readonly headersMs: number;
  /** Until the last byte of the body is there. */
  readonly totalMs: number;
  /** Of the decoded body of a successful answer. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** UNREACHABLE: no answer began. BROKEN: an answer began and did not end. The message is one clause without a subject. */
export type HttpErrorCode = 'HTTP_UNREACHABLE' | 'HTTP_BROKEN' | 'HTTP_TIMEOUT' | 'HTTP_TOO_LARGE';

const ERROR_BODY_BYTES = 64 * 1024;

/**
 * Sends `request` once and reads the whole answer, whatever its status. Throws HTTP_UNREACHABLE, HTTP_BROKEN, HTTP_TIMEOUT,
 * HTTP_TOO_LARGE, or the signal's reason.
 */
export async function exchange(request: HttpRequest, options: ExchangeOptions): Promise<HttpAnswer> {
  options.signal?.throwIfAborted();
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const progress: Progress = { answered: false, over: new AbortController() };
  watch(options, progress).then(
    (timeout) => stop.abort(timeout),
    () => undefined, // the exchange was over in time
  );
  try {
    const response = await options.fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      redirect: 'manual',
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    progress.answered = true;
    const body = await readBody(response, options.maxBytes);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof TowpathError) throw error;
    throw connectionError(progress.answered, error);
  } finally {
    progress.over.abort(OVER);
  }
}

/** How far an exchange has come. */
interface Progress {
  answered: boolean;
  readonly over: AbortController;
}

// One for all: an abort without a reason of its own makes an error with a stack each time, for every request.
const OVER = new Error('the exchange is over');

/** Gives the error once the time for headers, or for the whole answer, has passed; rejects when the exchange is over before. */
async function watch({ clock, headersMs, totalMs }: ExchangeOptions, progress: Progress): Promise<TowpathError> {
  const { signal } = progress.over;
  const firstMs = Math.min(headersMs, totalMs);
  await clock.sleep(firstMs, signal);
  if (!progress.answered) return timeoutError('did not answer', firstMs);
  await clock.sleep(totalMs - firstMs, signal);
  return timeoutError('did not finish its answer', totalMs);
}

function timeoutError(what: string, ms: number): TowpathError<HttpErrorCode> {
  return new TowpathError<HttpErrorCode>('HTTP_TIMEOUT', `${what} within ${Math.round(ms / 100) / 10} s`);
}

async function readBody(response: Response, maxBytes: number): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0);
  if (isRedirect(response.status)) {
    await response.body.cancel();
    return Buffer.alloc(0);
  }
  const failed = response.status >= 400;
  const limit = failed ? ERROR_BODY_BYTES : maxBytes;
  const chunks: Uint8Array[] = [];
  let received = 0;
  // Leaving the loop early cancels the stream, and with it the connection of an answer that never ends.
  for await (const chunk of response.body) {
    received += chunk.length;
    if (received > limit && !failed) {
      throw new TowpathError<HttpErrorCode>('HTTP_TOO_LARGE', `sent more than ${limit} bytes`);
    }
    chunks.push(chunk);
    if (received > limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

/** True for the statuses that carry a `Location` to go to. */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function connectionError(answered: boolean, error: unknown): TowpathError<HttpErrorCode> {
  const reason = systemCode(error);
  const suffix = reason === undefined ? '' : ` (${reason})`;
  return answered
    ? new TowpathError<HttpErrorCode>('HTTP_BROKEN', `broke off its answer${suffix}`, { cause: error })
    : new TowpathError<HttpErrorCode>('HTTP_UNREACHABLE', `could not be reached${suffix}`, { cause: error });
}

/** The system's or the HTTP client's code, `ECONNREFUSED` say: `fetch` hides it in the chain of causes. */
function systemCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    const code = 'code' in current ? current.code : undefined;
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return undefined;
}
