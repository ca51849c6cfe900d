/** Objects that are defined more than once. */
import type { Problem } from '../../base/errors.ts';
import { groupOf } from '../sync/built-in.ts';
import type { ManifestDocument } from './manifest-document.ts';

export interface Duplicates {
  /** Every document whose object is defined more than once: none of them can be called the right one. */
  readonly documents: readonly ManifestDocument[];
  /** One for each object, at its second place, naming the first. */
  readonly problems: readonly Problem[];
}

/** The documents of one environment that define the same object (API group, kind, namespace, name). */
export function findDuplicates(documents: readonly ManifestDocument[]): Duplicates {
  const repeated: ManifestDocument[] = [];
  const problems: Problem[] = [];
  for (const [, group] of Map.groupBy(documents, identityOf)) {
    const [first, second] = group;
    if (first === undefined || second === undefined) continue;
    repeated.push(...group);
    const { file, line } = first.position;
    const more = group.length > 2 ? `, and ${group.length - 2} more` : '';
    problems.push({
      severity: 'error',
      code: 'MANIFEST_DUPLICATE',
      message: `${second.subject} is defined here and in ${file}:${line}${more}: neither counts`,
      position: second.position,
      subject: second.subject,
      hint: 'Keep one of the definitions.',
    });
  }
  return { documents: repeated, problems };
}

function identityOf(document: ManifestDocument): string {
  return JSON.stringify([groupOf(document.apiVersion), document.kind, document.namespace ?? null, document.name]);
}
