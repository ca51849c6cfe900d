/** The logins that the configuration names, each for its own registry and for no other. */
import type { CloudLogin, RegistryConfig } from '../config/config.ts';
import { type AwsKeySource, roleAwsKeys } from '../registry/cloud/aws-keys.ts';
import { azureCredentials } from '../registry/cloud/azure.ts';
import { ecrCredentials } from '../registry/cloud/ecr.ts';
import { googleCredentials } from '../registry/cloud/google.ts';
import { jobIdToken } from '../registry/cloud/id-token.ts';
import type { IdTokenSource, LoginTools } from '../registry/cloud/login.ts';
import type { CredentialSource } from '../registry/credentials.ts';

export interface CloudLogins {
  /** Gives undefined for a registry without a login. */
  readonly credentials: CredentialSource;
  /** The role's keys for a registry that has one, else those of the environment. */
  readonly awsKeys: AwsKeySource;
}

interface Given {
  readonly env: NodeJS.ProcessEnv;
  readonly environmentKeys: AwsKeySource;
  readonly tools: LoginTools;
}

export function cloudLogins(registries: readonly RegistryConfig[], given: Given): CloudLogins {
  const { env, environmentKeys, tools } = given;
  const idToken = jobIdToken(env, tools);
  const sources = new Map<string, CredentialSource>();
  const roles = new Map<string, AwsKeySource>();
  for (const { name, login } of registries) {
    if (login === undefined) continue;
    if (login.cloud !== 'aws') {
      sources.set(name, sourceOf(login, { idToken, tools }));
      continue;
    }
    const keys = roleKeys(login, { ...given, idToken });
    roles.set(name, keys);
    sources.set(name, ecrCredentials(keys, tools, { alsoPublic: true }));
  }
  return {
    credentials: async (endpoint, signal) => sources.get(endpoint.registry)?.(endpoint, signal),
    awsKeys: (place, signal) => (roles.get(place.registry) ?? environmentKeys)(place, signal),
  };
}

/** On a terminal there is no job and no identity: a person's own keys take the role's place there. */
function roleKeys(
  { role, audience }: Extract<CloudLogin, { cloud: 'aws' }>,
  { env, environmentKeys, tools, idToken }: Given & { readonly idToken: IdTokenSource },
): AwsKeySource {
  const keys = roleAwsKeys({ roleArn: role, audience, idToken }, tools);
  if (env['GITHUB_ACTIONS'] === 'true') return keys;
  return async (place, signal) => (await environmentKeys(place, signal)) ?? keys(place, signal);
}

function sourceOf(
  login: Exclude<CloudLogin, { cloud: 'aws' }>,
  { idToken, tools }: { readonly idToken: IdTokenSource; readonly tools: LoginTools },
): CredentialSource {
  if (login.cloud === 'google') return googleCredentials({ ...login, idToken }, tools);
  const { client, tenant, audience } = login;
  return azureCredentials({ clientId: client, tenantId: tenant, audience, idToken }, tools);
}
