/** Which credentials a git command is given beside those that git finds by itself. */
import type { Secret } from '../base/secret.ts';
import type { ConfigEntry } from './git-environment.ts';

export interface CredentialFacts {
  /** Where the remote is fetched from and pushed to, as git resolved them. */
  readonly urls: readonly string[];
  readonly token: Secret | undefined;
  /** The only server that the token is for: `https://github.com`. */
  readonly serverUrl: string | undefined;
  /** The whole configuration in force, keys as git prints them. */
  readonly config: readonly ConfigEntry[];
}

export interface Credentials {
  readonly config: readonly ConfigEntry[];
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
}

const NONE: Credentials = { config: [], secrets: [] };
const EXTRA_HEADER = /^http\.(?:(.+)\.)?extraheader$/i;

/**
 * The token as a header for its own server, or nothing where the remote is elsewhere, has a password in its URL, or is
 * covered by a header in the configuration already: GitHub answers 400 to two of them.
 * Redirects are not followed while it is sent, because git repeats extra headers to wherever a redirect leads.
 * Source: https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpextraHeader,
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app (user `x-access-token`)
 */
export function tokenCredentials(facts: CredentialFacts): Credentials {
  const { token } = facts;
  const server = webUrl(facts.serverUrl ?? '');
  if (token === undefined || server === null || token.reveal().trim() === '') return NONE;
  const targets = facts.urls.map(webUrl).filter((url) => url?.origin === server.origin);
  const wanting = targets.every((url) => url !== null && url.password === '' && !hasHeader(facts.config, url));
  if (targets.length === 0 || !wanting) return NONE;
  const basic = Buffer.from(`x-access-token:${token.reveal().trim()}`).toString('base64');
  return {
    config: [
      [`http.${server.origin}/.extraheader`, `AUTHORIZATION: basic ${basic}`],
      [`http.${server.origin}/.followredirects`, 'false'],
    ],
    secrets: [token.reveal().trim(), basic],
  };
}

/** The passwords in `urls`, as written and decoded. */
export function passwordsIn(urls: readonly string[]): string[] {
  return urls.flatMap((url) => {
    const password = webUrl(url)?.password ?? '';
    if (password === '') return [];
    return [password, decoded(password)];
  });
}

/** Whether the configuration sends an authorization header to `url`; an unscoped one goes everywhere. */
function hasHeader(config: readonly ConfigEntry[], url: URL): boolean {
  return config.some(([key, value]) => {
    const match = EXTRA_HEADER.exec(key);
    if (match === null || !/^authorization\s*:/i.test(value)) return false;
    const scope = match[1];
    return scope === undefined || covers(scope, url);
  });
}

/** Source of the matching rules: https://git-scm.com/docs/git-config#Documentation/git-config.txt-httplturlgt */
function covers(scope: string, url: URL): boolean {
  const pattern = webUrl(scope);
  if (pattern === null || pattern.origin !== url.origin) return false;
  const path = pattern.pathname.replace(/\/$/, '');
  return path === '' || url.pathname === path || url.pathname.startsWith(`${path}/`);
}

function webUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // reason: not percent-encoded, so the text itself is the password
    return text;
  }
}
