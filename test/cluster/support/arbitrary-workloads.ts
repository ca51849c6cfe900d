/** Random workloads. */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { claimSpec, rollingStrategy } from './arbitrary-parts.ts';
import { template } from './arbitrary-pods.ts';
import { type Body, body, maybe, word } from './arbitrary-words.ts';

export interface KindArbitrary {
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

export const WORKLOADS: readonly KindArbitrary[] = [
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
];
