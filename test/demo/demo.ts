/**
 * `npm run demo`: the main job on real parts on this machine. It runs the committed bundle, twice, and shows what happens.
 * `-- --keep` keeps everything until Ctrl-C; `-- --context NAME` plays on a cluster that one names, in a namespace of its own.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Report } from '../../src/core/report/report.ts';
import { ensureBinaries } from '../control-plane/binaries.ts';
import { createProgress } from '../control-plane/progress.ts';
import { type Stage, setStage } from './stage.ts';

const CLI = path.join(import.meta.dirname, '../../dist/cli.js');
const run = promisify(execFile);

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { keep: { type: 'boolean' }, context: { type: 'string' } } });
  const progress = createProgress(process.stderr);
  title('Starting');
  await using stage = await setStage({ context: values.context, progress, say });
  try {
    const ran = await play(stage);
    if (values.keep === true) await keep(stage);
    return ran;
  } finally {
    if (stage.controlPlane === null) await cleanUp(stage);
  }
}

async function play(stage: Stage): Promise<number> {
  const before = await stage.remote.git(['rev-parse', 'master']);
  title('The repository before');
  say(
    (
      await stage.remote.git(['grep', '-nE', 'image:|tag:|repository:', 'master', '--', 'development-configs'])
    ).trimEnd(),
  );
  title('$ towpath run');
  const first = await towpath(stage);
  title('The commit that it pushed');
  say((await stage.remote.git(['show', '--stat', '--format=%h %an%n%n%w(0,4,4)%B', 'master'])).trimEnd());
  say((await stage.remote.git(['diff', '--unified=0', before.trim(), 'master'])).trimEnd());
  title('The Slack message that arrived');
  for (const message of stage.slack.messages) say(JSON.stringify(message, null, 2));
  title('$ towpath run    # again');
  const second = await towpath(stage);
  title('In short');
  summarize(first, second, stage);
  return verdict(first, second, stage);
}

interface Ran {
  readonly exitCode: number;
  readonly report: Report;
}

/** The program's own output goes to the screen as it comes; its report comes back. */
async function towpath(stage: Stage): Promise<Ran> {
  const file = path.join(stage.directory, 'report.json');
  const child = spawn(process.execPath, [CLI, 'run', '--json', file], {
    cwd: stage.checkout,
    env: stage.env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, report: JSON.parse(await readFile(file, 'utf8')) as Report };
}

function summarize(first: Ran, second: Ran, stage: Stage): void {
  const requests = (report: Report) =>
    [
      ...Object.entries(report.registries).map(([name, { requests: count }]) => `${count} to ${name}`),
      ...report.environments.flatMap((entry) =>
        entry.clusters.map((cluster) => `${cluster.requests} to ${cluster.name}`),
      ),
    ].join(', ');
  for (const [name, { report, exitCode }] of Object.entries({ first, second })) {
    const spent = `${(report.durationMs / 1000).toFixed(2)} s; requests: ${requests(report)}`;
    say(`${name.padEnd(7)}${report.outcome.padEnd(10)} exit ${exitCode}  ${spent}`);
  }
  say(`Slack messages: ${stage.slack.messages.length}`);
}

async function keep(stage: Stage): Promise<void> {
  const { kubectl } = await ensureBinaries(['kubectl']);
  title('Kept for a look around, until Ctrl-C');
  say(`export KUBECONFIG=${stage.env['KUBECONFIG']}`);
  say(`alias kubectl=${kubectl}`);
  say(`kubectl get deployments,services,cronjobs,configmaps -n ${stage.namespace}`);
  say(`cd ${stage.checkout} && git pull`);
  await new Promise<void>((resolve) => {
    const alive = setInterval(() => undefined, 1 << 30);
    process.once('SIGINT', () => {
      clearInterval(alive);
      resolve();
    });
  });
}

/** On a cluster that is not ours, the namespace goes and everything in it. */
async function cleanUp(stage: Stage): Promise<void> {
  const { kubectl } = await ensureBinaries(['kubectl']);
  const call = (...args: readonly string[]) =>
    run(kubectl, ['--context', stage.env['DEMO_CONTEXT'] ?? '', ...args], { env: stage.env, timeout: 120_000 });
  await call('delete', 'namespace', stage.namespace, '--ignore-not-found', '--wait=false');
  try {
    await call('wait', '--for=delete', `namespace/${stage.namespace}`, '--timeout=60s');
    say(`deleted namespace ${stage.namespace}`);
  } catch (error) {
    say(`namespace ${stage.namespace} is marked for deletion; the cluster has not finished it yet`);
    if (!String(error).includes('timed out')) throw error;
  }
}

/** The demonstration fails where the product does not do what it shows. */
function verdict(first: Ran, second: Ran, stage: Stage): number {
  const fine =
    first.exitCode === 0 &&
    first.report.outcome === 'changed' &&
    second.exitCode === 0 &&
    second.report.outcome === 'unchanged' &&
    stage.slack.messages.length === 1;
  if (!fine) console.error('\nThe demonstration did not go as it should.');
  return fine ? 0 : 1;
}

function title(text: string): void {
  console.log(`\n\u001b[1m${text}\u001b[0m`);
}

function say(text: string): void {
  console.log(text.replace(/^/gm, '  '));
}
