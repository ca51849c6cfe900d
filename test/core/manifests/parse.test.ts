import { describe, expect, it } from 'vitest';
import { MAX_PIECES } from '../../../src/core/manifests/compose-tree.ts';
import { mentionsAutomation, parseManifests } from '../../../src/core/manifests/parse.ts';
import { MAX_FILE_BYTES, MAX_LINES } from '../../../src/core/manifests/source-text.ts';
import { fileOf } from './manifest-text.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

describe('the objects of a file', () => {
  it.each([
    { name: 'an empty file', text: '' },
    { name: 'nothing but comments', text: '# one\n# two\n' },
    { name: 'documents without a kind', text: 'a: b\n---\n- c\n---\ntext\n' },
    { name: 'a kind that is empty', text: 'kind:\napiVersion: v1\n' },
    {
      name: 'the instructions of kustomize',
      text: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
    },
    { name: 'a component of kustomize', text: 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n' },
    { name: 'a .flux.yaml', text: 'version: 1\npatchUpdated:\n  generators:\n    - command: kustomize build .\n' },
    { name: 'an empty list', text: 'apiVersion: v1\nkind: List\nitems: []\n' },
  ])('are none, and no problem, in $name', ({ text }) => {
    expect(parseManifests(fileOf(text))).toEqual({ documents: [], problems: [] });
  });

  it('leave out a kustomization.yaml that names no apiVersion, and only that', () => {
    const text = 'kind: Kustomization\nresources: [a.yaml]\n';
    expect(parseManifests(fileOf(text, 'apps/kustomization.yaml'))).toEqual({ documents: [], problems: [] });
    expect(parseManifests(fileOf(text, 'apps/other.yaml')).problems).toHaveLength(1);
  });

  it('say who they are and where they begin', () => {
    const text =
      '# head\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: b\n  namespace: ns\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: ns\n';
    const { documents, problems } = parseManifests(fileOf(text, 'x/y.yaml'));
    expect(problems).toEqual([]);
    expect(
      documents.map(({ apiVersion, kind, name, namespace, subject, position, namePosition }) => ({
        apiVersion,
        kind,
        name,
        namespace,
        subject,
        position,
        namePosition,
      })),
    ).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'b',
        namespace: 'ns',
        subject: 'Deployment/ns/b',
        position: { file: 'x/y.yaml', line: 3, col: 1 },
        namePosition: { file: 'x/y.yaml', line: 6, col: 9 },
      },
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        name: 'ns',
        namespace: undefined,
        subject: 'Namespace/ns',
        position: { file: 'x/y.yaml', line: 9, col: 1 },
        namePosition: { file: 'x/y.yaml', line: 12, col: 9 },
      },
    ]);
  });

  it.each([
    { name: 'a byte order mark', text: `\uFEFF${configMap}` },
    { name: 'carriage returns', text: configMap.replaceAll('\n', '\r\n') },
    { name: 'comments before the first marker', text: `# by hand\n---\n${configMap}` },
    { name: 'markers and ends of empty documents', text: `---\n${configMap}---\n...\n---\n...\n---\n...\n` },
    { name: 'a directive of YAML 1.2', text: `%YAML 1.2\n---\n${configMap}` },
    { name: 'a marker behind the last document', text: `${configMap}---\n` },
    {
      name: 'a very long block scalar',
      text: `${configMap}data:\n  a: |\n${'    The tide is out and the boats lie in the mud.\n'.repeat(20_000)}`,
    },
    { name: 'everything in JSON', text: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}' },
    { name: 'the whole indented', text: configMap.replace(/^(?=.)/gm, '    ') },
    { name: 'keys repeated, of which the last counts', text: `kind: Secret\n${configMap}` },
    {
      name: 'kind and name from anchors',
      text: 'x: {k: &k ConfigMap, m: &m {name: a}}\napiVersion: v1\nkind: *k\nmetadata: *m\n',
    },
    { name: 'an unknown tag', text: '!thing\napiVersion: v1\nkind: ConfigMap\nmetadata: !meta {name: a}\n' },
  ])('are read from a text with $name', ({ text }) => {
    const parsed = parseManifests(fileOf(text));
    expect(parsed.problems).toEqual([]);
    expect(parsed.documents.map((document) => document.subject)).toEqual(['ConfigMap/a']);
  });

  it('include the items of lists, of typed lists and of lists in lists', () => {
    const text = `apiVersion: v1
kind: List
items:
- ${configMap.trim().replaceAll('\n', '\n  ')}
- apiVersion: apps/v1
  kind: DeploymentList
  items:
  - metadata: {name: b, namespace: ns}
  - kind: Deployment
    apiVersion: extensions/v1beta1
    metadata: {name: c}
`;
    const { documents, problems } = parseManifests(fileOf(text));
    expect(problems).toEqual([]);
    expect(
      documents.map(({ apiVersion, subject, position }) => `${apiVersion} ${subject} ${position.line}:${position.col}`),
    ).toEqual(['v1 ConfigMap/a 4:3', 'apps/v1 Deployment/ns/b 10:5', 'extensions/v1beta1 Deployment/c 11:5']);
  });

  it('include one whose kind ends like a list but that has no items', () => {
    const { documents } = parseManifests(fileOf('apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\n'));
    expect(documents.map((document) => document.subject)).toEqual(['AllowList/a']);
  });
});

describe('an object that is not complete', () => {
  it.each([
    {
      text: 'kind: Pod\nmetadata: {name: a}\n',
      at: '1:1',
      message: 'Pod has no apiVersion',
      hint: 'Add the apiVersion of Pod',
    },
    { text: 'apiVersion: v1\nkind: Pod\n', at: '1:1', message: 'Pod has no metadata.name', hint: 'Name the Pod' },
    {
      text: 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {}\n',
      at: '4:3',
      message: 'Pod has no metadata.name',
      hint: 'Write metadata.name',
    },
    {
      text: 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n',
      at: '3:11',
      message: 'Pod has no metadata.name',
      hint: 'Replace generateName',
    },
    {
      text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: 123}\n',
      at: '3:18',
      message: 'Pod has a number as metadata.name where text is needed',
      hint: 'quote it',
    },
    {
      text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: y}\n',
      at: '3:18',
      message: 'Pod has a boolean as metadata.name where text is needed',
      hint: 'quote it',
    },
    {
      text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: a/b}\n',
      at: '3:18',
      message: 'Pod has an invalid metadata.name: a/b',
      hint: 'metadata.name',
    },
    {
      text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: "a\\u0007b"}\n',
      at: '3:18',
      message: 'Pod has an invalid metadata.name: a\uFFFDb',
      hint: 'metadata.name',
    },
    {
      text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: 7}\n',
      at: '3:32',
      message: 'Pod has a number as metadata.namespace where text is needed',
      hint: 'quote it',
    },
    {
      text: 'apiVersion: v1\nkind: [Pod]\nmetadata: {name: a}\n',
      at: '2:7',
      message: 'document has a sequence as kind where text is needed',
      hint: 'one word',
    },
    {
      text: 'apiVersion: v1\nkind: A Pod\nmetadata: {name: a}\n',
      at: '2:7',
      message: 'document has an invalid kind: A Pod',
      hint: 'one word',
    },
    {
      text: 'apiVersion: 1\nkind: Pod\nmetadata: {name: a}\n',
      at: '1:13',
      message: 'Pod has a number as apiVersion where text is needed',
      hint: 'apiVersion',
    },
  ])('is a problem at its place: $message', ({ text, at, message, hint }) => {
    const { documents, problems } = parseManifests(fileOf(`${text}---\n${configMap}`));
    expect(documents.map((document) => document.subject)).toEqual(['ConfigMap/a']);
    const [line, col] = at.split(':').map(Number);
    expect(problems).toEqual([
      {
        severity: 'error',
        code: expect.stringMatching(/^MANIFEST_IN/),
        message,
        position: { file: 'a.yaml', line, col },
        hint: expect.stringContaining(hint),
      },
    ]);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    { name: 'a tab as indentation', text: 'metadata:\n\tname: a\n', at: '2:1' },
    { name: 'a value that goes on', text: 'a: b: c\n', at: '1:4' },
    { name: 'a quote that stays open', text: 'a: "b\n', at: '1:4' },
    { name: 'a key out of its column', text: 'a:\n  b: c\n d: e\n', at: '3:1' },
    { name: 'an alias without an anchor', text: 'a: *b\n', at: '1:4' },
    { name: 'an anchor that contains itself', text: 'a: &b\n  c: *b\n', at: '2:6' },
    { name: 'a control character', text: 'a: b\nc: \u0000\n', at: '2:4' },
    { name: 'brackets that nest without end', text: '['.repeat(100_000), at: '1:501' },
    { name: 'dashes that nest without end', text: '- '.repeat(20_000), at: '1:1000' },
    {
      name: 'lines that nest without end',
      text: Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      at: '500:501',
    },
    {
      name: 'merge keys that lead on and on',
      text: `m0: &m0 {k: 1}\n${Array.from({ length: 20_000 }, (_, i) => `m${i + 1}: &m${i + 1} {<<: *m${i}}\n`).join('')}`,
      at: '501:13',
    },
    {
      name: 'aliases that pile up levels',
      text: `- &a0 []\n${Array.from({ length: 20_000 }, (_, i) => `- &a${i + 1} [*a${i}]\n`).join('')}`,
      at: '501:9',
    },
    {
      name: 'aliases that pile up levels within others',
      text: `- &a0 ${'['.repeat(300)}${']'.repeat(300)}\n- [[[x, ${'['.repeat(250)}*a0${']'.repeat(250)}]]]\n`,
      at: '2:58',
    },
    { name: 'an error behind a byte order mark', text: '\uFEFFa: *b\n', at: '1:4' },
  ])('gives one problem and no object, the good documents in it included: $name', ({ text, at }) => {
    const { documents, problems } = parseManifests(fileOf(text));
    const [line, col] = at.split(':').map(Number);
    expect(problems).toMatchObject([
      { severity: 'error', code: 'MANIFEST_UNREADABLE', position: { file: 'a.yaml', line, col } },
    ]);
    expect(problems[0]?.message).toMatch(/^file cannot be read as YAML: [^\n]{5,200}[^.\n]$/);
    expect(documents).toEqual([]);
    const behind = parseManifests(fileOf(`${configMap}---\n${text}`));
    expect(behind.documents).toEqual([]);
    expect(behind.problems).toHaveLength(1);
  });

  it('tells no text that looks like an alias: it may be a password', () => {
    const [problem] = parseManifests(fileOf('kind: Secret\nstringData:\n  password: *Hunter2\n')).problems;
    expect(problem).toMatchObject({ code: 'MANIFEST_UNREADABLE', position: { line: 3, col: 13 } });
    expect(JSON.stringify(problem)).not.toContain('Hunter2');
  });

  it.each([
    '{{- if .Values.enabled }}\na: b\n{{- end }}\n',
    'a:\n  {{- range .Values.list }}\n  - b\n  {{- end }}\n',
    '{{ if }}\n'.repeat(5000),
  ])('is called a template where it is one', (text) => {
    const { problems } = parseManifests(fileOf(`${configMap}${text}`));
    expect(problems).toMatchObject([{ code: 'MANIFEST_IS_TEMPLATE', hint: expect.stringContaining('render them') }]);
  });

  it('is one that is not UTF-8, at the line where it stops to be', () => {
    const bytes = Buffer.concat([Buffer.from('# é\na: b\nc: '), Buffer.from([0xe9]), Buffer.from('\nd: e\n')]);
    expect(parseManifests({ path: 'a.yaml', bytes })).toMatchObject({
      documents: [],
      problems: [{ severity: 'error', code: 'MANIFEST_NOT_UTF8', position: { file: 'a.yaml', line: 3, col: 1 } }],
    });
    expect(parseManifests({ path: 'a.yaml', bytes: Buffer.from(configMap, 'utf16le') }).problems).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it.each([
    { name: 'bytes', bytes: new Uint8Array(MAX_FILE_BYTES + 1), message: 'file is larger than 5 MiB and was not read' },
    {
      name: 'lines',
      bytes: Buffer.alloc(MAX_LINES + 1, '\n'),
      message: `file has more than ${MAX_LINES} lines and was not read`,
    },
  ])('is one of too many $name', ({ bytes, message }) => {
    expect(parseManifests({ path: 'a.yaml', bytes }).problems).toMatchObject([{ code: 'MANIFEST_TOO_LARGE', message }]);
  });

  it('is one of more words than any manifest has', () => {
    const text = `a: [*b, ${'c, '.repeat(MAX_PIECES / 2)}]\n`;
    expect(parseManifests(fileOf(text)).problems).toMatchObject([
      { message: expect.stringContaining(`more than ${MAX_PIECES} words`) },
    ]);
  });

  it('never shows control characters of the file', () => {
    const { problems } = parseManifests(fileOf('a: &\u202Ex\u200F [*\u202Ex\u200F]\n'));
    expect(problems[0]?.message).toMatch(/^[\x20-\x7e\uFFFD]+$/);
  });
});

describe('a file full of mistakes', () => {
  it('tells the first hundred one by one and counts the rest', () => {
    const text = '---\nkind: A\n'.repeat(140_000);
    const { problems } = parseManifests(fileOf(text));
    expect(problems).toHaveLength(101);
    expect(problems.at(-2)).toMatchObject({ position: { line: 200 } });
    expect(problems.at(-1)).toMatchObject({
      message: '139900 more objects of this file cannot be used either',
      position: { line: 202 },
    });
  });
});

describe('a look at the bytes', () => {
  it.each([
    { text: 'annotations:\n  fluxcd.io/automated: "true"\n', mentions: true },
    { text: 'annotations:\n  flux.weave.works/automated: "true"\n', mentions: true },
    { text: 'annotations:\n  filter.fluxcd.io/app: glob:*\n', mentions: true },
    { text: '"annotations": {"fluxcd\\u002eio/automated": "true"}\n', mentions: true },
    { text: configMap, mentions: false },
  ])('tells whether a file can say anything about automation: $mentions', ({ text, mentions }) => {
    expect(mentionsAutomation(new TextEncoder().encode(text))).toBe(mentions);
  });
});
