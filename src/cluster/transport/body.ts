/** Reads the body of an answer, bounded in size before and after decompression. */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { TowpathError } from '../../base/errors.ts';
import type { TransportErrorCode } from './transport.ts';

const unzip = promisify(gunzip);

/**
 * All bytes of `stream`. Listens from the moment of the call: a stream whose last frame comes with its first is closed
 * before anyone could begin to read it later. Throws CLUSTER_ANSWER_TOO_LARGE, CLUSTER_BROKEN, or the stream's own error.
 */
export function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    let ended = false;
    stream.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > maxBytes) return reject(tooLarge(maxBytes));
      chunks.push(chunk);
    });
    stream.once('end', () => {
      ended = true;
      resolve(Buffer.concat(chunks, received));
    });
    stream.once('error', reject);
    stream.once('aborted', () => reject(broken('the connection broke within an answer')));
    stream.once('close', () => {
      if (!ended) reject(broken('the connection broke within an answer'));
    });
  });
}

/** `body` without its content coding. Throws CLUSTER_ANSWER_TOO_LARGE, CLUSTER_BROKEN. */
export async function decode(
  body: Buffer,
  { encoding, maxBytes }: { readonly encoding: string | undefined; readonly maxBytes: number },
): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip') throw broken('the answer has an unknown content coding');
  try {
    return await unzip(body, { maxOutputLength: maxBytes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw broken('the answer cannot be decompressed');
  }
}

function broken(message: string): TowpathError<TransportErrorCode> {
  return new TowpathError('CLUSTER_BROKEN', message);
}

function tooLarge(maxBytes: number): TowpathError<TransportErrorCode> {
  return new TowpathError('CLUSTER_ANSWER_TOO_LARGE', `the answer is larger than ${Math.round(maxBytes / 1024)} KiB`);
}
