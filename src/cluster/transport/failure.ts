/** What a request ends with that got no whole answer. */
import { messageOf, TowpathError } from '../../base/errors.ts';
import type { TransportErrorCode, TransportRequest } from './transport.ts';

/** The caller's own reason where it gave up, an error of ours as it is, and CLUSTER_BROKEN for what the connection says. */
export function failureOf(request: TransportRequest, error: unknown): unknown {
  if (request.signal?.aborted === true) return request.signal.reason;
  if (error instanceof TowpathError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? messageOf(error);
  return new TowpathError<TransportErrorCode>('CLUSTER_BROKEN', `the connection broke (${code})`, { cause: error });
}
