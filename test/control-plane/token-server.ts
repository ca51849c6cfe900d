/** A token server for a registry: https://distribution.github.io/distribution/spec/auth/token/ */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback } from './loopback-server.ts';
import type { RegistryAuth } from './registry.ts';

export interface TokenServerOptions {
  /** Who gets what is asked for. Default: nobody is asked who he is. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** With credentials: whether one without any gets pull rights; default false. */
  readonly anonymousPull?: boolean;
  /** The field of the answer that holds the token: `token`, or `access_token` as OAuth (and Azure) has it. */
  readonly field?: 'token' | 'access_token';
  /** Default 300; null leaves `expires_in` out, which means 60 s. */
  readonly expiresInSeconds?: number | null;
}

export interface TokenRequest {
  readonly scopes: readonly string[];
  /** Empty for an anonymous request. */
  readonly username: string;
  readonly status: number;
}

export interface TokenServer extends AsyncDisposable {
  /** What a registry has to be started with to trust this server. */
  readonly auth: Extract<RegistryAuth, { kind: 'token' }>;
  readonly requests: readonly TokenRequest[];
  /** The next `times` tokens have expired already, as if they had been kept too long. */
  issueExpired(times: number): void;
  /** The Authorization header that allows everything in a repository: for the harness's own pushes. */
  authorize(repository: string): string;
}

interface Grant {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

const SERVICE = 'towpath-test-registry';
const ISSUER = 'towpath-test-issuer';
/** The registry grants 60 s of leeway. */
const EXPIRED_SECONDS = -3600;

/** A token server that answers; disposing stops it. */
export async function startTokenServer(options: TokenServerOptions = {}): Promise<TokenServer> {
  const requests: TokenRequest[] = [];
  const signer = createSigner();
  let expired = 0;
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const query = new URL(incoming.url ?? '/', 'http://server').searchParams;
    const scopes = query.getAll('scope').flatMap((scope) => scope.split(' '));
    const username = readBasic(incoming)?.username ?? '';
    const rights = decideRights(options, incoming);
    requests.push({ scopes, username, status: rights === 'none' ? 401 : 200 });
    if (rights === 'none') {
      respond(outgoing, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'incorrect username or password' }] });
      return;
    }
    const grants = scopes.map((scope) => grant(scope, rights)).filter((one) => one !== null);
    const lifetime = expired > 0 ? EXPIRED_SECONDS : 3600;
    expired = Math.max(0, expired - 1);
    const { expiresInSeconds = 300 } = options;
    const expiry = expiresInSeconds === null ? {} : { expires_in: expiresInSeconds };
    respond(outgoing, 200, { [options.field ?? 'token']: signer.token(grants, lifetime), ...expiry });
  };
  const server = await listenOnLoopback(answer);
  return {
    auth: { kind: 'token', realm: `${server.url}/token`, service: SERVICE, issuer: ISSUER, jwks: signer.jwks },
    requests,
    issueExpired(times) {
      expired = times;
    },
    authorize(repository) {
      const actions = ['pull', 'push', 'delete'];
      return `Bearer ${signer.token([{ type: 'repository', name: repository, actions }], 3600)}`;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function createSigner() {
  const kid = randomUUID();
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    jwks: JSON.stringify({ keys: [jwk] }),
    token(access: readonly Grant[], lifetimeSeconds: number): string {
      const now = Math.floor(Date.now() / 1000);
      const exp = now + lifetimeSeconds;
      const times = { iat: now, nbf: Math.min(now, exp) - 60, exp };
      const claims = { iss: ISSUER, aud: SERVICE, sub: 'test', jti: randomUUID(), ...times, access };
      const content = `${encode({ typ: 'JWT', alg: 'ES256', kid })}.${encode(claims)}`;
      const signature = sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${content}.${signature.toString('base64url')}`;
    },
  };
}

function decideRights(options: TokenServerOptions, incoming: IncomingMessage): 'all' | 'pull' | 'none' {
  const { credentials, anonymousPull = false } = options;
  if (credentials === undefined) return 'all';
  const given = readBasic(incoming);
  if (given === null) return anonymousPull ? 'pull' : 'none';
  return given.username === credentials.username && given.password === credentials.password ? 'all' : 'none';
}

function readBasic(incoming: IncomingMessage): { username: string; password: string } | null {
  const [scheme, encoded] = (incoming.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || encoded === undefined) return null;
  const [username = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { username, password: password.join(':') };
}

/** `repository:NAME:ACTION,ACTION`; the name may contain colons. */
function grant(scope: string, rights: 'all' | 'pull'): Grant | null {
  const parts = /^([a-z]+):(.+):([a-z*,]*)$/.exec(scope);
  if (parts === null) return null;
  const [, type = '', name = '', actions = ''] = parts;
  const allowed = actions.split(',').filter((action) => rights === 'all' || action === 'pull');
  return { type, name, actions: allowed };
}

function respond(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(body));
}
