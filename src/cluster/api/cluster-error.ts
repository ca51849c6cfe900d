/** What can go wrong with a cluster as a whole; what goes wrong with one object is its row's reason. */
import { TowpathError } from '../../base/errors.ts';
import type { ApiAnswer } from './api-client.ts';
import { serverMessage } from './server-error.ts';

export type ClusterErrorCode = 'CLUSTER_UNAUTHORIZED' | 'CLUSTER_DISCOVERY_FAILED';

export function unauthorized(answer: ApiAnswer): TowpathError<ClusterErrorCode> {
  return new TowpathError('CLUSTER_UNAUTHORIZED', `the API server does not know us: ${serverMessage(answer)}`, {
    hint: 'Renew the credentials in the kubeconfig.',
  });
}
