/** A receiver of Slack's incoming webhooks that refuses what Slack refuses. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback } from './loopback-server.ts';
import { findSlackProblem } from './slack-limits.ts';

export interface SlackMessage {
  readonly text?: string;
  readonly blocks?: readonly Readonly<Record<string, unknown>>[];
  readonly attachments?: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** How the receiver treats what comes; `limited` answers 429 with that many seconds in Retry-After. */
export type SlackMode =
  | { readonly kind: 'working' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'hang' };

export interface SlackAttempt {
  readonly path: string;
  readonly status: number;
  /** The body of the answer: `ok`, or Slack's error word. */
  readonly answer: string;
}

export interface SlackReceiver extends AsyncDisposable {
  /** The webhook's URL, with its secret path. */
  readonly url: string;
  /** What was accepted, oldest first. */
  readonly messages: readonly SlackMessage[];
  /** Every request that was answered, oldest first. */
  readonly attempts: readonly SlackAttempt[];
  /** For the next `times` requests, or until the next call; then it works again. */
  behave(mode: SlackMode, times?: number): void;
}

const PATH = '/services/T00000000/B00000000/aBcDeFgHiJkLmNoPqRsTuVwX';
const MAX_BODY_BYTES = 1024 * 1024;

/** A webhook that works until told otherwise. */
export async function startSlackReceiver(): Promise<SlackReceiver> {
  const messages: SlackMessage[] = [];
  const attempts: SlackAttempt[] = [];
  let mode: SlackMode = { kind: 'working' };
  let remaining = Number.POSITIVE_INFINITY;
  const takeMode = (): SlackMode => {
    if (remaining <= 0) mode = { kind: 'working' };
    remaining--;
    return mode;
  };
  const server = await listenOnLoopback(async (request, response) => {
    const body = await readBody(request);
    const current = takeMode();
    if (current.kind === 'hang') return;
    const { status, answer, headers = {}, message } = decide(current, request, body);
    if (message !== undefined) messages.push(message);
    attempts.push({ path: request.url ?? '', status, answer });
    respond(response, { status, answer, headers });
  });
  return {
    url: `${server.url}${PATH}`,
    messages,
    attempts,
    behave(next, times = Number.POSITIVE_INFINITY) {
      mode = next;
      remaining = times;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

interface Decision {
  readonly status: number;
  readonly answer: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: SlackMessage;
}

function decide(mode: Exclude<SlackMode, { kind: 'hang' }>, request: IncomingMessage, body: string): Decision {
  if (mode.kind === 'limited') {
    return { status: 429, answer: 'rate_limited', headers: { 'retry-after': String(mode.retryAfterSeconds) } };
  }
  if (mode.kind === 'status') return { status: mode.status, answer: mode.body ?? 'internal_error' };
  if (request.method !== 'POST') return { status: 400, answer: 'invalid_payload' };
  if (request.url !== PATH) return { status: 404, answer: 'no_service' };
  const message = parse(request, body);
  if (message === null) return { status: 400, answer: 'invalid_payload' };
  const problem = findSlackProblem(message);
  return problem === null ? { status: 200, answer: 'ok', message } : { status: 400, answer: problem };
}

/** JSON, or a form whose field `payload` is JSON; null for anything else. */
function parse(request: IncomingMessage, body: string): SlackMessage | null {
  const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const text = form ? (new URLSearchParams(body).get('payload') ?? '') : body;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SlackMessage) : null;
  } catch {
    return null;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : '';
}

function respond(response: ServerResponse, { status, answer, headers = {} }: Omit<Decision, 'message'>): void {
  response.writeHead(status, { 'content-type': 'text/html', ...headers });
  response.end(answer);
}
