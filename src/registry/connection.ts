/** Requests to one registry: authorized, redirected, repeated and counted. */
import type { Clock } from '../base/clock.ts';
import { exchange, type Fetch, type HttpAnswer, isRedirect } from '../base/http.ts';
import { type Asked, statusError } from './answer.ts';
import { type Attempt, attempt, keepTrying } from './attempts.ts';
import { type AuthScheme, createAuthorizer } from './authorizer.ts';
import type { CredentialSource } from './credentials.ts';
import type { Endpoint } from './endpoint.ts';
import { registryError } from './errors.ts';
import type { Limits } from './limits.ts';
import { createPatience } from './patience.ts';

export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The token scope it needs. Without one it goes out with `headers` alone: for a vendor's own API. */
  readonly scope?: string;
  /** Sent with the name and password themselves, where there are some: for a vendor's API on the registry's own origin. */
  readonly asUser?: boolean;
  readonly maxBytes: number;
  /** Statuses beside 2xx that are handed back; any other is thrown. */
  readonly accept?: readonly number[];
  /** The repository it is for: trouble with one alone does not end the others. */
  readonly about?: string;
  /** Told of every request that goes to the registry for it. */
  readonly onSent?: () => void;
}

export interface Connection {
  readonly endpoint: Endpoint;
  /** The answer, with a status of 2xx or one of `accept`. Throws a TowpathError with a RegistryErrorCode, or the signal's reason. */
  send(request: RegistryRequest, signal?: AbortSignal): Promise<HttpAnswer>;
  /** Requests sent to the registry so far; those to its token service and to the storage it redirects to are not among them. */
  requests(): number;
  scheme(): AuthScheme | undefined;
  recall(scheme: AuthScheme): void;
}

export interface ConnectionOptions {
  readonly endpoint: Endpoint;
  readonly credentials: CredentialSource;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly userAgent: string;
  readonly mask: (secret: string) => void;
  readonly onImplicitRefused: () => void;
}

/** One step of a request: redirects make several. */
interface Hop {
  readonly url: URL;
  readonly authorization: string | undefined;
}

/** What ends an attempt, all its steps together. */
interface Bounds {
  readonly signal: AbortSignal;
  readonly endsAtMs: number;
}

export function createConnection(options: ConnectionOptions): Connection {
  const { clock, endpoint, limits } = options;
  const patience = createPatience(endpoint.registry, { clock, limits });
  const tools = { clock, limits, patience };
  const authorizer = createAuthorizer(options, tools);
  let sent = 0;

  const exchangeOnce = (request: RegistryRequest, hop: Hop, { signal, endsAtMs }: Bounds) => {
    const headers: Record<string, string> = { 'user-agent': options.userAgent };
    // What was meant for one origin never goes to another: credentials, and headers that may hold some.
    if (hop.url.origin === request.url.origin) {
      sent++;
      request.onSent?.();
      Object.assign(headers, request.headers);
      if (hop.authorization !== undefined) headers['authorization'] = hop.authorization;
    }
    const leftMs = Math.max(1, endsAtMs - clock.now());
    return exchange(
      { method: request.method, url: hop.url, headers, body: request.body },
      {
        fetch: options.fetch,
        clock,
        headersMs: Math.min(limits.headersMs, leftMs),
        totalMs: Math.min(limits.answerMs, leftMs),
        maxBytes: request.maxBytes,
        signal,
      },
    );
  };

  /** Sends `request` and follows where it leads. Once it has left the registry's origin nothing is authorized any more. */
  const follow = async (request: RegistryRequest, authorization: string | undefined, bounds: Bounds) => {
    let hop: Hop = { url: request.url, authorization };
    for (let redirects = 0; ; redirects++) {
      const answer = await exchangeOnce(request, hop, bounds);
      if (!isRedirect(answer.status)) return { answer, athome: hop.url.origin === request.url.origin };
      if (redirects >= limits.redirects) throw refusedRedirect(endpoint, request, 'too many redirects in a row');
      const url = redirectTarget(answer, { request, from: hop.url, endpoint });
      hop = { url, authorization: url.origin === hop.url.origin ? hop.authorization : undefined };
    }
  };

  /** Sends `request` with what opens the registry, and once more where it asks for something else. */
  const authorized = async (request: RegistryRequest, header: string | undefined, bounds: Bounds) => {
    const first = await follow(request, header, bounds);
    const { scope } = request;
    // Who answers elsewhere has no business asking for credentials.
    if (first.answer.status !== 401 || !first.athome || scope === undefined) return first.answer;
    const challenge = first.answer.headers.get('www-authenticate');
    const isWorthIt = await authorizer.challenged({ header: challenge, used: header, scope }, bounds.signal);
    if (!isWorthIt) return first.answer;
    const second = await follow(request, await authorizer.header(scope, bounds.signal), bounds);
    return second.answer;
  };

  const headerFor = async (request: RegistryRequest, signal: AbortSignal) => {
    if (request.url.origin !== endpoint.url.origin) return undefined;
    if (request.asUser) return authorizer.asUser(signal);
    return request.scope === undefined ? undefined : authorizer.header(request.scope, signal);
  };

  const attemptOnce = async (request: RegistryRequest, leftMs: number, signal?: AbortSignal): Promise<Attempt> => {
    await patience.enter(request.about, signal);
    try {
      const either = patience.signalFor(request.about, signal);
      const header = await headerFor(request, either);
      // Only now, after the wait for a place, is it known how much patience is left.
      const bounds: Bounds = { signal: either, endsAtMs: clock.now() + Math.min(leftMs, patience.remainingMs()) };
      return await attempt(tools, describeRequest(endpoint, request), () => authorized(request, header, bounds));
    } finally {
      patience.leave();
    }
  };

  return {
    endpoint,
    requests: () => sent,
    scheme: authorizer.scheme,
    recall: authorizer.recall,
    async send(request, signal) {
      const { about } = request;
      const once = (leftMs: number) => attemptOnce(request, leftMs, signal);
      const answer = await keepTrying(tools, { about, attemptOnce: once }, signal);
      const fine = (answer.status >= 200 && answer.status < 300) || request.accept?.includes(answer.status);
      if (!fine) throw statusError(answer, describeRequest(endpoint, request));
      return answer;
    },
  };
}

/** Who is asked and for what, for messages: the query is left out, it may hold what is nobody's business. */
export function describeRequest(
  endpoint: Endpoint,
  { method, url, about }: Pick<RegistryRequest, 'method' | 'url' | 'about'>,
): Asked {
  return { who: endpoint.registry, what: `${method} ${url.pathname}`, registry: endpoint.registry, about };
}

function redirectTarget(
  answer: HttpAnswer,
  { request, from, endpoint }: { request: RegistryRequest; from: URL; endpoint: Endpoint },
): URL {
  const location = answer.headers.get('location');
  const target = location === null ? null : URL.parse(location, from.href);
  if (target === null || !/^https?:$/.test(target.protocol) || target.username !== '' || target.password !== '') {
    throw refusedRedirect(endpoint, request, 'a redirect to no usable address');
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw refusedRedirect(endpoint, request, 'a redirect from https to http');
  }
  if (request.method === 'POST') throw refusedRedirect(endpoint, request, 'a redirect');
  return target;
}

function refusedRedirect(endpoint: Endpoint, request: RegistryRequest, what: string) {
  const asked = describeRequest(endpoint, request);
  return registryError('REGISTRY_REDIRECT_REFUSED', `${asked.who} answered ${asked.what} with ${what}`, {
    subject: endpoint.registry,
  });
}
