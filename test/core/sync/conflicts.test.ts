import { describe, expect, it } from 'vitest';
import { describeConflicts, planConflicts, scalerOf, withoutReplicas } from '../../../src/core/sync/conflicts.ts';
import type { JsonObject } from '../../../src/core/sync/desired-object.ts';

describe('a field that another owns', () => {
  it.each([
    { name: 'kubectl apply', manager: 'kubectl-client-side-apply', verdict: 'take' },
    { name: 'kubectl apply --server-side', manager: 'kubectl', verdict: 'take' },
    { name: 'kubectl edit', manager: 'kubectl-edit', verdict: 'take' },
    { name: 'kubectl scale', manager: 'kubectl', subresource: 'scale', field: '.spec.replicas', verdict: 'take' },
    { name: 'what was there before owners were recorded', manager: 'before-first-apply', verdict: 'take' },
    { name: 'Flux v1', manager: 'fluxd', verdict: 'take' },
    { name: 'k9s', manager: 'k9s', verdict: 'take' },
    { name: 'Lens', manager: 'node-fetch', verdict: 'take' },
    { name: 'Rancher', manager: 'rancher', verdict: 'take' },
    {
      name: 'the autoscaler of Kubernetes',
      manager: 'kube-controller-manager',
      subresource: 'scale',
      field: '.spec.replicas',
      verdict: 'yield',
    },
    { name: 'an old autoscaler', manager: 'kube-controller-manager', field: '.spec.replicas', verdict: 'yield' },
    { name: 'KEDA', manager: 'keda-operator', field: '.spec.replicas', verdict: 'yield' },
    {
      name: 'any controller that scales',
      manager: 'my-scaler',
      subresource: 'scale',
      field: '.spec.replicas',
      verdict: 'yield',
    },
    {
      name: 'a controller that owns more than replicas',
      manager: 'kube-controller-manager',
      field: '.spec.paused',
      verdict: 'refuse',
    },
    { name: 'Argo CD', manager: 'argocd-controller', verdict: 'refuse' },
    { name: 'Flux v2', manager: 'kustomize-controller', verdict: 'refuse' },
    { name: 'Helm', manager: 'helm', verdict: 'refuse' },
    { name: 'Helm, for replicas', manager: 'helm', field: '.spec.replicas', verdict: 'refuse' },
    { name: 'a name that only begins like a person', manager: 'kubectlish-controller', verdict: 'refuse' },
    { name: 'an unknown controller', manager: 'cert-injector', verdict: 'refuse' },
  ])('is judged by its owner: $name', ({ manager, subresource = '', field = '.spec.template', verdict }) => {
    const conflict = { field, manager, subresource };
    const plan = planConflicts([conflict]);
    expect(plan).toEqual({ take: [], yield: [], refuse: [], [verdict]: [conflict] });
  });

  it('is described by owner, long lists cut', () => {
    const conflicts = ['.a', '.b', '.c', '.d', '.e'].map((field) => ({
      field,
      manager: 'kubectl-edit',
      subresource: '',
    }));
    const other = { field: '.spec.replicas', manager: 'k9s', subresource: '' };
    expect(describeConflicts([...conflicts, other], 'from')).toBe(
      'a, b, c and 2 more fields from kubectl-edit; spec.replicas from k9s',
    );
  });
});

describe('spec.replicas', () => {
  const owned = (manager: string, extra: JsonObject = {}): JsonObject => ({
    metadata: {
      managedFields: [
        { manager: 'towpath', operation: 'Apply', apiVersion: 'apps/v1', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
        { manager, operation: 'Update', apiVersion: 'apps/v1', fieldsV1: { 'f:spec': { 'f:replicas': {} } }, ...extra },
      ],
    },
  });

  it.each([
    {
      name: 'is left to an autoscaler that owns it',
      live: owned('kube-controller-manager', { subresource: 'scale' }),
      scaler: 'kube-controller-manager',
    },
    { name: 'is not left to a person who scaled', live: owned('kubectl', { subresource: 'scale' }), scaler: undefined },
    { name: 'is not left to just anyone', live: owned('helm'), scaler: undefined },
    {
      name: 'is not left to a controller that writes the status only',
      live: owned('kube-controller-manager', { subresource: 'status', fieldsV1: { 'f:status': {} } }),
      scaler: undefined,
    },
    { name: 'is ours where nobody is recorded', live: {}, scaler: undefined },
  ])('$name', ({ live, scaler }) => {
    expect(scalerOf(live, 'towpath')).toBe(scaler);
  });

  it('is all that is left out', () => {
    expect(withoutReplicas({ kind: 'Deployment', spec: { replicas: 3, paused: true } })).toEqual({
      kind: 'Deployment',
      spec: { paused: true },
    });
  });
});
