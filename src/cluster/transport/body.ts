/** Reads the body of an answer, bounded in size before and after decompression. */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { TowpathError } from '../../base/errors.ts';
import type { TransportErrorCode } from './transport.ts';

const unzip = promisify(gunzip);

/** Throws CLUSTER_ANSWER_TOO_LARGE, CLUSTER_BROKEN. */
export async function readBody(
  stream: Readable,
  { encoding, maxBytes }: { readonly encoding: string | undefined; readonly maxBytes: number },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks, received);
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip')
    throw new TowpathError<TransportErrorCode>('CLUSTER_BROKEN', 'the answer has an unknown coding');
  try {
    return await unzip(body, { maxOutputLength: maxBytes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new TowpathError<TransportErrorCode>('CLUSTER_BROKEN', 'the answer cannot be decompressed', { cause });
  }
}

function tooLarge(maxBytes: number): TowpathError<TransportErrorCode> {
  return new TowpathError('CLUSTER_ANSWER_TOO_LARGE', `the answer is larger than ${maxBytes / 1024 / 1024} MiB`);
}
