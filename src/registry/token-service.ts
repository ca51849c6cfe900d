/**
 * One token from a registry's token service.
 * Source: https://distribution.github.io/distribution/spec/auth/token/ and https://distribution.github.io/distribution/spec/auth/oauth/
 */
import { exchange, type Fetch, type HttpAnswer, type HttpRequest } from '../base/http.ts';
import { Secret } from '../base/secret.ts';
import { malformed, statusError } from './answer.ts';
import { attempt, keepTrying, type Tools } from './attempts.ts';
import type { Credential } from './credentials.ts';
import { parseObject, textOf } from './json.ts';

export interface TokenRequest {
  readonly registry: string;
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scope: string;
  readonly credential: Credential | undefined;
  readonly userAgent: string;
}

export interface Token {
  readonly value: Secret;
  /** When to stop using it: some time before it really expires. */
  readonly staleAtMs: number;
}

const MAX_BYTES = 1024 * 1024;
// "For compatibility with older clients, a token should never be returned with less than 60 seconds to live", and the default is that.
const DEFAULT_LIFETIME_S = 60;
const MAX_LIFETIME_S = 12 * 3600;
const SKEW_MS = 10_000;

/** Asks for a token. Throws REGISTRY_UNAUTHORIZED or REGISTRY_FORBIDDEN where the credentials are refused, and what trouble gives. */
export async function fetchToken(
  request: TokenRequest,
  tools: Tools & { readonly fetch: Fetch },
  signal?: AbortSignal,
): Promise<Token> {
  const { clock, limits, patience } = tools;
  const asked = {
    who: `the token service of ${request.registry}`,
    what: `a request for ${request.scope}`,
    registry: request.registry,
  };
  const ask = (leftMs: number) =>
    exchange(toHttp(request), {
      fetch: tools.fetch,
      clock,
      headersMs: Math.min(limits.headersMs, leftMs),
      totalMs: Math.min(limits.answerMs, leftMs),
      maxBytes: MAX_BYTES,
      signal: patience.signalFor(undefined, signal),
    });
  const attemptOnce = (leftMs: number) => attempt(tools, asked, () => ask(Math.min(leftMs, patience.remainingMs())));
  const answer = await keepTrying(tools, { about: undefined, attemptOnce }, signal);
  if (answer.status !== 200) throw statusError(answer, asked);
  return readToken(answer, asked, clock.now());
}

function toHttp(request: TokenRequest): HttpRequest {
  const { credential, service, scope } = request;
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': request.userAgent };
  if (credential?.kind === 'refresh') {
    const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'towpath', scope });
    if (service !== undefined) form.set('service', service);
    form.set('refresh_token', credential.token.reveal());
    headers['content-type'] = 'application/x-www-form-urlencoded';
    return { method: 'POST', url: request.realm, headers, body: form.toString() };
  }
  const url = new URL(request.realm);
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.append('scope', scope);
  if (credential?.kind === 'basic') headers['authorization'] = basicHeader(credential);
  return { method: 'GET', url, headers };
}

export function basicHeader(credential: Extract<Credential, { kind: 'basic' }>): string {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password.reveal()}`).toString('base64')}`;
}

function readToken(answer: HttpAnswer, asked: Parameters<typeof malformed>[0], nowMs: number): Token {
  const fields = parseObject(answer.body);
  if (fields === undefined) throw malformed(asked, 'something that is no JSON object');
  // Azure's registries answer with `access_token` alone.
  const value = textOf(fields, 'token') ?? textOf(fields, 'access_token');
  if (value === undefined || !/^[\x21-\x7e]+$/.test(value)) throw malformed(asked, 'no usable token');
  return { value: new Secret(value), staleAtMs: nowMs + usableMs(fields['expires_in']) };
}

function usableMs(expiresIn: unknown): number {
  const seconds = Number(expiresIn ?? DEFAULT_LIFETIME_S);
  const lifetime = seconds > 0 ? Math.min(seconds, MAX_LIFETIME_S) : DEFAULT_LIFETIME_S;
  return lifetime * 1000 - Math.min(SKEW_MS, lifetime * 250);
}
