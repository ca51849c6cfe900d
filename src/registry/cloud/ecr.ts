/** Amazon's registries: calls of their APIs, and passwords for them. */
import { Secret } from '../../base/secret.ts';
import { ECR_PUBLIC, ecrPlace } from '../../core/images/cloud.ts';
import type { Credential, CredentialSource } from '../credentials.ts';
import { isFields, listOf, numberOf, parseObject, textOf } from '../json.ts';
import { type AwsKeySource, awsDomain } from './aws-keys.ts';
import { type SigningPlace, signAws } from './aws-signature.ts';
import { staleAt } from './lifetime.ts';
import { askLogin, type LoginStep, type LoginTools, postJson, unusableLogin } from './login.ts';
import { keepUntilStale, type Perishable } from './until-stale.ts';

/** The public registry's API stands in one region only. */
export const ECR_PUBLIC_REGION = 'us-east-1';

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
 * Passwords for Amazon's registries from keys of their APIs. A mirror that stands in for one gets none. Without `alsoPublic` the public one is
 * asked without: its images are for everybody. The source throws REGISTRY_LOGIN_FAILED.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html and
 * https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_GetAuthorizationToken.html
 */
export function ecrCredentials(
  keySource: AwsKeySource,
  tools: LoginTools,
  { alsoPublic }: { readonly alsoPublic: boolean } = { alsoPublic: false },
): CredentialSource {
  const passwords = keepUntilStale<Credential & Perishable>(tools.clock);
  return async ({ registry, configured }, signal) => {
    const place = ecrPlace(registry);
    const isPublic = alsoPublic && registry === ECR_PUBLIC;
    if (configured || (place === undefined && !isPublic)) return undefined;
    const region = place?.region ?? ECR_PUBLIC_REGION;
    const keys = await keySource({ region, registry }, signal);
    if (keys === undefined) return undefined;
    const nowMs = tools.clock.now();
    const call = { action: 'GetAuthorizationToken', region, body: {} };
    const request = isPublic ? ecrPublicRequest(call, { keys, nowMs }) : ecrRequest(call, { keys, nowMs });
    const step = { who: 'the ECR API', registry };
    const ask = async () => readPassword(await askLogin(step, request, tools, signal), { step, nowMs });
    return passwords(registry, ask, signal);
  };
}

/** The private API answers with a list of one, the public API with that one alone. */
function readPassword(
  answer: string,
  { step, nowMs }: { readonly step: LoginStep; readonly nowMs: number },
): Credential & Perishable {
  const fields = parseObject(answer) ?? {};
  const alone = fields['authorizationData'];
  const data = isFields(alone) ? alone : listOf(fields, 'authorizationData')?.[0];
  const decoded = Buffer.from((data && textOf(data, 'authorizationToken')) ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (data === undefined || colon < 1) throw unusableLogin(step, 'an authorization token');
  const expires = numberOf(data, 'expiresAt');
  return {
    kind: 'basic',
    username: decoded.slice(0, colon),
    password: new Secret(decoded.slice(colon + 1)),
    staleAtMs: staleAt(nowMs, expires === undefined ? undefined : expires * 1000),
  };
}
