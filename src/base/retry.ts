/** When to ask again. */

/**
 * Milliseconds that a `Retry-After` header asks for, or undefined where there is none that can be read; 0 for a date that has passed.
 * Seconds or an HTTP date. Source: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  // Every form of an HTTP date begins with the name of a day; Date.parse alone would take almost any text.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** The pause before attempt `attempt + 1`, doubling from `firstMs`; `attempt` counts from 1. */
export function backoffMs(attempt: number, firstMs: number): number {
  return firstMs * 2 ** Math.min(attempt - 1, 10);
}
