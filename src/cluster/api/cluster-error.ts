/** What can go wrong with a cluster as a whole; what goes wrong with one object is its row's reason. */

export type ClusterErrorCode = 'CLUSTER_UNAUTHORIZED' | 'CLUSTER_DISCOVERY_FAILED' | 'CLUSTER_READ_FAILED';
