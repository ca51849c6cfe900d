/** Random manifests of many kinds, with everything that people and generators write into them. */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';

export interface Surroundings {
  readonly namespace: string;
  /** Part of the names of cluster-scoped objects, so that test files do not meet. */
  readonly prefix: string;
}

type Body = fc.Arbitrary<{ readonly [key: string]: JsonValue }>;

/** Sometimes there; sometimes there without a value, as templates leave it. */
const maybe = <T extends JsonValue>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const some = <T extends JsonValue>(value: fc.Arbitrary<T>, maxLength = 3) => fc.array(value, { maxLength });

/** A record whose undefined fields are left out. */
function body(fields: Record<string, fc.Arbitrary<JsonValue | undefined>>): Body {
  return fc
    .record(fields)
    .map((value) =>
      Object.fromEntries(Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)),
    );
}

const word = fc.constantFrom('api', 'web', 'worker', 'db', 'cache', 'queue', 'a1', 'b2');
const text = fc.oneof(
  word,
  fc.constantFrom('', ' spaced ', 'true', '1', 'ü€😀', 'line\nbreak', '\u2028\u0085', '{"json": [1]}', 'a: b', '<<'),
);
const labelValue = fc.oneof(word, fc.constantFrom('', 'v1.2.3', '1'));
const labels = fc.dictionary(fc.constantFrom('app', 'tier', 'example.com/team', 'version'), labelValue, { maxKeys: 3 });
const annotations = fc.dictionary(fc.constantFrom('note', 'example.com/Owner', 'fluxcd.io/automated'), text, {
  maxKeys: 2,
});
const selector = fc.constant({ app: 'x' });
const templateLabels = labels.map((value) => ({ ...value, app: 'x' }));
const cpu = fc.constantFrom<JsonValue>('100m', '1000m', '0.5', '1', 1, 2, '1.5', '250m', '2000m', 0.1);
const memory = fc.constantFrom<JsonValue>(
  '128Mi',
  '1024Mi',
  '1Gi',
  '0.5Gi',
  '1e9',
  '1000000',
  134217728,
  '128974848000m',
  '1500k',
  '100M',
);
const port = fc.integer({ min: 1, max: 65535 });
const protocol = maybe(fc.constantFrom('TCP', 'UDP'));
const mode = maybe(fc.constantFrom<JsonValue>(420, 256));

function uniqueBy(items: fc.Arbitrary<JsonObject>, ...keys: string[]): fc.Arbitrary<JsonObject[]> {
  return fc.uniqueArray(items, { maxLength: 3, selector: (item) => JSON.stringify(keys.map((key) => item[key])) });
}

const keyReference = body({ name: word, key: word, optional: maybe(fc.boolean()) });
const envValue = fc.oneof(
  body({ value: maybe(text) }),
  body({ valueFrom: body({ secretKeyRef: keyReference }) }),
  body({ valueFrom: body({ configMapKeyRef: keyReference }) }),
  body({
    valueFrom: body({
      fieldRef: body({ fieldPath: fc.constant('metadata.name'), apiVersion: maybe(fc.constant('v1')) }),
    }),
  }),
  body({
    valueFrom: body({
      resourceFieldRef: body({
        resource: fc.constant('limits.cpu'),
        divisor: maybe(fc.constantFrom<JsonValue>('1', 0, '1000m')),
      }),
    }),
  }),
);
const env = fc
  .uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'C_D', 'Z'), envValue), { maxLength: 4, selector: ([name]) => name })
  .map((entries) => entries.map(([name, value]) => ({ name, ...value })));
const resources = body({
  limits: maybe(body({ cpu: maybe(cpu), memory: maybe(memory) })),
  requests: maybe(body({ cpu: fc.constant(undefined), memory: fc.constant(undefined) })),
});
const probe = body({
  httpGet: body({
    path: fc.constant('/'),
    port: fc.oneof<fc.Arbitrary<JsonValue>[]>(port, fc.constant('http')),
    httpHeaders: maybe(fc.constant([{ name: 'X', value: '1' }])),
  }),
  initialDelaySeconds: maybe(fc.nat(10)),
  periodSeconds: maybe(fc.integer({ min: 1, max: 30 })),
});
const securityContext = body({
  runAsNonRoot: maybe(fc.boolean()),
  readOnlyRootFilesystem: maybe(fc.boolean()),
  capabilities: maybe(fc.constantFrom<JsonObject[]>({ drop: ['ALL'] }, { add: [], drop: ['ALL'] }, {})),
});
const containerPorts = uniqueBy(body({ containerPort: fc.integer({ min: 1, max: 9000 }), protocol }), 'containerPort');

function container(name: string): Body {
  return body({
    name: fc.constant(name),
    image: fc.constantFrom('registry.example.com/app:1.0', 'nginx', 'nginx:latest', 'busybox@sha256:' + 'a'.repeat(64)),
    args: maybe(fc.constantFrom<JsonValue[]>([], ['--flag', ''], ['a'])),
    command: maybe(fc.constantFrom<JsonValue[]>(['sh', '-c', 'echo "hi"'], [])),
    env: maybe(env),
    envFrom: maybe(fc.constantFrom<JsonValue[]>([{ configMapRef: { name: 'c' } }], [])),
    imagePullPolicy: maybe(fc.constantFrom('Always', 'IfNotPresent')),
    livenessProbe: maybe(fc.oneof<fc.Arbitrary<JsonValue>[]>(probe, fc.constant(null))),
    ports: maybe(containerPorts),
    readinessProbe: maybe(probe),
    resources: maybe(resources),
    securityContext: maybe(securityContext),
    stdin: maybe(fc.boolean()),
    tty: maybe(fc.boolean()),
    volumeMounts: maybe(
      fc.constantFrom<JsonValue[]>(
        [],
        [
          { name: 'v0', mountPath: '/v0' },
          { name: 'v1', mountPath: '/v1', readOnly: false },
        ],
      ),
    ),
  });
}

const volumeSource = fc.oneof(
  fc.constantFrom<JsonObject[]>({ emptyDir: {} }, { emptyDir: { sizeLimit: '1024Mi' } }, { emptyDir: { medium: '' } }),
  body({
    configMap: body({
      name: word,
      defaultMode: mode,
      items: maybe(fc.constantFrom<JsonValue[]>([], [{ key: 'a', path: 'b' }])),
    }),
  }),
  body({ secret: body({ secretName: word, optional: maybe(fc.boolean()) }) }),
  fc.constantFrom<JsonObject[]>(
    { projected: { sources: [{ serviceAccountToken: { path: 'token' } }, { configMap: { name: 'c' } }] } },
    {
      projected: { sources: [{ downwardAPI: { items: [{ path: 'x', fieldRef: { fieldPath: 'metadata.labels' } }] } }] },
    },
    { downwardAPI: { items: [{ path: 'c', resourceFieldRef: { containerName: 'main', resource: 'limits.cpu' } }] } },
    { hostPath: { path: '/var/log' } },
    { persistentVolumeClaim: { claimName: 'data' } },
    {
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } },
        },
      },
    },
  ),
);
const volumes = fc
  .tuple(volumeSource, volumeSource)
  .map((sources) => sources.map((source, index) => ({ name: `v${index}`, ...source })));
const affinity = fc.constantFrom<JsonObject[]>(
  {},
  {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'k', operator: 'In', values: ['a', 'b'] }] }],
      },
    },
  },
  {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } } } },
      ],
    },
  },
);

function podSpec(restartPolicy: fc.Arbitrary<JsonValue | undefined>): Body {
  return body({
    affinity: maybe(affinity),
    containers: fc
      .tuple(container('main'), fc.boolean(), container('side'))
      .map(([main, two, side]) => (two ? [main, side] : [main])),
    dnsPolicy: maybe(fc.constant('ClusterFirst')),
    hostAliases: maybe(fc.constantFrom<JsonValue[]>([], [{ ip: '10.0.0.1', hostnames: ['a', 'b'] }])),
    hostNetwork: maybe(fc.constant(false)),
    imagePullSecrets: maybe(fc.constantFrom<JsonValue[]>([], [{ name: 'pull' }])),
    initContainers: maybe(fc.constantFrom<JsonValue[]>([], [{ name: 'init', image: 'busybox' }])),
    nodeSelector: maybe(fc.constantFrom<JsonObject[]>({}, { disk: 'ssd' })),
    restartPolicy,
    securityContext: maybe(
      fc.constantFrom<JsonObject[]>({}, { fsGroup: 2000, supplementalGroups: [] }, { runAsUser: 0 }),
    ),
    serviceAccountName: maybe(word),
    terminationGracePeriodSeconds: maybe(fc.nat(60)),
    tolerations: maybe(
      fc.constantFrom<JsonValue[]>([], [{ operator: 'Exists' }], [{ key: 'a', value: 'b', effect: 'NoSchedule' }]),
    ),
    topologySpreadConstraints: maybe(
      fc.constantFrom<JsonValue[]>(
        [],
        [
          {
            maxSkew: 1,
            topologyKey: 'zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { app: 'x' } },
          },
        ],
      ),
    ),
    volumes,
  });
}

function template(restartPolicy: fc.Arbitrary<JsonValue | undefined> = fc.constant(undefined)): Body {
  return body({
    metadata: body({
      labels: templateLabels,
      annotations: maybe(annotations),
      creationTimestamp: maybe(fc.constant(null)),
    }),
    spec: podSpec(restartPolicy),
  });
}

const rollingStrategy = fc.constantFrom<JsonObject[]>(
  {},
  { type: 'Recreate' },
  { type: 'RollingUpdate' },
  { rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
);
const claimSpec = body({
  accessModes: fc.constant(['ReadWriteOnce']),
  resources: body({ requests: body({ storage: fc.constantFrom<JsonValue>('1Gi', '1024Mi', '1.5Gi', 1073741824) }) }),
  storageClassName: maybe(fc.constantFrom('', 'fast')),
});
const rules = some(
  body({
    apiGroups: fc.constantFrom<JsonValue[]>([''], ['apps', '']),
    resources: fc.constant(['pods']),
    verbs: fc.constantFrom<JsonValue[]>(['get'], ['*']),
  }),
);
const subjects = some(
  fc.constantFrom<JsonObject[]>(
    { kind: 'ServiceAccount', name: 'a', namespace: 'default' },
    { kind: 'User', name: 'jane' },
    { kind: 'Group', name: 'devs', apiGroup: 'rbac.authorization.k8s.io' },
    { kind: 'ServiceAccount', name: 'b', namespace: 'default', apiGroup: '' },
  ),
);
const networkPorts = maybe(
  some(body({ port: fc.oneof<fc.Arbitrary<JsonValue>[]>(port, fc.constant('http')), protocol })),
);
const peers = maybe(
  some(
    fc.constantFrom<JsonObject[]>(
      { podSelector: {} },
      { namespaceSelector: { matchLabels: { a: 'b' } } },
      { ipBlock: { cidr: '10.0.0.0/8', except: [] } },
    ),
  ),
);
const encoded = fc.string({ maxLength: 40 }).map((value) => Buffer.from(value).toString('base64'));
const folded = encoded.map((value) => value.replace(/(.{8})/g, '$1\n'));
const webhook = body({
  name: fc.constant('hook.example.com'),
  admissionReviewVersions: fc.constant(['v1']),
  sideEffects: fc.constant('None'),
  clientConfig: fc.constantFrom<JsonObject[]>(
    { url: 'https://127.0.0.1:1/x' },
    { service: { name: 'hook', namespace: 'default' } },
  ),
  failurePolicy: fc.constant('Ignore'),
  namespaceSelector: fc.constant({ matchLabels: { 'example.com/never': 'set' } }),
  rules: some(
    body({
      apiGroups: fc.constant(['']),
      apiVersions: fc.constant(['v1']),
      operations: fc.constant(['CREATE']),
      resources: fc.constant(['bindings']),
      scope: maybe(fc.constantFrom('*', 'Namespaced')),
    }),
  ),
});

interface KindArbitrary {
  readonly apiVersion: string;
  readonly kind: string;
  readonly clusterScoped?: true;
  readonly body: Body;
}

const jobSpec = body({
  backoffLimit: maybe(fc.nat(6)),
  completions: maybe(fc.constant(1)),
  podFailurePolicy: fc.constant(undefined),
  template: template(fc.constantFrom('Never', 'OnFailure')),
});

/** At least one of each is in every set of `manifests`. */
export const KINDS: readonly KindArbitrary[] = [
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
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    body: body({
      spec: body({
        minReadySeconds: maybe(fc.nat(3)),
        paused: maybe(fc.boolean()),
        replicas: maybe(fc.nat(5)),
        revisionHistoryLimit: maybe(fc.nat(3)),
        selector: fc.constant({ matchLabels: { app: 'x' } }),
        strategy: maybe(rollingStrategy),
        template: template(),
      }),
      status: maybe(fc.constant({})),
    }),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    body: body({
      spec: body({
        replicas: maybe(fc.nat(5)),
        selector: fc.constant({ matchLabels: { app: 'x' } }),
        serviceName: fc.constant('x'),
        template: template(),
        updateStrategy: maybe(fc.constantFrom<JsonObject[]>({}, { type: 'OnDelete' })),
        volumeClaimTemplates: maybe(
          fc.tuple(claimSpec, fc.boolean()).map(([spec, full]) => [
            {
              ...(full ? { apiVersion: 'v1', kind: 'PersistentVolumeClaim' } : {}),
              metadata: { name: 'data', ...(full ? { creationTimestamp: null } : {}) },
              spec,
            },
          ]),
        ),
      }),
    }),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    body: body({
      spec: body({
        selector: fc.constant({ matchLabels: { app: 'x' } }),
        template: template(),
        updateStrategy: maybe(fc.constantFrom<JsonObject[]>({}, { rollingUpdate: { maxUnavailable: 1 } })),
      }),
    }),
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    body: body({
      spec: body({
        concurrencyPolicy: maybe(fc.constant('Forbid')),
        jobTemplate: body({ spec: jobSpec, metadata: maybe(fc.constant({ creationTimestamp: null })) }),
        schedule: fc.constant('*/5 * * * *'),
        successfulJobsHistoryLimit: maybe(fc.nat(3)),
        suspend: maybe(fc.boolean()),
      }),
    }),
  },
  { apiVersion: 'batch/v1', kind: 'Job', body: body({ spec: jobSpec }) },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    body: body({
      spec: body({
        ingressClassName: maybe(word),
        rules: fc.constantFrom<JsonValue[]>(
          [
            {
              host: 'a.example.com',
              http: {
                paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 80 } } } }],
              },
            },
          ],
          [
            {
              http: {
                paths: [
                  { pathType: 'ImplementationSpecific', backend: { service: { name: 'api', port: { name: 'http' } } } },
                ],
              },
            },
          ],
        ),
        tls: maybe(fc.constantFrom<JsonValue[]>([], [{ hosts: ['a.example.com'], secretName: 'tls' }])),
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
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    body: body({
      spec: body({
        behavior: maybe(
          fc.constantFrom<JsonObject[]>(
            { scaleDown: { stabilizationWindowSeconds: 60 } },
            { scaleUp: { policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }] } },
          ),
        ),
        maxReplicas: fc.constant(5),
        metrics: maybe(
          fc.constantFrom<JsonValue[]>(
            [],
            [
              { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
              {
                type: 'Resource',
                resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1024Mi' } },
              },
            ],
          ),
        ),
        minReplicas: maybe(fc.constant(1)),
        scaleTargetRef: fc.constant({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' }),
      }),
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
  { apiVersion: 'example.com/v1', kind: 'Gadget', body: gadgetBody() },
];

/** A kind with every list and map type that a schema can ask for, and with defaults. */
export function gadgetDefinition(): JsonObject {
  const textSchema = { type: 'string' };
  const spec = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: {
      anything: { 'x-kubernetes-preserve-unknown-fields': true },
      atomicList: { type: 'array', items: textSchema, 'x-kubernetes-list-type': 'atomic' },
      atomicMap: { type: 'object', additionalProperties: textSchema, 'x-kubernetes-map-type': 'atomic' },
      count: { type: 'integer', format: 'int64' },
      flavour: { type: 'string', default: 'plain' },
      keyed: {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name', 'zone'],
        items: {
          type: 'object',
          required: ['name'],
          properties: { name: textSchema, zone: { type: 'string', default: 'a' }, value: textSchema },
        },
      },
      nothing: { type: 'string', nullable: true },
      port: { 'x-kubernetes-int-or-string': true },
      ratio: { type: 'number' },
      set: { type: 'array', items: textSchema, 'x-kubernetes-list-type': 'set' },
      settings: { type: 'object', default: {}, properties: { level: { type: 'integer', default: 3 } } },
    },
  };
  const schema = {
    openAPIV3Schema: {
      type: 'object',
      properties: { spec, status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'gadgets.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Gadget', plural: 'gadgets' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema, subresources: { status: {} } }],
    },
  };
}

function gadgetBody(): Body {
  return body({
    spec: body({
      anything: maybe(
        fc.oneof<fc.Arbitrary<JsonValue>[]>(
          fc.constantFrom<JsonValue>({ deep: [{ a: 1 }] }, [1, '2', null], 'text', 0),
        ),
      ),
      atomicList: maybe(some(text)),
      atomicMap: maybe(fc.dictionary(word, text, { maxKeys: 2 })),
      count: maybe(fc.constantFrom<JsonValue>(0, 5, 9007199254740993n, -1)),
      flavour: maybe(fc.constantFrom('plain', 'sweet')),
      keyed: maybe(uniqueBy(body({ name: word, zone: maybe(fc.constantFrom('a', 'b')), value: maybe(text) }), 'name')),
      nothing: maybe(fc.constantFrom<JsonValue>(null, 'x')),
      port: maybe(fc.constantFrom<JsonValue>(80, '80', 'http')),
      ratio: maybe(fc.constantFrom<JsonValue>(0.5, 1, 1e21)),
      set: maybe(fc.uniqueArray(word, { maxLength: 3 })),
      settings: maybe(fc.constantFrom<JsonObject[]>({}, { level: 1 })),
      unknown: maybe(fc.constantFrom<JsonValue>({ x: [] }, 'y', false)),
    }),
  });
}

/** One manifest of each kind. */
export function manifests({ namespace, prefix }: Surroundings): fc.Arbitrary<JsonObject[]> {
  const each = KINDS.map(({ apiVersion, kind, clusterScoped, body: content }) =>
    fc.tuple(content, maybe(labels), maybe(annotations)).map(
      ([value, withLabels, withAnnotations]): JsonObject => ({
        apiVersion,
        kind,
        metadata: {
          name: clusterScoped === true ? `${prefix}-${kind.toLowerCase()}` : `x-${kind.toLowerCase()}`,
          ...(clusterScoped === true ? {} : { namespace }),
          ...(withLabels === undefined ? {} : { labels: withLabels }),
          ...(withAnnotations === undefined ? {} : { annotations: withAnnotations }),
        },
        ...value,
      }),
    ),
  );
  return fc.tuple(...each);
}
