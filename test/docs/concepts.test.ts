import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { callingOf } from '../../src/command/run.ts';
import { COMMANDS } from '../../src/config/contract.ts';
import { renderHelp } from '../../src/config/render-contract.ts';
import { summarizeInOneLine } from '../../src/core/report/one-line.ts';
import { exitCodeOf, outcomeOf } from '../../src/core/report/outcome.ts';
import type { Report } from '../../src/core/report/report.ts';
import { orderPhases, phaseOf } from '../../src/core/sync/order.ts';
import { parseRunEvent } from '../../src/host/event.ts';
import { codes, plain, ROOT, snippetsOf, tableOf, tablesOf } from './pages.ts';

const PAGE = 'docs/concepts.md';

/** The API version of each kind that the page names; one that is missing here fails the test. */
const API_VERSIONS: Readonly<Record<string, string>> = {
  Namespace: 'v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  StorageClass: 'storage.k8s.io/v1',
  PriorityClass: 'scheduling.k8s.io/v1',
  IngressClass: 'networking.k8s.io/v1',
  ResourceQuota: 'v1',
  LimitRange: 'v1',
  ServiceAccount: 'v1',
  Role: 'rbac.authorization.k8s.io/v1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
  ConfigMap: 'v1',
  Secret: 'v1',
  PersistentVolume: 'v1',
  PersistentVolumeClaim: 'v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
  Service: 'v1',
  Endpoints: 'v1',
  APIService: 'apiregistration.k8s.io/v1',
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  CronJob: 'batch/v1',
  Job: 'batch/v1',
  HelmRelease: 'helm.fluxcd.io/v1',
  Ingress: 'networking.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
};

describe('the order of application', () => {
  const { rows } = tableOf(PAGE, { first: 'phase' });

  it('puts each kind into the phase that the page names', () => {
    for (const [phase, kinds] of rows) {
      for (const kind of codes(kinds)) {
        const apiVersion = API_VERSIONS[kind];
        if (apiVersion === undefined) throw new Error(`${kind} has no API version here`);
        expect([kind, phaseOf({ apiVersion, kind })]).toEqual([kind, phase]);
      }
    }
  });

  it('has the phases of the page in its order', () => {
    const objects = rows.map(([, kinds]) => {
      const kind = codes(kinds)[0] ?? '';
      return { apiVersion: API_VERSIONS[kind] ?? '', kind, namespace: undefined, name: 'a' };
    });
    expect(orderPhases(objects.toReversed()).map(({ name }) => name)).toEqual(rows.map(([phase]) => phase));
  });
});

describe('what an event calls for', () => {
  const facts = {
    payload: {},
    ref: 'refs/heads/main',
    actor: 'a',
    serverUrl: 'https://github.com',
    runId: 1,
    runAttempt: 1,
    repository: 'a/b',
  };
  const pull = (from: string) => ({
    pull_request: { head: { ref: 'x', repo: { full_name: from } }, base: { ref: 'main' } },
  });

  it.each([
    { name: undefined, kind: 'everything' },
    { name: 'schedule', kind: 'everything' },
    { name: 'workflow_dispatch', kind: 'everything' },
    { name: 'repository_dispatch', kind: 'everything' },
    { name: 'registry_package', kind: 'everything' },
    { name: 'push', kind: 'sync' },
    { name: 'push', ref: 'refs/tags/v1', kind: 'nothing' },
    { name: 'push', payload: { deleted: true }, kind: 'nothing' },
    { name: 'pull_request', payload: pull('a/b'), kind: 'check' },
    { name: 'pull_request_target', payload: pull('a/b'), kind: 'check' },
    { name: 'pull_request_review', payload: pull('a/b'), kind: 'check' },
    { name: 'pull_request_review_comment', payload: pull('a/b'), kind: 'check' },
    { name: 'pull_request', payload: pull('fork/b'), kind: 'check' },
    { name: 'pull_request_review', payload: pull('fork/b'), kind: 'check' },
    { name: 'workflow_run', payload: { workflow_run: { head_repository: { full_name: 'fork/b' } } }, kind: 'check' },
  ])('$name is $kind', ({ kind, ...event }) => {
    expect(callingOf(parseRunEvent({ ...facts, ...event })).kind).toBe(kind);
  });

  it('stands in the table for each event that is told apart', () => {
    const named = tableOf(PAGE, { first: 'event' }).rows.flatMap(([event]) => codes(event));
    const told = [
      'schedule',
      'workflow_dispatch',
      'repository_dispatch',
      'push',
      'push',
      'pull_request',
      'pull_request_target',
      'pull_request_review',
      'pull_request_review_comment',
    ];
    expect(named).toEqual(told);
  });
});

describe('the exit codes', () => {
  it('are those of the help, in the same words', () => {
    const help = renderHelp().split('Exit codes:\n')[1] ?? '';
    const lines = help
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/\s{2,}/));
    expect(tableOf(PAGE, { first: 'code' }).rows.map((row) => row.map(plain))).toEqual(lines);
  });
});

describe('the report', () => {
  const [snippet] = snippetsOf(PAGE).filter(({ language }) => language === 'json report');
  const report = JSON.parse(snippet?.text ?? 'null') as Report;

  it('agrees with itself: outcome and exit code follow from its rows', () => {
    expect(outcomeOf(report)).toBe(report.outcome);
    expect(exitCodeOf({ report, check: false })).toBe(0);
    expect(exitCodeOf({ report, check: true })).toBe(3);
  });

  it('is summed up in the line that the page shows for the run after it', () => {
    const [line] = snippetsOf(PAGE).filter(({ text }) => text.startsWith('nothing to do'));
    const environments = report.environments.map((environment) => ({
      ...environment,
      images: environment.images.map((row) =>
        row.action === 'updated' ? { ...row, from: row.to, action: 'unchanged' as const, reason: 'x' } : row,
      ),
      commits: [],
      clusters: environment.clusters.map((cluster) => ({
        ...cluster,
        objects: cluster.objects.map((row) => ({ ...row, action: 'unchanged' as const })),
        requests: 3,
      })),
    }));
    const registries = { 'registry.example.org': { requests: 2 } };
    const next: Report = { ...report, outcome: 'unchanged', durationMs: 1100, environments, registries };
    expect(line?.text.trimEnd()).toBe(summarizeInOneLine(next));
  });

  it('has the fields that the tables name', () => {
    const schema = readFileSync(path.join(ROOT, 'schema/report.schema.json'), 'utf8');
    const named = tablesOf(PAGE)
      .filter(({ head }) => head[0] === 'field')
      .flatMap(({ rows }) => rows.flatMap(([field]) => codes(field)));
    expect(named.length).toBeGreaterThan(0);
    for (const field of named)
      for (const part of field.split('.').filter((name) => name !== 'NAME'))
        expect(schema).toContain(`"${part.replace('[]', '')}"`);
  });
});

describe('the commands', () => {
  it('are all on the page', () => {
    const cells = tableOf(PAGE, { first: 'command' }).rows.flatMap(([command]) => codes(command));
    const shown = ['run', ...new Set(cells.map((command) => command.split(' ')[1] ?? ''))];
    const working = COMMANDS.map(({ name }) => name as string).filter((name) => name !== 'help' && name !== 'version');
    expect(working.filter((name) => !shown.includes(name))).toEqual([]);
    expect(shown.filter((name) => !working.includes(name))).toEqual([]);
  });
});
