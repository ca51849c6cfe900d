/** Conversations with registries as they are published, replayed: each request must come, in order, and no other. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fetch } from '../../src/base/http.ts';

export interface Transcript {
  readonly about: string;
  /** Where the requests and answers are described. */
  readonly sources: readonly string[];
  /** `docker.io/library/alpine` */
  readonly image: string;
  readonly setup?: Setup;
  /** Each run is a process of its own; they share the cache. */
  readonly runs: readonly Run[];
}

export interface Setup {
  readonly endpoint?: string;
  readonly credential?: { readonly username: string; readonly password: string };
  /** The job's GITHUB_TOKEN. */
  readonly jobToken?: string;
  /** What the job's identity is; its OIDC token is `id-token for AUDIENCE`. */
  readonly identity?: {
    readonly aws?: { readonly roleArn: string };
    readonly google?: { readonly provider: string; readonly serviceAccount?: string };
    readonly azure?: { readonly tenantId: string; readonly clientId: string };
  };
  readonly env?: Readonly<Record<string, string>>;
  /** Pages of versions that GitHub's client gives. */
  readonly packageVersions?: readonly (readonly { digest: string; tags: string[]; createdMs: number }[])[];
}

export interface Run {
  readonly now?: string;
  readonly exchanges: readonly Exchange[];
  readonly steps: readonly Step[];
  readonly warnings?: readonly string[];
  /** Requests that count for the registry; default: all exchanges. */
  readonly requests?: number;
  /** What the log must hide, beside the credentials of the setup. */
  readonly masked?: readonly string[];
}

export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Of these headers the value, or null where it must not be there; `/…/` is a pattern. */
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly form?: Readonly<Record<string, string>>;
    readonly json?: unknown;
  };
  readonly answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly json?: unknown;
    readonly text?: string;
  };
}

export interface Step {
  readonly call: 'list' | 'times' | 'describe' | 'digest';
  /** For times and describe; default: those of the last listing. */
  readonly tags?: readonly string[];
  readonly tag?: string;
  /** For times; default: pushes. */
  readonly wanted?: 'pushes' | 'builds';
  readonly gives?: unknown;
  readonly fails?: { readonly code: string; readonly message: string };
}

export async function readTranscript(directory: string): Promise<Transcript> {
  return JSON.parse(await readFile(join(directory, 'transcript.json'), 'utf8')) as Transcript;
}

export interface Replay {
  readonly fetch: Fetch;
  /** What was asked for against the transcript, and what it had that never came. */
  problems(): string[];
}

/** A `fetch` that plays `exchanges`. */
export function replay(exchanges: readonly Exchange[]): Replay {
  const left = [...exchanges];
  const unexpected: string[] = [];
  return {
    fetch: async (url, init) => {
      const next = left.shift();
      const problem = next === undefined ? 'nothing was to come' : difference(next.request, url, init);
      if (next === undefined || problem !== undefined) {
        unexpected.push(`${init.method} ${url.href}: ${problem}`);
        return new Response(null, { status: 418 });
      }
      const { status, headers, json, text } = next.answer;
      const body = json === undefined ? (text ?? null) : JSON.stringify(json);
      return new Response(init.method === 'HEAD' ? null : body, { status, headers: { ...headers } });
    },
    problems: () => [...unexpected, ...left.map(({ request }) => `never came: ${request.method} ${request.url}`)],
  };
}

function difference(expected: Exchange['request'], url: URL, init: RequestInit): string | undefined {
  if (`${init.method} ${url.href}` !== `${expected.method} ${expected.url}`) {
    return `expected ${expected.method} ${expected.url}`;
  }
  const sent = new Headers(init.headers);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    const actual = sent.get(name);
    const pattern = value?.startsWith('/') ? new RegExp(value.slice(1, -1)) : undefined;
    if (pattern === undefined ? actual !== value : !pattern.test(actual ?? '')) {
      return `expected ${name}: ${value}, got ${actual}`;
    }
  }
  const body = init.body === undefined ? undefined : String(init.body);
  if (expected.form !== undefined) {
    const form = Object.fromEntries(new URLSearchParams(body));
    return sameJson(form, expected.form) ? undefined : `got the form ${JSON.stringify(form)}`;
  }
  if (expected.json !== undefined) {
    return sameJson(JSON.parse(body ?? 'null'), expected.json) ? undefined : `got the body ${body}`;
  }
  return body === undefined ? undefined : `got a body: ${body}`;
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
