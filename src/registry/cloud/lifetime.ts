/** How long what a login service gave may be used. */
import { numberOf, parseObject } from '../json.ts';

const MINUTE_MS = 60_000;
/** Where nobody says: the shortest that these services give is an hour. */
const UNTOLD_MS = 55 * MINUTE_MS;
const LONGEST_MS = 12 * 60 * MINUTE_MS;
/** Even where the runner's clock is ahead: else each request would log in anew. */
const SHORTEST_MS = MINUTE_MS;
const SKEW_MS = 5 * MINUTE_MS;

/** When to stop using what expires at `expiresMs`: some time before, since clocks differ and answers take their time. */
export function staleAt(nowMs: number, expiresMs: number | undefined): number {
  const told = expiresMs !== undefined && Number.isFinite(expiresMs) ? expiresMs - nowMs : UNTOLD_MS;
  const lifetimeMs = Math.min(Math.max(told, SHORTEST_MS), LONGEST_MS);
  return nowMs + lifetimeMs - Math.min(SKEW_MS, lifetimeMs / 4);
}

/** When a JSON Web Token expires, as it says itself; undefined for anything else. Its signature is its reader's business. */
export function tokenExpiry(token: string): number | undefined {
  const [, payload] = token.split('.');
  const claims = parseObject(Buffer.from(payload ?? '', 'base64url'));
  const expires = claims && numberOf(claims, 'exp');
  return expires === undefined ? undefined : expires * 1000;
}
