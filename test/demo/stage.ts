/** The real parts that the demonstration plays on: API server, registry, git remote, Slack receiver. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { type GitFiles, type GitRemote, startGitRemote } from '../control-plane/git-remote.ts';
import { renderKubeconfig } from '../control-plane/kubeconfig.ts';
import type { Progress } from '../control-plane/progress.ts';
import { type Registry, startRegistry } from '../control-plane/registry.ts';
import { createPush } from '../control-plane/registry-push.ts';
import { type SlackReceiver, startSlackReceiver } from '../control-plane/slack.ts';

const run = promisify(execFile);

export interface Stage extends AsyncDisposable {
  readonly directory: string;
  readonly checkout: string;
  readonly remote: GitRemote;
  readonly registry: Registry;
  readonly slack: SlackReceiver;
  /** Null where the demonstration plays on a cluster that somebody named. */
  readonly controlPlane: ControlPlane | null;
  readonly namespace: string;
  /** The environment of the program under demonstration: nothing of the user's own but PATH. */
  readonly env: NodeJS.ProcessEnv;
}

export interface StageOptions {
  /** A context of the user's kubeconfig; undefined: a control plane of our own. */
  readonly context: string | undefined;
  readonly progress: Progress;
  readonly say: (line: string) => void;
}

const CONTEXT = 'weekly-14';

export async function setStage(options: StageOptions): Promise<Stage> {
  const { context, progress, say } = options;
  await using stack = new AsyncDisposableStack();
  const directory = await mkdtemp(path.join(tmpdir(), 'towpath-demo-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const controlPlane = context === undefined ? stack.use(await startControlPlane({ progress })) : null;
  if (controlPlane !== null) say(`etcd and kube-apiserver    ${controlPlane.server}`);
  const registry = stack.use(await startRegistry({ progress }));
  say(`registry                   ${registry.url}`);
  const namespace = controlPlane === null ? `towpath-demo-${Date.now().toString(36)}` : 'towpath-demo';
  const files = await repositoryFiles({ namespace, withCustomKinds: controlPlane !== null });
  const remote = stack.use(await startGitRemote({ files }));
  say(`git remote                 ${remote.url}`);
  const slack = stack.use(await startSlackReceiver());
  say(`Slack receiver             ${new URL(slack.url).origin}`);
  await pushImages(registry.url);
  const checkout = path.join(directory, 'config-repository');
  await run('git', ['clone', '--quiet', remote.url, checkout]);
  const env = await environmentOf({ controlPlane, context, directory, registry, slack });
  const owned = stack.move();
  return {
    directory,
    checkout,
    remote,
    registry,
    slack,
    controlPlane,
    namespace,
    env,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The repository beside this file, with the namespace put in; custom kinds only where the cluster is ours. */
async function repositoryFiles(given: { namespace: string; withCustomKinds: boolean }): Promise<GitFiles> {
  const root = path.join(import.meta.dirname, 'repository');
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of names.filter((name) => name.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const text = (await readFile(file, 'utf8')).replaceAll('towpath-demo', given.namespace);
    if (!given.withCustomKinds && /HelmRelease/.test(text)) continue;
    files[path.relative(root, file)] = text;
  }
  return files;
}

/** Two builds of each image: the one that runs and a newer one; `latest` and a pull request's build beside them. */
async function pushImages(url: string): Promise<void> {
  const registry = createPush({ url });
  await registry.pushMany('shop/api', [
    { tag: 'master-1f0c6b2', created: '2026-03-02T09:00:00Z' },
    { tag: 'master-9d41e07', created: '2026-03-03T16:20:00Z' },
    { tag: 'pr-118-77aa01c', created: '2026-03-04T08:00:00Z' },
    { tag: 'latest', created: '2026-03-04T08:00:00Z' },
  ]);
  await registry.pushMany(
    'shop/report',
    ['1.4.0', '1.4.1', '1.5.0'].map((tag) => ({ tag, created: '2026-03-01T00:00:00Z' })),
  );
  await registry.pushMany(
    'shop/frontend',
    ['2.9.0', '2.10.0', '2.11.0-rc.1', '3.0.0'].map((tag) => ({ tag, created: '2026-03-01T00:00:00Z' })),
  );
}

async function environmentOf(given: {
  readonly controlPlane: ControlPlane | null;
  readonly context: string | undefined;
  readonly directory: string;
  readonly registry: Registry;
  readonly slack: SlackReceiver;
}): Promise<NodeJS.ProcessEnv> {
  const { controlPlane, context, directory, registry, slack } = given;
  const own = {
    PATH: process.env['PATH'],
    HOME: directory,
    TOWPATH_CACHE: path.join(directory, 'cache'),
    SLACK_WEBHOOK_URL: slack.url,
    DEMO_REGISTRY: registry.url,
    DEMO_CONTEXT: context ?? CONTEXT,
  };
  if (controlPlane === null) {
    const users = process.env['KUBECONFIG'] ?? path.join(process.env['HOME'] ?? '', '.kube', 'config');
    return { ...own, KUBECONFIG: users };
  }
  const kubeconfig = path.join(directory, 'kubeconfig');
  const contexts = { [CONTEXT]: { token: controlPlane.harnessToken } };
  await writeFile(kubeconfig, renderKubeconfig({ ...controlPlane, contexts }), { mode: 0o600 });
  return { ...own, KUBECONFIG: kubeconfig };
}
