/** Notices that an HTTP/2 connection is gone, also where nobody says so. */
import type { ClientHttp2Session } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import { TowpathError } from '../../base/errors.ts';
import type { TransportErrorCode } from './transport.ts';

/** Rejects with CLUSTER_BROKEN as soon as the connection is known to be gone. */
export type UntilLost = <T>(work: Promise<T>) => Promise<T>;

export interface Watched {
  readonly session: ClientHttp2Session;
  readonly socket: TLSSocket;
  readonly clock: Clock;
}

/** A server may think for long before it answers, but its end of the connection answers a ping at once. */
const SILENCE_MS = 5_000;
const PONG_MS = 4_000;

/**
 * Streams should end with their session, and a session with its socket. Neither is certain: a stream that is made in the
 * moment in which the connection breaks never hears of it, and a session whose write got stuck stops reading, so that it
 * does not see the end either. So while somebody waits and nothing comes, the server is pinged.
 */
export function watchLiveness(watched: Watched): UntilLost {
  const { session } = watched;
  const waiting = new Set<() => void>();
  const stop = new AbortController();
  let guarding = false;
  const lose = () => {
    stop.abort();
    session.destroy();
    for (const reject of waiting) reject();
  };
  // After the streams have had their say: an answer may have come whole before the connection went.
  session.once('close', () => setImmediate(lose));
  const guard = async (): Promise<void> => {
    while (waiting.size > 0 && !stop.signal.aborted) {
      if (!(await isAlive(watched, stop.signal))) lose();
    }
  };
  return (work) =>
    new Promise((resolve, reject) => {
      const end = () => reject(new TowpathError<TransportErrorCode>('CLUSTER_BROKEN', 'the connection broke'));
      if (stop.signal.aborted) return end();
      waiting.add(end);
      work.then(resolve, reject).finally(() => waiting.delete(end));
      if (guarding) return;
      guarding = true;
      guard()
        // Only an aborted sleep ends here: the connection is closed.
        .catch(() => undefined)
        .finally(() => {
          guarding = false;
        });
    });
}

/** After a while of silence, or at once if something came in the meantime. */
async function isAlive({ session, socket, clock }: Watched, signal: AbortSignal): Promise<boolean> {
  const before = socket.bytesRead;
  await clock.sleep(SILENCE_MS, signal);
  if (socket.bytesRead !== before || session.destroyed) return !session.destroyed;
  const pong = new Promise<boolean>((resolve) => {
    const sent = session.ping((error) => resolve(error === null));
    if (!sent) resolve(false);
  });
  return Promise.race([pong, clock.sleep(PONG_MS, signal).then(() => false)]);
}
