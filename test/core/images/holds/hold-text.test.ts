import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canBeHeld,
  type HoldRequest,
  holdSentence,
  isDay,
  isOver,
  parseHold,
  renderHold,
} from '../../../../src/core/images/holds/hold-text.ts';

describe('the text of a hold', () => {
  it.each([
    { text: 'flaky on arm64', until: undefined, reason: 'flaky on arm64' },
    { text: '  true ', until: undefined, reason: 'true' },
    { text: 'until 2026-12-01', until: '2026-12-01', reason: '' },
    { text: 'until 2026-12-01 flaky', until: '2026-12-01', reason: 'flaky' },
    { text: 'until 2026-12-01: flaky', until: '2026-12-01', reason: 'flaky' },
    { text: 'until 2026-12-01T10:00 flaky', until: undefined, reason: 'until 2026-12-01T10:00 flaky' },
    { text: 'until 2026-02-30 flaky', until: undefined, reason: 'until 2026-02-30 flaky' },
    { text: 'until monday', until: undefined, reason: 'until monday' },
    { text: 'two\nlines\tof \u0007 it', until: undefined, reason: 'two lines of \uFFFD it' },
    { text: `${'x'.repeat(300)}`, until: undefined, reason: `${'x'.repeat(199)}…` },
  ])('is read: $text', ({ text, until, reason }) => {
    expect(parseHold(text)).toEqual({ until, reason });
  });

  it.each(['', '  ', 'false', ' false '])("that is '%s' holds nothing", (text) => {
    expect(parseHold(text)).toBeUndefined();
  });

  it.each<{ asked: Partial<HoldRequest>; text: string }>([
    { asked: {}, text: 'by hand' },
    { asked: { user: 'Ann <ann@example.com>' }, text: 'asked by Ann <ann@example.com>' },
    { asked: { message: 'flaky\non arm64' }, text: 'flaky on arm64' },
    { asked: { message: 'flaky', user: 'Ann' }, text: 'flaky (Ann)' },
    { asked: { message: 'flaky', user: 'Ann', until: '2026-12-01' }, text: 'until 2026-12-01 flaky (Ann)' },
    { asked: { until: '2026-12-01' }, text: 'until 2026-12-01 by hand' },
  ])('is written for $asked', ({ asked, text }) => {
    expect(renderHold({ until: undefined, message: undefined, user: undefined, ...asked })).toBe(text);
  });

  it('that is written is a hold of one line until the day that was asked for, whatever the words', () => {
    const words = fc.option(fc.string({ unit: 'binary', maxLength: 300 }), { nil: undefined });
    const day = fc.option(fc.constantFrom('2026-12-01', '2030-01-31'), { nil: undefined });
    fc.assert(
      fc.property(words, words, day, (message, user, until) => {
        fc.pre(!/^\s*until /.test(message ?? ''));
        const text = renderHold({ until, message, user });
        expect(text).not.toMatch(/[\n\r\p{Cc}]/u);
        expect(parseHold(text)?.until).toBe(until);
      }),
    );
  });
});

describe('a hold', () => {
  it.each([
    { now: '2026-11-30T00:00:00Z', over: false },
    { now: '2026-12-01T23:59:59Z', over: false },
    { now: '2026-12-02T00:00:00Z', over: true },
  ])('until a day is over after that day: $now', ({ now, over }) => {
    expect(isOver({ until: '2026-12-01', reason: '' }, Date.parse(now))).toBe(over);
    expect(isOver({ until: undefined, reason: '' }, Date.parse(now))).toBe(false);
  });

  it.each([
    { until: undefined, reason: 'flaky', sentence: 'on hold: flaky' },
    { until: '2026-12-01', reason: 'flaky', sentence: 'on hold until 2026-12-01: flaky' },
    { until: '2026-12-01', reason: '', sentence: 'on hold until 2026-12-01' },
  ])('is told as: $sentence', ({ until, reason, sentence }) => {
    expect(holdSentence({ until, reason })).toBe(sentence);
  });

  it.each(['2026-13-01', '2026-1-1', '2026-02-29', 'tomorrow', '', '2026-12-01 '])('ends on no day like %s', (day) => {
    expect(isDay(day)).toBe(false);
  });
});

describe('a container', () => {
  it.each(['app', 'chart-image', 'a.b', 'x'.repeat(58)])('like %s can be named in an annotation', (container) => {
    expect(canBeHeld(container)).toBe(true);
  });

  it.each(['', 'sidecars[0]', 'a/b', 'app-', 'x'.repeat(59), 'ä'])("like '%s' cannot", (container) => {
    expect(canBeHeld(container)).toBe(false);
  });
});
