/** Kinds that every cluster has, so that the usual run asks no server what they are called. */

export interface ApiResource {
  readonly apiVersion: string;
  readonly kind: string;
  /** The plural, as URLs have it. */
  readonly resource: string;
  readonly namespaced: boolean;
}

/** Plurals are the kind in lower case with an `s`, or as written after `=`; `*` marks cluster-scoped kinds. */
export const KNOWN_KINDS: Readonly<Record<string, string>> = {
  v1: 'ConfigMap Endpoints=endpoints LimitRange *Namespace *Node *PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'batch/v1': 'CronJob Job',
  'autoscaling/v1': 'HorizontalPodAutoscaler',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'policy/v1': 'PodDisruptionBudget',
  'networking.k8s.io/v1': 'Ingress=ingresses *IngressClass=ingressclasses NetworkPolicy=networkpolicies',
  'rbac.authorization.k8s.io/v1': '*ClusterRole *ClusterRoleBinding Role RoleBinding',
  'storage.k8s.io/v1': '*StorageClass=storageclasses *CSIDriver',
  'scheduling.k8s.io/v1': '*PriorityClass=priorityclasses',
  'node.k8s.io/v1': '*RuntimeClass=runtimeclasses',
  'coordination.k8s.io/v1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'apiextensions.k8s.io/v1': '*CustomResourceDefinition',
  'apiregistration.k8s.io/v1': '*APIService',
  'admissionregistration.k8s.io/v1':
    '*MutatingWebhookConfiguration *ValidatingWebhookConfiguration *ValidatingAdmissionPolicy=validatingadmissionpolicies *ValidatingAdmissionPolicyBinding',
};

/** Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris and `kubectl api-resources`. */
export function knownKind(apiVersion: string, kind: string): ApiResource | undefined {
  const kinds = Object.hasOwn(KNOWN_KINDS, apiVersion) ? KNOWN_KINDS[apiVersion] : undefined;
  for (const entry of kinds?.split(' ') ?? []) {
    const [, star = '', name = '', plural = `${name.toLowerCase()}s`] = /^(\*?)(\w+)(?:=(\w+))?$/.exec(entry) ?? [];
    if (name === kind) return { apiVersion, kind, resource: plural, namespaced: star === '' };
  }
  return undefined;
}
