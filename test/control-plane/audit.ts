/** Reads the API server's audit log, so that tests count requests instead of believing what the client says. */
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface AuditedRequest {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; the HTTP method for non-resources. */
  readonly verb: string;
  /** Plural, with its subresource: `deployments`, `deployments/scale`; empty for non-resource requests. */
  readonly resource: string;
  readonly apiGroup: string;
  readonly namespace: string;
  readonly name: string;
  readonly user: string;
  readonly userAgent: string;
  readonly requestURI: string;
  /** Whether the query asks for `dryRun=All`. */
  readonly dryRun: boolean;
  readonly code: number;
}

export interface AuditFilter {
  /** One of these names. */
  readonly users?: readonly string[];
  /** A part of it suffices. */
  readonly userAgent?: string;
  readonly namespace?: string;
}

/** A place in the audit log. */
export interface AuditMark {
  readonly directory: string;
  readonly offset: number;
}

interface AuditEvent {
  readonly auditID: string;
  readonly stage: 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete' | 'Panic';
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly userAgent?: string;
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly apiGroup?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

const COMPLETION_TIMEOUT_MS = 30_000;

/** The end of the log now. */
export async function markAudit(directory: string): Promise<AuditMark> {
  return { directory, offset: (await stat(join(directory, 'audit.log'))).size };
}

/**
 * The requests received since `mark`, in the order of their arrival. Waits until each of them has been answered: the server
 * writes down the arrival before it works, but the answer only after the client may have read it.
 */
export async function readAuditSince(
  { directory, offset }: AuditMark,
  filter: AuditFilter = {},
): Promise<AuditedRequest[]> {
  const deadline = performance.now() + COMPLETION_TIMEOUT_MS;
  while (true) {
    const events = (await readEvents(directory, offset)).filter((event) => matches(event, filter));
    const answered = new Map(events.filter((event) => event.stage !== 'RequestReceived').map((e) => [e.auditID, e]));
    const received = events.filter((event) => event.stage === 'RequestReceived');
    const open = received.filter((event) => !answered.has(event.auditID));
    if (open.length === 0) return received.map((event) => describe(answered.get(event.auditID) ?? event));
    if (performance.now() > deadline) {
      throw new Error(`not answered after ${COMPLETION_TIMEOUT_MS} ms: ${open.map((e) => e.requestURI).join(', ')}`);
    }
    await delay(10);
  }
}

/** How many of the requests have each verb, dry runs as `VERB (dry run)`: `{ list: 3, patch: 1 }`. */
export function countVerbs(requests: readonly AuditedRequest[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verb, dryRun } of requests) {
    const key = dryRun ? `${verb} (dry run)` : verb;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** The verbs that change something. */
export function isWrite({ verb, dryRun }: AuditedRequest): boolean {
  return !dryRun && ['create', 'update', 'patch', 'delete', 'deletecollection'].includes(verb);
}

async function readEvents(directory: string, offset: number): Promise<AuditEvent[]> {
  const file = await open(join(directory, 'audit.log'));
  try {
    const length = (await file.stat()).size - offset;
    const buffer = Buffer.alloc(length);
    await file.read(buffer, 0, length, offset);
    const text = buffer.toString('utf8');
    // The last line may be half written.
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as AuditEvent);
  } finally {
    await file.close();
  }
}

function matches(event: AuditEvent, filter: AuditFilter): boolean {
  if (filter.users !== undefined && !filter.users.includes(event.user.username)) return false;
  if (filter.userAgent !== undefined && !(event.userAgent ?? '').includes(filter.userAgent)) return false;
  return filter.namespace === undefined || event.objectRef?.namespace === filter.namespace;
}

function describe(event: AuditEvent): AuditedRequest {
  const { resource = '', subresource, apiGroup = '', namespace = '', name = '' } = event.objectRef ?? {};
  const query = new URL(event.requestURI, 'https://server').searchParams;
  return {
    verb: event.verb,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    apiGroup,
    namespace,
    name,
    user: event.user.username,
    userAgent: event.userAgent ?? '',
    requestURI: event.requestURI,
    dryRun: query.getAll('dryRun').includes('All'),
    code: event.responseStatus?.code ?? 0,
  };
}
