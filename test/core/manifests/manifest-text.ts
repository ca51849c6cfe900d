/** Short ways to files and documents for tests. */
import type { ManifestDocument } from '../../../src/core/manifests/manifest-document.ts';
import { parseManifests } from '../../../src/core/manifests/parse.ts';
import type { SourceFile } from '../../../src/core/manifests/source-file.ts';

export function fileOf(text: string, path = 'a.yaml'): SourceFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** The only object of a text. */
export function documentOf(text: string): ManifestDocument {
  const parsed = parseManifests(fileOf(text));
  const [document] = parsed.documents;
  if (document === undefined || parsed.documents.length > 1 || parsed.problems.length > 0) {
    throw new Error(`not one object: ${JSON.stringify(parsed.problems)}`);
  }
  return document;
}

/** A pod with the given lines below `metadata:` and after it. */
export function podOf({ metadata = '', rest = '' }: { metadata?: string; rest?: string }): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: one\n${metadata}${rest}`;
}
