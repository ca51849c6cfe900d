/** Random manifests of many kinds. */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { claimSpec, folded, networkPorts, peers, rules, subjects, webhook } from './arbitrary-parts.ts';
import {
  annotations,
  body,
  labels,
  maybe,
  port,
  protocol,
  selector,
  some,
  text,
  uniqueBy,
  word,
} from './arbitrary-words.ts';
import { type KindArbitrary, WORKLOADS } from './arbitrary-workloads.ts';
import { gadgetBody } from './gadget.ts';

export interface Surroundings {
  /** Part of the names of cluster-scoped objects as well, so that test files do not meet. */
  readonly namespace: string;
  /** Of the custom kind. */
  readonly group: string;
  /** Ends every name. */
  readonly suffix: string;
}

const OTHERS: readonly KindArbitrary[] = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    body: body({
      data: maybe(fc.dictionary(word, text)),
      binaryData: maybe(fc.dictionary(fc.constantFrom('x', 'y'), folded)),
      immutable: maybe(fc.constant(false)),
    }),
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    body: body({
      data: maybe(fc.dictionary(word, folded)),
      stringData: maybe(fc.dictionary(word, text)),
      type: maybe(fc.constant('Opaque')),
    }),
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    body: body({
      automountServiceAccountToken: maybe(fc.boolean()),
      imagePullSecrets: maybe(fc.constantFrom<JsonValue[]>([], [{ name: 'pull' }])),
    }),
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    body: body({
      spec: body({
        ports: uniqueBy(
          body({
            port: fc.integer({ min: 1, max: 9000 }),
            targetPort: maybe(fc.oneof<fc.Arbitrary<JsonValue>[]>(port, fc.constant('http'))),
            protocol,
          }),
          'port',
        ).map((ports) =>
          ports.length === 0 ? [{ port: 80 }] : ports.map((entry, index) => ({ name: `p${index}`, ...entry })),
        ),
        selector,
        sessionAffinity: maybe(fc.constant('None')),
        type: maybe(fc.constantFrom('ClusterIP', 'LoadBalancer')),
        externalIPs: maybe(fc.constant([])),
        loadBalancerSourceRanges: maybe(fc.constant([])),
        publishNotReadyAddresses: maybe(fc.boolean()),
      }),
      status: maybe(fc.constant({ loadBalancer: {} })),
    }),
  },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', body: body({ spec: claimSpec }) },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    body: body({
      spec: body({
        limits: some(
          fc.constantFrom<JsonObject[]>(
            { type: 'Container', max: { cpu: '2000m', memory: '2048Mi' }, min: { memory: '64Mi' } },
            { type: 'Container', default: { cpu: '0.5' }, max: { cpu: 1 } },
            { type: 'Pod', max: { cpu: '4' } },
          ),
          1,
        ),
      }),
    }),
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    body: body({
      spec: body({
        hard: fc.constantFrom<JsonObject[]>(
          { 'requests.cpu': '100', 'limits.memory': '1024Gi', 'count/secrets': 5000 },
          { services: '4000' },
        ),
        scopes: maybe(fc.constant([])),
      }),
    }),
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    body: body({
      spec: body({
        egress: maybe(some(body({ ports: networkPorts, to: peers }))),
        ingress: maybe(some(body({ from: peers, ports: networkPorts }))),
        podSelector: fc.constantFrom<JsonObject[]>({}, { matchLabels: { app: 'x' } }),
        policyTypes: maybe(fc.constant(['Ingress'])),
      }),
    }),
  },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', body: body({ rules: maybe(rules) }) },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    body: body({
      roleRef: fc.constantFrom<JsonObject[]>(
        { kind: 'Role', name: 'r', apiGroup: 'rbac.authorization.k8s.io' },
        { kind: 'ClusterRole', name: 'view', apiGroup: 'rbac.authorization.k8s.io' },
      ),
      subjects: maybe(subjects),
    }),
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    body: body({
      spec: body({
        maxUnavailable: fc.constantFrom<JsonValue>(1, '50%', 0),
        selector: fc.constant({ matchLabels: { app: 'x' } }),
      }),
    }),
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    clusterScoped: true,
    body: body({
      rules: maybe(rules),
      aggregationRule: maybe(fc.constant({ clusterRoleSelectors: [{ matchLabels: { 'example.com/never': 'set' } }] })),
    }),
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    clusterScoped: true,
    body: body({
      roleRef: fc.constant({ kind: 'ClusterRole', name: 'view', apiGroup: 'rbac.authorization.k8s.io' }),
      subjects: maybe(subjects),
    }),
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    clusterScoped: true,
    body: body({ value: fc.constant(1000), globalDefault: maybe(fc.constant(false)), description: maybe(text) }),
  },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    clusterScoped: true,
    body: body({
      provisioner: fc.constant('example.com/disk'),
      parameters: maybe(fc.constant({ type: 'ssd' })),
      mountOptions: maybe(fc.constantFrom<JsonValue[]>([], ['ro'])),
      volumeBindingMode: maybe(fc.constant('WaitForFirstConsumer')),
    }),
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    clusterScoped: true,
    body: body({
      spec: body({
        controller: fc.constant('example.com/ingress'),
        parameters: maybe(fc.constant({ kind: 'P', name: 'p', apiGroup: 'example.com' })),
      }),
    }),
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    clusterScoped: true,
    body: body({ webhooks: maybe(webhook.map((hook) => [hook])) }),
  },
];

/** A random custom object of the group that `gadgetDefinition` defines. */
function gadget(group: string): KindArbitrary {
  return { apiVersion: `${group}/v1`, kind: 'Gadget', body: gadgetBody() };
}

/** One manifest of each kind. */
export function manifests({ namespace, group, suffix }: Surroundings): fc.Arbitrary<JsonObject[]> {
  const each = [...WORKLOADS, ...OTHERS, gadget(group)].map(({ apiVersion, kind, clusterScoped, body: content }) =>
    fc.tuple(content, maybe(labels), maybe(annotations)).map(
      ([value, withLabels, withAnnotations]): JsonObject => ({
        apiVersion,
        kind,
        metadata: {
          ...(clusterScoped === true
            ? { name: `${namespace}-${kind.toLowerCase()}-${suffix}` }
            : { name: `${kind.toLowerCase()}-${suffix}`, namespace }),
          ...(withLabels === undefined ? {} : { labels: withLabels }),
          ...(withAnnotations === undefined ? {} : { annotations: withAnnotations }),
        },
        ...value,
      }),
    ),
  );
  return fc.tuple(...each);
}
