/** Knows how one registry wants to be spoken to, and gives the `Authorization` header for it. */
import type { Fetch } from '../base/http.ts';
import type { Tools } from './attempts.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Credential, CredentialSource } from './credentials.ts';
import type { Endpoint } from './endpoint.ts';
import { isRefusal, registryError } from './errors.ts';
import { keepCredential } from './kept-credential.ts';
import { createSingleFlight } from './single-flight.ts';
import { basicHeader, fetchToken, type Token } from './token-service.ts';

/** What a registry asked for with its last 401, without any secret: may be kept between runs. */
export type AuthScheme =
  | { readonly kind: 'basic' }
  | {
      readonly kind: 'bearer';
      readonly realm: string;
      readonly service?: string | undefined;
      /** A scope that is not bound to a repository, so that one token opens all of them. */
      readonly scope?: string | undefined;
    };

export interface Refusal {
  /** The `WWW-Authenticate` header. */
  readonly header: string | null;
  /** The `Authorization` header that was not enough. */
  readonly used: string | undefined;
  readonly scope: string;
}

export interface Authorizer {
  /** The header for requests that need `scope`; undefined as long as nobody asked for one, or where there is no credential. */
  header(scope: string, signal?: AbortSignal): Promise<string | undefined>;
  /** The name and password themselves, for a vendor's API that takes them; undefined where there are none that were named for it. */
  asUser(signal?: AbortSignal): Promise<string | undefined>;
  /** Takes in a 401. True if the next header is worth another try. */
  challenged(refusal: Refusal, signal?: AbortSignal): Promise<boolean>;
  /** What was asked for so far. */
  scheme(): AuthScheme | undefined;
  /** Takes over what an earlier run learnt, where it cannot lead credentials astray and nothing is known yet. */
  recall(scheme: AuthScheme): void;
}

export interface AuthorizerOptions {
  readonly endpoint: Endpoint;
  readonly credentials: CredentialSource;
  readonly fetch: Fetch;
  readonly userAgent: string;
  readonly mask: (secret: string) => void;
  readonly onImplicitRefused: () => void;
}

export function createAuthorizer(options: AuthorizerOptions, tools: Tools): Authorizer {
  const { endpoint } = options;
  const tokens = new Map<string, Token>();
  const tokenFlight = createSingleFlight<Token>();
  const credential = keepCredential(options, tools.clock);
  let scheme: AuthScheme | undefined;

  const requestToken = async (bearer: Extract<AuthScheme, { kind: 'bearer' }>, scope: string, signal?: AbortSignal) => {
    const found = await credential.find(signal);
    const realm = realmUrl(bearer.realm, endpoint, found !== undefined);
    const request = {
      registry: endpoint.registry,
      realm,
      service: bearer.service,
      scope,
      userAgent: options.userAgent,
    };
    const service = { ...tools, fetch: options.fetch };
    try {
      const token = await fetchToken({ ...request, credential: found }, service, signal);
      // What anybody is given is no secret; hidden, a registry could have any word of its choice taken out of the report.
      if (found !== undefined) options.mask(token.value.reveal());
      return token;
    } catch (error) {
      if (!isRefusal(error) || found?.kind !== 'basic' || found.implicit !== true) throw error;
      options.onImplicitRefused();
      credential.forget();
      return fetchToken({ ...request, credential: undefined }, service, signal);
    }
  };

  const bearerHeader = async (
    bearer: Extract<AuthScheme, { kind: 'bearer' }>,
    repositoryScope: string,
    signal?: AbortSignal,
  ) => {
    const found = await credential.find(signal);
    if (found?.kind === 'bearer') return `Bearer ${found.token.reveal()}`;
    const scope = bearer.scope ?? repositoryScope;
    let token = tokens.get(scope);
    if (token === undefined || tools.clock.now() >= token.staleAtMs) {
      token = await tokenFlight(scope, () => requestToken(bearer, scope, signal), signal);
      tokens.set(scope, token);
    }
    return `Bearer ${token.value.reveal()}`;
  };

  return {
    scheme: () => scheme,
    recall(remembered) {
      if (scheme === undefined && isSafeToRecall(remembered, endpoint)) scheme = remembered;
    },
    async header(scope, signal) {
      if (scheme === undefined) return undefined;
      if (scheme.kind === 'bearer') return bearerHeader(scheme, scope, signal);
      const found = await credential.find(signal);
      return found?.kind === 'basic' ? basicHeader(found) : undefined;
    },
    async asUser(signal) {
      const found = await credential.find(signal);
      return found?.kind === 'basic' && found.implicit !== true ? basicHeader(found) : undefined;
    },
    async challenged({ header, used, scope }, signal) {
      const found = await credential.find(signal);
      const asked = schemeFrom(parseChallenges(header ?? ''), found);
      if (asked === undefined) return false;
      scheme = asked;
      if (asked.kind === 'basic') return used !== basicHeader(found as Extract<Credential, { kind: 'basic' }>);
      if (found?.kind === 'bearer') return used === undefined;
      const key = asked.scope ?? scope;
      // Another request may have renewed the token while this one was under way with the old one.
      if (used === `Bearer ${tokens.get(key)?.value.reveal()}`) tokens.delete(key);
      return true;
    },
  };
}

/** The scheme to follow: bearer if its realm is an address, else basic where there is something to say. */
function schemeFrom(challenges: readonly Challenge[], credential: Credential | undefined): AuthScheme | undefined {
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  const realm = bearer?.parameters.get('realm');
  if (bearer !== undefined && realm !== undefined && /^https?:\/\//i.test(realm) && URL.canParse(realm)) {
    const scope = bearer.parameters.get('scope');
    const shared = scope !== undefined && scope !== '' && !scope.startsWith('repository:') && !scope.includes(' ');
    return {
      kind: 'bearer',
      realm,
      service: bearer.parameters.get('service'),
      scope: shared && !scope.startsWith('registry:') ? scope : undefined,
    };
  }
  if (credential?.kind === 'bearer' && bearer !== undefined) return { kind: 'bearer', realm: '' };
  // A realm that is only a name says nothing about where to get a token; such registries take the password itself.
  const offered = challenges.some(({ scheme }) => scheme === 'basic') || bearer !== undefined;
  return offered && credential?.kind === 'basic' ? { kind: 'basic' } : undefined;
}

function realmUrl(realm: string, endpoint: Endpoint, secretsGoThere: boolean): URL {
  const url = new URL(realm);
  if (url.protocol === 'http:' && endpoint.url.protocol === 'https:' && secretsGoThere) {
    throw registryError(
      'REGISTRY_UNAUTHORIZED',
      `${endpoint.registry} wants its credentials sent to ${url.host} without encryption`,
      { subject: endpoint.registry, hint: 'Set an http endpoint for this registry if that is what you want.' },
    );
  }
  return url;
}

/**
 * A cache can be written by others, and credentials go where the scheme says: only realms are taken from it that stand on the registry's
 * own machine, on a parent domain of it, or belong to Docker Hub as it is documented.
 */
function isSafeToRecall(scheme: AuthScheme, endpoint: Endpoint): boolean {
  if (scheme.kind === 'basic') return true;
  const realm = URL.parse(scheme.realm);
  if (realm === null || !/^https?:$/.test(realm.protocol)) return false;
  if (realm.protocol === 'http:' && endpoint.url.protocol === 'https:') return false;
  const host = endpoint.url.hostname;
  if (realm.hostname === host) return true;
  if (realm.protocol !== 'https:') return false;
  if (realm.hostname === 'auth.docker.io') return host === 'registry-1.docker.io';
  return realm.hostname.includes('.') && host.endsWith(`.${realm.hostname}`);
}
