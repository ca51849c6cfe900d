/** A lock between processes that the death of its holder opens. */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

interface LockContent extends ProcessIdentity {
  /** Tells two locks of one process apart. */
  readonly nonce: string;
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, when another process holds the lock. */
  readonly onWait?: ((holder: ProcessIdentity) => void) | undefined;
}

/** Takes the lock `file`, waiting for as long as its holder lives; disposing gives it back. */
export async function acquireLock(file: string, options: LockOptions = {}): Promise<AsyncDisposable> {
  const mine = JSON.stringify({ ...ownIdentity(), nonce: randomUUID() } satisfies LockContent);
  let told = false;
  while (!(await create(file, mine))) {
    options.signal?.throwIfAborted();
    const theirs = await readFile(file, 'utf8').catch(() => null);
    if (theirs === null) continue; // given back at this moment
    const holder = JSON.parse(theirs) as LockContent;
    if (!isRunning(holder)) {
      await breakStale(file, theirs);
      continue;
    }
    if (!told) options.onWait?.(holder);
    told = true;
    await delay(200);
  }
  return { [Symbol.asyncDispose]: () => unlink(file) };
}

/** A link appears with its content or not at all, so nobody reads a lock that is half written. */
async function create(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

/** Moves the lock aside first: between the look and the removal, another process may have broken it and made its own. */
async function breakStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // another one was faster
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, file).catch(() => undefined);
  await unlink(aside);
}
