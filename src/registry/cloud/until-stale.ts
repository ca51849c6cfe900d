/** What is got once, used until it is stale, and then got anew. */
import type { Clock } from '../../base/clock.ts';
import { createSingleFlight } from '../single-flight.ts';

export interface Perishable {
  /** Milliseconds since the epoch. */
  readonly staleAtMs: number;
}

/** The fresh value under `key`, else what `get` gives; who asks meanwhile waits for the same. */
export type UntilStale<T> = (key: string, get: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** Keeps values, and failures as well: a service that refused would refuse each further image of the run in the same way. */
export function keepUntilStale<T extends Perishable>(clock: Pick<Clock, 'now'>): UntilStale<T> {
  const values = new Map<string, T>();
  const failures = new Map<string, unknown>();
  const flight = createSingleFlight<T>();
  return async (key, get, signal) => {
    const kept = values.get(key);
    if (kept !== undefined && clock.now() < kept.staleAtMs) return kept;
    if (failures.has(key)) throw failures.get(key);
    const getAndKeep = async () => {
      try {
        const value = await get();
        values.set(key, value);
        return value;
      } catch (error) {
        // Whoever was called off has learnt nothing about the service.
        if (!signal?.aborted) failures.set(key, error);
        throw error;
      }
    };
    return flight(key, getAndKeep, signal);
  };
}
