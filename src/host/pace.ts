/** How often progress is worth a line of its own where lines cannot be rewritten. */
import type { Clock } from '../base/clock.ts';

export interface Pace {
  /** Something was printed: whoever watches knows that we live. */
  printed(): void;
  /** Whether nothing has been printed for so long that progress should be. */
  due(): boolean;
}

const SILENCE_MS = 10_000;

export function createPace(clock: Clock): Pace {
  let last = clock.now();
  return {
    printed: () => {
      last = clock.now();
    },
    due: () => clock.now() - last >= SILENCE_MS,
  };
}
