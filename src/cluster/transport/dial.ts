/** Opens a connection to an API server: TCP, through a proxy where there is one, and TLS. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { messageOf, TowpathError } from '../../base/errors.ts';
import type { TransportErrorCode, TransportOptions } from './transport.ts';

const CONNECT_TIMEOUT_MS = 15_000;
/** Below the idle limits of common load balancers. */
const KEEP_ALIVE_MS = 30_000;

/** OpenSSL's and Node's words for a server that cannot show that it is the one we mean. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ALTNAME/;

/** A connected socket, encrypted unless the server's address is `http:`. Throws CLUSTER_UNREACHABLE, CLUSTER_UNTRUSTED. */
export async function dial(options: TransportOptions, protocols: readonly string[]): Promise<Socket> {
  const stop = new AbortController();
  const timeout = options.clock.sleep(CONNECT_TIMEOUT_MS, stop.signal).then(
    () => {
      throw new TowpathError<TransportErrorCode>(
        'CLUSTER_UNREACHABLE',
        `${options.server.host} did not take a connection within ${CONNECT_TIMEOUT_MS / 1000} s`,
      );
    },
    () => new Promise<never>(() => undefined), // connected in time
  );
  const opening = open(options, protocols);
  try {
    return await Promise.race([opening, timeout]);
  } catch (error) {
    opening.then((socket) => socket.destroy()).catch(() => undefined);
    throw error;
  } finally {
    stop.abort();
  }
}

async function open(options: TransportOptions, protocols: readonly string[]): Promise<Socket> {
  const { server, proxy } = options;
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const port = Number(server.port || (server.protocol === 'https:' ? 443 : 80));
  try {
    const socket = proxy === undefined ? await tcp({ host, port }) : await tunnel(proxy, `${server.hostname}:${port}`);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    return server.protocol === 'https:' ? await encrypt(socket, host, { options, protocols }) : socket;
  } catch (error) {
    throw connectionError(options, error);
  }
}

function tcp(address: { readonly host: string; readonly port: number }): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ ...address, autoSelectFamily: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

/** Source: https://www.rfc-editor.org/rfc/rfc9110#name-connect */
function tunnel(proxy: URL, authority: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    const authorization =
      proxy.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
    const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send({
      host: proxy.hostname,
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...authorization },
      agent: false,
    });
    request.once('error', (error) => reject(new Error(`the proxy ${proxy.host} cannot be used: ${messageOf(error)}`)));
    request.once('response', (response) => {
      request.destroy();
      reject(new Error(`the proxy ${proxy.host} refused with status ${response.statusCode}`));
    });
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} refused with status ${response.statusCode}`));
    });
    request.end();
  });
}

function encrypt(
  socket: Socket,
  host: string,
  { options, protocols }: { readonly options: TransportOptions; readonly protocols: readonly string[] },
): Promise<Socket> {
  const { tls } = options;
  const servername = tls.servername ?? (isIP(host) === 0 ? host : undefined);
  const settings: ConnectionOptions = {
    socket,
    host: tls.servername ?? host,
    ALPNProtocols: [...protocols],
    rejectUnauthorized: tls.rejectUnauthorized,
    ...(servername === undefined ? {} : { servername }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  };
  return new Promise((resolve, reject) => {
    const secure = connectTls(settings);
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    secure.once('error', fail);
    secure.once('secureConnect', () => {
      secure.off('error', fail);
      resolve(secure);
    });
  });
}

function connectionError({ server }: TransportOptions, error: unknown): TowpathError<TransportErrorCode> {
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (UNTRUSTED.test(code)) {
    return new TowpathError('CLUSTER_UNTRUSTED', `${server.host} is not trusted: ${messageOf(error)} (${code})`, {
      cause: error,
      hint: 'Check certificate-authority-data and tls-server-name of the cluster in the kubeconfig.',
    });
  }
  const clause = code === '' ? messageOf(error) : code;
  return new TowpathError('CLUSTER_UNREACHABLE', `${server.host} cannot be reached (${clause})`, {
    cause: error,
    hint: 'Check the server address in the kubeconfig, and that this machine may reach it.',
  });
}
