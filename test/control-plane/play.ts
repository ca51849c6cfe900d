/** `npm run control-plane`: a control plane to play with, until Ctrl-C. */
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, TowpathError } from '../../src/base/errors.ts';
import { createApi } from './api.ts';
import { ensureBinaries } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { renderKubeconfig } from './kubeconfig.ts';
import { createProgress } from './progress.ts';
import { startRegistry } from './registry.ts';

const USAGE = `npm run control-plane -- [--kubectl] [--controllers] [--registry]

Starts etcd and kube-apiserver on this machine, prints how to reach them, and removes everything on Ctrl-C.

  --kubectl      also get a kubectl of the same version
  --controllers  also run kube-controller-manager: Deployments make Pods, what lost its owner is deleted
  --registry     also run an image registry
`;

const OPTIONS = {
  kubectl: { type: 'boolean', default: false },
  controllers: { type: 'boolean', default: false },
  registry: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => interrupted.abort());
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (values.help) process.stdout.write(USAGE);
    else await play(values, interrupted.signal);
    return 0;
  } catch (error) {
    if (interrupted.signal.aborted) return 130;
    const hint = error instanceof TowpathError && error.hint !== undefined ? `\n${error.hint}` : '';
    process.stderr.write(`${messageOf(error)}${hint}\n`);
    return (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true ? 2 : 1;
  }
}

interface Wanted {
  readonly kubectl: boolean;
  readonly controllers: boolean;
  readonly registry: boolean;
}

async function play(wanted: Wanted, signal: AbortSignal): Promise<void> {
  const progress = createProgress(process.stderr);
  const options = { progress, signal };
  const say = (line: string) => process.stdout.write(`${line}\n`);
  await using servers = new AsyncDisposableStack();
  const controlPlane = servers.use(await startControlPlane(options));
  if (wanted.controllers) await controlPlane.startControllers();
  const registry = wanted.registry ? servers.use(await startRegistry(options)) : null;
  const kubectl = wanted.kubectl ? (await ensureBinaries(['kubectl'], options)).kubectl : null;
  say(`\nKubernetes ${await versionOf(controlPlane)} at ${controlPlane.server}`);
  if (registry !== null) say(`registry at ${registry.url}`);
  say(`\n  export KUBECONFIG=${await writeAdminKubeconfig(controlPlane)}`);
  if (kubectl !== null) say(`  export PATH=${dirname(kubectl)}:$PATH`);
  else if (!(await isOnPath('kubectl'))) say('\nThere is no kubectl on this machine: `-- --kubectl` gets one.');
  say('\nCtrl-C stops it and removes everything.');
  if (!signal.aborted) await once(signal, 'abort');
  say('\nstopping');
}

async function versionOf(controlPlane: ControlPlane): Promise<string> {
  using api = createApi({ ...controlPlane, token: controlPlane.harnessToken });
  const { body } = await api.request('GET', '/version');
  return String(body.gitVersion);
}

async function writeAdminKubeconfig(controlPlane: ControlPlane): Promise<string> {
  const path = join(controlPlane.directory, 'kubeconfig');
  const contexts = { towpath: { token: controlPlane.harnessToken } };
  await writeFile(path, renderKubeconfig({ ...controlPlane, contexts }), { mode: 0o600 });
  return path;
}

async function isOnPath(command: string): Promise<boolean> {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    const found = await access(join(directory, command)).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
