/** Time as a collaborator, so that tests never wait. */
import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

// Node runs a timer that is longer than this at once: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. A sleep is never longer than the longest timer, 24.8 days. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    try {
      await delay(Math.min(ms, LONGEST_TIMER_MS), undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // The timer rejects with an AbortError of its own; the contract is the signal's reason.
      signal?.throwIfAborted();
      throw error;
    }
  },
};
