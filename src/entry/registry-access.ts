/** What opens the registries of one run: their credentials, keys for Amazon's APIs, GitHub's packages. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import { TowpathError } from '../base/errors.ts';
import type { Fetch } from '../base/http.ts';
import { Secret } from '../base/secret.ts';
import type { Config } from '../config/config.ts';
import type { Invocation } from '../config/invocation.ts';
import { type AwsKeySource, environmentAwsKeys } from '../registry/cloud/aws-keys.ts';
import { ecrCredentials } from '../registry/cloud/ecr.ts';
import type { LoginTools } from '../registry/cloud/login.ts';
import { type CredentialSource, firstCredential, githubTokenCredential } from '../registry/credentials.ts';
import { dockerConfigCredentials } from '../registry/docker-config.ts';
import { type DockerConfigPlaces, loadDockerConfig } from '../registry/docker-config-file.ts';
import { DEFAULT_LIMITS } from '../registry/limits.ts';
import { GITHUB_API, type GithubApi, githubApi } from '../registry/vendors/github-api.ts';
import { cloudLogins } from './cloud-logins.ts';
import type { Surroundings } from './surroundings.ts';
import { USER_AGENT } from './version.ts';

export interface RegistryAccess {
  readonly credentials: CredentialSource;
  readonly awsKeys: AwsKeySource | undefined;
  /** Undefined where the job's token does not open GitHub's packages. */
  readonly github: GithubApi | undefined;
}

export interface AccessOptions {
  readonly invocation: Invocation;
  readonly around: Surroundings;
  readonly config: Config;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** A fork's code chooses neither who gets the credentials nor what they are used for: it gets none, and no identity. */
export async function registryAccess(options: AccessOptions): Promise<RegistryAccess> {
  const { invocation, around, config } = options;
  if (around.event.fromFork) return { credentials: async () => undefined, awsKeys: undefined, github: undefined };
  const mask = (secret: string) => around.host.mask(new Secret(secret));
  const tools: LoginTools = { ...options, userAgent: USER_AGENT, mask };
  const environmentKeys = environmentAwsKeys(around.env, mask);
  const logins = cloudLogins(config.registries, { env: around.env, environmentKeys, tools });
  const docker = await loadDockerConfig({
    explicit: await explicitAuth(invocation, around),
    env: around.env,
    home: around.home,
  });
  const { githubToken } = around.secrets;
  return {
    credentials: firstCredential([
      dockerConfigCredentials(docker, around.env),
      logins.credentials,
      ecrCredentials(environmentKeys, tools),
      ...(githubToken === undefined ? [] : [githubTokenCredential(githubToken)]),
    ]),
    awsKeys: logins.awsKeys,
    github: githubOf(around, tools),
  };
}

/** GitHub's API, for the packages of the repository's owner; another server than github.com has them elsewhere. */
function githubOf({ env, event, secrets }: Surroundings, tools: LoginTools): GithubApi | undefined {
  const [owner] = event.repository?.split('/') ?? [];
  const { githubToken: token } = secrets;
  if (owner === undefined || token === undefined || (env['GITHUB_API_URL'] ?? GITHUB_API) !== GITHUB_API) {
    return undefined;
  }
  return githubApi({ ...tools, owner, token, limits: DEFAULT_LIMITS });
}

async function explicitAuth(invocation: Invocation, around: Surroundings): Promise<DockerConfigPlaces['explicit']> {
  const { registryAuth } = around.secrets;
  if (registryAuth !== undefined) return { name: 'registry-auth', text: registryAuth.reveal() };
  const file = invocation.flags.registryAuth;
  if (file === undefined) return undefined;
  try {
    return { name: file, text: await readFile(path.resolve(around.directory, file), 'utf8') };
  } catch (error) {
    throw new TowpathError(
      'USAGE_REGISTRY_AUTH',
      `cannot read the registry credentials (${(error as NodeJS.ErrnoException).code})`,
      {
        subject: file,
        cause: error,
        hint: "Give a file in the form of Docker's config.json.",
      },
    );
  }
}
