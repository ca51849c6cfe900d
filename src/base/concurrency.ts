/** Bounded concurrency, results in the order of the input. */

/** Runs at most `limit` tasks at a time; further ones wait their turn. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** A limiter for `limit` tasks at a time; `limit` must be a whole number above 0. */
export function createLimiter(limit: number): Limiter {
  requireLimit(limit);
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

/**
 * `work` for every item, at most `limit` at a time; results are in input order.
 * The first rejection rejects, once what has been started has ended too: nothing goes on behind the caller's back. No
 * further item is started.
 */
export async function mapConcurrent<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  requireLimit(limit);
  const results = new Array<R>(items.length);
  const queue = items.entries();
  let failure: { readonly error: unknown } | undefined;
  const worker = async () => {
    // One iterator shared by all workers: each takes the next item when it is free.
    for (const [index, item] of queue) {
      try {
        results[index] = await work(item, index);
      } catch (error) {
        failure ??= { error };
      }
      if (failure !== undefined) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failure !== undefined) throw failure.error;
  return results;
}

function requireLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a whole number above 0, not ${limit}`);
}
