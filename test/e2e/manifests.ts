/** Manifests that the end-to-end tests put into their repositories. `REGISTRY` and `NAMESPACE` are filled in by the scenario. */

export interface WorkloadOptions {
  readonly name?: string;
  readonly tag?: string;
  readonly policy?: string;
  readonly registry?: string;
  readonly annotations?: readonly string[];
}

/** A Deployment whose one container follows `policy`; quirky formatting that an edit must not touch. */
export function deployment(options: WorkloadOptions = {}): string {
  const { name = 'api', tag = '1.0.0', policy = 'semver:~1', registry = 'REGISTRY', annotations = [] } = options;
  const more = annotations.map((line) => `    ${line}\n`).join('');
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: NAMESPACE
  annotations:
    fluxcd.io/automated: "true"
    fluxcd.io/tag.${name}: ${policy}
${more}spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
      -   name: ${name}
          image:   "${registry}/${name}:${tag}"   # the bot's
`;
}

export function configMap(name: string, value = 'one'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: NAMESPACE}\ndata: {key: ${value}}\n`;
}
