/** Random pod templates, with everything that people and generators write into them. */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import {
  annotations,
  type Body,
  body,
  cpu,
  maybe,
  memory,
  mode,
  port,
  protocol,
  templateLabels,
  text,
  uniqueBy,
  word,
} from './arbitrary-words.ts';

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

export function template(restartPolicy: fc.Arbitrary<JsonValue | undefined> = fc.constant(undefined)): Body {
  return body({
    metadata: body({
      labels: templateLabels,
      annotations: maybe(annotations),
      creationTimestamp: maybe(fc.constant(null)),
    }),
    spec: podSpec(restartPolicy),
  });
}
