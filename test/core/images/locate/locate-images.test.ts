import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Position, Problem } from '../../../../src/base/errors.ts';
import type { ImageUse } from '../../../../src/core/images/locate/image-use.ts';
import { locateImages } from '../../../../src/core/images/locate/locate-images.ts';
import { parseManifests } from '../../../../src/core/manifests/parse.ts';

const root = new URL('../../../fixtures/locate/', import.meta.url);

describe('images of a manifest', () => {
  it.each(readdirSync(root))('are found as the folder says: %s', (behaviour) => {
    const bytes = readFileSync(new URL(`${behaviour}/in.yaml`, root));
    const parsed = parseManifests({ path: 'in.yaml', bytes });
    expect(parsed.problems).toEqual([]);
    const located = parsed.documents.map((document) => locateImages(document));
    const expected: unknown = JSON.parse(readFileSync(new URL(`${behaviour}/uses.json`, root), 'utf8'));
    expect({
      uses: located.flatMap((one) => one.uses).map(summary),
      problems: located.flatMap((one) => one.problems).map(place),
    }).toEqual(expected);
  });
});

describe('images that tens of thousands of path annotations name', () => {
  it('are found without a search of all values for each', () => {
    const lines = (line: (index: number) => string) =>
      Array.from({ length: 60_000 }, (_, index) => line(index)).join('');
    const text = `kind: HelmRelease
apiVersion: helm.fluxcd.io/v1
metadata:
  name: wide
  annotations:
${lines((index) => `    repository.fluxcd.io/c${index}: k${index}\n`)}spec:
  values:
${lines((index) => `    k${index}: acme/a:${index}\n`)}`;
    const { documents } = parseManifests({ path: 'in.yaml', bytes: Buffer.from(text) });
    const uses = documents.flatMap((document) => locateImages(document).uses);
    expect(uses).toHaveLength(60_000);
    expect(uses.every(({ container, tag }) => container === `c${tag}`)).toBe(true);
  });
});

function summary(use: ImageUse) {
  return {
    container: use.container,
    image: use.name,
    ...(use.tag === undefined ? {} : { tag: use.tag }),
    ...(use.digest === undefined ? {} : { digest: use.digest }),
    at: lineAndColumn(use.position),
    ...(use.refusal === undefined ? { roles: use.fields.map((field) => field.role) } : { refusal: use.refusal }),
    ...(use.fields.some((field) => field.span.shared) ? { shared: true } : {}),
  };
}

function place(problem: Problem) {
  return { severity: problem.severity, at: lineAndColumn(problem.position), message: problem.message };
}

function lineAndColumn(position: Position | undefined): string {
  return `${position?.line}:${position?.col}`;
}
