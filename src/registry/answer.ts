/** Answers that are no success, as errors that name the registry and what it said. */
import type { HttpAnswer } from '../base/http.ts';
import { type RegistryError, type RegistryErrorCode, registryError } from './errors.ts';
import { listOf, parseObject, textOf } from './json.ts';

export interface Asked {
  /** Who answered: the registry's name, or its token service. */
  readonly who: string;
  /** Method and path: `GET /v2/org/app/tags/list`. */
  readonly what: string;
  readonly registry: string;
  /** The repository it is for; undefined for what all of them need. */
  readonly about?: string | undefined;
}

/** The error for `answer`, whose status is no success. `waitMs`: what its Retry-After asks for. */
export function statusError(answer: HttpAnswer, asked: Asked, waitMs?: number): RegistryError {
  const reason = reasonOf(answer.body);
  const detail = reason === undefined ? '' : ` (${reason})`;
  const wait = waitMs === undefined ? '' : `, to be asked again in ${Math.ceil(waitMs / 1000)} s`;
  const code = codeOf(answer.status);
  return registryError(code, `${asked.who} answered ${answer.status}${detail} to ${asked.what}${wait}`, {
    subject: asked.registry,
    hint: hintOf(code, asked.registry),
  });
}

/** The error for a successful answer that is not what it should be. */
export function malformed(asked: Asked, what: string): RegistryError {
  return registryError('REGISTRY_ANSWER_MALFORMED', `${asked.who} answered ${asked.what} with ${what}`, {
    subject: asked.registry,
  });
}

function codeOf(status: number): RegistryErrorCode {
  if (status === 401) return 'REGISTRY_UNAUTHORIZED';
  if (status === 403) return 'REGISTRY_FORBIDDEN';
  if (status === 404) return 'REGISTRY_NOT_FOUND';
  if (status === 429) return 'REGISTRY_RATE_LIMITED';
  return status >= 500 ? 'REGISTRY_UNAVAILABLE' : 'REGISTRY_REFUSED';
}

function hintOf(code: RegistryErrorCode, registry: string): string | undefined {
  if (code === 'REGISTRY_UNAUTHORIZED') return `Add credentials for ${registry} to the docker config, or correct them.`;
  if (code === 'REGISTRY_FORBIDDEN') return `Give the credentials for ${registry} leave to pull this repository.`;
  if (code === 'REGISTRY_RATE_LIMITED') return `Log in to ${registry}, or scan less often.`;
  return undefined;
}

/**
 * The error code a registry gives, `NAME_UNKNOWN` say: a word of capitals and nothing else, since the text comes from outside.
 * Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
 */
function reasonOf(body: Buffer): string | undefined {
  const [first] = listOf(parseObject(body) ?? {}, 'errors') ?? [];
  const code = first === undefined ? undefined : textOf(first, 'code');
  return code !== undefined && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}
