/** What a document says it is: apiVersion, kind, name and namespace. */
import type { Problem } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { ManifestDocument } from './manifest-document.ts';
import { typeOfScalar } from './scalar-type.ts';
import type { SourceText } from './source-text.ts';
import { fieldOf, isMap, isScalar, type MapNode, type Reached, type YamlTree } from './yaml-tree.ts';

/** `none`: not a Kubernetes object, and none was meant. */
export type Identity =
  | { readonly kind: 'object'; readonly document: ManifestDocument }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'none' };

export interface IdentitySource {
  readonly source: SourceText;
  readonly tree: YamlTree;
  readonly root: Reached<MapNode>;
  readonly inherited: { readonly apiVersion: string | undefined; readonly kind: string } | undefined;
}

/** Reads apiVersion, kind, metadata.name and metadata.namespace; a missing or unusable one is a problem at its place. */
export function readIdentity(from: IdentitySource): Identity {
  const { source, tree, root, inherited } = from;
  const kindField = readField(from, root, 'kind');
  if (kindField.kind === 'missing' && inherited === undefined) return { kind: 'none' };
  const versionField = readField(from, root, 'apiVersion');
  const kind = kindField.kind === 'text' ? kindField.text : inherited?.kind;
  const apiVersion = versionField.kind === 'text' ? versionField.text : inherited?.apiVersion;
  if (isKustomizeConfig(apiVersion, kind, source.path)) return { kind: 'none' };

  if (kindField.kind === 'unusable' || kind === undefined || !KIND.test(kind)) {
    return fault(from, root, { field: 'kind', at: kindField, hint: 'Write the kind as one word, such as Deployment.' });
  }
  if (versionField.kind === 'unusable' || apiVersion === undefined || !API_VERSION.test(apiVersion)) {
    const hint = `Add the apiVersion of ${kind}, such as apps/v1.`;
    return fault(from, root, { field: 'apiVersion', at: versionField, hint, of: kind });
  }
  const metadata = fieldOf(tree, root, 'metadata');
  if (!isMap(metadata)) {
    return fault(from, root, {
      field: 'metadata.name',
      at: MISSING,
      hint: `Name the ${kind} in its metadata.`,
      of: kind,
    });
  }
  const nameField = readField(from, metadata, 'name');
  if (nameField.kind !== 'text' || !isUsableName(nameField.text)) {
    return fault(from, metadata, { field: 'metadata.name', at: nameField, hint: nameHint(from, metadata), of: kind });
  }
  const namespaceField = readField(from, metadata, 'namespace');
  const namespace = namespaceField.kind === 'text' ? namespaceField.text : undefined;
  if (namespaceField.kind === 'unusable' || (namespace !== undefined && !isUsableName(namespace))) {
    const hint = 'Write the namespace as text; quote it where it looks like a number or a boolean.';
    return fault(from, metadata, { field: 'metadata.namespace', at: namespaceField, hint, of: kind });
  }
  const name = nameField.text;
  const document: ManifestDocument = {
    apiVersion,
    kind,
    name,
    namespace,
    subject: namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`,
    position: source.positionAt(root.node.start),
    namePosition: source.positionAt(nameField.offset),
    source,
    tree,
    root,
  };
  return { kind: 'object', document };
}

type Field =
  | { readonly kind: 'text'; readonly text: string; readonly offset: number }
  | { readonly kind: 'missing' }
  /** Not text: a mapping, a list, a number, a boolean. */
  | { readonly kind: 'unusable'; readonly offset: number; readonly is: string };

const MISSING: Field = { kind: 'missing' };

const KIND = /^[A-Za-z][A-Za-z0-9]{0,62}$/;
const API_VERSION = /^(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252}\/)?[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/;

function readField(from: IdentitySource, map: Reached<MapNode>, key: string): Field {
  const reached = fieldOf(from.tree, map, key);
  if (reached === undefined) return MISSING;
  const offset = reached.node.start;
  if (!isScalar(reached)) return { kind: 'unusable', offset, is: reached.node.kind };
  const value = typeOfScalar(reached.node);
  if (value === null || value === '') return MISSING;
  if (typeof value === 'string') return { kind: 'text', text: value, offset };
  return { kind: 'unusable', offset, is: typeof value === 'boolean' ? 'boolean' : 'number' };
}

/** Names are segments of URL paths; everything else is for the API server to say. */
function isUsableName(name: string): boolean {
  return name.length <= 253 && name !== '.' && name !== '..' && /^[\x21-\x24\x26-\x2e\x30-\x7e]+$/.test(name);
}

/** `kustomization.yaml` and components are instructions for kustomize, not objects for a cluster. */
function isKustomizeConfig(apiVersion: string | undefined, kind: string | undefined, path: string): boolean {
  if (apiVersion?.startsWith('kustomize.config.k8s.io/') === true) return true;
  if (apiVersion !== undefined) return false;
  return (kind === 'Kustomization' || kind === 'Component') && /(?:^|\/)kustomization\.ya?ml$/.test(path);
}

function nameHint(from: IdentitySource, metadata: Reached<MapNode>): string {
  if (fieldOf(from.tree, metadata, 'generateName') !== undefined) {
    return 'Replace generateName with a name: an object that is applied again and again needs one of its own.';
  }
  return 'Write metadata.name as text; quote it where it looks like a number or a boolean.';
}

function fault(
  from: IdentitySource,
  holder: Reached<MapNode>,
  about: { readonly field: string; readonly at: Field; readonly hint: string; readonly of?: string },
): Identity {
  const subject = about.of ?? 'document';
  const offset = about.at.kind === 'missing' ? holder.node.start : about.at.offset;
  const problem: Problem = {
    severity: 'error',
    code: about.at.kind === 'missing' ? 'MANIFEST_INCOMPLETE' : 'MANIFEST_INVALID',
    message: `${subject} ${clause(about)}`,
    position: from.source.positionAt(offset),
    hint: about.hint,
  };
  return { kind: 'problem', problem };
}

function clause({ field, at }: { readonly field: string; readonly at: Field }): string {
  if (at.kind === 'missing') return `has no ${field}`;
  if (at.kind === 'unusable') return `has a ${at.is} as ${field} where text is needed`;
  return `has an invalid ${field}: ${printable(at.text)}`;
}
