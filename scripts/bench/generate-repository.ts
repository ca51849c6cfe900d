/** A config repository of any size, the same bytes for the same numbers. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface GeneratedRepository {
  readonly files: number;
  readonly bytes: number;
  /** How many of the files hold an automated workload. */
  readonly automated: number;
}

/** Writes `files` manifests below `directory`, a hundred in each folder; every tenth one is automated. */
export async function generateRepository(directory: string, files: number): Promise<GeneratedRepository> {
  let bytes = 0;
  let automated = 0;
  for (let folder = 0; folder * 100 < files; folder++) {
    await mkdir(path.join(directory, `apps/team-${folder}`), { recursive: true });
  }
  for (let index = 0; index < files; index++) {
    const isAutomated = index % 10 === 0;
    if (isAutomated) automated++;
    const text = isAutomated ? workload(index) : settings(index);
    bytes += text.length;
    await writeFile(path.join(directory, `apps/team-${Math.floor(index / 100)}/object-${index}.yaml`), text);
  }
  return { files, bytes, automated };
}

function workload(index: number): string {
  return `# service ${index}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-${index}
  namespace: team-${Math.floor(index / 100)}
  annotations:
    fluxcd.io/automated: "true"
    fluxcd.io/tag.service: semver:~1.4
  labels:
    app.kubernetes.io/name: service-${index}
    app.kubernetes.io/part-of: platform
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: service-${index}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: service-${index}
    spec:
      containers:
        - name: service
          image: registry.example.org/team/service-${index % 500}:1.4.2 # written by the bot
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 256Mi}
`;
}

function settings(index: number): string {
  const lines = Array.from(
    { length: 16 },
    (_, line) => `  key-${line}: "value ${index} of setting ${line}, long enough to count"`,
  );
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${index}
  namespace: team-${Math.floor(index / 100)}
data:
${lines.join('\n')}
`;
}
