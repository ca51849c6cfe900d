import { describe, expect, it } from 'vitest';
import { registryError } from '../../src/registry/errors.ts';
import { DEFAULT_LIMITS } from '../../src/registry/limits.ts';
import { createPatience } from '../../src/registry/patience.ts';

const ERROR = registryError('REGISTRY_TIMEOUT', 'registry.test did not answer');

/** Patience with 100 ms and 5 strikes, on a clock that the test sets. */
function setUp() {
  const clock = {
    nowMs: 0,
    now: () => clock.nowMs,
    sleep: async (ms: number) => {
      clock.nowMs += ms;
    },
  };
  const limits = { ...DEFAULT_LIMITS, troubleMs: 100, leastMs: 10 };
  const patience = createPatience('registry.test', { clock, limits });
  /** A request about `about` that fails after `ms`; true if that was the end. */
  const fail = (about: string | undefined, ms: number): boolean => {
    const start = patience.begin();
    clock.nowMs += ms;
    try {
      patience.bad(start, { about, error: ERROR });
      return false;
    } catch (error) {
      expect(error).toBe(ERROR);
      return true;
    }
  };
  const isOpen = (about: string | undefined) => !patience.signalFor(about).aborted;
  return { clock, patience, fail, isOpen };
}

describe('patience', () => {
  it('ends after five failures in a row', () => {
    const { fail } = setUp();
    expect([1, 2, 3, 4, 5].map(() => fail('a', 1))).toEqual([false, false, false, false, true]);
  });

  it('is half won back by each answer', () => {
    const { fail, patience } = setUp();
    for (let i = 0; i < 4; i++) fail('a', 1);
    patience.good();
    expect([1, 2, 3].map(() => fail('a', 1))).toEqual([false, false, true]);
  });

  it('adds up the time of trouble, answers in between or not', () => {
    const { fail, patience, clock } = setUp();
    fail('a', 60);
    patience.good();
    clock.nowMs += 1000;
    patience.good();
    expect(patience.remainingMs()).toBe(40);
    expect(fail('a', 39)).toBe(false);
    patience.good();
    expect(fail('a', 1)).toBe(true);
  });

  it('does not count the time in which others were answered', () => {
    const { patience, clock } = setUp();
    const start = patience.begin();
    clock.nowMs = 95;
    patience.good();
    clock.nowMs = 105;
    patience.bad(start, { about: 'a', error: ERROR });
    expect(patience.remainingMs()).toBe(90);
  });

  it('gives a request some time even where little is left', () => {
    const { fail, patience } = setUp();
    fail('a', 95);
    expect(patience.remainingMs()).toBe(10);
  });

  it('ends for one thing where only that is in trouble, and for all with the next', () => {
    const { fail, isOpen } = setUp();
    for (let i = 0; i < 5; i++) fail('a', 1);
    expect([isOpen('a'), isOpen('b'), isOpen(undefined)]).toEqual([false, true, true]);
    expect(fail('b', 1)).toBe(true);
    expect([isOpen('c'), isOpen(undefined)]).toEqual([false, false]);
  });

  it('forgets whose trouble it was with an answer', () => {
    const { fail, isOpen, patience } = setUp();
    fail('a', 1);
    patience.good();
    for (let i = 0; i < 5; i++) fail('b', 1);
    expect([isOpen('b'), isOpen('a'), isOpen(undefined)]).toEqual([false, true, true]);
  });

  it('ends for all where what all need is in trouble', () => {
    const { fail, isOpen } = setUp();
    for (let i = 0; i < 5; i++) fail(undefined, 1);
    expect(isOpen('a')).toBe(false);
  });

  it('is not spent on a pause that would use it up', async () => {
    const { fail, patience, clock } = setUp();
    fail('a', 50);
    await patience.pause(20, { about: 'a', error: ERROR });
    expect(clock.nowMs).toBe(70);
    await expect(patience.pause(30, { about: 'a', error: ERROR })).rejects.toBe(ERROR);
    expect(clock.nowMs).toBe(70);
  });

  it('tells those who wait in line that it has ended, and lets nobody in', async () => {
    const { patience } = setUp();
    await patience.enter('a');
    const waiting = [patience.enter('a'), patience.enter('b')];
    expect(patience.giveUp(ERROR)).toBe(ERROR);
    const told = 'registry.test is not asked again in this run: registry.test did not answer';
    for (const one of waiting) await expect(one).rejects.toThrow(told);
    await expect(patience.enter('c')).rejects.toThrow(told);
  });

  it('tells only those who wait for the one thing that has ended', async () => {
    const { patience, fail } = setUp();
    await patience.enter('a');
    const same = patience.enter('a');
    const other = patience.enter('b');
    for (let i = 0; i < 5; i++) fail('a', 1);
    await expect(same).rejects.toThrow('registry.test/a is not asked again in this run');
    patience.leave();
    await other;
  });

  it('lets those who no longer wait out of the line', async () => {
    const { patience } = setUp();
    await patience.enter('a');
    const stop = new AbortController();
    const left = patience.enter('a', stop.signal);
    const next = patience.enter('a');
    stop.abort(new Error('cancelled'));
    await expect(left).rejects.toThrow('cancelled');
    patience.leave();
    await next;
  });
});
