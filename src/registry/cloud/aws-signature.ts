/**
 * Signs a request to an AWS API (Signature Version 4).
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../../base/secret.ts';

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  /** Of temporary credentials. */
  readonly temporaryToken?: Secret | undefined;
}

export interface Signable {
  readonly method: string;
  readonly url: URL;
  /** By lower-case name; `host` and the date are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SigningPlace {
  readonly keys: AwsKeys;
  readonly region: string;
  readonly service: string;
  readonly nowMs: number;
}

/** The headers to send: those given, the date, the token of temporary keys and `authorization`. */
export function signAws(request: Signable, { keys, region, service, nowMs }: SigningPlace): Record<string, string> {
  const timestamp = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const scope = `${timestamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': timestamp };
  if (keys.temporaryToken !== undefined) headers['x-amz-security-token'] = keys.temporaryToken.reveal();
  const { canonical, signed } = canonicalRequest(request, { ...headers, host: request.url.host });
  const text = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  let key: Buffer = Buffer.from(`AWS4${keys.secretAccessKey.reveal()}`);
  for (const part of scope.split('/')) key = hmac(key, part);
  const signature = hmac(key, text).toString('hex');
  const credential = `${keys.accessKeyId}/${scope}`;
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`;
  return headers;
}

function canonicalRequest(request: Signable, headers: Readonly<Record<string, string>>) {
  const names = Object.keys(headers).sort();
  const signed = names.join(';');
  const query = [...request.url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  const canonical = [request.method, request.url.pathname, query, lines.join(''), signed, sha256(request.body)].join(
    '\n',
  );
  return { canonical, signed };
}

/** Percent-encoding of everything but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
