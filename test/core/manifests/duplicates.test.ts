import { describe, expect, it } from 'vitest';
import { findDuplicates } from '../../../src/core/manifests/duplicates.ts';
import { parseManifests } from '../../../src/core/manifests/parse.ts';
import { fileOf } from './manifest-text.ts';

function documentsOf(path: string, ...objects: readonly string[]) {
  const text = objects.map((object) => {
    const [apiVersion, kind, namespace, name] = object.split(' ');
    return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}${namespace === '-' ? '' : `, namespace: ${namespace}`}}\n`;
  });
  return parseManifests(fileOf(text.join('---\n'), path)).documents;
}

describe('objects that are defined twice', () => {
  it('are named with both places, and none of their documents counts', () => {
    const documents = [
      ...documentsOf('a.yaml', 'apps/v1 Deployment ns one', 'v1 Service ns one'),
      ...documentsOf('b.yaml', 'v1 Service ns two', 'apps/v1beta1 Deployment ns one'),
    ];
    const found = findDuplicates(documents);
    expect(found.documents).toEqual([documents[0], documents[3]]);
    expect(found.problems).toEqual([
      {
        severity: 'error',
        code: 'MANIFEST_DUPLICATE',
        message: 'Deployment/ns/one is defined here and in a.yaml:1: neither counts',
        position: { file: 'b.yaml', line: 5, col: 1 },
        subject: 'Deployment/ns/one',
        hint: 'Keep one of the definitions.',
      },
    ]);
  });

  it('are one problem however often they are defined', () => {
    const documents = documentsOf('a.yaml', 'v1 Service ns one', 'v1 Service ns one', 'v1 Service ns one');
    const found = findDuplicates(documents);
    expect(found.documents).toHaveLength(3);
    expect(found.problems.map((problem) => problem.message)).toEqual([
      'Service/ns/one is defined here and in a.yaml:1, and 1 more: neither counts',
    ]);
  });

  it.each([
    ['v1 Service a one', 'v1 Service b one'],
    ['v1 Service - one', 'v1 Service default one'],
    ['v1 Service a one', 'serving.knative.dev/v1 Service a one'],
    ['v1 Service a one', 'v1 Endpoints a one'],
  ])('are not %s and %s', (one, other) => {
    expect(findDuplicates(documentsOf('a.yaml', one, other))).toEqual({ documents: [], problems: [] });
  });
});
