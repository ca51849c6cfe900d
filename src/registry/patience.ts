/** How much trouble one registry may make in a run, and how many requests it gets at a time. */
import type { Clock } from '../base/clock.ts';
import { type RegistryError, registryError } from './errors.ts';
import type { Limits } from './limits.ts';

/** A request that begins: when, and after how much trouble. */
export interface Start {
  readonly atMs: number;
  readonly round: number;
}

/**
 * `about` is what a request is for, a repository say: trouble with one of them alone is its own, trouble with a second one in a row the
 * registry's. Undefined is for what all of them need.
 */
export interface Patience {
  /** Waits for a place among the requests under way. Throws the reason once the registry was given up, or the signal's. */
  enter(about: string | undefined, signal?: AbortSignal): Promise<void>;
  leave(): void;
  begin(): Start;
  /** An answer came: more requests may go side by side. */
  good(): void;
  /** Trouble with a request. Throws `error` if that was the last. Call it before `leave`: the next request starts there. */
  bad(start: Start, trouble: Trouble): void;
  /** Lets `ms` pass after trouble; throws its error at once where that is more patience than is left. */
  pause(ms: number, trouble: Trouble, signal?: AbortSignal): Promise<void>;
  /** Nothing is asked any more in this run: every request under way and to come ends with `error`. Gives the error to throw. */
  giveUp(error: RegistryError): RegistryError;
  /** Time a request may take yet. */
  remainingMs(): number;
  /** Aborted when the registry, or what the request is about, is given up. */
  signalFor(about: string | undefined, signal?: AbortSignal): AbortSignal;
}

export interface Trouble {
  readonly about: string | undefined;
  readonly error: RegistryError;
}

interface Waiting {
  readonly about: string | undefined;
  readonly start: () => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Patience with the registry called `name`. A registry starts with one request at a time and gets one more for each two answers; after
 * trouble it is back to one. Trouble of requests that were under way together counts once.
 */
export function createPatience(name: string, { clock, limits }: { clock: Clock; limits: Limits }): Patience {
  const over = new AbortController();
  const ends = new Map<string, AbortController>();
  const inTrouble = new Set<string>();
  const time = createLostTime(clock);
  const queue: Waiting[] = [];
  let running = 0;
  let answers = 0;
  let strikes = 0;
  let round = 0;

  const places = () => Math.min(limits.concurrency, 1 + Math.floor(answers / 2));
  const startNext = () => {
    while (running < places()) {
      const next = queue.shift();
      if (next === undefined) return;
      running++;
      next.start();
    }
  };
  const endOf = (about: string | undefined): AbortController => {
    if (about === undefined) return over;
    const end = ends.get(about) ?? new AbortController();
    ends.set(about, end);
    return end;
  };
  const end = (about: string | undefined, error: RegistryError): RegistryError => {
    const controller = endOf(about);
    if (controller.signal.aborted) return error;
    controller.abort(afterwards(about === undefined ? name : `${name}/${about}`, error));
    for (const waiting of queue.filter((entry) => about === undefined || entry.about === about)) {
      queue.splice(queue.indexOf(waiting), 1);
      waiting.fail(controller.signal.reason);
    }
    return error;
  };
  /** Whose end is it, that of all or of one? */
  const endOver = ({ about, error }: Trouble) => end(inTrouble.size > 1 ? undefined : about, error);
  const signalFor: Patience['signalFor'] = (about, signal) => {
    const signals = [over.signal, endOf(about).signal];
    return AbortSignal.any(signal === undefined ? signals : [signal, ...signals]);
  };

  return {
    signalFor,
    remainingMs: () => Math.max(limits.leastMs, limits.troubleMs - time.lostMs()),
    giveUp: (error) => end(undefined, error),
    async enter(about, signal) {
      signalFor(about, signal).throwIfAborted();
      if (running < places()) running++;
      else await waitInLine(queue, about, signal);
    },
    leave() {
      running--;
      startNext();
    },
    begin: () => ({ atMs: clock.now(), round }),
    good() {
      time.answered();
      inTrouble.clear();
      strikes /= 2;
      answers++;
      startNext();
    },
    bad(start, trouble) {
      time.failedSince(start.atMs);
      if (trouble.about !== undefined) inTrouble.add(trouble.about);
      answers = 0;
      if (start.round === round) {
        strikes++;
        round++;
      }
      if (strikes >= limits.strikes || time.lostMs() >= limits.troubleMs) throw endOver(trouble);
    },
    async pause(ms, trouble, signal) {
      if (time.lostMs() + ms >= limits.troubleMs) throw endOver(trouble);
      const either = signalFor(trouble.about, signal);
      await clock.sleep(ms, either).catch((error: unknown) => {
        either.throwIfAborted();
        throw error;
      });
    },
  };
}

/** The time in which a registry did not answer anybody although it was asked. */
function createLostTime(clock: Clock) {
  let beforeMs = 0;
  let sinceMs: number | undefined;
  let lastAnswerMs = Number.NEGATIVE_INFINITY;
  const lostMs = () => beforeMs + (sinceMs === undefined ? 0 : clock.now() - sinceMs);
  return {
    lostMs,
    answered(): void {
      beforeMs = lostMs();
      sinceMs = undefined;
      lastAnswerMs = clock.now();
    },
    failedSince(startMs: number): void {
      // While it answered others it was not in trouble: a request that hung all that time is its own affair.
      sinceMs ??= Math.max(startMs, lastAnswerMs);
    },
  };
}

async function waitInLine(queue: Waiting[], about: string | undefined, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      queue.splice(queue.indexOf(waiting), 1);
      reject(signal?.reason);
    };
    const done = () => signal?.removeEventListener('abort', onAbort);
    const waiting: Waiting = {
      about,
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
function afterwards(what: string, error: RegistryError): RegistryError {
  return registryError(error.code, `${what} is not asked again in this run: ${error.message}`, {
    subject: error.subject,
    hint: error.hint,
    cause: error,
  });
}
