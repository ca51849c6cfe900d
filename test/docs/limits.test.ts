import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, MAX_PIECES } from '../../src/core/manifests/compose-tree.ts';
import { MAX_EXPANDED_SIZE } from '../../src/core/manifests/desired-object.ts';
import { MAX_FILE_BYTES, MAX_LINES } from '../../src/core/manifests/source-text.ts';
import { SUMMARY_BYTES } from '../../src/host/summary.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/registry/limits.ts';
import { plain, ROOT, tableOf, tablesOf } from './pages.ts';

const PAGE = 'docs/limits.md';

/** The value of a constant that is not exported, by the text of its file: a product of numbers. */
function constantIn(file: string, name: string): number {
  const text = readFileSync(path.join(ROOT, 'src', file), 'utf8');
  const found = [...text.matchAll(new RegExp(`^(?:export )?const ${name} = ([\\d_* ]+);$`, 'gm'))];
  const [match] = found;
  if (match === undefined || found.length !== 1) throw new Error(`${file} has no constant ${name}`);
  return (match[1] ?? '')
    .split('*')
    .map((factor) => Number(factor.replaceAll('_', '').trim()))
    .reduce((product, factor) => product * factor, 1);
}

/** The registry client's limits; which of them were read shows which of them the page names. */
const named = new Set<string>();
const REGISTRY: Limits = new Proxy(DEFAULT_LIMITS, {
  get: (limits, key) => {
    named.add(String(key));
    return limits[key as keyof Limits];
  },
});

const count = (value: number, noun = '') => `${value.toLocaleString('en')}${noun === '' ? '' : ` ${noun}`}`;
const seconds = (ms: number) => `${ms / 1000} s`;
const bytes = (value: number) => (value >= 1024 * 1024 ? `${value / 1024 / 1024} MiB` : `${value / 1024} KiB`);

/** What the tables must say, by the name of their first column. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'files and configuration': {
    'a file': bytes(MAX_FILE_BYTES),
    'lines of a file': count(MAX_LINES),
    'nesting of a file': count(MAX_DEPTH, 'levels'),
    'objects of a file that cannot be used and are told one by one': count(
      constantIn('core/manifests/parse.ts', 'MOST_PROBLEMS'),
    ),
    'words and blanks of a file that takes the slow reader': count(MAX_PIECES),
    'an object, aliases written out': bytes(MAX_EXPANDED_SIZE),
    'names in a working tree': count(constantIn('repository/work-tree-names.ts', 'MAX_NAMES')),
    'the configuration': bytes(constantIn('config/load.ts', 'LONGEST')),
    'values in the configuration, aliases written out': count(constantIn('config/shape/reading.ts', 'MOST_NODES')),
    'a tag filter': count(constantIn('core/images/select/tag-policy.ts', 'LONGEST_POLICY'), 'characters'),
    'a version range': count(constantIn('core/images/versions/parse-constraint.ts', 'LONGEST_RANGE'), 'characters'),
    'a regular expression, compiled': count(constantIn('core/images/select/regexp.ts', 'LARGEST_PROGRAM'), 'steps'),
    "a regular expression's steps times the characters of all tags": count(
      constantIn('core/images/select/match-budget.ts', 'MOST_STEPS'),
    ),
    'an image reference': count(constantIn('core/images/reference.ts', 'MAX_REFERENCE'), 'characters'),
    'the words of a hold that are reported': count(
      constantIn('core/images/holds/hold-text.ts', 'LONGEST_REASON'),
      'characters',
    ),
    'the job summary': bytes(SUMMARY_BYTES),
  },
  'each registry': {
    'until an answer begins': seconds(REGISTRY.headersMs),
    'until it ends': seconds(REGISTRY.answerMs),
    'time lost to failures in a run, then it is given up': seconds(REGISTRY.troubleMs),
    'times one request is sent': count(REGISTRY.attempts),
    'failures in a row, then it is given up': count(REGISTRY.strikes),
    'longest Retry-After that is waited for': seconds(REGISTRY.retryAfterMs),
    'requests at a time': count(REGISTRY.concurrency),
    'redirects in a row': count(REGISTRY.redirects),
    "time for one repository's listing": seconds(REGISTRY.listingMs),
    'a page of a listing': bytes(REGISTRY.pageBytes),
    'a listing': bytes(REGISTRY.listingBytes),
    'pages of a listing': count(REGISTRY.pages),
    'tags of a repository': count(REGISTRY.tags),
    "a manifest, an image's config": bytes(Math.max(REGISTRY.manifestBytes, REGISTRY.configBytes)),
    'tags remembered of a repository': count(REGISTRY.rememberedTags),
    'a file of the cache': bytes(REGISTRY.cacheFileBytes),
    'a credential helper': seconds(constantIn('registry/credential-helper.ts', 'TIMEOUT_MS')),
    "a request to a cloud's login service": seconds(constantIn('registry/cloud/login.ts', 'TIMEOUT_MS')),
    "an answer of a cloud's login service": bytes(constantIn('registry/cloud/login.ts', 'MAX_BYTES')),
    'newer tags whose push is asked for because they are too young': count(
      constantIn('command/images/choose-tag.ts', 'MOST_AGE_CHECKS'),
    ),
    'repositories at a time, all registries together': count(
      constantIn('command/images/ask-registries.ts', 'REPOSITORIES_AT_ONCE'),
    ),
  },
  git: {
    'a command that stays here': seconds(constantIn('repository/git.ts', 'LOCAL_TIMEOUT_MS')),
    'a fetch or a push': seconds(constantIn('repository/remote.ts', 'TRANSFER_TIMEOUT_MS')),
    'times a fetch or a push is tried': count(constantIn('repository/remote.ts', 'ATTEMPTS')),
    "a command's output": bytes(constantIn('base/exec.ts', 'DEFAULT_MAX_OUTPUT')),
    'times a branch that moves is read and planned': count(constantIn('command/push-plan.ts', 'MAX_ATTEMPTS')),
    'commits that are looked at for what people have set back': count(
      constantIn('command/images/hold-look-back.ts', 'MOST_COMMITS'),
    ),
    'past versions of files that are read for it': bytes(constantIn('repository/history.ts', 'MAX_BYTES')),
  },
  'commands of a .flux.yaml': {
    'a command that names no timeout': seconds(constantIn('render/generators.ts', 'TIMEOUT_MS')),
    'any other, whatever it names': `${constantIn('render/shell-command.ts', 'LONGEST_TIMEOUT_MS') / 3_600_000} h`,
    'what the generators of one file print': bytes(constantIn('render/generators.ts', 'MAX_OUTPUT_BYTES')),
    'documents that they print': count(constantIn('core/generation/read-generated.ts', 'MAX_DOCUMENTS')),
    'the tree that is copied for them': bytes(constantIn('render/generators.ts', 'MAX_TREE_BYTES')),
    'a file that an updater changes': bytes(constantIn('render/tree-changes.ts', 'MAX_CHANGED_BYTES')),
    'environments at a time': count(constantIn('command/environment-manifests.ts', 'ENVIRONMENTS_AT_ONCE')),
  },
  'builds of kustomizations': {
    'one build': seconds(constantIn('render/kustomize.ts', 'TIMEOUT_MS')),
    'what it prints': bytes(constantIn('render/kustomize.ts', 'MAX_OUTPUT_BYTES')),
    'the tree that is copied for them': bytes(constantIn('render/kustomize.ts', 'MAX_TREE_BYTES')),
    'builds at a time': count(constantIn('render/kustomize.ts', 'BUILDS_AT_ONCE')),
    'patterns of an exclusionList': count(constantIn('core/images/flux-v2/read-repository.ts', 'MOST_EXCLUSIONS')),
    'a pattern of an exclusionList': count(
      constantIn('core/images/flux-v2/read-repository.ts', 'LONGEST_EXCLUSION'),
      'characters',
    ),
    'a range, pattern or extract of an ImagePolicy': count(
      constantIn('core/images/flux-v2/read-image-policy.ts', 'LONGEST_TEXT'),
      'characters',
    ),
  },
  'each cluster': {
    'until a connection stands': seconds(constantIn('cluster/transport/dial.ts', 'CONNECT_TIMEOUT_MS')),
    'a request': seconds(constantIn('cluster/api/api-client.ts', 'REQUEST_TIMEOUT_MS')),
    'times a request is sent': count(constantIn('cluster/api/api-client.ts', 'MAX_ATTEMPTS')),
    'longest Retry-After that is waited for': seconds(constantIn('cluster/api/api-client.ts', 'MAX_PAUSE_MS')),
    'requests at a time': count(constantIn('cluster/api/api-client.ts', 'MAX_IN_FLIGHT')),
    'an answer': bytes(constantIn('cluster/api/api-client.ts', 'DEFAULT_MAX_BYTES')),
    'a page of a list': bytes(constantIn('cluster/sync/live-objects.ts', 'MAX_LIST_BYTES')),
    'until a CustomResourceDefinition is in force': seconds(constantIn('cluster/sync/definitions.ts', 'TIMEOUT_MS')),
    'a credential command of the kubeconfig': seconds(constantIn('cluster/exec-credential.ts', 'TIMEOUT_MS')),
    'a kubeconfig': bytes(constantIn('core/sync/kubeconfig.ts', 'MAX_LENGTH')),
    'clusters of one environment at a time': count(constantIn('command/sync-environment.ts', 'CLUSTERS_AT_ONCE')),
  },
  Slack: {
    'one attempt': seconds(constantIn('notify/slack.ts', 'ATTEMPT_MS')),
    'all attempts together': seconds(constantIn('notify/slack.ts', 'BUDGET_MS')),
    attempts: count(constantIn('notify/slack.ts', 'MOST_ATTEMPTS')),
    'characters of a message; further lines are counted': count(constantIn('core/report/slack-blocks.ts', 'TOTAL')),
  },
  'the report': {
    'newer tags that the row of an image names; the others are counted': count(
      constantIn('core/images/row-details.ts', 'NAMED'),
    ),
    'tags that towpath explain names of an image; the others are counted by reason': count(
      constantIn('core/images/explain.ts', 'NAMED'),
    ),
  },
};

describe('the page of limits', () => {
  it.each(Object.keys(EXPECTED))('has the numbers of the code about %s, and no other', (first) => {
    const rows = tableOf(PAGE, { first }).rows.map(([what, limit]) => [plain(what), plain(limit)]);
    expect(Object.fromEntries(rows)).toEqual(EXPECTED[first]);
  });

  it('has no table of numbers that is not checked', () => {
    const numbers = tablesOf(PAGE).filter(({ heading }) => heading === 'Numbers');
    expect(numbers.map(({ head }) => head[0])).toEqual(Object.keys(EXPECTED));
  });

  it('names every limit of the registry client', () => {
    // How long to pause first, and what a request gets at least, are tuning and bound nothing.
    const tuning = ['firstPauseMs', 'leastMs', 'recentPages', 'rememberedGoneTags'];
    expect(
      Object.keys(DEFAULT_LIMITS)
        .filter((key) => !named.has(key))
        .toSorted(),
    ).toEqual(tuning);
  });

  it('says of Node.js and of the API server what the package and the tests say', () => {
    const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    const needs = new Map(tableOf(PAGE, { first: 'what' }).rows.map(([what, need]) => [plain(what), plain(need)]));
    expect(manifest.engines.node).toBe('>=24');
    expect(needs.get('the command line')).toContain('Node.js 24 or newer');
    expect(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')).toContain('using: node24');
    expect(needs.get('the action')).toContain('node24');
    const modules = readFileSync(path.join(ROOT, 'test/control-plane/modules/kubernetes/go.mod'), 'utf8');
    const minor = /k8s\.io\/kubernetes v1\.(\d+)\./.exec(modules)?.[1];
    expect(needs.get('clusters')).toContain(`Tested with Kubernetes 1.${minor}`);
  });
});
