/** A config repository with a registry, a remote, clusters and a Slack receiver around it, and the bundle that is run on them. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exec } from '../../src/base/exec.ts';
import type { Report } from '../../src/core/report/report.ts';
import {
  type GitRemote,
  type SlackReceiver,
  startGitRemote,
  startSlackReceiver,
  type TestCluster,
  type TestRegistry,
  testCluster,
  testRegistry,
} from '../control-plane/fixtures.ts';

const DIST = path.join(import.meta.dirname, '../../dist');

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Null where the program ended before it had anything to report. */
  readonly report: Report | null;
}

export interface Scenario extends AsyncDisposable {
  readonly registry: TestRegistry;
  readonly remote: GitRemote;
  readonly slack: SlackReceiver;
  readonly cluster: TestCluster;
  /** A clone of the remote: the current directory of the runs. */
  readonly checkout: string;
  /** The environment of the runs: nothing of the user's own but PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs the bundle's command line; `--json` to a file is added. */
  cli(args: readonly string[], options?: RunOptions): Promise<Ran>;
  git(...args: readonly string[]): Promise<string>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called when the process has started: to send it signals. */
  readonly onStart?: (pid: number) => void;
}

/** What stands in the files: `REGISTRY` for the registry's repository prefix, `NAMESPACE` for the cluster's namespace. */
export type ScenarioFiles = Readonly<Record<string, string>>;

export const CONFIG = `version: 1
environments:
  development:
    branch: master
    path: development-configs
    clusters: [{ context: "weekly-*" }]
registries:
  registry.example.org: { endpoint: "\${ENDPOINT_URL}" }
notify:
  - slack: { webhook-url: \${SLACK_WEBHOOK_URL}, channel: "#deployments" }
`;

export async function startScenario(files: ScenarioFiles): Promise<Scenario> {
  await using stack = new AsyncDisposableStack();
  const cluster = stack.use(await testCluster());
  const registry = stack.use(await testRegistry());
  const slack = stack.use(await startSlackReceiver());
  const filled = Object.entries(files).map(([name, text]) => [name, fill(text, { cluster, registry })]);
  const remote = stack.use(await startGitRemote({ files: Object.fromEntries(filled) }));
  const directory = await mkdtemp(path.join(tmpdir(), 'towpath-e2e-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const checkout = path.join(directory, 'checkout');
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    KUBECONFIG: await cluster.contexts({ 'weekly-1': 'admin' }),
    TOWPATH_CACHE: path.join(directory, 'cache'),
    ENDPOINT_URL: registry.url,
    SLACK_WEBHOOK_URL: slack.url,
  };
  const git = async (...args: readonly string[]) => {
    const done = await exec('git', args, { cwd: checkout, env });
    if (done.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`);
    return done.stdout.toString('utf8');
  };
  await exec('git', ['clone', '--quiet', remote.url, checkout], { cwd: directory, env });
  let runs = 0;
  const owned = stack.move();
  return {
    registry,
    remote,
    slack,
    cluster,
    checkout,
    env,
    git,
    async cli(args, options = {}) {
      runs++;
      const file = path.join(directory, `report-${runs}.json`);
      const given = { cwd: checkout, ...options, env: { ...env, ...options.env } };
      return start('cli.js', [...args, '--json', file], { ...given, report: file });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function fill(text: string, { cluster, registry }: Pick<Scenario, 'cluster' | 'registry'>): string {
  const prefix = registry.repository('x').slice(0, -2);
  return text.replaceAll('REGISTRY', `registry.example.org/${prefix}`).replaceAll('NAMESPACE', cluster.namespace);
}

/** The action's bundle with the runner's files around it. */
export interface ActionRun extends Ran {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly state: Readonly<Record<string, string>>;
}

export interface ActionOptions {
  readonly inputs: Readonly<Record<string, string>>;
  readonly event: { readonly name: string; readonly payload?: object; readonly ref?: string };
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `dist/action.js` as the runner does. Source: https://docs.github.com/actions/reference/workflows-and-actions/variables */
export async function runAction(scenario: Scenario, options: ActionOptions): Promise<ActionRun> {
  const directory = await mkdtemp(path.join(tmpdir(), 'towpath-runner-'));
  try {
    const at = (name: string) => path.join(directory, name);
    await Promise.all(['output', 'summary', 'state', 'env'].map((name) => writeFile(at(name), '')));
    await writeFile(at('event.json'), JSON.stringify(options.event.payload ?? {}));
    const { KUBECONFIG: _kubeconfig, SLACK_WEBHOOK_URL: _slack, ...bare } = scenario.env;
    const ran = await start('action.js', [], {
      cwd: scenario.checkout,
      env: { ...bare, ...runnerVariables(at, options), ...inputVariables(options.inputs), ...options.env },
      report: undefined,
    });
    const outputs = parseFile(await readFile(at('output'), 'utf8'));
    const report = outputs['report'] ? JSON.parse(await readFile(outputs['report'], 'utf8')) : null;
    const summary = await readFile(at('summary'), 'utf8');
    return { ...ran, report, outputs, summary, state: parseFile(await readFile(at('state'), 'utf8')) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function runnerVariables(at: (name: string) => string, { event }: ActionOptions): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: at('output'),
    GITHUB_STEP_SUMMARY: at('summary'),
    GITHUB_STATE: at('state'),
    GITHUB_ENV: at('env'),
    GITHUB_EVENT_PATH: at('event.json'),
    GITHUB_EVENT_NAME: event.name,
    GITHUB_REF: event.ref ?? 'refs/heads/master',
    GITHUB_REF_NAME: (event.ref ?? 'refs/heads/master').replace(/^refs\/(heads|tags)\//, ''),
    GITHUB_REF_TYPE: event.ref?.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'example/config',
    GITHUB_RUN_ID: '4711',
    GITHUB_ACTOR: 'ada',
    RUNNER_TEMP: path.dirname(at('output')),
  };
}

function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

/** Files like GITHUB_OUTPUT: `name<<delimiter`, value, delimiter. */
function parseFile(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const match of text.matchAll(/^(\S+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)) found[match[1] ?? ''] = match[3] ?? '';
  return found;
}

interface Start {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly report: string | undefined;
  readonly onStart?: (pid: number) => void;
}

async function start(bundle: string, args: readonly string[], options: Start): Promise<Ran> {
  const child = spawn(process.execPath, [path.join(DIST, bundle), ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  if (child.pid !== undefined) options.onStart?.(child.pid);
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  return { exitCode, ...text, report: await readReport(options.report) };
}

async function readReport(file: string | undefined): Promise<Report | null> {
  if (file === undefined) return null;
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Report;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
