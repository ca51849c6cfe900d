/** One object that a generator printed. */

import type { Problem } from '../../base/errors.ts';
import { TowpathError, toProblem } from '../../base/errors.ts';
import { toDesiredObject } from '../manifests/desired-object.ts';
import type { ManifestDocument } from '../manifests/manifest-document.ts';
import { parseManifests } from '../manifests/parse.ts';
import type { SourceFile } from '../manifests/source-file.ts';
import type { JsonObject } from '../sync/desired-object.ts';
import { emitYaml } from './emit-yaml.ts';

export interface GeneratedDocument {
  /** A text that is in no file: `apps/.flux.yaml#3` is the third document of what that file's generators print. */
  readonly file: SourceFile;
  readonly document: ManifestDocument;
  readonly object: JsonObject;
  readonly key: string;
}

/** What Flux called a resource, and looked it up by: `namespace:kind/name`, in any API group. */
export function resourceKey(of: {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}): string {
  return `${of.namespace ?? '<cluster>'}:${of.kind.toLowerCase()}/${of.name}`;
}

export type ReadDocuments =
  | { readonly ok: true; readonly documents: readonly GeneratedDocument[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The objects in one document's text; a `List` is taken apart. None for a document that is no object. */
export function readDocument(file: SourceFile): ReadDocuments {
  const parsed = parseManifests(file);
  const errors = parsed.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { ok: false, problems: errors };
  const [first, second] = parsed.documents;
  try {
    if (first === undefined) return { ok: true, documents: [] };
    if (second === undefined && first.tree.root === first.root.node) {
      return { ok: true, documents: [asGenerated(file, first)] };
    }
    const apart = parsed.documents.map((document, index) =>
      writeDocument(`${file.path}.${index + 1}`, toDesiredObject(document).object),
    );
    return { ok: true, documents: apart };
  } catch (error) {
    if (!(error instanceof TowpathError)) throw error;
    return { ok: false, problems: [toProblem(error)] };
  }
}

/** The document of an object that is in no text yet. */
export function writeDocument(path: string, object: JsonObject): GeneratedDocument {
  const file = { path, bytes: new TextEncoder().encode(emitYaml(object)) };
  const [document] = parseManifests(file).documents;
  if (document === undefined) {
    throw new TowpathError('GENERATED_UNREADABLE', 'object cannot be written as a manifest', {
      position: { file: path, line: 1, col: 1 },
    });
  }
  return asGenerated(file, document);
}

function asGenerated(file: SourceFile, document: ManifestDocument): GeneratedDocument {
  return { file, document, object: toDesiredObject(document).object, key: resourceKey(document) };
}
