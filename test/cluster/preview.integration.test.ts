import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';
import { isWrite, type TestCluster, testCluster } from '../control-plane/fixtures.ts';
import { configMap, custom, definition, deployment, namespace } from './support/manifests.ts';
import { openCluster } from './support/open-cluster.ts';

let plane: TestCluster;
let space: string;

beforeAll(async () => {
  plane = await testCluster();
  space = plane.namespace;
});

afterAll(async () => {
  await plane[Symbol.asyncDispose]();
});

type Access = Parameters<TestCluster['user']>[0];

async function syncAs(access: Access, objects: readonly JsonObject[], dryRun = false) {
  await using opened = await openCluster(await plane.kubeconfig(access));
  const mark = await plane.mark();
  const { rows } = await opened.sync(objects, { dryRun });
  const requests = await plane.since(mark);
  if (dryRun) expect(requests.filter(isWrite)).toEqual([]);
  const short = rows.map(({ action, subject, reason }) => `${action} ${subject}${reason === '' ? '' : `: ${reason}`}`);
  return { short, requests };
}

describe('a preview', () => {
  it('tells what would be created, changed and left, and writes nothing', async () => {
    await syncAs('admin', [
      configMap({ name: 'same', namespace: space }),
      configMap({ name: 'other', namespace: space }),
    ]);
    const { short } = await syncAs(
      'admin',
      [
        configMap({ name: 'same', namespace: space }),
        configMap({ name: 'other', namespace: space }, { key: 'changed' }),
        configMap({ name: 'fresh', namespace: space }),
        deployment({ name: 'invalid', namespace: space }, { replicas: -1 }),
      ],
      true,
    );
    expect(short.slice(0, 3)).toEqual([
      `created ConfigMap/${space}/fresh`,
      `configured ConfigMap/${space}/other`,
      `unchanged ConfigMap/${space}/same`,
    ]);
    expect(short[3]).toMatch(/^failed Deployment\/.*spec\.replicas: Invalid value: -1/);
  });

  it('foresees what comes with a namespace and a definition of the same run', async () => {
    const kind = { group: `preview.${space}.io`, kind: 'Widget' };
    const place = `${space}-later`;
    const objects = [
      namespace(place),
      configMap({ name: 'inside', namespace: place }),
      definition(kind),
      custom(kind, { name: 'w', namespace: space }),
    ];
    const { short } = await syncAs('admin', objects, true);
    expect(short).toEqual([
      `created Namespace/${place}`,
      `created CustomResourceDefinition/widgets.${kind.group}`,
      `created ConfigMap/${place}/inside: not verified: Namespace/${place} is not there yet`,
      `created Widget/${space}/w: not verified: CustomResourceDefinition/widgets.${kind.group} is not there yet`,
    ]);
    const { short: applied } = await syncAs('admin', objects);
    expect(applied.every((line) => line.startsWith('created') && !line.includes(':'))).toBe(true);
  });

  it('by someone who may only read says what can be said', async () => {
    const same = configMap({ name: 'read-same', namespace: space });
    await syncAs('admin', [same, configMap({ name: 'read-other', namespace: space })]);
    const objects = [
      same,
      configMap({ name: 'read-other', namespace: space }, { key: 'x' }),
      configMap({ name: 'read-new', namespace: space }),
    ];
    const { short } = await syncAs('read-only', objects, true);
    expect(short).toEqual([
      `created ConfigMap/${space}/read-new: not verified: patch is forbidden`,
      `configured ConfigMap/${space}/read-other: not verified: patch is forbidden`,
      `unchanged ConfigMap/${space}/read-same`,
    ]);
  });
});

describe('someone who may only read', () => {
  it('changes nothing, and is told for each object', async () => {
    const { short } = await syncAs('read-only', [configMap({ name: 'denied', namespace: space })]);
    expect(short).toHaveLength(1);
    expect(short[0]).toMatch(
      /^failed ConfigMap\/.*\/denied: configmaps "denied" is forbidden: User ".*" cannot patch resource "configmaps"/,
    );
  });
});

describe('someone whose rights end with a namespace', () => {
  it('applies what is inside, and fails outside', async () => {
    const objects = [
      namespace(space),
      configMap({ name: 'mine', namespace: space }),
      configMap({ name: 'theirs', namespace: 'default' }),
    ];
    const { short } = await syncAs('namespace-limited', objects);
    expect(short).toHaveLength(3);
    expect(short[0]).toBe(`unchanged Namespace/${space}`);
    expect(short[1]).toMatch(/^failed ConfigMap\/default\/theirs: configmaps "theirs" is forbidden/);
    expect(short[2]).toBe(`created ConfigMap/${space}/mine`);
  });

  it('sees outside only that nothing can be verified', async () => {
    const objects = [namespace('default'), configMap({ name: 'theirs', namespace: 'default' })];
    const { short } = await syncAs('namespace-limited', objects, true);
    expect(short).toEqual([
      'configured Namespace/default: not verified: patch is forbidden',
      'configured ConfigMap/default/theirs: not verified: patch is forbidden',
    ]);
  });
});

describe('someone who may write what they may not read', () => {
  it('applies it, whatever becomes of its namespace, and says that a change cannot be told', async () => {
    const token = await writer();
    await using opened = await openCluster(await plane.contexts({ writer: { access: 'admin', token } }));
    const objects = (value: string) => [
      namespace(space),
      configMap({ name: 'blind', namespace: space }, { key: value }),
    ];
    const unknown = 'whether it changes is not known: reading it is forbidden';
    const run = async (value: string) =>
      (await opened.sync(objects(value))).rows.map(({ action, reason }) => [action, reason]);
    const forbidden = ['failed', expect.stringContaining('forbidden')];
    expect(await run('1')).toEqual([forbidden, ['created', '']]);
    expect(await run('2')).toEqual([forbidden, ['configured', unknown]]);
    const { body } = await plane.request('GET', `/api/v1/namespaces/${space}/configmaps/blind`);
    expect(body.data).toEqual({ key: '2' });
  });

  /** A token for patching and creating ConfigMaps in the namespace of this file, and nothing else. */
  async function writer(): Promise<string> {
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${space}`;
    const accounts = `/api/v1/namespaces/${space}/serviceaccounts`;
    const metadata = { name: 'writer' };
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['patch', 'create'] }];
    const subjects = [{ kind: 'ServiceAccount', name: 'writer', namespace: space }];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'writer' };
    await plane.request('POST', accounts, { body: { metadata } });
    await plane.request('POST', `${rbac}/roles`, { body: { metadata, rules } });
    await plane.request('POST', `${rbac}/rolebindings`, { body: { metadata, roleRef, subjects } });
    const issued = await plane.request('POST', `${accounts}/writer/token`, {
      body: { spec: { expirationSeconds: 3600 } },
    });
    const user = `system:serviceaccount:${space}:writer`;
    const resourceAttributes = { namespace: space, verb: 'create', resource: 'configmaps' };
    await expect
      .poll(async () => {
        const body = { spec: { user, resourceAttributes } };
        const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
        return (await plane.request('POST', path, { body })).body.status.allowed;
      })
      .toBe(true);
    return issued.body.status.token as string;
  }
});
