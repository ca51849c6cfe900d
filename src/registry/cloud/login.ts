/** Requests to the services that give short-lived cloud credentials for the job's identity. */
import type { Clock } from '../../base/clock.ts';
import { messageOf, TowpathError } from '../../base/errors.ts';
import { exchange, type Fetch, type HttpRequest } from '../../base/http.ts';
import type { Secret } from '../../base/secret.ts';
import { type RegistryError, registryError } from '../errors.ts';
import { isFields, parseObject, textOf } from '../json.ts';

export interface LoginTools {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly userAgent: string;
  /** Told every secret that a service gives. */
  readonly mask: (secret: string) => void;
  /** Default 5 s: three services in a row must leave time for the registry itself. */
  readonly timeoutMs?: number;
}

/** The job's OIDC token for `audience`; `registry` is whom it is for, in messages. Throws where the job may not have one. */
export type IdTokenSource = (
  wanted: { readonly audience: string; readonly registry: string },
  signal?: AbortSignal,
) => Promise<Secret>;

/** Who is asked, and for the sake of which registry. */
export interface LoginStep {
  readonly who: string;
  readonly registry: string;
}

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

/**
 * The text of a successful answer. Sent once more where the service answered 429 or 5xx or the connection broke, at once: a login is not worth
 * waiting for. Throws REGISTRY_LOGIN_FAILED, which names the service, its status and its code for it, and nothing else that was sent or received.
 */
export async function askLogin(
  step: LoginStep,
  request: HttpRequest,
  { fetch, clock, userAgent, timeoutMs = TIMEOUT_MS }: LoginTools,
  signal?: AbortSignal,
): Promise<string> {
  const headers = { ...request.headers, 'user-agent': userAgent };
  for (let attempt = 1; ; attempt++) {
    try {
      const limits = { headersMs: timeoutMs, totalMs: timeoutMs, maxBytes: MAX_BYTES };
      const answer = await exchange({ ...request, headers }, { fetch, clock, ...limits, signal });
      if (answer.status === 200 || answer.status === 201) return answer.body.toString('utf8');
      if (attempt === 2 || !isPassing(answer.status))
        throw loginFailed(step, `answered ${answer.status}${reasonOf(answer.body.toString('utf8'))}`);
    } catch (error) {
      if (signal?.aborted || !(error instanceof TowpathError) || error.code === 'REGISTRY_LOGIN_FAILED') throw error;
      if (attempt === 2 || error.code === 'HTTP_TIMEOUT') throw loginFailed(step, messageOf(error), error);
    }
  }
}

/** What a service answered is not what its description promises. */
export function unusableLogin(step: LoginStep, what: string): RegistryError {
  return loginFailed(step, `answered without ${what}`);
}

function loginFailed(step: LoginStep, what: string, cause?: unknown): RegistryError {
  return registryError('REGISTRY_LOGIN_FAILED', `cannot log in to ${step.registry}: ${step.who} ${what}`, {
    subject: step.registry,
    cause,
    hint: "Check that the cloud trusts this repository's identity and that the job has the permission id-token: write.",
  });
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}

/**
 * The code that a service gives for its refusal, with a blank before and in brackets: one word of letters, which no token is.
 * Sources: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, https://datatracker.ietf.org/doc/html/rfc6749#section-5.2,
 * https://cloud.google.com/apis/design/errors#http_mapping
 */
function reasonOf(body: string): string {
  const fields = parseObject(body) ?? {};
  const [, element] = /<Code>([^<]{1,60})<\/Code>/.exec(body) ?? [];
  const error = isFields(fields['error']) ? fields['error'] : {};
  const amazons = textOf(fields, '__type')?.replace(/^.*#/, '');
  const found = [element, textOf(fields, 'error'), textOf(error, 'status'), amazons];
  const word = found.find((reason) => reason !== undefined && /^[A-Za-z][A-Za-z_]{2,59}$/.test(reason));
  return word === undefined ? '' : ` (${word})`;
}

/** A form as the body of a POST. */
export function postForm(url: string, form: Readonly<Record<string, string>>): HttpRequest {
  return {
    method: 'POST',
    url: new URL(url),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  };
}

/** JSON as the body of a POST. */
export function postJson(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpRequest {
  return {
    method: 'POST',
    url: new URL(url),
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
