/**
 * What the API server makes of the values of its own kinds: where quantities stand, and which fields it fills in
 * inside values that are owned as a whole (there a filled-in field is no one else's, but part of ours).
 * A place that is missing here costs one dry-run request, never a wrong answer.
 * Sources: https://kubernetes.io/docs/reference/kubernetes-api/ and the `x-kubernetes-*` markers of /openapi/v3.
 */
import { groupOf, isBuiltIn } from './built-in.ts';
import type { JsonObject, JsonValue } from './desired-object.ts';
import { isObject, valueAt } from './json.ts';

export interface Shape {
  /** Custom resources: values are stored as sent, so only equal is equal. */
  readonly exact?: true;
  readonly quantity?: true;
  /** Children by field name. */
  readonly fields?: Readonly<Record<string, Shape>>;
  /** Items of a list, or values of a map with free keys. */
  readonly each?: Shape;
  /** The value with what the server fills in where the manifest is silent. */
  readonly filled?: (value: JsonObject) => JsonObject;
  /** A struct or map with owners for each of its fields: an empty one leaves to others what is in it. */
  readonly open?: true;
  /** What the server makes of an empty list. */
  readonly whenEmpty?: readonly JsonValue[];
  /** Values of the key fields of a list's items that may be left out. */
  readonly keyDefaults?: JsonObject;
}

const EXACT: Shape = { exact: true };
const PLAIN: Shape = {};
const QUANTITY: Shape = { quantity: true };
const QUANTITIES: Shape = { each: QUANTITY };
const OPEN: Shape = { open: true };
/** Custom resources have it in common with all others. */
const METADATA: Shape = { fields: { annotations: OPEN, labels: OPEN } };
const CUSTOM: Shape = { exact: true, fields: { metadata: METADATA } };

/** The shape of a whole object of this kind. */
export function shapeOf(apiVersion: string, kind: string): Shape {
  if (!isBuiltIn(apiVersion)) return CUSTOM;
  const key = `${groupOf(apiVersion)}/${kind}`;
  const shape = Object.hasOwn(SHAPES, key) ? SHAPES[key] : undefined;
  return { ...shape, fields: { ...shape?.fields, metadata: METADATA } };
}

/** The shape of the field `key` of a value of `shape`. */
export function fieldShape(shape: Shape, key: string): Shape {
  const { fields } = shape;
  if (fields !== undefined && Object.hasOwn(fields, key)) return fields[key] ?? PLAIN;
  return itemShape(shape);
}

/** The shape of an item of a list of `shape`. */
export function itemShape(shape: Shape): Shape {
  return shape.exact === true ? EXACT : (shape.each ?? PLAIN);
}

function fields(children: Readonly<Record<string, Shape>>): Shape {
  return { fields: children };
}

function listOf(each: Shape): Shape {
  return { each };
}

function filledWith(defaults: JsonObject, shape: Shape = PLAIN): Shape {
  return { ...shape, filled: (value) => ({ ...defaults, ...value }) };
}

const OPEN_QUANTITIES: Shape = { open: true, each: QUANTITY };
const RESOURCES = fields({ limits: OPEN_QUANTITIES, requests: OPEN_QUANTITIES });
const SELECTOR_REFERENCES = {
  fieldRef: filledWith({ apiVersion: 'v1' }),
  resourceFieldRef: filledWith({ divisor: '0' }, fields({ divisor: QUANTITY })),
};
const PORTS: Shape = { each: filledWith({ protocol: 'TCP' }), keyDefaults: { protocol: 'TCP' } };
const CONTAINER = fields({
  env: listOf(fields({ valueFrom: fields(SELECTOR_REFERENCES) })),
  ports: PORTS,
  resources: RESOURCES,
  securityContext: OPEN,
});
const DOWNWARD_ITEMS = fields({ items: listOf(fields(SELECTOR_REFERENCES)) });
const CLAIM_SPEC = fields({ resources: RESOURCES });
const VOLUME = fields({
  downwardAPI: DOWNWARD_ITEMS,
  emptyDir: fields({ sizeLimit: QUANTITY }),
  ephemeral: fields({ volumeClaimTemplate: fields({ spec: CLAIM_SPEC }) }),
  projected: fields({
    sources: listOf(
      fields({ downwardAPI: DOWNWARD_ITEMS, serviceAccountToken: filledWith({ expirationSeconds: 3600 }) }),
    ),
  }),
});
const POD_SPEC = fields({
  containers: listOf(CONTAINER),
  ephemeralContainers: listOf(CONTAINER),
  initContainers: listOf(CONTAINER),
  overhead: QUANTITIES,
  resources: RESOURCES,
  securityContext: OPEN,
  volumes: listOf(VOLUME),
});
const POD_TEMPLATE = fields({ metadata: METADATA, spec: POD_SPEC });
const TEMPLATED = fields({ spec: fields({ strategy: OPEN, template: POD_TEMPLATE, updateStrategy: OPEN }) });
const VOLUME_CLAIM = filledWith(
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } },
  fields({ spec: filledWith({ volumeMode: 'Filesystem' }, CLAIM_SPEC) }),
);
const JOB_SPEC = fields({
  podFailurePolicy: fields({ rules: listOf(fields({ onPodConditions: listOf(filledWith({ status: 'True' })) })) }),
  template: POD_TEMPLATE,
});
const RBAC_GROUP = { apiGroup: 'rbac.authorization.k8s.io' };
const BINDING = fields({ roleRef: filledWith(RBAC_GROUP), subjects: listOf(filledWith(RBAC_GROUP)) });
const NETWORK_RULES = listOf(fields({ ports: listOf(filledWith({ protocol: 'TCP' })) }));
const METRIC_SOURCE = fields({ target: fields({ averageValue: QUANTITY, value: QUANTITY }) });
const DEFAULT_METRIC = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};
const WEBHOOKS = fields({ webhooks: listOf(fields({ rules: listOf(filledWith({ scope: '*' })) })) });
const RESOURCE_RULES = listOf(filledWith({ scope: '*' }));
const MATCH_RESOURCES = fields({ excludeResourceRules: RESOURCE_RULES, resourceRules: RESOURCE_RULES });
const LIMIT_QUANTITIES = {
  default: QUANTITIES,
  defaultRequest: QUANTITIES,
  max: QUANTITIES,
  maxLimitRequestRatio: QUANTITIES,
  min: QUANTITIES,
};

const SHAPES: Readonly<Record<string, Shape>> = {
  '/ConfigMap': fields({ binaryData: OPEN, data: OPEN }),
  '/Endpoints': fields({ subsets: listOf(fields({ ports: PORTS })) }),
  '/LimitRange': fields({
    spec: fields({ limits: listOf({ fields: LIMIT_QUANTITIES, filled: withContainerDefaults }) }),
  }),
  '/PersistentVolume': fields({ spec: fields({ capacity: QUANTITIES }) }),
  '/PersistentVolumeClaim': fields({ spec: CLAIM_SPEC }),
  '/Pod': POD_TEMPLATE,
  '/PodTemplate': fields({ template: POD_TEMPLATE }),
  '/ReplicationController': TEMPLATED,
  '/ResourceQuota': fields({ spec: fields({ hard: QUANTITIES }) }),
  '/Secret': fields({ data: OPEN }),
  '/Service': fields({ spec: fields({ ports: PORTS }) }),
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': fields({
    spec: fields({ matchConstraints: MATCH_RESOURCES }),
  }),
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': fields({
    spec: fields({ matchResources: MATCH_RESOURCES }),
  }),
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': WEBHOOKS,
  'apps/DaemonSet': TEMPLATED,
  'apps/Deployment': TEMPLATED,
  'apps/ReplicaSet': TEMPLATED,
  'apps/StatefulSet': fields({
    spec: fields({ template: POD_TEMPLATE, updateStrategy: OPEN, volumeClaimTemplates: listOf(VOLUME_CLAIM) }),
  }),
  'autoscaling/HorizontalPodAutoscaler': fields({
    spec: fields({
      metrics: {
        whenEmpty: [DEFAULT_METRIC],
        each: fields({
          containerResource: METRIC_SOURCE,
          external: METRIC_SOURCE,
          object: METRIC_SOURCE,
          pods: METRIC_SOURCE,
          resource: METRIC_SOURCE,
        }),
      },
    }),
  }),
  'batch/CronJob': fields({ spec: fields({ jobTemplate: fields({ spec: JOB_SPEC }) }) }),
  'batch/Job': fields({ spec: JOB_SPEC }),
  'discovery.k8s.io/EndpointSlice': fields({ ports: listOf(filledWith({ name: '', protocol: 'TCP' })) }),
  'networking.k8s.io/NetworkPolicy': fields({ spec: fields({ egress: NETWORK_RULES, ingress: NETWORK_RULES }) }),
  'node.k8s.io/RuntimeClass': fields({ overhead: fields({ podFixed: QUANTITIES }) }),
  'rbac.authorization.k8s.io/ClusterRoleBinding': BINDING,
  'rbac.authorization.k8s.io/RoleBinding': BINDING,
};

/** For containers the defaults of a LimitRange come from its other fields, resource by resource. */
function withContainerDefaults(limit: JsonObject): JsonObject {
  if (valueAt(limit, 'type') !== 'Container') return limit;
  const part = (name: string): JsonObject => {
    const value = valueAt(limit, name);
    return isObject(value) ? value : {};
  };
  const limits = { ...part('max'), ...part('default') };
  return { ...limit, default: limits, defaultRequest: { ...part('min'), ...limits, ...part('defaultRequest') } };
}
