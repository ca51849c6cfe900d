/** Google's registries, opened by the job's identity (Workload Identity Federation). */
import { Secret } from '../../base/secret.ts';
import { isGoogleRegistry } from '../../core/images/cloud.ts';
import type { CredentialSource } from '../credentials.ts';
import { numberOf, parseObject, textOf } from '../json.ts';
import { staleAt } from './lifetime.ts';
import { askLogin, type IdTokenSource, type LoginTools, postJson, unusableLogin } from './login.ts';
import { keepUntilStale, type Perishable } from './until-stale.ts';

export interface GoogleIdentity {
  /** `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER` */
  readonly provider: string;
  /** The account to act as; undefined where the pool's own principal may read the registry. */
  readonly serviceAccount?: string | undefined;
  /** Default: the provider's own address, which a provider without a list of audiences expects. */
  readonly audience?: string | undefined;
  readonly idToken: IdTokenSource;
}

interface AccessToken extends Perishable {
  readonly value: string;
}

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * Short-lived access tokens as passwords for Google's registries themselves. The source throws REGISTRY_LOGIN_FAILED.
 * Source: https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token,
 * https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken and
 * https://cloud.google.com/artifact-registry/docs/docker/authentication#token
 */
export function googleCredentials(identity: GoogleIdentity, tools: LoginTools): CredentialSource {
  const tokens = keepUntilStale<AccessToken>(tools.clock);
  return async ({ registry, configured }, signal) => {
    if (configured || !isGoogleRegistry(registry)) return undefined;
    const token = await tokens('', () => accessToken(identity, { registry, tools }, signal), signal);
    const password = new Secret(token.value);
    return { kind: 'basic', username: 'oauth2accesstoken', password, staleAtMs: token.staleAtMs };
  };
}

interface Given {
  readonly registry: string;
  readonly tools: LoginTools;
}

async function accessToken(identity: GoogleIdentity, given: Given, signal?: AbortSignal): Promise<AccessToken> {
  const federated = await exchangeToken(identity, given, signal);
  const { serviceAccount } = identity;
  return serviceAccount === undefined
    ? federated
    : impersonate(serviceAccount, { ...given, federated: federated.value }, signal);
}

async function exchangeToken(
  { provider, idToken, audience = `https://iam.googleapis.com/${provider}` }: GoogleIdentity,
  { registry, tools }: Given,
  signal?: AbortSignal,
): Promise<AccessToken> {
  const step = { who: 'the Google Security Token Service', registry };
  const subject = await idToken({ audience, registry }, signal);
  const request = postJson('https://sts.googleapis.com/v1/token', {
    grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: `//iam.googleapis.com/${provider}`,
    scope: SCOPE,
    requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
    subjectToken: subject.reveal(),
    subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
  });
  const answer = parseObject(await askLogin(step, request, tools, signal)) ?? {};
  const value = textOf(answer, 'access_token');
  if (value === undefined) throw unusableLogin(step, 'an access token');
  tools.mask(value);
  const seconds = numberOf(answer, 'expires_in');
  const nowMs = tools.clock.now();
  return { value, staleAtMs: staleAt(nowMs, seconds === undefined ? undefined : nowMs + seconds * 1000) };
}

async function impersonate(
  serviceAccount: string,
  given: Given & { readonly federated: string },
  signal?: AbortSignal,
): Promise<AccessToken> {
  const step = { who: 'the Google IAM Credentials API', registry: given.registry };
  const request = postJson(
    `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${encodeURIComponent(serviceAccount)}:generateAccessToken`,
    { scope: [SCOPE], lifetime: '3600s' },
    { authorization: `Bearer ${given.federated}` },
  );
  const answer = parseObject(await askLogin(step, request, given.tools, signal)) ?? {};
  const value = textOf(answer, 'accessToken');
  if (value === undefined) throw unusableLogin(step, 'an access token');
  given.tools.mask(value);
  return { value, staleAtMs: staleAt(given.tools.clock.now(), Date.parse(textOf(answer, 'expireTime') ?? '')) };
}
