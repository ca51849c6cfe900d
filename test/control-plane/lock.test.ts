import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock } from './lock.ts';
import { identify, isRunning, ownIdentity } from './process-identity.ts';
import { startScript, temporaryDirectory } from './processes.ts';

const HOLD = `
  import { acquireLock } from '@/lock.ts';
  await acquireLock(process.env['LOCK']);
  console.log(JSON.stringify(process.pid));
  setInterval(() => undefined, 1000);
`;

test('a lock is held by one at a time', async () => {
  await using place = await temporaryDirectory();
  const file = join(place.path, 'lock');
  const events: string[] = [];
  const work = async (name: string) => {
    await using _lock = await acquireLock(file, { onWait: (holder) => events.push(`${name} waits for ${holder.pid}`) });
    events.push(`${name} begins`);
    await new Promise(setImmediate);
    events.push(`${name} ends`);
  };
  await Promise.all([work('first'), work('second'), work('third')]);
  const spans = events.filter((event) => !event.includes('waits'));
  for (let i = 0; i < spans.length; i += 2) expect(spans[i + 1]).toBe(spans[i]?.replace('begins', 'ends'));
  expect(spans).toHaveLength(6);
  expect(await readdir(place.path)).toEqual([]);
});

test('a lock whose holder was killed is taken over', async () => {
  await using place = await temporaryDirectory();
  const file = join(place.path, 'lock');
  await using holder = await startScript(HOLD, { ...process.env, LOCK: file });
  const pid = await holder.next();
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid });
  let waitedFor: number | undefined;
  const taken = acquireLock(file, {
    onWait: (identity) => {
      waitedFor = identity.pid;
      holder.child.kill('SIGKILL');
    },
  });
  await using _lock = await taken;
  expect(waitedFor).toBe(pid);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject(ownIdentity());
});

test('a lock of a recycled pid is taken over', async () => {
  await using place = await temporaryDirectory();
  const file = join(place.path, 'lock');
  await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: 'at another time', nonce: 'x' }));
  await using _lock = await acquireLock(file, { signal: AbortSignal.timeout(5000) });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject(ownIdentity());
});

test('waiting for a lock can be given up', async () => {
  await using place = await temporaryDirectory();
  const file = join(place.path, 'lock');
  await using _lock = await acquireLock(file);
  const waiting = new AbortController();
  const second = acquireLock(file, { signal: waiting.signal, onWait: () => waiting.abort(new Error('enough')) });
  await expect(second).rejects.toThrow('enough');
});

test('a process is told from another one of the same pid, and from a dead one', async () => {
  const own = ownIdentity();
  expect(isRunning(own)).toBe(true);
  expect(isRunning({ ...own, startedAt: 'at another time' })).toBe(false);
  await using script = await startScript('console.log(0); setInterval(() => undefined, 1000);');
  await script.next();
  const identity = identify(script.child.pid ?? 0);
  script.child.kill('SIGKILL');
  await script.ended;
  expect(identity).not.toBeNull();
  expect(identity === null || isRunning(identity)).toBe(false);
});
