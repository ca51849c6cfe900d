/**
 * The process that owns the servers of one directory. It is told what to start on stdin, one JSON object a line, and says
 * what became of it on stdout. When stdin closes, because its parent asked for the end or was killed, it stops the servers
 * in the reverse order of their start (kube-apiserver hangs when its etcd goes first), removes the directory and exits.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endProcess, identify, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import {
  type ProcessRecord,
  RECORD_FILE,
  type ServerCommand,
  type SupervisorEvent,
  type SupervisorOrder,
} from './supervisor-protocol.ts';

interface RunningServer {
  readonly command: ServerCommand;
  readonly child: ChildProcess;
  readonly identity: ProcessIdentity;
}

supervise(process.argv[2]);

function supervise(directory: string | undefined): void {
  if (directory === undefined) throw new Error('usage: supervisor.ts DIRECTORY');
  const servers: RunningServer[] = [];
  let work = Promise.resolve();
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    work = work.then(async () => {
      for (const server of servers.toReversed()) await endProcess(server.identity, server.command.graceMs);
      // Retried, because a test may be writing a file into it at this moment.
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
      process.exit(0);
    });
  };
  // Nobody may be left to read what is said.
  process.stdout.on('error', () => undefined);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
  record(directory, servers);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const order = JSON.parse(line) as SupervisorOrder;
    work = work.then(() => carryOut(order, { directory, servers }));
  });
  lines.on('close', end);
}

async function carryOut(
  order: SupervisorOrder,
  { directory, servers }: { directory: string; servers: RunningServer[] },
): Promise<void> {
  if ('start' in order) {
    start(order.start, directory, servers);
    return;
  }
  const server = servers.find((candidate) => candidate.command.name === order.stop);
  if (server !== undefined) await endProcess(server.identity, server.command.graceMs);
}

function start(command: ServerCommand, directory: string, servers: RunningServer[]): void {
  const log = openSync(join(directory, `${command.name}.log`), 'a', 0o600);
  const child = spawn(command.file, command.args, {
    cwd: directory,
    // Nothing of the user's environment reaches the servers: no KUBECONFIG, no proxy, no ETCD_* or REGISTRY_* setting.
    env: { PATH: process.env['PATH'], HOME: directory, TMPDIR: directory },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', (error) => tell({ ended: command.name, reason: error.message }));
  child.on('exit', (code, signal) => {
    const index = servers.findIndex((server) => server.child === child);
    if (index >= 0) servers.splice(index, 1);
    record(directory, servers);
    tell({ ended: command.name, reason: signal === null ? `exit code ${code}` : `signal ${signal}` });
  });
  const identity = child.pid === undefined ? null : identify(child.pid);
  if (identity === null) return; // it could not be started, or has ended already: one of the events above says so
  servers.push({ command, child, identity });
  // First: who is told of a server may be killed in the next instant, and the sweep goes by the record.
  record(directory, servers);
  tell({ started: command.name, pid: identity.pid });
}

function record(directory: string, servers: readonly RunningServer[]): void {
  const identities = servers.map((server) => server.identity);
  const content: ProcessRecord = { host: hostname(), supervisor: ownIdentity(), servers: identities };
  const file = join(directory, RECORD_FILE);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    // The directory is gone when a server's exit is noticed after the removal.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function tell(event: SupervisorEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
