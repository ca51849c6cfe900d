/** A TCP relay to a server: counts connections, cuts them, and plays an HTTP proxy that allows CONNECT. */
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';

export interface Relay extends AsyncDisposable {
  readonly port: number;
  connections(): number;
  /** Breaks every open connection. */
  cut(): void;
  /** From now on open connections carry nothing, and nobody is told. */
  freeze(): void;
  /** Breaks every open connection as soon as the server has sent this many more bytes. */
  cutAfter(bytes: number): void;
}

/** Relays whatever it is sent to `target`. */
export async function tcpRelay(target: URL): Promise<Relay> {
  const relaying = relay(target);
  return listen(createTcpServer(relaying.join), relaying);
}

export interface ConnectProxy extends Relay {
  /** What clients asked to be connected to, with their credentials. */
  readonly asked: readonly { readonly authority: string; readonly authorization: string | undefined }[];
}

/** An HTTP proxy; `status` is what it answers to CONNECT. */
export async function connectProxy(target: URL, status = 200): Promise<ConnectProxy> {
  const relaying = relay(target);
  const asked: { authority: string; authorization: string | undefined }[] = [];
  const server = createServer();
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push({ authority: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    socket.write(`HTTP/1.1 ${status} Answer\r\n\r\n`);
    if (status === 200) relaying.join(socket);
    else socket.end();
  });
  return { ...(await listen(server, relaying)), asked };
}

function relay(target: URL) {
  const sockets = new Set<Socket>();
  let connections = 0;
  let budget = Number.POSITIVE_INFINITY;
  const freeze = () => {
    for (const socket of sockets) {
      socket.unpipe();
      socket.removeAllListeners('data');
      socket.pause();
    }
  };
  const cut = () => {
    budget = Number.POSITIVE_INFINITY;
    for (const socket of sockets) socket.destroy();
  };
  return {
    cut,
    freeze,
    cutAfter(bytes: number) {
      budget = bytes;
    },
    connections: () => connections,
    join(client: Socket) {
      connections++;
      const upstream = connect(Number(target.port), target.hostname);
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
      }
      client.pipe(upstream);
      upstream.on('data', (chunk: Buffer) => {
        client.write(chunk);
        budget -= chunk.length;
        if (budget <= 0) cut();
      });
    },
  };
}

async function listen(server: Server, relaying: ReturnType<typeof relay>): Promise<Relay> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { cut, cutAfter, freeze, connections } = relaying;
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    cut,
    cutAfter,
    freeze,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
