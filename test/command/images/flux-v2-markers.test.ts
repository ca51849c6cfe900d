/** What Flux v2's image automation would have written into marked files, and what is better here: one folder each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/base/errors.ts';
import type { ImageRule } from '../../../src/core/images/image-rule.ts';
import type { TagFacts } from '../../../src/core/images/select/tag-facts.ts';
import { parseConfigPolicy } from '../../../src/core/images/select/tag-policy.ts';
import { imageSentence } from '../../../src/core/report/sentences.ts';
import { type MarkedPlan, planMarked } from './plan-marked.ts';

const root = new URL('../../fixtures/images/flux-v2-markers/', import.meta.url);

type Tags = Readonly<Record<string, readonly (string | TagFacts)[]>>;

describe('marked images', () => {
  it.each(readdirSync(root))('change as the folder says: %s', async (behaviour) => {
    const folder = new URL(`${behaviour}/`, root);
    const planned = await planMarked({
      files: { ...below(folder, 'in', 'apps'), ...below(folder, 'policies', 'policies') },
      paths: ['apps', 'policies'],
      tags: json<Tags>(new URL('tags.json', folder)),
      rules: rulesOf(folder),
      built: below(folder, 'built', ''),
    });
    await expect(report(planned)).toMatchFileSnapshot(new URL('report.txt', folder).pathname);
    const written = Object.entries(planned.changed).map(([path, text]) => [path.replace('apps/', ''), text] as const);
    for (const [path, text] of written) {
      await expect(text).toMatchFileSnapshot(new URL(`out/${path}`, folder).pathname);
    }
    expect(Object.keys(below(folder, 'out', ''))).toEqual(written.map(([path]) => path));
  });
});

function report({ rows, problems }: MarkedPlan): string {
  return `${[...rows.map(imageSentence), ...problems.map(problemLine)].join('\n')}\n`;
}

function problemLine({ severity, code, message, position, hint }: Problem): string {
  const place = position === undefined ? '' : ` ${position.file}:${position.line}:${position.col}`;
  return `${severity} ${code}${place}: ${message}${hint === undefined ? '' : `\n  ${hint}`}`;
}

function below(folder: URL, name: string, directory: string): Record<string, string> {
  const at = new URL(`${name}/`, folder);
  if (!existsSync(at)) return {};
  const names = readdirSync(at).sort();
  return Object.fromEntries(
    names.map((file) => [directory === '' ? file : `${directory}/${file}`, readFileSync(new URL(file, at), 'utf8')]),
  );
}

function json<T>(file: URL): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

interface WrittenRule {
  readonly image: string;
  readonly policy: string;
  readonly pin?: boolean;
  readonly deny?: readonly string[];
}

function rulesOf(folder: URL): readonly ImageRule[] {
  const file = new URL('rules.json', folder);
  if (!existsSync(file)) return [];
  const position = { file: '.towpath.yaml', line: 1, col: 1 };
  return json<readonly WrittenRule[]>(file).map(({ image, policy, pin, deny = [] }) => {
    const parsed = parseConfigPolicy(policy);
    if (!parsed.ok) throw new Error(parsed.message);
    const given = { position, image, container: undefined, platforms: [], minimumAgeMs: undefined, windows: [] };
    return { ...given, policy: { value: parsed.policy, position }, pin, deny };
  });
}
