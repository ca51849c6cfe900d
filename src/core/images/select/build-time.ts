/** Times of tags: which of them count, and how they are printed. */

/** 0002-01-01T00:00:00Z. Go's zero time, which tools write for "unknown", is in year 1. */
const FIRST_READABLE_MS = -62_104_060_800_000;
/** The last moment a JavaScript date can name. https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_READABLE_MS = 8_640_000_000_000_000;

/** `ms` where it is a moment to compare with: a number, not in year 1 or before. */
export function readableTime(ms: number | undefined): number | undefined {
  if (ms === undefined || !Number.isFinite(ms)) return undefined;
  return ms >= FIRST_READABLE_MS && ms <= LAST_READABLE_MS ? ms : undefined;
}

/** UTC, to the second: `2026-08-22T10:00:00Z`. */
export function renderTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** The two largest units of a time span: `3 d 4 h`, `90 s` as `1 min 30 s`, `0 s`. */
export function renderSpan(ms: number): string {
  let rest = Math.max(0, Math.floor(ms / 1_000)) * 1_000;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}
