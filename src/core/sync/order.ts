/** In which order objects are applied: what others need comes first, what could block others comes last. */
import { groupOf } from './built-in.ts';

export interface Ordered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** One step: its objects do not need each other and may be applied at the same time. */
export interface Phase<T> {
  readonly name: PhaseName;
  readonly items: readonly T[];
}

export type PhaseName = (typeof PHASES)[number];

const PHASES = [
  'namespaces',
  'custom resource definitions',
  'classes and quotas',
  'accounts and roles',
  'role bindings',
  'configuration and storage',
  'services',
  'workloads',
  'traffic and scaling',
  'admission',
] as const;

const PHASE_OF_KIND: Readonly<Record<string, PhaseName>> = {
  '/Namespace': 'namespaces',
  'apiextensions.k8s.io/CustomResourceDefinition': 'custom resource definitions',
  '/LimitRange': 'classes and quotas',
  '/ResourceQuota': 'classes and quotas',
  'flowcontrol.apiserver.k8s.io/FlowSchema': 'classes and quotas',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration': 'classes and quotas',
  '/ServiceAccount': 'accounts and roles',
  'rbac.authorization.k8s.io/ClusterRole': 'accounts and roles',
  'rbac.authorization.k8s.io/Role': 'accounts and roles',
  'rbac.authorization.k8s.io/ClusterRoleBinding': 'role bindings',
  'rbac.authorization.k8s.io/RoleBinding': 'role bindings',
  '/ConfigMap': 'configuration and storage',
  '/PersistentVolume': 'configuration and storage',
  '/PersistentVolumeClaim': 'configuration and storage',
  '/Secret': 'configuration and storage',
  'networking.k8s.io/NetworkPolicy': 'configuration and storage',
  'policy/PodDisruptionBudget': 'configuration and storage',
  '/Endpoints': 'services',
  '/Service': 'services',
  'apiregistration.k8s.io/APIService': 'services',
  'discovery.k8s.io/EndpointSlice': 'services',
  'autoscaling/HorizontalPodAutoscaler': 'traffic and scaling',
  'gateway.networking.k8s.io/GRPCRoute': 'traffic and scaling',
  'gateway.networking.k8s.io/HTTPRoute': 'traffic and scaling',
  'gateway.networking.k8s.io/TCPRoute': 'traffic and scaling',
  'gateway.networking.k8s.io/TLSRoute': 'traffic and scaling',
  'keda.sh/ScaledObject': 'traffic and scaling',
  'networking.k8s.io/Ingress': 'traffic and scaling',
  // A webhook whose backend is not there yet would refuse whatever comes after it.
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': 'admission',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': 'admission',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': 'admission',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': 'admission',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': 'admission',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': 'admission',
};

/** `items` by phase, empty phases left out; inside a phase by kind, namespace and name, whatever order they came in. */
export function orderPhases<T extends Ordered>(items: readonly T[]): readonly Phase<T>[] {
  const sorted = items.map((item) => ({ item, key: sortKey(item) })).sort((a, b) => compare(a.key, b.key));
  return PHASES.map((name) => ({
    name,
    items: sorted.filter(({ item }) => phaseOf(item) === name).map(({ item }) => item),
  })).filter((phase) => phase.items.length > 0);
}

export function phaseOf({ apiVersion, kind }: Pick<Ordered, 'apiVersion' | 'kind'>): PhaseName {
  const key = `${groupOf(apiVersion)}/${kind}`;
  const known = Object.hasOwn(PHASE_OF_KIND, key) ? PHASE_OF_KIND[key] : undefined;
  // StorageClass, IngressClass, PriorityClass, GatewayClass and all their kin are named by the objects that need them.
  return known ?? (kind.endsWith('Class') ? 'classes and quotas' : 'workloads');
}

function sortKey(item: Ordered): readonly string[] {
  return [item.kind, groupOf(item.apiVersion), item.namespace ?? '', item.name, item.apiVersion];
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
