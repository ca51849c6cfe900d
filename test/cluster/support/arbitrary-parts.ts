/** Random parts of objects that are not pods. */
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/sync/desired-object.ts';
import { body, maybe, port, protocol, some } from './arbitrary-words.ts';

export const rollingStrategy = fc.constantFrom<JsonObject[]>(
  {},
  { type: 'Recreate' },
  { type: 'RollingUpdate' },
  { rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
);
export const claimSpec = body({
  accessModes: fc.constant(['ReadWriteOnce']),
  resources: body({ requests: body({ storage: fc.constantFrom<JsonValue>('1Gi', '1024Mi', '1.5Gi', 1073741824) }) }),
  storageClassName: maybe(fc.constantFrom('', 'fast')),
});
export const rules = some(
  body({
    apiGroups: fc.constantFrom<JsonValue[]>([''], ['apps', '']),
    resources: fc.constant(['pods']),
    verbs: fc.constantFrom<JsonValue[]>(['get'], ['*']),
  }),
);
export const subjects = some(
  fc.constantFrom<JsonObject[]>(
    { kind: 'ServiceAccount', name: 'a', namespace: 'default' },
    { kind: 'User', name: 'jane' },
    { kind: 'Group', name: 'devs', apiGroup: 'rbac.authorization.k8s.io' },
    { kind: 'ServiceAccount', name: 'b', namespace: 'default', apiGroup: '' },
  ),
);
export const networkPorts = maybe(
  some(body({ port: fc.oneof<fc.Arbitrary<JsonValue>[]>(port, fc.constant('http')), protocol })),
);
export const peers = maybe(
  some(
    fc.constantFrom<JsonObject[]>(
      { podSelector: {} },
      { namespaceSelector: { matchLabels: { a: 'b' } } },
      { ipBlock: { cidr: '10.0.0.0/8', except: [] } },
    ),
  ),
);
const encoded = fc.string({ maxLength: 40 }).map((value) => Buffer.from(value).toString('base64'));
export const folded = encoded.map((value) => value.replace(/(.{8})/g, '$1\n'));
export const webhook = body({
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
