/** How much trouble one registry may make in a run, and how many requests it gets at a time. */
import type { Clock } from '../base/clock.ts';
import { type RegistryError, registryError } from './errors.ts';
import type { Limits } from './limits.ts';

/** A request that begins: when, and after how much trouble. */
export interface Start {
  readonly atMs: number;
  readonly round: number;
}

export interface Patience {
  /** Waits for a place among the requests under way. Throws the reason once the registry was given up, or the signal's. */
  enter(signal?: AbortSignal): Promise<void>;
  leave(): void;
  begin(): Start;
  /** An answer came: more requests may go side by side. */
  good(): void;
  /** Trouble with a request. Throws `error` if the registry is given up over it. Call it before `leave`: the next one starts there. */
  bad(start: Start, error: RegistryError): void;
  /** Lets `ms` pass; throws `error` at once where that is more patience than is left. */
  pause(ms: number, error: RegistryError, signal?: AbortSignal): Promise<void>;
  /** Nothing is asked any more in this run: every request under way and to come ends with `error`. Gives the error to throw. */
  giveUp(error: RegistryError): RegistryError;
  /** Time a request may take yet. */
  remainingMs(): number;
  /** Aborted when the registry is given up. */
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly start: () => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Patience with the registry called `name`. A registry starts with one request at a time and gets one more for each two answers; after
 * trouble it is back to one. Trouble of requests that were under way together counts once.
 */
export function createPatience(name: string, { clock, limits }: { clock: Clock; limits: Limits }): Patience {
  const over = new AbortController();
  const queue: Waiting[] = [];
  let running = 0;
  let answers = 0;
  let strikes = 0;
  let round = 0;
  let lostMs = 0;
  let troubleSinceMs: number | undefined;
  let reason: RegistryError | undefined;

  const places = () => Math.min(limits.concurrency, 1 + Math.floor(answers / 2));
  const lost = () => lostMs + (troubleSinceMs === undefined ? 0 : clock.now() - troubleSinceMs);
  const remainingMs = () => Math.max(limits.leastMs, limits.troubleMs - lost());
  const startNext = () => {
    while (running < places()) {
      const next = queue.shift();
      if (next === undefined) return;
      running++;
      next.start();
    }
  };
  const giveUp = (error: RegistryError) => {
    if (reason === undefined) {
      reason = error;
      over.abort(afterwards(name, error));
      for (const waiting of queue.splice(0)) waiting.fail(over.signal.reason);
    }
    return error;
  };

  return {
    signal: over.signal,
    remainingMs,
    giveUp,
    async enter(signal) {
      over.signal.throwIfAborted();
      signal?.throwIfAborted();
      if (running < places()) running++;
      else await waitInLine(queue, signal);
    },
    leave() {
      running--;
      startNext();
    },
    good() {
      lostMs = lost();
      troubleSinceMs = undefined;
      strikes /= 2;
      answers++;
      startNext();
    },
    begin: () => ({ atMs: clock.now(), round }),
    bad(start, error) {
      troubleSinceMs ??= start.atMs;
      answers = 0;
      if (start.round === round) {
        strikes++;
        round++;
      }
      if (strikes >= limits.strikes || lost() >= limits.troubleMs) throw giveUp(error);
    },
    async pause(ms, error, signal) {
      if (lost() + ms >= limits.troubleMs) throw giveUp(error);
      const either = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
      await clock.sleep(ms, either).catch((error: unknown) => {
        either.throwIfAborted();
        throw error;
      });
    },
  };
}

async function waitInLine(queue: Waiting[], signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      queue.splice(queue.indexOf(waiting), 1);
      reject(signal?.reason);
    };
    const done = () => signal?.removeEventListener('abort', onAbort);
    const waiting: Waiting = {
      start: () => {
        done();
        resolve();
      },
      fail: (reason) => {
        done();
        reject(reason);
      },
    };
    queue.push(waiting);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** What further requests are told: the same code, and that it is said for the second time. */
function afterwards(name: string, error: RegistryError): RegistryError {
  return registryError(error.code, `${name} is not asked again in this run: ${error.message}`, {
    subject: error.subject,
    hint: error.hint,
    cause: error,
  });
}
