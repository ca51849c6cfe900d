import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter, mapConcurrent } from '../../src/base/concurrency.ts';

describe('createLimiter', () => {
  it('never runs more tasks than the limit, and runs them all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { maxLength: 30 }),
        async (limit, plan) => {
          const limiter = createLimiter(limit);
          let running = 0;
          let highest = 0;
          const settled = await Promise.allSettled(
            plan.map((succeeds) =>
              limiter(async () => {
                highest = Math.max(highest, ++running);
                await new Promise((resolve) => setImmediate(resolve));
                running--;
                if (!succeeds) throw new Error('as planned');
              }),
            ),
          );
          expect(highest).toBe(Math.min(limit, plan.length));
          expect(settled.map((result) => result.status === 'fulfilled')).toEqual(plan);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('goes on after a task that fails', async () => {
    const limiter = createLimiter(1);
    const failing = limiter(() => Promise.reject(new Error('first')));
    const next = limiter(async () => 'second');
    await expect(failing).rejects.toThrow('first');
    await expect(next).resolves.toBe('second');
  });

  it.each([{ limit: 0 }, { limit: -1 }, { limit: 1.5 }, { limit: Number.NaN }])(
    'refuses a limit of $limit, with which nothing would ever run',
    ({ limit }) => {
      expect(() => createLimiter(limit)).toThrow(RangeError);
    },
  );
});

describe('mapConcurrent', () => {
  it('gives results in the order of the input whatever order they finish in', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const results = mapConcurrent(gates, 3, async (gate, index) => {
      await gate.promise;
      return index * 10;
    });
    for (const gate of gates.toReversed()) {
      gate.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect(results).resolves.toEqual([0, 10, 20]);
  });

  it('works on at most `limit` items at a time', async () => {
    let running = 0;
    let highest = 0;
    await mapConcurrent(Array.from({ length: 20 }), 4, async () => {
      highest = Math.max(highest, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    });
    expect(highest).toBe(4);
  });

  it('rejects with the first rejection and starts no further item', async () => {
    const started: number[] = [];
    const all = mapConcurrent([0, 1, 2, 3, 4, 5], 2, async (item) => {
      started.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 1) throw new Error('item 1');
    });
    await expect(all).rejects.toThrow('item 1');
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(started.length).toBeLessThanOrEqual(3);
  });

  it('rejects when all that was started has ended, so that nothing of it is used after its end', async () => {
    const gate = Promise.withResolvers<void>();
    let isDone = false;
    const all = mapConcurrent([0, 1], 2, async (item) => {
      if (item === 1) throw new Error('item 1');
      await gate.promise;
      isDone = true;
      throw new Error('item 0');
    });
    const isDoneThen = all.catch((error: Error) => [error.message, isDone]);
    await new Promise((resolve) => setImmediate(resolve));
    gate.resolve();
    expect(await isDoneThen).toEqual(['item 1', true]);
  });

  it('gives an empty list for an empty list', async () => {
    await expect(mapConcurrent([], 3, async () => 1)).resolves.toEqual([]);
  });

  it('refuses a limit of 0', async () => {
    await expect(mapConcurrent([1], 0, async () => 1)).rejects.toThrow(RangeError);
  });
});
