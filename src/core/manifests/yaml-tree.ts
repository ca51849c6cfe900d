/**
 * A YAML document as a tree of nodes with their places in the text: what every reader of manifests walks.
 * Scalars keep their text untyped, so that `1.10` is not 1.1 until somebody asks for a type.
 */
import type { ScalarStyle } from './scalar-span.ts';

interface NodeBase {
  /**
   * Offsets into the decoded text, anchor and tag excluded, end exclusive. A block collection ends where its last value
   * does.
   */
  readonly start: number;
  readonly end: number;
  /** The tag as YAML resolves it (`tag:yaml.org,2002:str`, `!`, `!foo`), if one is written. */
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /** Quotes removed, escapes and folding resolved, not typed. */
  readonly text: string;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly pairs: readonly MapPair[];
}

/** A key without a value has an empty plain scalar. */
export interface MapPair {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  /** Never an alias itself, and never a node that contains this alias. */
  readonly target: ContentNode;
}

export type ContentNode = ScalarNode | MapNode | SequenceNode;
export type YamlNode = ContentNode | AliasNode;

/** One document of a stream. */
export interface YamlTree {
  readonly root: YamlNode;
  /** The nodes that aliases refer to. */
  readonly repeated: ReadonlySet<ContentNode>;
}

/** A node as reached from the root: `shared` where an anchor that is repeated elsewhere stands on the way. */
export interface Reached<T extends ContentNode = ContentNode> {
  readonly node: T;
  readonly shared: boolean;
}

/** An entry of a mapping with merge keys resolved. */
export interface Entry {
  readonly key: ScalarNode;
  readonly value: Reached;
}

/** The root of a document. */
export function rootOf(tree: YamlTree): Reached {
  return step(tree, tree.root, false);
}

/**
 * The value of `key`: the last one written where a key is repeated, else what merge keys (`<<`) bring, the first of a
 * list of them first. Keys are compared by their text.
 */
export function fieldOf(tree: YamlTree, map: Reached<MapNode>, key: string): Reached | undefined {
  return lookUp(tree, map, { key, visited: undefined });
}

/** The value reached by one key after the other; undefined where one is missing or does not hold a mapping. */
export function valueAt(tree: YamlTree, from: Reached | undefined, path: readonly string[]): Reached | undefined {
  let reached = from;
  for (const key of path) {
    if (reached === undefined || !isMap(reached)) return undefined;
    reached = fieldOf(tree, reached, key);
  }
  return reached;
}

/** `valueAt` for many paths through one document: a mapping is searched once, however many lead through it. */
export function createValueFinder(
  tree: YamlTree,
): (from: Reached<MapNode>, path: readonly string[]) => Reached | undefined {
  const indexes = new Map<MapNode, ReadonlyMap<string, Reached>>();
  const indexOf = (map: Reached<MapNode>) => {
    const index = indexes.get(map.node) ?? new Map(entriesOf(tree, map).map(({ key, value }) => [key.text, value]));
    indexes.set(map.node, index);
    return index;
  };
  return (from, path) => {
    let reached: Reached | undefined = from;
    for (const key of path) reached = isMap(reached) ? indexOf(reached).get(key) : undefined;
    return reached;
  };
}

/** The entries of a mapping in the order written, merged ones last; a repeated key stands once, with its last value. */
export function entriesOf(tree: YamlTree, map: Reached<MapNode>): readonly Entry[] {
  const entries = new Map<string, Entry>();
  collectEntries(tree, map, { entries, visited: new Set() });
  return [...entries.values()];
}

/** The items of a sequence. */
export function itemsOf(tree: YamlTree, sequence: Reached<SequenceNode>): readonly Reached[] {
  return sequence.node.items.map((item) => step(tree, item, sequence.shared));
}

export function isMap(reached: Reached | undefined): reached is Reached<MapNode> {
  return reached?.node.kind === 'map';
}

export function isSequence(reached: Reached | undefined): reached is Reached<SequenceNode> {
  return reached?.node.kind === 'sequence';
}

export function isScalar(reached: Reached | undefined): reached is Reached<ScalarNode> {
  return reached?.node.kind === 'scalar';
}

/** A merge key is the plain scalar `<<`; a quoted one is an ordinary key. */
export function isMergeKey(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && node.text === '<<';
}

function step(tree: YamlTree, node: YamlNode, shared: boolean): Reached {
  const content = node.kind === 'alias' ? node.target : node;
  return { node: content, shared: shared || tree.repeated.has(content) };
}

function lookUp(
  tree: YamlTree,
  map: Reached<MapNode>,
  want: { readonly key: string; readonly visited: Set<MapNode> | undefined },
): Reached | undefined {
  let own: YamlNode | undefined;
  let merges = false;
  for (const pair of map.node.pairs) {
    const key = scalarKey(pair);
    if (key?.text === want.key) own = pair.value;
    merges ||= key === undefined && isMergeKey(pair.key);
  }
  if (own !== undefined) return step(tree, own, map.shared);
  if (!merges) return undefined;
  // A mapping merged a second time brings nothing new, and must not cost anything either.
  const visited = want.visited ?? new Set();
  visited.add(map.node);
  for (const source of mergeSources(tree, map)) {
    const merged = visited.has(source.node) ? undefined : lookUp(tree, source, { key: want.key, visited });
    if (merged !== undefined) return merged;
  }
  return undefined;
}

function collectEntries(
  tree: YamlTree,
  map: Reached<MapNode>,
  into: { readonly entries: Map<string, Entry>; readonly visited: Set<MapNode> },
): void {
  if (into.visited.has(map.node)) return;
  into.visited.add(map.node);
  const own = new Map<string, Entry>();
  for (const pair of map.node.pairs) {
    const key = scalarKey(pair);
    if (key !== undefined) own.set(key.text, { key, value: step(tree, pair.value, map.shared) });
  }
  for (const [text, entry] of own) if (!into.entries.has(text)) into.entries.set(text, entry);
  for (const source of mergeSources(tree, map)) collectEntries(tree, source, into);
}

function scalarKey(pair: MapPair): ScalarNode | undefined {
  const key = pair.key.kind === 'alias' ? pair.key.target : pair.key;
  return key.kind === 'scalar' && !isMergeKey(pair.key) ? key : undefined;
}

/** The mappings that the merge keys of `map` bring, in order of precedence. */
export function mergeSources(tree: YamlTree, map: Reached<MapNode>): readonly Reached<MapNode>[] {
  const sources: Reached<MapNode>[] = [];
  for (const pair of map.node.pairs) {
    if (!isMergeKey(pair.key)) continue;
    const value = step(tree, pair.value, map.shared);
    const candidates = isSequence(value) ? itemsOf(tree, value) : [value];
    for (const candidate of candidates) if (isMap(candidate)) sources.push(candidate);
  }
  return sources;
}
