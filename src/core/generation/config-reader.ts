/** Reads a small YAML document field by field, and remembers everything that is wrong with it. */
import type { Position, Problem } from '../../base/errors.ts';
import { suggestion } from '../../base/nearest.ts';
import { printable } from '../../base/printable.ts';
import { type ScalarValue, typeOfScalar } from '../manifests/scalar-type.ts';
import type { SourceText } from '../manifests/source-text.ts';
import {
  type Entry,
  entriesOf,
  isMap,
  isScalar,
  isSequence,
  itemsOf,
  type MapNode,
  type Reached,
  type YamlTree,
} from '../manifests/yaml-tree.ts';

/** The fields of one mapping. */
export class Fields {
  /** Where the mapping begins. */
  readonly start: number;
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(start: number, entries: readonly Entry[]) {
    this.start = start;
    this.#entries = new Map(entries.map((entry) => [entry.key.text, entry]));
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  get(name: string): Reached | undefined {
    return this.#entries.get(name)?.value;
  }

  keyStart(name: string): number {
    return this.#entries.get(name)?.key.start ?? this.start;
  }

  names(): readonly string[] {
    return [...this.#entries.keys()];
  }
}

export class ConfigReader {
  readonly problems: Problem[] = [];
  readonly #source: SourceText;
  readonly #tree: YamlTree;

  constructor(source: SourceText, tree: YamlTree) {
    this.#source = source;
    this.#tree = tree;
  }

  positionAt(offset: number): Position {
    return this.#source.positionAt(offset);
  }

  /** Remembers a problem: `clause` says what is wrong with the file. */
  fail(offset: number, clause: string, hint: string): void {
    const position = this.positionAt(offset);
    this.problems.push({
      severity: 'error',
      code: 'GENERATION_CONFIG',
      message: `.flux.yaml ${clause}`,
      position,
      hint,
    });
  }

  /** The fields of a mapping; a problem where it is none. */
  fields(reached: Reached | undefined, name: string): Fields | undefined {
    if (isMap(reached)) {
      this.#refuseRepeated(reached.node);
      return new Fields(reached.node.start, entriesOf(this.#tree, reached));
    }
    const at = reached?.node.start ?? this.#tree.root.start;
    this.fail(
      at,
      `has something else than a mapping as ${name}`,
      'Write its fields as `name: value`, indented below it.',
    );
    return undefined;
  }

  /** The items of a list; none where the field is missing, a problem where it is no list. */
  list(fields: Fields, name: string): readonly Reached[] {
    const reached = fields.get(name);
    if (reached === undefined) return [];
    if (isSequence(reached)) return itemsOf(this.#tree, reached);
    this.fail(reached.node.start, `has something else than a list as ${name}`, 'Write each item behind a dash.');
    return [];
  }

  /** A text that is not empty; a problem with this hint where the field is missing, or is none. */
  text(fields: Fields, name: string, hint: string): string | undefined {
    const reached = fields.get(name);
    if (reached === undefined) {
      this.fail(fields.start, `has no ${name} here`, hint);
      return undefined;
    }
    const value = this.value(reached);
    if (typeof value === 'string' && value.trim() !== '' && !value.includes('\0')) return value;
    this.fail(reached.node.start, `has something else than text as ${name}`, hint);
    return undefined;
  }

  /** The value of a scalar; undefined for anything else. */
  value(reached: Reached): ScalarValue | undefined {
    return isScalar(reached) ? typeOfScalar(reached.node) : undefined;
  }

  /** A problem for every field that is not among `known`. */
  onlyKnown(fields: Fields, known: readonly string[]): void {
    for (const name of fields.names()) {
      if (known.includes(name)) continue;
      const hint = suggestion(name, known) ?? 'Remove it.';
      this.fail(fields.keyStart(name), `has an unknown key ${printable(name)}`, hint);
    }
  }

  #refuseRepeated(map: MapNode): void {
    const seen = new Set<string>();
    for (const { key } of map.pairs) {
      if (key.kind !== 'scalar') continue;
      if (seen.has(key.text)) this.fail(key.start, `has ${printable(key.text)} twice`, 'Keep one of them.');
      seen.add(key.text);
    }
  }
}
