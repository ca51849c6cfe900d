/** What goes wrong with registries, by code. */
import { type ErrorDetails, TowpathError } from '../base/errors.ts';

export type RegistryErrorCode =
  | 'REGISTRY_UNREACHABLE'
  | 'REGISTRY_TIMEOUT'
  | 'REGISTRY_UNAVAILABLE'
  | 'REGISTRY_RATE_LIMITED'
  | 'REGISTRY_UNAUTHORIZED'
  | 'REGISTRY_FORBIDDEN'
  | 'REGISTRY_NOT_FOUND'
  | 'REGISTRY_REFUSED'
  | 'REGISTRY_ANSWER_TOO_LARGE'
  | 'REGISTRY_ANSWER_MALFORMED'
  | 'REGISTRY_DIGEST_MISMATCH'
  | 'REGISTRY_REDIRECT_REFUSED'
  | 'REGISTRY_NAME_INVALID'
  | 'REGISTRY_ENDPOINT_INVALID'
  | 'REGISTRY_AUTH_INVALID'
  | 'REGISTRY_AUTH_HELPER_FAILED'
  | 'REGISTRY_LOGIN_FAILED'
  | 'REGISTRY_IDENTITY_MISSING';

export type RegistryError = TowpathError<RegistryErrorCode>;

/** Codes that say that the registry is in trouble, not the one thing asked for: asking it for other things is in vain as well. */
const TROUBLE: ReadonlySet<RegistryErrorCode> = new Set([
  'REGISTRY_UNREACHABLE',
  'REGISTRY_TIMEOUT',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_RATE_LIMITED',
]);

/** Codes that say that one tag or manifest is not usable, while the registry itself does its work. */
const ABOUT_ONE_THING: ReadonlySet<RegistryErrorCode> = new Set([
  'REGISTRY_NOT_FOUND',
  'REGISTRY_ANSWER_TOO_LARGE',
  'REGISTRY_ANSWER_MALFORMED',
  'REGISTRY_DIGEST_MISMATCH',
]);

/** Codes that say that what was asked for is not for this asker, or not there. */
const REFUSALS: ReadonlySet<RegistryErrorCode> = new Set([
  'REGISTRY_UNAUTHORIZED',
  'REGISTRY_FORBIDDEN',
  'REGISTRY_NOT_FOUND',
  'REGISTRY_REFUSED',
]);

/** Codes that say that nobody could log in: what opens the registry for one thing opens it for none. */
const NO_LOGIN: ReadonlySet<RegistryErrorCode> = new Set(['REGISTRY_LOGIN_FAILED', 'REGISTRY_IDENTITY_MISSING']);

export function registryError(code: RegistryErrorCode, message: string, details: ErrorDetails = {}): RegistryError {
  return new TowpathError<RegistryErrorCode>(code, message, details);
}

export function isTrouble(error: unknown): error is RegistryError {
  return hasCodeOf(error, TROUBLE);
}

export function isRefusal(error: unknown): error is RegistryError {
  return hasCodeOf(error, REFUSALS);
}

export function isAboutOneThing(error: unknown): error is RegistryError {
  return hasCodeOf(error, ABOUT_ONE_THING);
}

export function isWithoutLogin(error: unknown): error is RegistryError {
  return hasCodeOf(error, NO_LOGIN);
}

function hasCodeOf(error: unknown, codes: ReadonlySet<string>): boolean {
  return error instanceof TowpathError && codes.has(error.code);
}
