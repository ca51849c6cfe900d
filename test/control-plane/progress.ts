/** How long work shows itself: one live line on a terminal, a plain line now and then elsewhere. */

const LIVE_INTERVAL_MS = 100;
const PLAIN_INTERVAL_MS = 15_000;

export interface Progress {
  /** What is being done now; shown at once on a terminal, else when the last line is 15 s old. */
  update(text: string): void;
  /** A line that stays. */
  line(text: string): void;
}

/** The parts of a terminal's stream that are used. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export function createProgress(stream: ProgressStream, now: () => number = () => performance.now()): Progress {
  const live = stream.isTTY === true;
  const interval = live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS;
  let shownAt = live ? Number.NEGATIVE_INFINITY : now();
  return {
    update(text) {
      if (now() - shownAt < interval) return;
      shownAt = now();
      stream.write(live ? `\r\x1b[2K${text.slice(0, (stream.columns ?? 80) - 1)}` : `${text}\n`);
    },
    line(text) {
      stream.write(live ? `\r\x1b[2K${text}\n` : `${text}\n`);
    },
  };
}

/** `42 s`, or `3 min 07 s`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
