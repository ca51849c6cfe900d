import { describe, expect, it } from 'vitest';
import { createSingleFlight } from '../../src/registry/single-flight.ts';

describe('work that several ask for', () => {
  it('is done once while it is under way, and anew after that', async () => {
    const flight = createSingleFlight<number>();
    let done = 0;
    const work = async () => ++done;
    expect(await Promise.all([flight('a', work), flight('a', work), flight('b', work)])).toEqual([1, 1, 2]);
    expect(await flight('a', work)).toBe(3);
  });

  it('fails for all of them', async () => {
    const flight = createSingleFlight<number>();
    const work = async () => {
      throw new Error('no');
    };
    const results = await Promise.allSettled([flight('a', work), flight('a', work)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('is taken over by another where the one who began it no longer wants it', async () => {
    const flight = createSingleFlight<string>();
    const first = new AbortController();
    const begun = flight(
      'a',
      () =>
        new Promise<string>((_, reject) => first.signal.addEventListener('abort', () => reject(first.signal.reason))),
      first.signal,
    );
    const joined = flight('a', async () => 'done');
    first.abort(new Error('cancelled'));
    await expect(begun).rejects.toThrow('cancelled');
    expect(await joined).toBe('done');
  });

  it('lets somebody who no longer wants it go at once, and goes on for the others', async () => {
    const flight = createSingleFlight<string>();
    const work = Promise.withResolvers<string>();
    const gone = new AbortController();
    const begun = flight('a', () => work.promise);
    const joined = flight('a', async () => 'again', gone.signal);
    gone.abort(new Error('called off'));
    await expect(joined).rejects.toThrow('called off');
    work.resolve('done');
    expect(await begun).toBe('done');
  });
});
