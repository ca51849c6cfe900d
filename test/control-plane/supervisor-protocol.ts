/** What a supervisor and its parent say to each other, one JSON object a line. */
import type { ProcessIdentity } from './process-identity.ts';

export const RECORD_FILE = 'processes.json';

export interface ServerCommand {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs: number;
}

export type SupervisorOrder = { readonly start: ServerCommand } | { readonly stop: string };

export type SupervisorEvent =
  | { readonly started: string; readonly pid: number }
  | { readonly ended: string; readonly reason: string };

/** What lies in RECORD_FILE, for whoever has to clean up after a supervisor that was itself killed. */
export interface ProcessRecord {
  /** Name of the machine: pids mean nothing on another one. */
  readonly host: string;
  readonly supervisor: ProcessIdentity;
  /** In the order of their start. */
  readonly servers: readonly ProcessIdentity[];
}
