/** A clock for tests of what waits: pauses end at once and are written down, deadlines end when a test says so. */
import type { Clock } from '../../../src/base/clock.ts';

/** Longer sleeps are deadlines: connecting has 15 s, a request 60 s, and no pause before a retry is one of these. */
const DEADLINES_MS = new Set([15_000, 60_000]);

export interface TestClock extends Clock {
  /** The pauses so far, in milliseconds. */
  readonly pauses: readonly number[];
  /** Ends every deadline that is running. */
  expire(): void;
}

export function testClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let now = start;
  const pauses: number[] = [];
  const running = new Set<() => void>();
  return {
    pauses,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      if (!DEADLINES_MS.has(ms)) {
        pauses.push(ms);
        now += ms;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        running.add(resolve);
        signal?.addEventListener('abort', () => {
          running.delete(resolve);
          reject(signal.reason as Error);
        });
      });
      now += ms;
    },
    expire() {
      for (const end of running) end();
      running.clear();
    },
  };
}
