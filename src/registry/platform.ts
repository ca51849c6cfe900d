/** Platforms as image indexes and configs name them. */
import type { Fields } from './json.ts';

/** `os/architecture[/variant]`; undefined where it cannot be read, and for what stands for no platform (attestations). */
export function platformOf(fields: Fields): string | undefined {
  const { os, architecture, variant } = fields;
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
  if (os === 'unknown' || architecture === 'unknown') return undefined;
  const platform = [os, architecture, variant].filter((part) => typeof part === 'string' && part !== '').join('/');
  return /^[a-zA-Z0-9_.-]{1,40}(?:\/[a-zA-Z0-9_.-]{1,40}){1,2}$/.test(platform) ? platform : undefined;
}
