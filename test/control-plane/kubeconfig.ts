/** Kubeconfig files for control planes of the harness. */

export interface KubeconfigContext {
  readonly token: string;
  /** The namespace that the context names; none by default. */
  readonly namespace?: string;
}

export interface KubeconfigContent {
  readonly server: string;
  readonly ca: string;
  /** Context name → its user; all of them point to the one server. */
  readonly contexts: Readonly<Record<string, KubeconfigContext>>;
  /** Default: the first one; null writes none. */
  readonly current?: string | null | undefined;
}

/** The file's text: JSON, which every reader of kubeconfig takes as YAML. */
export function renderKubeconfig({ server, ca, contexts, current }: KubeconfigContent): string {
  const names = Object.keys(contexts);
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: names.map((name) => ({
      name,
      cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
    })),
    users: Object.entries(contexts).map(([name, { token }]) => ({ name, user: { token } })),
    contexts: Object.entries(contexts).map(([name, { namespace }]) => ({
      name,
      context: { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) },
    })),
    'current-context': current === undefined ? (names[0] ?? '') : (current ?? ''),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
