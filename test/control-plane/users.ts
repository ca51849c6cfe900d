/** Users of a control plane with the rights that a test asks for: service accounts, so that RBAC and tokens are real. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Api, ApiResponse } from './api.ts';

/**
 * `admin` may do everything; `namespace-limited` everything inside its one namespace and nothing outside of it;
 * `read-only` get, list and watch everywhere.
 */
export type Access = 'admin' | 'namespace-limited' | 'read-only';

export interface TestUser {
  /** As RBAC and the audit log name it. */
  readonly name: string;
  readonly token: string;
}

/** Where the accounts live, away from the namespaces that tests look at. */
const USERS_NAMESPACE = 'towpath-test-users';
const GRANT_TIMEOUT_MS = 30_000;

/** Creates a user whose rights are in force when this returns. `namespace` must exist. */
export async function createUser(api: Api, access: Access, namespace: string): Promise<TestUser> {
  const account = `${namespace}-${access}`;
  await ensure(api, '/api/v1/namespaces', { metadata: { name: USERS_NAMESPACE } });
  const accounts = `/api/v1/namespaces/${USERS_NAMESPACE}/serviceaccounts`;
  await ensure(api, accounts, { metadata: { name: account } });
  await grant(api, { access, account, namespace });
  const spec = { expirationSeconds: 24 * 3600 };
  const issued = await api.request('POST', `${accounts}/${account}/token`, { body: { spec } });
  if (issued.status !== 201) throw unexpected('no token was issued', issued);
  const user = {
    name: `system:serviceaccount:${USERS_NAMESPACE}:${account}`,
    token: issued.body.status.token as string,
  };
  await untilGranted(api, { user: user.name, access, namespace });
  return user;
}

async function grant(
  api: Api,
  { access, account, namespace }: { access: Access; account: string; namespace: string },
): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const apiGroup = 'rbac.authorization.k8s.io';
  const metadata = { name: account };
  const subjects = [{ kind: 'ServiceAccount', name: account, namespace: USERS_NAMESPACE }];
  if (access === 'admin') {
    const roleRef = { apiGroup, kind: 'ClusterRole', name: 'cluster-admin' };
    await ensure(api, `${rbac}/clusterrolebindings`, { metadata, roleRef, subjects });
    return;
  }
  if (access === 'namespace-limited') {
    const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
    const roleRef = { apiGroup, kind: 'Role', name: account };
    await ensure(api, `${rbac}/namespaces/${namespace}/roles`, { metadata, rules });
    await ensure(api, `${rbac}/namespaces/${namespace}/rolebindings`, { metadata, roleRef, subjects });
    return;
  }
  const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }];
  const roleRef = { apiGroup, kind: 'ClusterRole', name: account };
  await ensure(api, `${rbac}/clusterroles`, { metadata, rules });
  await ensure(api, `${rbac}/clusterrolebindings`, { metadata, roleRef, subjects });
}

/** The authorizer learns of a new binding from a watch, so the first requests after it may still be refused. */
async function untilGranted(
  api: Api,
  { user, access, namespace }: { user: string; access: Access; namespace: string },
): Promise<void> {
  const verb = access === 'read-only' ? 'list' : 'create';
  const place = access === 'namespace-limited' ? { namespace } : {};
  const spec = { user, resourceAttributes: { ...place, verb, group: 'apps', resource: 'deployments' } };
  const deadline = performance.now() + GRANT_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    const review = await api.request('POST', path, { body: { spec } });
    if (review.body?.status?.allowed === true) return;
    await delay(20);
  }
  throw new Error(`${user} did not get its rights`);
}

async function ensure(api: Api, path: string, body: unknown): Promise<void> {
  const response = await api.request('POST', path, { body });
  if (response.status !== 201 && response.status !== 409) throw unexpected(`cannot create in ${path}`, response);
}

function unexpected(what: string, response: ApiResponse): Error {
  return new Error(`${what}: ${response.status} ${JSON.stringify(response.body)}`);
}
