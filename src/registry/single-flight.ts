/** Work that several ask for at the same time is done once. */

/** Runs `work` under `key`, or joins the run of it that is under way. Nothing is kept after it has ended. */
export type SingleFlight<T> = (key: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, { readonly result: Promise<T>; readonly signal: AbortSignal | undefined }>();
  return async (key, work, signal) => {
    for (;;) {
      signal?.throwIfAborted();
      const flight = flights.get(key);
      if (flight === undefined) {
        const result = work().finally(() => flights.delete(key));
        flights.set(key, { result, signal });
        return result;
      }
      try {
        return await whileWanted(flight.result, signal);
      } catch (error) {
        // Whoever started it no longer wants it; this caller still does.
        if (!flight.signal?.aborted || signal?.aborted) throw error;
      }
    }
  };
}

/** `result`, or the signal's reason as soon as it is aborted: what was joined has its own time. */
async function whileWanted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return result;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const leave = () => reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  result.then(resolve, reject);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
