/** What a test file gets of a control plane: namespaces of its own, users, kubeconfig files, its part of the audit log. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Api, createApi } from './api.ts';
import { type AuditedRequest, type AuditFilter, type AuditMark, markAudit, readAuditSince } from './audit.ts';
import type { ControlPlaneAddress } from './control-plane.ts';
import { renderKubeconfig } from './kubeconfig.ts';
import { type Access, createUser, type TestUser } from './users.ts';

export interface TestCluster extends AsyncDisposable {
  readonly server: string;
  /** PEM. */
  readonly ca: string;
  /** Fresh and empty. */
  readonly namespace: string;
  /** Another fresh namespace. */
  createNamespace(): Promise<string>;
  /** The user with that access; `namespace-limited` is limited to `namespace`. The same user on every call. */
  user(access: Access): Promise<TestUser>;
  /** Path of a kubeconfig file with one context, named like the access, that names no namespace. */
  kubeconfig(access: Access): Promise<string>;
  /** Path of one kubeconfig file with several contexts; the first one is current unless said. */
  contexts(contexts: Readonly<Record<string, Access | ContextSpec>>, options?: ContextsOptions): Promise<string>;
  /** Requests as the harness's administrator, which are not in the audit log: to prepare and to judge. */
  readonly request: Api['request'];
  mark(): Promise<AuditMark>;
  /** The requests that this cluster's users made since `mark`; `filter` narrows further. */
  since(mark: AuditMark, filter?: AuditFilter): Promise<AuditedRequest[]>;
}

export interface ContextSpec {
  readonly access: Access;
  /** The namespace that the context names; none by default. */
  readonly namespace?: string;
  /** Another server, for contexts that lead nowhere; default: this one. */
  readonly server?: string;
  /** Another token, for users that are not let in; default: the one of the user with that access. */
  readonly token?: string;
}

export interface ContextsOptions {
  /** Null: the file has no current context. */
  readonly current?: string | null;
}

/** A view of the control plane that no other view disturbs. Disposing it closes connections; the namespaces go with the server. */
export async function connectTestCluster(address: ControlPlaneAddress): Promise<TestCluster> {
  const api = createApi({ ...address, token: address.harnessToken });
  const namespace = await createNamespace(api);
  const users = new Map<Access, Promise<TestUser>>();
  const user = (access: Access) => {
    const known = users.get(access) ?? createUser(api, access, namespace);
    users.set(access, known);
    return known;
  };
  const contexts: TestCluster['contexts'] = async (wanted, options = {}) => {
    const named = await Promise.all(
      Object.entries(wanted).map(async ([name, spec]) => {
        const { access, ...rest } = typeof spec === 'string' ? { access: spec } : spec;
        return [name, { token: (await user(access)).token, ...rest }] as const;
      }),
    );
    const path = join(address.directory, `${namespace}-${randomBytes(4).toString('hex')}.kubeconfig`);
    const content = { ...address, contexts: Object.fromEntries(named), current: options.current };
    await writeFile(path, renderKubeconfig(content), { mode: 0o600 });
    return path;
  };
  return {
    server: address.server,
    ca: address.ca,
    namespace,
    createNamespace: () => createNamespace(api),
    user,
    kubeconfig: (access) => contexts({ [access]: access }),
    contexts,
    request: api.request,
    mark: () => markAudit(address.directory),
    async since(mark, filter = {}) {
      const own = (await Promise.all(users.values())).map((candidate) => candidate.name);
      return readAuditSince(mark, { users: own, ...filter });
    },
    async [Symbol.asyncDispose]() {
      api[Symbol.dispose]();
    },
  };
}

async function createNamespace(api: Api): Promise<string> {
  const name = `test-${randomBytes(5).toString('hex')}`;
  const response = await api.request('POST', '/api/v1/namespaces', { body: { metadata: { name } } });
  if (response.status !== 201) throw new Error(`cannot create namespace ${name}: ${JSON.stringify(response.body)}`);
  return name;
}
