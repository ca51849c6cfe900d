/** Amazon's registries: which account and region a host belongs to, and passwords for it. */
import { Secret } from '../../base/secret.ts';
import type { CredentialSource } from '../credentials.ts';
import { listOf, parseObject, textOf } from '../json.ts';
import { type AwsKeySource, awsDomain } from './aws-keys.ts';
import { type SigningPlace, signAws } from './aws-signature.ts';
import { askLogin, type LoginTools, postJson, unusableLogin } from './login.ts';

export interface EcrPlace {
  readonly account: string;
  readonly region: string;
}

// https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
const HOST = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/;

/** The account and region in a private registry's name; undefined for any other name. */
export function ecrPlace(registry: string): EcrPlace | undefined {
  const [, account, region] = HOST.exec(registry) ?? [];
  return account === undefined || region === undefined ? undefined : { account, region };
}

/** A call of one of the ECR APIs. */
export interface EcrCall {
  readonly action: string;
  readonly region: string;
  readonly body: unknown;
}

/** A signed call of the private registries' API. Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
export function ecrRequest(call: EcrCall, signing: Pick<SigningPlace, 'keys' | 'nowMs'>) {
  const host = `api.ecr.${call.region}.${awsDomain(call.region)}`;
  return awsJson({ ...call, host, target: 'AmazonEC2ContainerRegistry_V20150921', service: 'ecr' }, signing);
}

/** A signed call of the public registry's API. Source: https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_Operations.html */
export function ecrPublicRequest(call: EcrCall, signing: Pick<SigningPlace, 'keys' | 'nowMs'>) {
  const host = `api.ecr-public.${call.region}.amazonaws.com`;
  return awsJson({ ...call, host, target: 'SpencerFrontendService', service: 'ecr-public' }, signing);
}

function awsJson(
  call: EcrCall & { readonly host: string; readonly target: string; readonly service: string },
  signing: Pick<SigningPlace, 'keys' | 'nowMs'>,
) {
  const request = postJson(`https://${call.host}/`, call.body, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${call.target}.${call.action}`,
  });
  const body = request.body ?? '';
  const { region, service } = call;
  return {
    ...request,
    method: 'POST' as const,
    body,
    headers: signAws({ ...request, body }, { ...signing, region, service }),
  };
}

/**
 * Passwords for ECR's registries from keys of its API. A mirror that stands in for one gets none. The source throws REGISTRY_LOGIN_FAILED.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 */
export function ecrCredentials(keySource: AwsKeySource, tools: LoginTools): CredentialSource {
  return async (endpoint, signal) => {
    const { registry } = endpoint;
    const place = endpoint.configured ? undefined : ecrPlace(registry);
    const keys = place === undefined ? undefined : await keySource({ region: place.region, registry }, signal);
    if (place === undefined || keys === undefined) return undefined;
    const step = { who: 'the ECR API', registry };
    const call = { action: 'GetAuthorizationToken', region: place.region, body: {} };
    const answer = await askLogin(step, ecrRequest(call, { keys, nowMs: tools.clock.now() }), tools, signal);
    const [data] = listOf(parseObject(answer) ?? {}, 'authorizationData') ?? [];
    const token = data === undefined ? undefined : textOf(data, 'authorizationToken');
    const decoded = Buffer.from(token ?? '', 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    if (colon < 1) throw unusableLogin(step, 'an authorization token');
    return { kind: 'basic', username: decoded.slice(0, colon), password: new Secret(decoded.slice(colon + 1)) };
  };
}
