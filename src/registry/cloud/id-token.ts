/**
 * The identity of the job: tokens that GitHub signs, which clouds exchange for credentials of their own.
 * Source: https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
import { Secret } from '../../base/secret.ts';
import { registryError } from '../errors.ts';
import { parseObject, textOf } from '../json.ts';
import { staleAt, tokenExpiry } from './lifetime.ts';
import { askLogin, type IdTokenSource, type LoginTools, unusableLogin } from './login.ts';
import { keepUntilStale, type Perishable } from './until-stale.ts';

interface IdToken extends Perishable {
  readonly token: Secret;
}

/**
 * Asks the runner for tokens, one for each registry and audience as long as it is fresh. The source throws REGISTRY_IDENTITY_MISSING where the job may not
 * have any, REGISTRY_LOGIN_FAILED where the runner's service does not give one.
 */
export function jobIdToken(env: NodeJS.ProcessEnv, tools: LoginTools): IdTokenSource {
  const tokens = keepUntilStale<IdToken>(tools.clock);
  return async ({ audience, registry }, signal) => {
    const access = accessOf(env, registry);
    const get = () => requestToken({ ...access, audience, registry }, tools, signal);
    return (await tokens(`${registry} ${audience}`, get, signal)).token;
  };
}

interface Access {
  readonly url: URL;
  readonly requestToken: string;
}

/** The runner sets both variables for a job with the permission, and neither for any other. */
function accessOf(env: NodeJS.ProcessEnv, registry: string): Access {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = env;
  const url = URL.parse(address ?? '');
  if (url?.protocol === 'https:' && requestToken) return { url, requestToken };
  if (env['GITHUB_ACTIONS'] === 'true') {
    throw registryError(
      'REGISTRY_IDENTITY_MISSING',
      `cannot log in to ${registry}: the job may not ask for its identity`,
      {
        subject: registry,
        hint: "Add 'id-token: write' to the permissions of the job.",
      },
    );
  }
  throw registryError(
    'REGISTRY_IDENTITY_MISSING',
    `cannot log in to ${registry}: only jobs of GitHub Actions have an identity`,
    {
      subject: registry,
      hint: `Log in to ${registry} with docker login, or look at it from the workflow.`,
    },
  );
}

async function requestToken(
  given: Access & { readonly audience: string; readonly registry: string },
  tools: LoginTools,
  signal?: AbortSignal,
): Promise<IdToken> {
  const step = { who: "the runner's token service", registry: given.registry };
  tools.mask(given.requestToken);
  const url = new URL(given.url);
  url.search = `${url.search === '' ? '?' : `${url.search}&`}audience=${encodeURIComponent(given.audience)}`;
  const headers = { accept: 'application/json', authorization: `Bearer ${given.requestToken}` };
  const value = textOf(
    parseObject(await askLogin(step, { method: 'GET', url, headers }, tools, signal)) ?? {},
    'value',
  );
  if (value === undefined) throw unusableLogin(step, 'a token');
  tools.mask(value);
  return { token: new Secret(value), staleAtMs: staleAt(tools.clock.now(), tokenExpiry(value)) };
}
