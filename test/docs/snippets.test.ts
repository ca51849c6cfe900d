import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { INPUTS } from '../../src/config/contract.ts';
import { parseInvocation } from '../../src/config/invocation.ts';
import { loadConfig } from '../../src/config/load.ts';
import { parseManifests } from '../../src/core/manifests/parse.ts';

const ROOT = path.join(import.meta.dirname, '../..');

interface Snippet {
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

/** Fenced blocks of every page; the words after the language say what a block is. */
function snippets(): Snippet[] {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...markdownBelow('docs')];
  return pages.flatMap((page) => {
    const text = readFileSync(path.join(ROOT, page), 'utf8');
    return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
      place: `${page}:${text.slice(0, match.index).split('\n').length}`,
      language: match[1] ?? '',
      text: match[2] ?? '',
    }));
  });
}

function markdownBelow(directory: string): string[] {
  const names = readdirSync(path.join(ROOT, directory), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => path.join(directory, name));
}

const all = snippets();
const of = (language: string) => all.filter((snippet) => snippet.language === language);

describe('snippets of the documentation', () => {
  it('are all of a kind that is checked', () => {
    const known = ['', 'text', 'sh', 'diff', 'json', 'yaml towpath', 'yaml workflow', 'yaml manifest', 'yaml fragment'];
    expect(
      all.filter((snippet) => !known.includes(snippet.language)).map(({ place, language }) => `${place} ${language}`),
    ).toEqual([]);
  });

  it.each(of('yaml towpath'))('$place is a valid configuration', ({ text }) => {
    const loaded = loadConfig(text, { file: '.towpath.yaml', variables: VARIABLES });
    expect(loaded.ok ? [] : loaded.problems).toEqual([]);
  });

  it.each(of('yaml workflow'))('$place is a workflow that gives the action inputs it has', ({ text }) => {
    const workflow = parse(text) as { jobs: Record<string, { steps: { uses?: string; with?: object }[] }> };
    const inputs = INPUTS.map((input) => input.name as string);
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    const own = steps.filter((step) => step.uses?.startsWith('towpath/towpath@'));
    expect(own.length).toBeGreaterThan(0);
    for (const step of own) for (const name of Object.keys(step.with ?? {})) expect(inputs).toContain(name);
  });

  it.each(of('yaml manifest'))('$place is a manifest', ({ text }) => {
    const parsed = parseManifests({ path: 'snippet.yaml', bytes: Buffer.from(text) });
    expect(parsed.problems).toEqual([]);
    expect(parsed.documents.length).toBeGreaterThan(0);
  });

  it.each(of('yaml fragment'))('$place is YAML', ({ text }) => {
    expect(() => parse(text)).not.toThrow();
  });

  it.each(of('json'))('$place is JSON', ({ text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each(commands())('$place: $line is a command line', ({ line }) => {
    const words = line
      .split(/\s+/)
      .slice(1)
      .map((word) => word.replace(/^['"]|['"]$/g, ''));
    const parsed = parseInvocation(words);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.message)).toEqual([]);
  });
});

const VARIABLES = {
  SLACK_WEBHOOK_URL: 'https://hooks.slack.example/services/T/B/x',
  REGISTRY_MIRROR: 'https://mirror.example.org',
};

/** Lines that start with `towpath` in shell blocks. */
function commands(): { place: string; line: string }[] {
  return of('sh').flatMap(({ place, text }) =>
    text
      .split('\n')
      .map((line) =>
        line
          .replace(/^\$ /, '')
          .replace(/\s+#.*$/, '')
          .trim(),
      )
      .filter((line) => line.startsWith('towpath '))
      .map((line) => ({ place, line })),
  );
}

describe('links of the documentation', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...markdownBelow('docs')];
  const links = pages.flatMap((page) =>
    [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => ({
      page,
      target: match[1] ?? '',
    })),
  );

  it.each(links)('$page → $target leads somewhere', ({ page, target }) => {
    expect(() => readFileSync(path.join(ROOT, path.dirname(page), target))).not.toThrow('ENOENT');
  });
});
