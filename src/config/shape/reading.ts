/** The state of reading one configuration: where we are, what was found wrong, what variables are worth. */
import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, visit } from 'yaml';
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

interface Step {
  readonly name: string;
  readonly keyNode: Node | undefined;
}

/** Nodes visited before the configuration counts as hostile: aliases can multiply what a small file says. */
const MOST_NODES = 100_000;

export class Reading {
  readonly problems: Problem[] = [];
  readonly #options: ReadingOptions;
  readonly #path: Step[] = [];
  #visited = 0;
  #targets: ReadonlyMap<Alias, Node> | undefined;
  #missing: Set<string> | undefined;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  /** Where we are, as people write it: `environments.development.path[1]`. */
  get path(): string {
    return this.#path.reduce(
      (path, { name }) => (name.startsWith('[') || path === '' ? path + name : `${path}.${name}`),
      '',
    );
  }

  /** Runs `read` one step further down: a key with its node, or `[index]`. */
  within<T>(name: string, read: () => T, keyNode?: Node): T {
    this.#path.push({ name, keyNode });
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
    if (!isAlias(node)) return node;
    this.#targets ??= aliasTargets(this.#options.document);
    return this.#targets.get(node) ?? node;
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

  /** The same about something that is not there: at the key above it, where there is one. */
  complainAbove(node: Node | null, complaint: Complaint): void {
    this.#record(this.positionOf(this.#path.at(-1)?.keyNode ?? node), complaint);
  }

  complainAt(position: Position, complaint: Complaint): void {
    this.#record(position, complaint);
  }

  warnAt(position: Position, warning: { code: string; message: string; hint?: string }): void {
    this.problems.push({ severity: 'warning', ...warning, message: showReferences(warning.message), position });
  }

  /** `text` of `node` with variables put in, or undefined after complaining of those that are malformed or not set. */
  expand(text: string, node: Node): string | undefined {
    const [start = 0, end = 0] = node.range ?? [];
    let complete = true;
    if (/\$\{(?:\{|[A-Za-z_]\w*[^\w}])/.test(text)) {
      complete = false;
      this.complain(node, {
        code: 'CONFIG_VALUE',
        message: `has a variable that is not written as \${NAME}`,
        hint: 'Use letters, digits and underscores, nothing else; set the variable in the environment of the run.',
      });
    }
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
      message: showReferences(`${path} ${complaint.message}`),
      position,
      hint: complaint.hint,
    });
  }
}

/** Where each alias leads: to the last anchor of its name before it. The library searches the whole document anew for each. */
function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) targets.set(alias, target);
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** What stands at `node`, in words for "…, not …". */
export function describeNode(node: Node | null): string {
  if (isAlias(node)) return `the alias *${node.source}, which has no anchor`;
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  if (typeof node.value === 'string') return node.value === '' ? 'an empty text' : `the text ${quote(node.value)}`;
  if (typeof node.value === 'object') return 'a value with a tag';
  return typeof node.value === 'number' ? `the number ${node.source ?? node.value}` : String(node.value);
}

function quote(value: string): string {
  const text = showReferences(value).replace(/[\p{Cc}\s]+/gu, ' ');
  return `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
}
