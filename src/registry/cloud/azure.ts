/** Azure's registries, opened by the job's identity (workload identity federation). */
import { Secret } from '../../base/secret.ts';
import type { CredentialSource } from '../credentials.ts';
import { parseObject, textOf } from '../json.ts';
import { askLogin, type IdTokenSource, type LoginTools, postForm, unusableLogin } from './login.ts';

export interface AzureIdentity {
  readonly tenantId: string;
  readonly clientId: string;
  readonly idToken: IdTokenSource;
}

/** What a federated credential expects unless it was made otherwise. */
const AUDIENCE = 'api://AzureADTokenExchange';

export function isAzureRegistry(registry: string): boolean {
  return /^[a-z0-9-]+\.azurecr\.(?:io|cn|us)$/.test(registry);
}

/**
 * Refresh tokens for Azure's registries themselves. The source throws REGISTRY_LOGIN_FAILED.
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential
 * and https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md#calling-post-oauth2exchange-to-get-an-acr-refresh-token
 */
export function azureCredentials(identity: AzureIdentity, tools: LoginTools): CredentialSource {
  return async ({ registry, configured }, signal) => {
    if (configured || !isAzureRegistry(registry)) return undefined;
    const accessToken = await entraToken(identity, { registry, tools }, signal);
    const step = { who: "the registry's token exchange", registry };
    const request = postForm(`https://${registry}/oauth2/exchange`, {
      grant_type: 'access_token',
      service: registry,
      tenant: identity.tenantId,
      access_token: accessToken,
    });
    const refresh = textOf(parseObject(await askLogin(step, request, tools, signal)) ?? {}, 'refresh_token');
    if (refresh === undefined) throw unusableLogin(step, 'a refresh token');
    return { kind: 'refresh', token: new Secret(refresh) };
  };
}

async function entraToken(
  { tenantId, clientId, idToken }: AzureIdentity,
  { registry, tools }: { readonly registry: string; readonly tools: LoginTools },
  signal?: AbortSignal,
): Promise<string> {
  const step = { who: 'Microsoft Entra ID', registry };
  const assertion = await idToken(AUDIENCE, signal);
  const request = postForm(`https://login.microsoftonline.com/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: clientId,
    scope: 'https://containerregistry.azure.net/.default',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion.reveal(),
  });
  const token = textOf(parseObject(await askLogin(step, request, tools, signal)) ?? {}, 'access_token');
  if (token === undefined) throw unusableLogin(step, 'an access token');
  tools.mask(token);
  return token;
}
