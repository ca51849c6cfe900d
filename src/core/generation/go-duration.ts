/** Durations as Go writes them: `90s`, `1m30s`, `1.5h`. */

const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

const TERM = /([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)/y;
const MAX_LENGTH = 64;

/** Milliseconds, fractions included; undefined where the text is no duration. Source: https://pkg.go.dev/time#ParseDuration */
export function parseGoDuration(text: string): number | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const negative = text.startsWith('-');
  const body = text.replace(/^[-+]/, '');
  if (body === '0') return 0;
  let total = 0;
  TERM.lastIndex = 0;
  for (let at = 0; at < body.length; at = TERM.lastIndex) {
    const match = TERM.exec(body);
    if (match === null) return undefined;
    total += Number(match[1]) * (UNITS_MS.get(match[2] ?? '') ?? 0);
  }
  if (body === '') return undefined;
  return negative ? -total : total;
}
