/** Google's registries, opened by the job's identity (Workload Identity Federation). */
import { Secret } from '../../base/secret.ts';
import type { CredentialSource } from '../credentials.ts';
import { parseObject, textOf } from '../json.ts';
import { askLogin, type IdTokenSource, type LoginTools, postJson, unusableLogin } from './login.ts';

export interface GoogleIdentity {
  /** `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER` */
  readonly provider: string;
  /** The account to act as; undefined where the pool's own principal may read the registry. */
  readonly serviceAccount?: string | undefined;
  readonly idToken: IdTokenSource;
}

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** True for Artifact Registry and Container Registry. */
export function isGoogleRegistry(registry: string): boolean {
  return registry === 'gcr.io' || registry.endsWith('.gcr.io') || registry.endsWith('-docker.pkg.dev');
}

/**
 * Short-lived access tokens as passwords for Google's registries themselves. The source throws REGISTRY_LOGIN_FAILED.
 * Source: https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token,
 * https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken and
 * https://cloud.google.com/artifact-registry/docs/docker/authentication#token
 */
export function googleCredentials(identity: GoogleIdentity, tools: LoginTools): CredentialSource {
  return async ({ registry, configured }, signal) => {
    if (configured || !isGoogleRegistry(registry)) return undefined;
    const federated = await exchangeToken(identity, { registry, tools }, signal);
    const { serviceAccount } = identity;
    const token =
      serviceAccount === undefined
        ? federated
        : await impersonate(serviceAccount, { registry, tools, federated }, signal);
    return { kind: 'basic', username: 'oauth2accesstoken', password: new Secret(token) };
  };
}

async function exchangeToken(
  { provider, idToken }: GoogleIdentity,
  { registry, tools }: { readonly registry: string; readonly tools: LoginTools },
  signal?: AbortSignal,
): Promise<string> {
  const step = { who: 'the Google Security Token Service', registry };
  const subject = await idToken(`https://iam.googleapis.com/${provider}`, signal);
  const request = postJson('https://sts.googleapis.com/v1/token', {
    grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: `//iam.googleapis.com/${provider}`,
    scope: SCOPE,
    requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
    subjectToken: subject.reveal(),
    subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
  });
  const token = textOf(parseObject(await askLogin(step, request, tools, signal)) ?? {}, 'access_token');
  if (token === undefined) throw unusableLogin(step, 'an access token');
  tools.mask(token);
  return token;
}

async function impersonate(
  serviceAccount: string,
  given: { readonly registry: string; readonly tools: LoginTools; readonly federated: string },
  signal?: AbortSignal,
): Promise<string> {
  const step = { who: 'the Google IAM Credentials API', registry: given.registry };
  const request = postJson(
    `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${encodeURIComponent(serviceAccount)}:generateAccessToken`,
    { scope: [SCOPE], lifetime: '3600s' },
    { authorization: `Bearer ${given.federated}` },
  );
  const token = textOf(parseObject(await askLogin(step, request, given.tools, signal)) ?? {}, 'accessToken');
  if (token === undefined) throw unusableLogin(step, 'an access token');
  return token;
}
