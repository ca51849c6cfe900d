/** How long work shows itself: one live line on a terminal, a plain line now and then elsewhere. */

const LIVE_INTERVAL_MS = 100;
const PLAIN_INTERVAL_MS = 15_000;
const BAR_WIDTH = 20;

export interface Progress {
  /** What is being done now; on a terminal it replaces the last one, elsewhere it is shown every 15 s. */
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

/** Says nothing: for work whose words were said before. */
export const silentProgress: Progress = { update: () => undefined, line: () => undefined };

export function createProgress(stream: ProgressStream, now: () => number = () => performance.now()): Progress {
  const live = stream.isTTY === true;
  const interval = live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS;
  let shownAt = live ? Number.NEGATIVE_INFINITY : now();
  return {
    update(text) {
      if (now() - shownAt < interval) return;
      shownAt = now();
      // One column stays free: a full line would wrap, and only its last row would be replaced.
      stream.write(live ? `\r\x1b[2K${text.slice(0, (stream.columns ?? 80) - 1)}` : `${text}\n`);
    },
    line(text) {
      stream.write(live ? `\r\x1b[2K${text}\n` : `${text}\n`);
    },
  };
}

/** `[#####...............]`, full where there is nothing to do. */
export function renderBar(done: number, total: number): string {
  const filled = total === 0 ? BAR_WIDTH : Math.floor((done / total) * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}

/** `42 s`, or `3 min 07 s`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
