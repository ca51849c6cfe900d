import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../src/base/errors.ts';
import { findDuplicates } from '../../../src/core/manifests/duplicates.ts';
import { parseManifests } from '../../../src/core/manifests/parse.ts';
import { selectManifestPaths } from '../../../src/core/manifests/select-paths.ts';
import type { TreeEntry } from '../../../src/core/manifests/source-file.ts';

const root = fileURLToPath(new URL('../../fixtures/manifests/', import.meta.url));

describe('a tree of files', () => {
  it.each(readdirSync(root))('holds the objects that the folder says: %s', (behaviour) => {
    const directory = path.join(root, behaviour, 'in');
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): TreeEntry => {
        const file = path.relative(directory, path.join(entry.parentPath, entry.name));
        return { path: file.split(path.sep).join('/'), kind: 'file', size: 0 };
      });
    const selected = selectManifestPaths(entries, ['.']);
    const parsed = selected.paths.map((file) =>
      parseManifests({ path: file, bytes: readFileSync(path.join(directory, file)) }),
    );
    const documents = parsed.flatMap((one) => one.documents);
    const duplicates = findDuplicates(documents);
    const problems = [...selected.problems, ...parsed.flatMap((one) => one.problems), ...duplicates.problems];
    const expected: unknown = JSON.parse(readFileSync(path.join(root, behaviour, 'objects.json'), 'utf8'));
    expect({
      objects: documents
        .filter((document) => !duplicates.documents.includes(document))
        .map((document) => `${at(document.position)} ${document.subject}`),
      problems: problems.map((problem) => `${at(problem.position)} ${problem.code}`),
    }).toEqual(expected);
  });
});

function at(position: Position | undefined): string {
  return `${position?.file}:${position?.line}:${position?.col}`;
}
