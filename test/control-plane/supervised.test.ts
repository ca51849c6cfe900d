import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identify, isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { type Script, startScript, temporaryDirectory } from './processes.ts';
import { supervise, sweepStale } from './supervised.ts';
import type { ProcessRecord } from './supervisor-protocol.ts';

/** A server that writes its name to `file` when it is asked to end. */
function politeServer(name: string, file: string) {
  const script = `trap 'echo ${name} >> "$0"; exit 0' TERM; echo ready; while :; do sleep 0.02; done`;
  return { name, file: '/bin/sh', args: ['-c', script, file], graceMs: 5000 };
}

function isGone(identity: ProcessIdentity): boolean {
  return !isRunning(identity);
}

/** A process that owns two servers, and what it owns, in a place that no other sweep visits. */
async function startOwner(place: string): Promise<{ owner: Script; directory: string; record: ProcessRecord }> {
  const source = `
    import { supervise } from '@/supervised.ts';
    const supervised = await supervise();
    for (const name of ['one', 'two']) {
      await supervised.start({ name, file: '/bin/sleep', args: ['1000'], graceMs: 1000 });
    }
    console.log(JSON.stringify(supervised.directory));
    setInterval(() => undefined, 1000);
  `;
  const owner = await startScript(source, { ...process.env, TMPDIR: place });
  const directory = (await owner.next()) as string;
  const record = JSON.parse(await readFile(join(directory, 'processes.json'), 'utf8')) as ProcessRecord;
  expect(record.servers).toHaveLength(2);
  return { owner, directory, record };
}

test('servers end in the reverse order of their start, and their directory goes', async () => {
  await using place = await temporaryDirectory();
  const order = join(place.path, 'order');
  const supervised = await supervise();
  for (const name of ['etcd', 'api', 'controllers']) await supervised.start(politeServer(name, order));
  await expect.poll(() => supervised.logTail('controllers')).toBe('ready');
  await expect.poll(() => supervised.logTail('etcd')).toBe('ready');
  await expect.poll(() => supervised.logTail('api')).toBe('ready');
  await supervised[Symbol.asyncDispose]();
  expect(await readFile(order, 'utf8')).toBe('controllers\napi\netcd\n');
  expect(existsSync(supervised.directory)).toBe(false);
});

test('a server that does not listen to SIGTERM is killed', async () => {
  await using supervised = await supervise();
  const script = `trap '' TERM; echo ready; while :; do sleep 0.02; done`;
  const pid = await supervised.start({ name: 'deaf', file: '/bin/sh', args: ['-c', script], graceMs: 50 });
  await expect.poll(() => supervised.logTail('deaf')).toBe('ready');
  const identity = identify(pid);
  await supervised.stop('deaf');
  expect(supervised.endOf('deaf')).toBe('signal SIGKILL');
  expect(identity !== null && isGone(identity)).toBe(true);
});

test('a stopped server can be started again', async () => {
  await using supervised = await supervise();
  const command = { name: 'server', file: '/bin/sleep', args: ['1000'], graceMs: 1000 };
  const first = await supervised.start(command);
  await supervised.stop('server');
  const second = await supervised.start(command);
  expect(second).not.toBe(first);
  expect(supervised.endOf('server')).toBeNull();
});

test('a server that cannot be started is an error, one that ends by itself is told', async () => {
  await using supervised = await supervise();
  const missing = supervised.start({ name: 'missing', file: '/no/such/file', args: [], graceMs: 1000 });
  await expect(missing).rejects.toThrow('cannot start /no/such/file');
  const command = { name: 'short', file: '/bin/sh', args: ['-c', 'sleep 0.1; echo why; exit 3'], graceMs: 1000 };
  await supervised.start(command);
  await expect.poll(() => supervised.endOf('short')).toBe('exit code 3');
  expect(await supervised.logTail('short')).toBe('why');
});

test('servers see nothing of the environment of the user', async () => {
  const { KUBECONFIG } = process.env;
  process.env['KUBECONFIG'] = '/home/user/.kube/config';
  try {
    await using supervised = await supervise();
    await supervised.start({ name: 'env', file: '/usr/bin/env', args: [], graceMs: 1000 }).catch(() => undefined);
    await expect.poll(() => supervised.endOf('env')).not.toBeNull();
    const names = (await supervised.logTail('env', 100)).split('\n').map((line) => line.split('=')[0]);
    expect(names.sort()).toEqual(['HOME', 'PATH', 'TMPDIR']);
  } finally {
    if (KUBECONFIG === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = KUBECONFIG;
  }
});

test('when the owner is killed, no process and no directory is left', async () => {
  await using place = await temporaryDirectory();
  const { owner, directory, record } = await startOwner(place.path);
  await using _owner = owner;
  owner.child.kill('SIGKILL');
  await expect.poll(() => [record.supervisor, ...record.servers].every(isGone), { timeout: 20_000 }).toBe(true);
  expect(existsSync(directory)).toBe(false);
});

test('when even the supervisor was killed, the next sweep ends its servers and removes the directory', async () => {
  await using place = await temporaryDirectory();
  const { owner, directory, record } = await startOwner(place.path);
  await using _owner = owner;
  process.kill(record.supervisor.pid, 'SIGKILL');
  await expect.poll(() => isGone(record.supervisor)).toBe(true);
  expect(record.servers.some(isGone)).toBe(false);
  await sweepStale(place.path);
  expect(record.servers.every(isGone)).toBe(true);
  expect(existsSync(directory)).toBe(false);
});

test.each([
  { name: 'of a living supervisor', change: {} },
  { name: 'of another host', change: { host: 'elsewhere', supervisor: { pid: 1, startedAt: 'once' } } },
])('a sweep leaves the directory $name alone', async ({ change }) => {
  await using place = await temporaryDirectory();
  const directory = join(place.path, 'towpath-servers-x');
  await mkdir(directory);
  const record = { host: hostname(), supervisor: ownIdentity(), servers: [], ...change };
  await writeFile(join(directory, 'processes.json'), JSON.stringify(record));
  await sweepStale(place.path);
  expect(existsSync(directory)).toBe(true);
});

test('a sweep does not touch a process that only has the pid of a recorded one', async () => {
  await using place = await temporaryDirectory();
  const directory = join(place.path, 'towpath-servers-x');
  await mkdir(directory);
  const recycled = { pid: process.pid, startedAt: 'at another time' };
  const record = { host: hostname(), supervisor: recycled, servers: [recycled] };
  await writeFile(join(directory, 'processes.json'), JSON.stringify(record));
  await sweepStale(place.path);
  expect(existsSync(directory)).toBe(false);
});
