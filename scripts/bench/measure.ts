/** Timing for the benchmarks: medians over a few rounds, because single figures of a shared machine mean little. */

/** Milliseconds of each of `rounds` runs of `work`, sorted. */
export async function timed(rounds: number, work: () => Promise<unknown> | unknown): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

export function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** `420 ms (390–610)` */
export function renderTimes(sorted: readonly number[]): string {
  const round = (ms: number | undefined) => Math.round(ms ?? Number.NaN);
  return `${round(median(sorted))} ms (${round(sorted[0])}–${round(sorted.at(-1))})`;
}
