/** Servers in a temporary directory of their own that end with their owner, however the owner ends. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { endProcess, isRunning } from './process-identity.ts';
import type { ProcessRecord, ServerCommand, SupervisorEvent, SupervisorOrder } from './supervisor-protocol.ts';
import { RECORD_FILE } from './supervisor-protocol.ts';

const PREFIX = 'towpath-servers-';

/** Starts and stops servers of one directory; disposing stops all and removes the directory. */
export interface Supervised extends AsyncDisposable {
  /** Mode 0700; `NAME.log` is what the server NAME wrote. */
  readonly directory: string;
  readonly supervisorPid: number;
  /** Starts a server and gives its pid; the name must not be running. */
  start(command: ServerCommand): Promise<number>;
  /** Stops one server and returns when it is gone. */
  stop(name: string): Promise<void>;
  /** Why the server of that name ended; null while it runs. */
  endOf(name: string): string | null;
  /** The last lines that the server wrote. */
  logTail(name: string, lines?: number): Promise<string>;
}

/** Makes a directory and the supervisor that owns it, after removing what killed ones left. */
export async function supervise(): Promise<Supervised> {
  await sweepStale();
  const directory = await mkdtemp(join(tmpdir(), PREFIX));
  // Detached: Ctrl-C reaches every process of the terminal's group at once, and the servers must end in order.
  const child = spawn(process.execPath, [fileURLToPath(new URL('supervisor.ts', import.meta.url)), directory], {
    detached: true,
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.pid === undefined) throw new Error(`cannot start the supervisor with ${process.execPath}`);
  return connect(child, { directory, supervisorPid: child.pid });
}

/** Ends the servers of supervisors that are gone, told by pid and start time, and removes their directories. */
export async function sweepStale(parent: string = tmpdir()): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const directory = join(parent, name);
    const record = await readStaleRecord(directory);
    if (record === null) continue;
    for (const server of record.servers.toReversed()) await endProcess(server, 2000);
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Null for what is in use, or being made or removed at this moment; also for directories of another user, whose record must
 * not make us signal anything, and of another host (a container that shares the directory), whose processes we cannot see.
 */
async function readStaleRecord(directory: string): Promise<ProcessRecord | null> {
  try {
    if ((await stat(directory)).uid !== process.getuid?.()) return null;
    const record = JSON.parse(await readFile(join(directory, RECORD_FILE), 'utf8')) as ProcessRecord;
    return record.host !== hostname() || isRunning(record.supervisor) ? null : record;
  } catch {
    return null; // no record yet, or no directory any more
  }
}

type SupervisorChild = ChildProcessByStdio<Writable, Readable, null>;

function connect(child: SupervisorChild, names: { directory: string; supervisorPid: number }): Supervised {
  const ends = new Map<string, string>();
  const waiting = new Set<() => void>();
  const pids = new Map<string, number>();
  const wake = () => {
    for (const check of waiting) check();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as SupervisorEvent;
    if ('started' in event) pids.set(event.started, event.pid);
    else ends.set(event.ended, event.reason);
    wake();
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void gone.then(wake);
  child.stdin.on('error', () => undefined); // the supervisor's end is noticed by its exit
  const until = <T>(what: string, read: () => T | undefined) =>
    new Promise<T>((resolve, reject) => {
      const check = () => {
        const value = read();
        if (value === undefined && child.exitCode === null && child.signalCode === null) return;
        waiting.delete(check);
        if (value === undefined) reject(new Error(`the supervisor ended before ${what}`));
        else resolve(value);
      };
      waiting.add(check);
      check();
    });
  const order = (value: SupervisorOrder) => child.stdin.write(`${JSON.stringify(value)}\n`);
  return {
    ...names,
    async start(command) {
      pids.delete(command.name);
      ends.delete(command.name);
      order({ start: command });
      const pid = await until(`${command.name} started`, () => pids.get(command.name) ?? ends.get(command.name));
      if (typeof pid === 'string') throw new Error(`cannot start ${command.file}: ${pid}`);
      return pid;
    },
    async stop(name) {
      if (!pids.has(name)) return;
      order({ stop: name });
      await until(`${name} stopped`, () => ends.get(name));
    },
    endOf: (name) => ends.get(name) ?? null,
    async logTail(name, lines = 15) {
      const text = await readFile(join(names.directory, `${name}.log`), 'utf8').catch(() => '');
      return text.trimEnd().split('\n').slice(-lines).join('\n');
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await gone;
    },
  };
}
