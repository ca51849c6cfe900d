/** The state of reading one configuration: where we are, what was found wrong, what variables are worth. */
import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Position, Problem } from '../../base/errors.ts';
import type { ConfigErrorCode } from '../config.ts';
import { putValues, referencesIn, showReferences } from '../variables.ts';

export interface Complaint {
  readonly code: ConfigErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

export interface ReadingOptions {
  readonly file: string;
  /** The text that was parsed, references hidden. */
  readonly source: string;
  readonly lines: LineCounter;
  readonly document: Document.Parsed;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Nodes visited before the configuration counts as hostile: aliases can multiply what a small file says. */
const MOST_NODES = 100_000;

export class Reading {
  readonly problems: Problem[] = [];
  readonly #options: ReadingOptions;
  readonly #path: string[] = [];
  #visited = 0;
  #missing: Set<string> | undefined;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  /** Where we are, as people write it: `environments.development.path[1]`. */
  get path(): string {
    return this.#path.reduce((path, key) => (key.startsWith('[') || path === '' ? path + key : `${path}.${key}`), '');
  }

  /** Runs `read` one step further down: a key, or `[index]`. */
  within<T>(step: string, read: () => T): T {
    this.#path.push(step);
    try {
      return read();
    } finally {
      this.#path.pop();
    }
  }

  /** Runs `read` collecting the variables that are not set instead of complaining about them. */
  collectingMissing<T>(read: () => T): { result: T; missing: ReadonlySet<string> } {
    const before = this.#missing;
    const missing = new Set<string>();
    this.#missing = missing;
    try {
      return { result: read(), missing };
    } finally {
      this.#missing = before;
    }
  }

  /** The node that an alias stands for, any other node as it is; null for nothing, and for too much. */
  resolve(node: Node | null): Node | null {
    this.#visited++;
    if (this.#visited > MOST_NODES) {
      if (this.#visited === MOST_NODES + 1) {
        this.complain(node, { code: 'CONFIG_TOO_LARGE', message: `has more than ${MOST_NODES} values` });
      }
      return null;
    }
    return isAlias(node) ? (node.resolve(this.#options.document) ?? null) : node;
  }

  get exhausted(): boolean {
    return this.#visited > MOST_NODES;
  }

  positionOf(node: Node | null): Position {
    return this.#positionAt(node?.range?.[0] ?? 0);
  }

  /** Records an error about the value at `node`; the sentence starts with the path. */
  complain(node: Node | null, complaint: Complaint): void {
    this.#record(this.positionOf(node), complaint);
  }

  warn(node: Node | null, warning: { code: string; message: string; hint: string }): void {
    this.problems.push({ severity: 'warning', ...warning, position: this.positionOf(node) });
  }

  /** `text` of `node` with variables put in, or undefined after complaining of those that are not set. */
  expand(text: string, node: Node): string | undefined {
    const [start = 0, end = 0] = node.range ?? [];
    let complete = true;
    for (const { name, offset } of referencesIn(this.#options.source.slice(start, end))) {
      if (this.#valueOf(name) !== undefined) continue;
      complete = false;
      if (this.#missing !== undefined) this.#missing.add(name);
      else {
        this.#record(this.#positionAt(start + offset), {
          code: 'CONFIG_UNSET_VARIABLE',
          message: `needs the environment variable ${name}, which is not set`,
          hint: `Set ${name}, or write $\${${name}} where the text itself is meant.`,
        });
      }
    }
    return complete ? putValues(text, (name) => this.#valueOf(name)) : undefined;
  }

  /** An empty variable counts as not set: that is how CI hands over a secret that does not exist. */
  #valueOf(name: string): string | undefined {
    const variables = this.#options.variables;
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return value === '' ? undefined : value;
  }

  #positionAt(offset: number): Position {
    const { line, col } = this.#options.lines.linePos(offset);
    return { file: this.#options.file, line: Math.max(line, 1), col: Math.max(col, 1) };
  }

  #record(position: Position, complaint: Complaint): void {
    const path = this.path === '' ? 'the configuration' : this.path;
    this.problems.push({
      severity: 'error',
      code: complaint.code,
      message: `${path} ${complaint.message}`,
      position,
      hint: complaint.hint,
    });
  }
}

/** What stands at `node`, in words for "…, not …". */
export function describeNode(node: Node | null): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  if (typeof node.value === 'string') return node.value === '' ? 'an empty text' : `the text ${quote(node.value)}`;
  return typeof node.value === 'number' ? `the number ${node.source ?? node.value}` : String(node.value);
}

function quote(value: string): string {
  const text = showReferences(value);
  return `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
}
