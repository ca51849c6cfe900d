/** Files → the Kubernetes objects in them. */
import type { Position, Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { readIdentity } from './identity.ts';
import type { ManifestDocument } from './manifest-document.ts';
import { readTrees } from './read-trees.ts';
import { typeOfScalar } from './scalar-type.ts';
import type { SourceFile } from './source-file.ts';
import { readSourceText, type SourceText } from './source-text.ts';
import {
  fieldOf,
  isMap,
  isScalar,
  isSequence,
  itemsOf,
  type MapNode,
  type Reached,
  rootOf,
  type YamlTree,
} from './yaml-tree.ts';

export interface ParsedManifests {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
}

/**
 * The objects of a file in the order written, the items of `List` kinds among them. Documents without `kind`, and
 * kustomize's own, are no objects and no problem. A file that cannot be read gives no documents and one problem; an
 * object without its apiVersion, kind or name is a problem and costs only itself.
 */
export function parseManifests(file: SourceFile): ParsedManifests {
  const read = readSourceText(file);
  if (!read.ok) return { documents: [], problems: [read.problem] };
  const composed = readTrees(read.source);
  if (!composed.ok) return { documents: [], problems: [composed.problem] };
  return objectsIn(read.source, composed.trees);
}

export interface LooseDocument {
  /** `<kind>/<path of the file>`. */
  readonly subject: string;
  readonly position: Position;
  readonly source: SourceText;
  readonly tree: YamlTree;
  readonly root: Reached<MapNode>;
}

/** The mappings of a file that holds no objects (a kustomization, Helm values), or the problem with it. */
export function parseLoose(
  file: SourceFile,
  kind: string,
): { readonly documents: readonly LooseDocument[]; readonly problems: readonly Problem[] } {
  const read = readSourceText(file);
  if (!read.ok) return { documents: [], problems: [read.problem] };
  const { source } = read;
  const composed = readTrees(source);
  if (!composed.ok) return { documents: [], problems: [composed.problem] };
  const documents = composed.trees.flatMap((tree): LooseDocument[] => {
    const root = rootOf(tree);
    const position = source.positionAt(root.node.start);
    return isMap(root) ? [{ subject: `${kind}/${printable(file.path)}`, position, source, tree, root }] : [];
  });
  return { documents, problems: [] };
}

/** The objects among the documents of a text that is read already. */
export function objectsIn(source: SourceText, trees: readonly YamlTree[]): ParsedManifests {
  const collected: Collected = { documents: [], problems: [] };
  for (const tree of trees) collect({ source, tree, reached: rootOf(tree) }, collected);
  return { documents: collected.documents, problems: firstOf(collected.problems) };
}

/**
 * Whether a file can say anything about automation in its annotations: a search of its bytes, far cheaper than reading
 * it. False is certain; true only means that it is worth looking.
 */
export function mentionsAutomation(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return NEEDLES.some((needle) => buffer.includes(needle));
}

/** The prefixes of the annotations; a backslash could be an escape that spells one of them. */
const NEEDLES: readonly string[] = ['fluxcd.io/', 'flux.weave.works/', 'towpath/hold.', '\\'];

/** Problems of one file that are told one by one. */
const MOST_PROBLEMS = 100;

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const next = problems[MOST_PROBLEMS];
  if (next === undefined) return problems;
  const count = problems.length - MOST_PROBLEMS;
  const message = `${count} more ${count === 1 ? 'object' : 'objects'} of this file cannot be used either`;
  return [...problems.slice(0, MOST_PROBLEMS), { ...next, message, hint: 'Correct those above first.' }];
}

interface Collected {
  readonly documents: ManifestDocument[];
  readonly problems: Problem[];
}

interface Candidate {
  readonly source: SourceText;
  readonly tree: YamlTree;
  readonly reached: Reached | undefined;
  /** What the items of a typed list (`DeploymentList`) are, where they do not say it themselves. */
  readonly inherited?: { readonly apiVersion: string | undefined; readonly kind: string } | undefined;
}

function collect(candidate: Candidate, into: Collected): void {
  const { source, tree, reached, inherited } = candidate;
  if (!isMap(reached)) return;
  const kind = textOf(fieldOf(tree, reached, 'kind'));
  const items = kind?.endsWith('List') === true ? fieldOf(tree, reached, 'items') : undefined;
  if (kind !== undefined && isSequence(items)) {
    const apiVersion = textOf(fieldOf(tree, reached, 'apiVersion'));
    const itemKind = kind.slice(0, -'List'.length);
    const inherits = itemKind === '' ? undefined : { apiVersion, kind: itemKind };
    for (const item of itemsOf(tree, items)) collect({ source, tree, reached: item, inherited: inherits }, into);
    return;
  }
  const identity = readIdentity({ source, tree, root: reached, inherited });
  if (identity.kind === 'problem') into.problems.push(identity.problem);
  if (identity.kind === 'object') into.documents.push(identity.document);
}

function textOf(reached: Reached<MapNode> | Reached | undefined): string | undefined {
  if (!isScalar(reached)) return undefined;
  const value = typeOfScalar(reached.node);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
