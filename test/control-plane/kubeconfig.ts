/** Kubeconfig files for control planes of the harness. */

export interface KubeconfigContext {
  readonly token: string;
  /** The namespace that the context names; none by default. */
  readonly namespace?: string;
  /** Default: the server of the file. */
  readonly server?: string;
}

export interface KubeconfigContent {
  readonly server: string;
  readonly ca: string;
  /** Context name → its user. Each context has a cluster entry and a user entry of its name. */
  readonly contexts: Readonly<Record<string, KubeconfigContext>>;
  /** Default: the first one; null writes none. */
  readonly current?: string | null | undefined;
}

/** The file's text: JSON, which every reader of kubeconfig takes as YAML. */
export function renderKubeconfig({ server, ca, contexts, current }: KubeconfigContent): string {
  const entries = Object.entries(contexts);
  const authority = Buffer.from(ca).toString('base64');
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entries.map(([name, context]) => ({
      name,
      cluster: { server: context.server ?? server, 'certificate-authority-data': authority },
    })),
    users: entries.map(([name, { token }]) => ({ name, user: { token } })),
    contexts: entries.map(([name, { namespace }]) => ({
      name,
      context: { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) },
    })),
    'current-context': current === undefined ? (entries[0]?.[0] ?? '') : (current ?? ''),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
