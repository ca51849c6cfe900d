import { existsSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { splitArguments } from '../../src/config/arguments.ts';
import { INPUTS } from '../../src/config/contract.ts';
import { parseInvocation } from '../../src/config/invocation.ts';
import { loadConfig } from '../../src/config/load.ts';
import { parseFluxConfig } from '../../src/core/generation/flux-config.ts';
import { parseManifests } from '../../src/core/manifests/parse.ts';
import { reportSchema } from '../../src/core/report/report-schema.ts';
import { anchorsOf, PAGES, ROOT, readPage, snippetsOf } from './pages.ts';

const all = PAGES.flatMap(snippetsOf);
const of = (language: string) => all.filter((snippet) => snippet.language === language);

/** The words after the language say what a block is, and so how it is checked. */
const KNOWN = [
  ...['', 'text', 'text located', 'text explained', 'text commit', 'sh', 'diff', 'json', 'json report'],
  ...['yaml towpath', 'yaml workflow', 'yaml manifest', 'yaml kustomization', 'yaml values', 'yaml fragment'],
  'yaml fluxconfig',
];

describe('snippets of the documentation', () => {
  it('are all of a kind that is checked', () => {
    expect(
      all.filter(({ language }) => !KNOWN.includes(language)).map(({ place, language }) => `${place} ${language}`),
    ).toEqual([]);
  });

  it.each(of('yaml towpath'))('$place is a valid configuration', ({ text }) => {
    const loaded = loadConfig(text, { file: '.towpath.yaml', variables: VARIABLES });
    expect(loaded.ok ? loaded.warnings : loaded.problems).toEqual([]);
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

  it.each(of('yaml fluxconfig'))('$place is a .flux.yaml', ({ text }) => {
    const parsed = parseFluxConfig({ path: '.flux.yaml', bytes: Buffer.from(text) });
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  });

  it.each(of('yaml fragment'))('$place is YAML', ({ text }) => {
    expect(() => parse(text)).not.toThrow();
  });

  it.each(of('json'))('$place is JSON', ({ text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each(of('json report'))('$place is a report', ({ text }) => {
    const validate = new Ajv2020({ allErrors: true }).compile(reportSchema());
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
  });

  it.each(commands())('$place: $line is a command line', ({ line }) => {
    const parsed = parseInvocation(splitArguments(line).slice(1));
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.message)).toEqual([]);
  });
});

const VARIABLES = {
  SLACK_WEBHOOK_URL: 'https://hooks.slack.example/services/T/B/x',
  REGISTRY_MIRROR: 'https://mirror.example.org',
};

/** Lines that start with `towpath` in shell blocks, up to a pipe. */
function commands(): { place: string; line: string }[] {
  return of('sh').flatMap(({ place, text }) =>
    text
      .split('\n')
      .map((line) =>
        line
          .replace(/^\$ /, '')
          .replace(/\s+[#|].*$/, '')
          .trim(),
      )
      .filter((line) => line.startsWith('towpath '))
      .map((line) => ({ place, line })),
  );
}

describe('links of the documentation', () => {
  const links = PAGES.flatMap((page) =>
    [...readPage(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map((match) => ({
      page,
      target: match[1] ?? '',
      anchor: match[2],
    })),
  );

  it.each(links)('$page → $target#$anchor leads somewhere', ({ page, target, anchor }) => {
    const led = target === '' ? page : path.join(path.dirname(page), target);
    expect(existsSync(path.join(ROOT, led))).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(led)).toContain(anchor);
  });

  it('lead to every page of docs/ from the README', () => {
    const linked = links.filter(({ page }) => page === 'README.md').map(({ target }) => target);
    const docs = PAGES.filter((page) => /^docs\/[^/]+\.md$/.test(page));
    expect(docs.filter((page) => !linked.includes(page))).toEqual([]);
  });
});
