import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { renderCommitMessage } from '../../src/core/images/commit-message.ts';
import { explainSelection } from '../../src/core/images/explain.ts';
import { imageEdits } from '../../src/core/images/image-edits.ts';
import type { FieldRule } from '../../src/core/images/locate/field-rule.ts';
import { locateImages } from '../../src/core/images/locate/locate-images.ts';
import { locateKustomizationImages } from '../../src/core/images/locate/locate-kustomization.ts';
import { locateValuesImages } from '../../src/core/images/locate/locate-values.ts';
import type { LocatedImages } from '../../src/core/images/locate/located-images.ts';
import { selectTag } from '../../src/core/images/select/select.ts';
import type { Selection } from '../../src/core/images/select/selection.ts';
import {
  parseConfigPolicy,
  parseTagPolicy,
  type TagFilter,
  type TagPolicy,
} from '../../src/core/images/select/tag-policy.ts';
import { applyEdits } from '../../src/core/manifests/edit.ts';
import { parseManifests } from '../../src/core/manifests/parse.ts';
import type { SourceFile } from '../../src/core/manifests/source-file.ts';
import { codes, plain, readPage, snippetsOf, tableOf, tablesOf } from './pages.ts';

const PAGE = 'docs/automation.md';
const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2026, 2, 1, 9);

/** What selection says where `tags` were built and pushed one a day, in the order given. */
function select(policy: TagPolicy, current: string, tags: readonly string[]): Selection {
  const facts = tags.map((tag, index) => ({
    tag,
    createdMs: FIRST_MS + index * DAY_MS,
    pushedMs: FIRST_MS + index * DAY_MS,
  }));
  return selectTag({
    policy,
    current: { tag: current, digest: undefined },
    listing: { tags: facts, complete: true },
    remembered: undefined,
    gates: { minAgeMs: undefined, platforms: [], deny: [] },
    nowMs: FIRST_MS + 30 * DAY_MS,
  });
}

/** The policy of a table's cell: an annotation's, or that of a rule, with its filter's pattern and extract behind it. */
function policyIn(cell: string, grammar: 'annotation' | 'rule'): TagPolicy {
  const [text = '', pattern, extract] = codes(cell);
  const filter: TagFilter | undefined = pattern === undefined ? undefined : { pattern, extract };
  const parsed = grammar === 'rule' ? parseConfigPolicy(text, filter) : parseTagPolicy(text);
  if (!parsed.ok || parsed.warning !== undefined) throw new Error(`${text} is no policy without a warning`);
  return parsed.policy;
}

const examples = tablesOf(PAGE)
  .filter(({ head }) => head.join() === 'policy,current,tags,chosen')
  .flatMap(({ heading, rows }) =>
    rows.map(([policy = '', current, tags, chosen]) => ({
      policy,
      grammar: heading === 'Policies' ? ('annotation' as const) : ('rule' as const),
      current: plain(current),
      tags: codes(tags),
      chosen: plain(chosen),
    })),
  );

describe('the tables of policies', () => {
  it('show each kind of policy that annotations and rules know', () => {
    const kinds = new Set(examples.map(({ policy, grammar }) => policyIn(policy, grammar).kind));
    expect([...kinds].sort()).toEqual(
      ['alphabetical', 'auto', 'glob', 'latest-push', 'numerical', 'regexp', 'semver'].sort(),
    );
    const described = tablesOf(PAGE)
      .filter(({ head }) => head.join() === 'policy,which tags,in which order')
      .flatMap(({ rows }) => rows.flatMap(([cell]) => codes(cell).map((code) => code.replace(/:.*/, ''))));
    expect([...new Set(described)].sort()).toEqual([...kinds, 'digest', 'regex'].sort());
  });

  it.each(examples)('$policy over $tags moves $current to $chosen', ({ policy, grammar, current, tags, chosen }) => {
    const selection = select(policyIn(policy, grammar), current, tags);
    expect(selection.kind === 'update' ? selection.to.tag : selection.reason).toBe(chosen);
    expect(selection.warnings).toEqual([]);
  });

  const reasons = tableOf(PAGE, { first: 'policy', heading: 'Why a tag is not chosen' }).rows;
  it.each(reasons)('%s keeps %s over %s: %s', (policy, current, tags, reason) => {
    const selection = select(policyIn(policy ?? '', 'annotation'), plain(current), codes(tags));
    expect(selection.kind).toBe('keep');
    expect(selection.reason).toBe(reason);
  });

  it('has warnings for its last two reasons alone, as it says', () => {
    const warned = reasons.map(([policy, current, tags]) => {
      const selection = select(policyIn(policy ?? '', 'annotation'), plain(current), codes(tags));
      return selection.warnings.length > 0;
    });
    expect(warned).toEqual(warned.map((_, index) => index >= warned.length - 2));
  });
});

describe('the explanation', () => {
  it('is what explain prints of such a listing', () => {
    const [shown] = snippetsOf(PAGE).filter(({ language }) => language === 'text explained');
    const lines = shown?.text.trimEnd().split('\n') ?? [];
    const { policy, current } = /(?<current>\S+)\n.*policy (?<policy>\S+)/.exec(shown?.text ?? '')?.groups ?? {};
    const parsed = parseTagPolicy(policy ?? '');
    if (!parsed.ok) throw new Error('no policy');
    const tags = ['1.4.2', '1.4.3', '1.4.4-rc.1', '1.5.0', 'main-7', 'latest'];
    const explained = explainSelection(select(parsed.policy, current ?? '', tags));
    expect(lines.slice(3)).toEqual(explained.map((line) => `    ${line}`));
  });
});

type Locate = (file: SourceFile) => readonly LocatedImages[];

/** How images are found in the snippets of a language. */
const LOCATORS: ReadonlyMap<string, Locate> = new Map<string, Locate>([
  [
    'yaml manifest',
    (file) => parseManifests(file).documents.map((document) => locateImages(document, documentedFields())),
  ],
  ['yaml kustomization', (file) => [locateKustomizationImages(file)]],
  ['yaml values', (file) => [locateValuesImages(file)]],
]);

function documentedFields(): readonly FieldRule[] {
  const configs = snippetsOf(PAGE).filter(({ language }) => language === 'yaml towpath');
  return configs.flatMap(({ text }) => {
    const loaded = loadConfig(text, { file: '.towpath.yaml', variables: {} });
    return loaded.ok ? loaded.config.fields : [];
  });
}

describe('the manifests', () => {
  const blocks = snippetsOf(PAGE);
  const manifests = blocks.flatMap((block, index) =>
    LOCATORS.has(block.language) ? [{ ...block, next: blocks[index + 1] }] : [],
  );

  it.each(manifests)('$place has the images that the list below it names', ({ language, text, next }) => {
    expect(next?.language).toBe('text located');
    const located = LOCATORS.get(language)?.({ path: 'snippet.yaml', bytes: Buffer.from(text) }) ?? [];
    expect(located.flatMap(({ problems }) => problems)).toEqual([]);
    const found = located.flatMap(({ uses }) =>
      uses.map((use) => [
        use.container,
        use.name,
        [use.tag, use.digest].filter((part) => part !== undefined).join('@'),
      ]),
    );
    expect(found).toEqual(
      (next?.text ?? '')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/\s+/)),
    );
  });
});

describe('the table of edits', () => {
  it.each(tableOf(PAGE, { first: 'before' }).rows)('%s with %s becomes %s', (before, tag, after) => {
    const [line = ''] = codes(before);
    const name = line.startsWith('tag:') ? '        image: example/app\n' : '';
    const text = `apiVersion: helm.fluxcd.io/v1\nkind: HelmRelease\nmetadata: { name: shop }\nspec:\n  values:\n      app:\n${name}        LINE\n`;
    const file = { path: 'release.yaml', bytes: Buffer.from(text.replace('LINE', () => line)) };
    const uses = parseManifests(file).documents.flatMap((document) => locateImages(document).uses);
    expect(uses).toHaveLength(1);
    const edits = uses.flatMap((use) => imageEdits(use, { tag: plain(tag), digest: undefined }));
    const edited = applyEdits(file, edits);
    if (edited.kind !== 'edited') throw new Error(edited.problem.message);
    expect(Buffer.from(edited.bytes).toString('utf8')).toBe(text.replace('LINE', () => codes(after)[0] ?? ''));
  });
});

describe('the commit message', () => {
  it('is what two such images give', () => {
    const [shown] = snippetsOf(PAGE).filter(({ language }) => language === 'text commit');
    const source = { url: 'https://github.com/example/api', revision: '9d41e07', previous: '1f0c6b2' };
    const changes = [
      { name: 'ghcr.io/example/web', from: 'main-7', to: 'main-8', digest: undefined, source: undefined },
      { name: 'ghcr.io/example/api', from: '1.4.2', to: '1.4.3', digest: `sha256:${'a'.repeat(64)}`, source },
    ];
    expect(shown?.text.trimEnd()).toBe(renderCommitMessage({ changes, branch: 'main', template: undefined }));
  });

  it('is made of the fields that a template knows', () => {
    const [, list = ''] = /with (`\{subject\}`[^;]*);/.exec(readPage(PAGE).replaceAll('\n', ' ')) ?? [];
    const template = codes(list).join('|');
    const message = renderCommitMessage({ changes: [], branch: 'main', template });
    expect(message).toBe('Auto-release (no images)|||||0|main');
  });
});
