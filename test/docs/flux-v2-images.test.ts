import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { imageSentence } from '../../src/core/report/sentences.ts';
import { planMarked } from '../command/images/plan-marked.ts';
import { plain, ROOT, snippetsOf, tableOf } from './pages.ts';

const PAGE = 'docs/migrate-from-flux-v2-images.md';
const FOLDERS = 'test/fixtures/images/flux-v2-markers';

/** What shows each row of the page: a golden folder, or a test. */
const PROOFS: Readonly<Record<string, string | { readonly file: string; readonly test: string }>> = {
  'A lower tag than the current one': 'never-a-downgrade',
  'A tag that somebody has set back': {
    file: 'test/command/images/set-back.test.ts',
    test: 'is held as any other, by its policy',
  },
  'The rest of the file': {
    file: 'test/core/images/flux-v2/marked-edits.test.ts',
    test: 'change, and no byte beside them',
  },
  'A comment that is almost a marker': 'comments-that-are-no-markers',
  'A marker whose policy is not there': 'policies-that-cannot-be-followed',
  'A file with markers that is no YAML': 'a-marked-file-that-is-no-yaml',
  'A digest in the image, and digestReflectionPolicy: Never': 'digests-as-the-policy-reflects-them',
  'A digest marker, and digestReflectionPolicy: Never': 'digests-as-the-policy-reflects-them',
  'A digest without a marker beside a marked tag': 'values-of-a-helm-release',
  'Numerical policy, and a tag that is no number': 'numbers-however-long-and-tags-that-are-none',
  'Numbers beyond 2^53': 'numbers-however-long-and-tags-that-are-none',
  'Two tags with the same extracted text': 'numbers-however-long-and-tags-that-are-none',
  'digestReflectionPolicy: Always without interval': 'digests-as-the-policy-reflects-them',
  'Files above the directory of a kustomization': {
    file: 'test/render/kustomize-build.integration.test.ts',
    test: 'of $what fails with its reason',
  },
};

describe("the page for those who come from Flux v2's image automation", () => {
  const { rows } = tableOf(PAGE, { first: 'what' });

  it('has a proof for each difference, and no difference without one', () => {
    expect(rows.map(([what]) => plain(what))).toEqual(Object.keys(PROOFS));
  });

  it.each(Object.entries(PROOFS))('tells the truth: %s', (_, proof) => {
    if (typeof proof === 'string') expect(existsSync(path.join(ROOT, FOLDERS, proof, 'report.txt'))).toBe(true);
    else expect(readFileSync(path.join(ROOT, proof.file), 'utf8')).toContain(`('${proof.test}'`);
  });

  it('shows what becomes of its marked file', async () => {
    const [marked, policies, said] = snippetsOf(PAGE).filter(({ language }) =>
      /^(?:yaml manifest|text)$/.test(language),
    );
    const planned = await planMarked({
      files: { 'apps/api.yaml': marked?.text ?? '', 'clusters/policies.yaml': policies?.text ?? '' },
      paths: ['apps', 'clusters'],
      tags: { 'ghcr.io/example/api': ['1.4.2', '1.5.0', '2.0.0'] },
    });
    expect(planned.problems).toEqual([]);
    expect(planned.rows.map(imageSentence).join('\n')).toBe(said?.text.trimEnd());
  });
});
