/** Azure's registries, opened by the job's identity (workload identity federation). */
import { Secret } from '../../base/secret.ts';
import { isAzureRegistry } from '../../core/images/cloud.ts';
import type { CredentialSource } from '../credentials.ts';
import { parseObject, textOf } from '../json.ts';
import { staleAt, tokenExpiry } from './lifetime.ts';
import { askLogin, type IdTokenSource, type LoginTools, postForm, unusableLogin } from './login.ts';
import { keepUntilStale, type Perishable } from './until-stale.ts';

export interface AzureIdentity {
  readonly tenantId: string;
  readonly clientId: string;
  /** Default: what federated credentials of that cloud expect unless they were made otherwise. */
  readonly audience?: string | undefined;
  readonly idToken: IdTokenSource;
}

interface RefreshToken extends Perishable {
  readonly token: Secret;
}

/** What differs between Microsoft's clouds. */
interface Place {
  readonly authority: string;
  readonly audience: string;
  /** What the access token is for: a registry of that cloud takes it. */
  readonly resource: string;
}

/**
 * By the end of the registry's name.
 * Source: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud and
 * https://learn.microsoft.com/java/api/com.azure.containers.containerregistry.models.containerregistryaudience
 */
const PLACES: Readonly<Record<string, Place>> = {
  io: {
    authority: 'login.microsoftonline.com',
    audience: 'api://AzureADTokenExchange',
    resource: 'https://containerregistry.azure.net',
  },
  us: {
    authority: 'login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    resource: 'https://management.usgovcloudapi.net',
  },
  cn: {
    authority: 'login.partner.microsoftonline.cn',
    audience: 'api://AzureADTokenExchangeChina',
    resource: 'https://management.chinacloudapi.cn',
  },
};

/**
 * Refresh tokens for Azure's registries themselves. The source throws REGISTRY_LOGIN_FAILED.
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential
 * and https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md#calling-post-oauth2exchange-to-get-an-acr-refresh-token
 */
export function azureCredentials(identity: AzureIdentity, tools: LoginTools): CredentialSource {
  const tokens = keepUntilStale<RefreshToken>(tools.clock);
  return async ({ registry, configured }, signal) => {
    if (configured || !isAzureRegistry(registry)) return undefined;
    const get = () => refreshToken(identity, { registry, tools }, signal);
    return { kind: 'refresh', ...(await tokens(registry, get, signal)) };
  };
}

interface Given {
  readonly registry: string;
  readonly tools: LoginTools;
}

async function refreshToken(identity: AzureIdentity, given: Given, signal?: AbortSignal): Promise<RefreshToken> {
  const { registry, tools } = given;
  const accessToken = await entraToken(identity, given, signal);
  const step = { who: "the registry's token exchange", registry };
  const request = postForm(`https://${registry}/oauth2/exchange`, {
    grant_type: 'access_token',
    service: registry,
    tenant: identity.tenantId,
    access_token: accessToken,
  });
  const refresh = textOf(parseObject(await askLogin(step, request, tools, signal)) ?? {}, 'refresh_token');
  if (refresh === undefined) throw unusableLogin(step, 'a refresh token');
  return { token: new Secret(refresh), staleAtMs: staleAt(tools.clock.now(), tokenExpiry(refresh)) };
}

async function entraToken(
  { tenantId, clientId, idToken, audience }: AzureIdentity,
  { registry, tools }: Given,
  signal?: AbortSignal,
): Promise<string> {
  const step = { who: 'Microsoft Entra ID', registry };
  const place = PLACES[registry.slice(registry.lastIndexOf('.') + 1)] as Place;
  const assertion = await idToken({ audience: audience ?? place.audience, registry }, signal);
  const request = postForm(`https://${place.authority}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: clientId,
    scope: `${place.resource}/.default`,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion.reveal(),
  });
  const token = textOf(parseObject(await askLogin(step, request, tools, signal)) ?? {}, 'access_token');
  if (token === undefined) throw unusableLogin(step, 'an access token');
  tools.mask(token);
  return token;
}
