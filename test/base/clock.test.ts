import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';

describe('systemClock', () => {
  it('tells milliseconds since the epoch', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('resolves a sleep', async () => {
    await expect(systemClock.sleep(1)).resolves.toBeUndefined();
  });

  it('rejects a sleep with the reason of the signal that is aborted meanwhile', async () => {
    const controller = new AbortController();
    const reason = new Error('the run is cancelled');
    const sleep = systemClock.sleep(3_600_000, controller.signal);
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
  });

  it('rejects at once where the signal is aborted already', async () => {
    const reason = new Error('too late');
    await expect(systemClock.sleep(3_600_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('does not end a sleep early that is longer than the longest timer', async () => {
    const controller = new AbortController();
    const reason = new Error('still asleep');
    const sleep = systemClock.sleep(2 ** 40, controller.signal);
    const first = await Promise.race([sleep, systemClock.sleep(5).then(() => 'other timer')]);
    expect(first).toBe('other timer');
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
  });
});
