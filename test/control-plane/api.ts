/** Plain requests to an API server, for tests to prepare and to judge: nothing of what they test is in it. */
import { Agent, request as httpsRequest } from 'node:https';

export interface ApiResponse {
  readonly status: number;
  /** The JSON of the body; its text where it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of any kind of object
  readonly body: any;
}

export interface ApiOptions {
  /** Default `application/json`; a string or Buffer body is sent as it is. */
  readonly contentType?: string;
  readonly body?: unknown;
  /** How long nothing may come; default: for ever. */
  readonly idleTimeoutMs?: number;
}

export interface Api extends Disposable {
  request(method: string, path: string, options?: ApiOptions): Promise<ApiResponse>;
}

/** Requests by the user of `token`, over kept connections; disposing closes them. */
export function createApi(target: { readonly server: string; readonly ca: string; readonly token: string }): Api {
  const agent = new Agent({ keepAlive: true, ca: target.ca, maxSockets: 16 });
  return {
    request: (method, path, options = {}) =>
      new Promise((resolve, reject) => {
        const payload = encode(options.body);
        const headers: Record<string, string | number> = {
          authorization: `Bearer ${target.token}`,
          accept: 'application/json',
          'user-agent': 'towpath-harness',
        };
        if (payload !== undefined) {
          headers['content-type'] = options.contentType ?? 'application/json';
          headers['content-length'] = payload.length;
        }
        const sent = httpsRequest(new URL(path, target.server), { method, agent, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, body: decode(Buffer.concat(chunks).toString('utf8')) });
          });
        });
        sent.on('error', reject);
        if (options.idleTimeoutMs !== undefined) {
          sent.setTimeout(options.idleTimeoutMs, () => sent.destroy(new Error(`no answer from ${target.server}`)));
        }
        sent.end(payload);
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function encode(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
