/**
 * Which lists of Kubernetes' own kinds merge by a key when they are patched, and which fields are replaced whole.
 * Source: `patchStrategy` and `patchMergeKey` of the Go types (https://github.com/kubernetes/api), which the API
 * reference shows as `x-kubernetes-patch-strategy` and `x-kubernetes-patch-merge-key`.
 */
import { groupOf } from '../sync/built-in.ts';

/** The fields of an object that are not patched as plain data; every other field is. */
export interface PatchType {
  readonly [field: string]: PatchField;
}

export interface PatchField {
  /** Of the object, or of each item of the list. */
  readonly type?: PatchType;
  /** `merge`: of lists, item by item. `replace`: of objects, whole. */
  readonly strategy?: 'merge' | 'replace';
  /** The field that tells the items of a list apart; a list without one holds texts or numbers. */
  readonly mergeKey?: string;
  /** A patch names the keys that are to stay: a union whose old member has to go. */
  readonly retainKeys?: true;
}

/** Groups whose kinds Flux patched as Kubernetes does; a definition of a resource is not among them. */
const GROUPS: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apps',
  'auditregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'imagepolicy.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'settings.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** How objects of this kind are patched; undefined for custom resources, which take JSON merge patches. */
export function patchTypeOf(apiVersion: string, kind: string): PatchType | undefined {
  if (!GROUPS.has(groupOf(apiVersion))) return undefined;
  return Object.hasOwn(KINDS, kind)
    ? { metadata: { type: METADATA }, ...KINDS[kind] }
    : { metadata: { type: METADATA } };
}

/** The rule for one field; a field without one is plain data. */
export function fieldRule(type: PatchType | undefined, field: string): PatchField {
  return type !== undefined && Object.hasOwn(type, field) ? (type[field] ?? PLAIN) : PLAIN;
}

const PLAIN: PatchField = {};

function byKey(mergeKey: string, type?: PatchType): PatchField {
  return type === undefined ? { strategy: 'merge', mergeKey } : { strategy: 'merge', mergeKey, type };
}

const SCALARS: PatchField = { strategy: 'merge' };
const CONDITIONS: PatchType = { conditions: byKey('type') };

const METADATA: PatchType = { ownerReferences: byKey('uid'), finalizers: SCALARS };

const VOLUME: PatchType = {
  ephemeral: { type: { volumeClaimTemplate: { type: { metadata: { type: METADATA } } } } },
};

const CONTAINER: PatchType = {
  ports: byKey('containerPort'),
  env: byKey('name'),
  volumeMounts: byKey('mountPath'),
  volumeDevices: byKey('devicePath'),
};

const POD_SPEC: PatchType = {
  volumes: { ...byKey('name', VOLUME), retainKeys: true },
  initContainers: byKey('name', CONTAINER),
  containers: byKey('name', CONTAINER),
  ephemeralContainers: byKey('name', CONTAINER),
  imagePullSecrets: byKey('name'),
  hostAliases: byKey('ip'),
  topologySpreadConstraints: byKey('topologyKey'),
  schedulingGates: byKey('name'),
  resourceClaims: { ...byKey('name'), retainKeys: true },
};

const POD_STATUS: PatchType = {
  ...CONDITIONS,
  hostIPs: byKey('ip'),
  podIPs: byKey('ip'),
  resourceClaimStatuses: { ...byKey('name'), retainKeys: true },
};

const TEMPLATE: PatchField = { type: { metadata: { type: METADATA }, spec: { type: POD_SPEC } } };
const WITH_CONDITIONS: PatchField = { type: CONDITIONS };
const WORKLOAD: PatchType = { spec: { type: { template: TEMPLATE } }, status: WITH_CONDITIONS };

const WEBHOOKS: PatchType = { webhooks: byKey('name', { matchConditions: byKey('name') }) };

const KINDS: Readonly<Record<string, PatchType>> = {
  CSINode: { spec: { type: { drivers: byKey('name') } } },
  ComponentStatus: CONDITIONS,
  CronJob: { spec: { type: { jobTemplate: { type: { metadata: { type: METADATA }, ...WORKLOAD } } } } },
  DaemonSet: WORKLOAD,
  Deployment: { ...WORKLOAD, spec: { type: { template: TEMPLATE, strategy: { retainKeys: true } } } },
  FlowSchema: { status: WITH_CONDITIONS },
  HorizontalPodAutoscaler: { status: WITH_CONDITIONS },
  Job: WORKLOAD,
  MutatingAdmissionPolicy: { spec: { type: { matchConditions: byKey('name') } } },
  MutatingWebhookConfiguration: WEBHOOKS,
  Namespace: { status: WITH_CONDITIONS },
  Node: { spec: { type: { podCIDRs: SCALARS } }, status: { type: { ...CONDITIONS, addresses: byKey('type') } } },
  PersistentVolumeClaim: { status: WITH_CONDITIONS },
  Pod: { spec: { type: POD_SPEC }, status: { type: POD_STATUS } },
  PodDisruptionBudget: { spec: { type: { selector: { strategy: 'replace' } } }, status: WITH_CONDITIONS },
  PodTemplate: { template: TEMPLATE },
  PriorityLevelConfiguration: { status: WITH_CONDITIONS },
  ReplicaSet: WORKLOAD,
  ReplicationController: WORKLOAD,
  ResourceClaim: { status: { type: { reservedFor: byKey('uid') } } },
  ResourceClaimTemplate: { spec: { type: { metadata: { type: METADATA } } } },
  Service: { spec: { type: { ports: byKey('port') } }, status: WITH_CONDITIONS },
  ServiceAccount: { secrets: byKey('name') },
  ServiceCIDR: { status: WITH_CONDITIONS },
  StatefulSet: WORKLOAD,
  ValidatingAdmissionPolicy: { spec: { type: { matchConditions: byKey('name'), variables: byKey('name') } } },
  ValidatingWebhookConfiguration: WEBHOOKS,
};
