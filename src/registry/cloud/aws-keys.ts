/** Keys for AWS APIs: the environment's, or temporary ones for the job's identity. */
import { Secret } from '../../base/secret.ts';
import type { AwsKeys } from './aws-signature.ts';
import { staleAt } from './lifetime.ts';
import { askLogin, type IdTokenSource, type LoginTools, postForm, unusableLogin } from './login.ts';
import { keepUntilStale, type Perishable } from './until-stale.ts';

/** Gives keys that work in `region`, or undefined where there are none; `registry` is whom they are for, in messages. */
export type AwsKeySource = (
  place: { readonly region: string; readonly registry: string },
  signal?: AbortSignal,
) => Promise<AwsKeys | undefined>;

export interface AwsRole {
  /** `arn:aws:iam::123456789012:role/towpath` */
  readonly roleArn: string;
  /** Default: that of an OIDC provider made for GitHub as GitHub's documentation describes it. */
  readonly audience?: string | undefined;
  readonly idToken: IdTokenSource;
}

/** `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, as an earlier step of the job leaves them. */
export function environmentAwsKeys(env: NodeJS.ProcessEnv, mask: (secret: string) => void): AwsKeySource {
  return async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env;
    if (!accessKeyId || !secret) return undefined;
    mask(secret);
    if (token) mask(token);
    return {
      accessKeyId,
      secretAccessKey: new Secret(secret),
      temporaryToken: token ? new Secret(token) : undefined,
    };
  };
}

/** By region: the role's keys, with their end. */
interface RoleKeys extends Perishable {
  readonly keys: AwsKeys;
}

/**
 * Keys of a role that the job's identity may assume, got once per region and again when they are stale. Throws REGISTRY_LOGIN_FAILED.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function roleAwsKeys(role: AwsRole, tools: LoginTools): AwsKeySource {
  const got = keepUntilStale<RoleKeys>(tools.clock);
  return async (place, signal) => {
    const assume = () => assumeRole(role, { ...place, tools }, signal);
    return (await got(place.region, assume, signal)).keys;
  };
}

async function assumeRole(
  { roleArn, idToken, audience = 'sts.amazonaws.com' }: AwsRole,
  { region, registry, tools }: { readonly region: string; readonly registry: string; readonly tools: LoginTools },
  signal?: AbortSignal,
): Promise<RoleKeys> {
  const step = { who: 'the AWS Security Token Service', registry };
  const token = await idToken({ audience, registry }, signal);
  const request = postForm(`https://sts.${region}.${awsDomain(region)}/`, {
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: roleArn,
    RoleSessionName: 'towpath',
    DurationSeconds: '3600',
    WebIdentityToken: token.reveal(),
  });
  const answer = await askLogin(
    step,
    { ...request, headers: { ...request.headers, accept: 'text/xml' } },
    tools,
    signal,
  );
  const accessKeyId = elementOf(answer, 'AccessKeyId');
  const secret = elementOf(answer, 'SecretAccessKey');
  const temporary = elementOf(answer, 'SessionToken');
  const expiresMs = Date.parse(elementOf(answer, 'Expiration') ?? '');
  if (accessKeyId === undefined || secret === undefined || temporary === undefined)
    throw unusableLogin(step, 'credentials');
  tools.mask(secret);
  tools.mask(temporary);
  return {
    keys: { accessKeyId, secretAccessKey: new Secret(secret), temporaryToken: new Secret(temporary) },
    staleAtMs: staleAt(tools.clock.now(), expiresMs),
  };
}

/** The domain of AWS's APIs for `region`. Source: https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html */
export function awsDomain(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** The text of the first element called `name`: enough for an answer whose values are letters, digits and `+/=`, or a time. */
function elementOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  if (start < 0 || end < 0) return undefined;
  const text = xml.slice(start + name.length + 2, end).trim();
  return /^[A-Za-z0-9+/=_:.-]+$/.test(text) ? text : undefined;
}
