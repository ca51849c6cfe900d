/** A clock whose time passes at once: whenever nothing else can happen, it goes on to the next timer. */
import { setImmediate as soon } from 'node:timers/promises';
import type { Clock } from '../../src/base/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly ring: () => void;
}

/** Runs `work` with a clock that starts at 0, and gives the time when it was done. Everything in it must be in this process. */
export async function inVirtualTime(work: (clock: Clock) => Promise<unknown>): Promise<number> {
  const timers = new Set<Timer>();
  let nowMs = 0;
  const clock: Clock = {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = { atMs: nowMs + ms, ring: resolve };
        timers.add(timer);
        signal?.addEventListener('abort', () => {
          timers.delete(timer);
          reject(signal.reason);
        });
      }),
  };
  let isDone = false;
  const result = work(clock).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    // Promises, streams and the like come to rest first.
    for (let turn = 0; turn < 20; turn++) await soon();
    if (isDone) break;
    const [next] = [...timers].sort((a, b) => a.atMs - b.atMs);
    if (next === undefined) throw new Error('nothing will ever happen again');
    timers.delete(next);
    nowMs = Math.max(nowMs, next.atMs);
    next.ring();
  }
  await result;
  return nowMs;
}
