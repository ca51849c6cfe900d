/**
 * A runner's token service, three clouds' login services and their registries on loopback. Each gives what the next one asks for, takes nothing
 * that was not given, not for this, or is over, and remembers every secret.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Clock } from '../../src/base/clock.ts';
import type { Fetch } from '../../src/base/http.ts';
import { type LoopbackServer, listenOnLoopback } from '../control-plane/loopback-server.ts';

export const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
export const GAR = 'europe-docker.pkg.dev';
export const ACR = 'acme.azurecr.io';

export const ROLE = 'arn:aws:iam::123456789012:role/towpath';
export const PROVIDER = 'projects/1/locations/global/workloadIdentityPools/github/providers/towpath';
export const ACCOUNT = 'scan@acme.iam.gserviceaccount.com';
export const CLIENT = '11111111-2222-3333-4444-555555555555';
export const TENANT = '409520d4-8100-4d1d-ad47-72432ddcc120';
export const REQUEST_TOKEN = 'request-token-of-the-runner';
export const JOB_TOKEN = 'token-of-the-job';

const MINUTE = 60_000;
const DIGEST = `sha256:${'a'.repeat(64)}`;

export interface Clouds extends AsyncDisposable {
  /** Where they are: `http://127.0.0.1:PORT`, with the host of an address as the first part of its path. */
  readonly url: string;
  /** Leads every https address here; plain http and what nobody serves fails. */
  readonly fetch: Fetch;
  /** `POST sts.eu-west-1.amazonaws.com/` of every request, in order. */
  readonly asked: readonly string[];
  /** Those that came with an authorization. */
  readonly authorized: readonly string[];
  /** Everything that was given and that nobody may ever see. */
  readonly secrets: ReadonlySet<string>;
  /** From now on the host answers with 403, and with the secrets that it was sent. */
  refuse(host: string): void;
}

/** The address below `cloudsUrl` that stands for `url`. */
export function inClouds(url: URL, cloudsUrl: string): URL {
  return new URL(`/${url.host}${url.pathname}${url.search}`, cloudsUrl);
}

interface Given {
  readonly kind: string;
  readonly untilMs: number;
}

interface Asked {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

export async function startClouds(clock: Pick<Clock, 'now'>): Promise<Clouds> {
  const asked: string[] = [];
  const authorized: string[] = [];
  const refused = new Set<string>();
  const desk = createDesk(clock);
  const server: LoopbackServer = await listenOnLoopback((request, response) => {
    void serve(request).then((given) => {
      const line = `${given.method} ${given.host}${given.path}`;
      asked.push(line);
      if (given.headers.authorization !== undefined) authorized.push(line);
      const answer = refused.has(given.host) ? parrot(given) : answerTo(given, desk, clock);
      send(response, answer ?? { status: 404, body: { errors: [{ code: 'NOT_FOUND' }] } });
    });
  });
  return {
    url: server.url,
    asked,
    authorized,
    secrets: desk.secrets,
    refuse: (host) => void refused.add(host),
    fetch: (url, init) => {
      if (url.protocol !== 'https:') return Promise.reject(new TypeError(`nobody listens at ${url.href}`));
      return fetch(inClouds(url, server.url), init);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Gives secrets of a kind, and knows later whether one is of that kind and not over. */
function createDesk(clock: Pick<Clock, 'now'>) {
  const given = new Map<string, Given>();
  const secrets = new Set([REQUEST_TOKEN, JOB_TOKEN]);
  return {
    secrets,
    give(kind: string, lifetimeMs: number, form: (name: string) => string = (name) => name): string {
      const value = form(`${kind}-number-${given.size + 1}`);
      given.set(value, { kind, untilMs: clock.now() + lifetimeMs });
      secrets.add(value);
      return value;
    },
    takes: (kind: string, value: string | null | undefined) => {
      const found = given.get(value ?? '');
      return found?.kind === kind && clock.now() < found.untilMs;
    },
  };
}

type Desk = ReturnType<typeof createDesk>;

function answerTo(asked: Asked, desk: Desk, clock: Pick<Clock, 'now'>): Answer | undefined {
  const service = SERVICES.find(([pattern]) => pattern.test(asked.host));
  return service?.[1](asked, desk, clock);
}

const SERVICES: readonly (readonly [
  RegExp,
  (asked: Asked, desk: Desk, clock: Pick<Clock, 'now'>) => Answer | undefined,
])[] = [
  [/^runner\.test$/, runner],
  [/^sts\.[a-z0-9-]+\.amazonaws\.com$/, amazonSts],
  [/^api\.ecr\./, ecrApi],
  [/\.dkr\.ecr\./, ecr],
  [/^sts\.googleapis\.com$/, googleSts],
  [/^iamcredentials\.googleapis\.com$/, googleAccounts],
  [/-docker\.pkg\.dev$/, artifactRegistry],
  [/^login\.microsoftonline\.com$/, entra],
  [/\.azurecr\.io$/, azureRegistry],
  [/^ghcr\.io$/, githubRegistry],
  [/^api\.github\.com$/, github],
];

/** https://docs.github.com/actions/reference/security/oidc */
function runner({ query, headers }: Asked, desk: Desk, clock: Pick<Clock, 'now'>): Answer {
  if (headers.authorization !== `Bearer ${REQUEST_TOKEN}` || query.get('api-version') !== '2.0') return FORBIDDEN;
  const audience = query.get('audience') ?? '';
  const claims = (name: string) => ({ jti: name, aud: audience, exp: (clock.now() + 10 * MINUTE) / 1000 });
  const jwt = (name: string) => `head.${Buffer.from(JSON.stringify(claims(name))).toString('base64url')}.sign`;
  return { body: { count: 1, value: desk.give(`id-token for ${audience}`, 10 * MINUTE, jwt) } };
}

function amazonSts({ body }: Asked, desk: Desk, clock: Pick<Clock, 'now'>): Answer {
  const form = new URLSearchParams(body);
  const trusted = desk.takes('id-token for sts.amazonaws.com', form.get('WebIdentityToken'));
  if (form.get('Action') !== 'AssumeRoleWithWebIdentity' || form.get('RoleArn') !== ROLE || !trusted) {
    return { status: 400, body: '<ErrorResponse><Error><Code>InvalidIdentityToken</Code></Error></ErrorResponse>' };
  }
  const expires = new Date(clock.now() + 60 * MINUTE).toISOString();
  const secret = desk.give('aws-secret', 60 * MINUTE);
  const session = desk.give('aws-session', 60 * MINUTE);
  return {
    body: `<Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${session}</SessionToken><Expiration>${expires}</Expiration></Credentials>`,
  };
}

function ecrApi({ headers }: Asked, desk: Desk, clock: Pick<Clock, 'now'>): Answer | undefined {
  if (!desk.takes('aws-session', String(headers['x-amz-security-token']))) return FORBIDDEN;
  const [, action] = String(headers['x-amz-target']).split('.');
  if (action === 'GetAuthorizationToken') {
    const authorizationToken = desk.give('ecr', 12 * 60 * MINUTE, (name) => base64(`AWS:${name}`));
    desk.secrets.add(Buffer.from(authorizationToken, 'base64').toString().slice(4));
    return { body: { authorizationData: [{ authorizationToken, expiresAt: clock.now() / 1000 + 43_200 }] } };
  }
  const image = { imageDigest: DIGEST, imageTags: ['1.0'], imagePushedAt: clock.now() / 1000 - 3600 };
  return action === 'DescribeImages' ? { body: { imageDetails: [image] } } : undefined;
}

function ecr({ headers, path }: Asked, desk: Desk): Answer | undefined {
  const [scheme, password] = (headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic' || !desk.takes('ecr', password)) return challenge(`Basic realm="https://${ECR}/"`);
  return registry(path);
}

function googleSts({ body }: Asked, desk: Desk): Answer {
  const { subjectToken, audience } = JSON.parse(body) as Record<string, string>;
  const trusted = desk.takes(`id-token for https://iam.googleapis.com/${PROVIDER}`, subjectToken);
  if (audience !== `//iam.googleapis.com/${PROVIDER}` || !trusted)
    return { status: 401, body: { error: 'invalid_target' } };
  return { body: { access_token: desk.give('google-federated', 60 * MINUTE), expires_in: 3600 } };
}

function googleAccounts({ headers, path }: Asked, desk: Desk, clock: Pick<Clock, 'now'>): Answer {
  const isFederated = desk.takes('google-federated', headers.authorization?.slice('Bearer '.length));
  if (!isFederated || !decodeURIComponent(path).endsWith(`/${ACCOUNT}:generateAccessToken`)) return FORBIDDEN;
  const expireTime = new Date(clock.now() + 60 * MINUTE).toISOString();
  return { body: { accessToken: desk.give('google', 60 * MINUTE), expireTime } };
}

function artifactRegistry({ headers, path }: Asked, desk: Desk): Answer | undefined {
  const authorization = headers.authorization ?? '';
  if (path === '/v2/token') {
    const login = Buffer.from(authorization.slice('Basic '.length), 'base64').toString();
    if (!login.startsWith('oauth2accesstoken:') || !desk.takes('google', login.slice(18))) return FORBIDDEN;
    return { body: { token: desk.give('gar', 60 * MINUTE), expires_in: 3600 } };
  }
  if (desk.takes('gar', authorization.slice('Bearer '.length))) return registry(path);
  return challenge(`Bearer realm="https://${GAR}/v2/token",service="${GAR}"`);
}

function entra({ body, path }: Asked, desk: Desk): Answer {
  const form = new URLSearchParams(body);
  const trusted = desk.takes('id-token for api://AzureADTokenExchange', form.get('client_assertion'));
  const fits = form.get('client_id') === CLIENT && path === `/${TENANT}/oauth2/v2.0/token`;
  if (!trusted || !fits) return { status: 401, body: { error: 'invalid_client', error_description: body } };
  return { body: { access_token: desk.give('entra', 60 * MINUTE), expires_in: 3599 } };
}

function azureRegistry({ headers, path, body }: Asked, desk: Desk): Answer | undefined {
  const form = new URLSearchParams(body);
  if (path === '/oauth2/exchange') {
    if (!desk.takes('entra', form.get('access_token')) || form.get('tenant') !== TENANT) return FORBIDDEN;
    return { body: { refresh_token: desk.give('acr-refresh', 180 * MINUTE) } };
  }
  if (path === '/oauth2/token') {
    if (!desk.takes('acr-refresh', form.get('refresh_token'))) return FORBIDDEN;
    return { body: { access_token: desk.give('acr', 60 * MINUTE) } };
  }
  if (!desk.takes('acr', headers.authorization?.slice('Bearer '.length))) {
    return challenge(`Bearer realm="https://${ACR}/oauth2/token",service="${ACR}"`);
  }
  if (!path.startsWith('/acr/v1/')) return registry(path);
  return { body: { tags: [{ name: '1.0', digest: DIGEST, lastUpdateTime: '2025-12-05T00:00:00Z' }] } };
}

/** Whoever asks gets a token, as for public packages. */
function githubRegistry({ headers, path }: Asked, desk: Desk): Answer | undefined {
  if (path === '/token') return { body: { token: desk.give('ghcr', 5 * MINUTE) } };
  if (desk.takes('ghcr', headers.authorization?.slice('Bearer '.length))) return registry(path);
  return challenge('Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"');
}

function github({ headers, path }: Asked): Answer | undefined {
  if (headers.authorization !== `Bearer ${JOB_TOKEN}`) return { status: 401, body: { message: 'Bad credentials' } };
  if (path !== '/orgs/acme/packages/container/api/versions') return undefined;
  const metadata = { package_type: 'container', container: { tags: ['1.0'] } };
  return { body: [{ id: 1, name: DIGEST, url: '', created_at: '2025-12-01T00:00:00Z', updated_at: '', metadata }] };
}

const FORBIDDEN: Answer = { status: 403, body: { errors: [{ code: 'DENIED' }] } };

function registry(path: string): Answer | undefined {
  return path.endsWith('/tags/list') ? { body: { tags: ['1.0'] } } : undefined;
}

function challenge(header: string): Answer {
  return { status: 401, headers: { 'www-authenticate': header }, body: { errors: [{ code: 'UNAUTHORIZED' }] } };
}

/** What no service should do, and what nobody may repeat. */
function parrot({ headers, body }: Asked): Answer {
  return { status: 403, body: { error: `${headers.authorization} ${body}`, errors: [{ code: body }] } };
}

async function serve(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '', 'http://loopback');
  const [, host = '', ...path] = url.pathname.split('/');
  const { method = '', headers } = request;
  return { method, host, path: `/${path.join('/')}`, query: url.searchParams, headers, body: await text(request) };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/xml' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

function base64(plain: string): string {
  return Buffer.from(plain).toString('base64');
}
