import { describe, expect, it } from 'vitest';
import { decodeKubeconfigText, parseKubeconfigs } from '../../../src/core/sync/kubeconfig.ts';

const source = (name: string, text: string) => ({ name, directory: '/home/x', text });

const FIRST = `
current-context: ""
contexts:
- name: a
  context: { cluster: c1, user: u1, namespace: team }
clusters:
- name: c1
  cluster: { server: https://one }
users:
- name: u1
  user: { token: first }
`;
const SECOND = `
current-context: b
contexts:
- name: b
  context: { cluster: c1, user: u1 }
- name: a
  context: { cluster: other, user: other }
clusters:
- name: c1
  cluster: { server: https://two, certificate-authority: ca.pem }
users:
- name: u1
  user: { token: second, username: x }
`;

describe('kubeconfig files', () => {
  it('are joined: the first value of a name wins as a whole, and the first current context that is set', () => {
    const joined = parseKubeconfigs([
      source('one', FIRST),
      source('two', SECOND),
      source('three', 'current-context: c'),
    ]);
    expect(joined.current).toBe('b');
    expect([...joined.contexts.keys()]).toEqual(['a', 'b']);
    expect(joined.contexts.get('a')?.value).toEqual({ cluster: 'c1', user: 'u1', namespace: 'team' });
    expect(joined.clusters.get('c1')?.value).toEqual({ server: 'https://one' });
    expect(joined.users.get('u1')?.value).toEqual({ token: 'first' });
    expect(joined.contexts.get('b')?.source.name).toBe('two');
  });

  it.each([
    { name: 'JSON, which is YAML', text: '{"contexts":[{"name":"a","context":{"cluster":"c"}}]}', names: ['a'] },
    { name: 'an empty file', text: '', names: [] },
    { name: 'sections without a value', text: 'contexts:\nclusters: null\n', names: [] },
    { name: 'names that are numbers in quotes', text: 'contexts: [{name: "1", context: {}}]', names: ['1'] },
  ])('may be $name', ({ text, names }) => {
    expect([...parseKubeconfigs([source('f', text)]).contexts.keys()]).toEqual(names);
  });

  it.each([
    {
      name: 'broken YAML',
      text: 'users:\n- name: "u\n  user: {token: s3cr3t',
      code: 'KUBECONFIG_NOT_YAML',
      message: /^f is not YAML at line 3, column \d+ \([A-Z_]+\)$/,
    },
    { name: 'text', text: 's3cr3t', code: 'KUBECONFIG_INVALID', message: 'f is no mapping' },
    {
      name: 'a section that is no list',
      text: 'contexts: {a: s3cr3t}',
      code: 'KUBECONFIG_INVALID',
      message: 'f has no list under contexts',
    },
    {
      name: 'an entry without a name',
      text: 'users: [{user: {token: s3cr3t}}]',
      code: 'KUBECONFIG_INVALID',
      message: 'f has no name in users[0]',
    },
    {
      name: 'an entry that is no mapping',
      text: 'users: [{name: a, user: s3cr3t}]',
      code: 'KUBECONFIG_INVALID',
      message: 'f has no mapping in users[0].user',
    },
    {
      name: 'a name that comes twice',
      text: 'clusters: [{name: a}, {name: a}]',
      code: 'KUBECONFIG_INVALID',
      message: 'f has a twice under clusters',
    },
    {
      name: 'an alias bomb',
      text: `a: &a [${'x,'.repeat(50)}]\n${'bcdefgh'
        .split('')
        .map((letter, index) => `${letter}: &${letter} [${`*${'abcdefgh'[index]},`.repeat(50)}]`)
        .join('\n')}`,
      code: 'KUBECONFIG_NOT_YAML',
      message: 'f is not YAML (ALIASES)',
    },
    {
      name: 'endless text',
      text: `a: ${'x'.repeat(9 * 1024 * 1024)}`,
      code: 'KUBECONFIG_TOO_LARGE',
      message: 'f is larger than 8 MiB',
    },
  ])('with $name are refused, without a word of their content', ({ text, code, message }) => {
    const parse = () => parseKubeconfigs([source('f', text)]);
    expect(parse).toThrow(
      expect.objectContaining({
        code,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
    expect(parse).not.toThrow(/s3cr3t/);
  });

  it('keep __proto__ a name like any other', () => {
    const parsed = parseKubeconfigs([source('f', 'contexts: [{name: __proto__, context: {cluster: c}}]')]);
    expect([...parsed.contexts.keys()]).toEqual(['__proto__']);
  });
});

describe('a kubeconfig given as content', () => {
  const yaml = 'contexts:\n- name: ü\n';

  it.each([
    { name: 'is taken as it is', text: yaml, expected: yaml },
    { name: 'may be in base64', text: Buffer.from(yaml).toString('base64'), expected: yaml },
    {
      name: 'may be in base64 on several lines',
      text: Buffer.from(yaml)
        .toString('base64')
        .replace(/(.{8})/g, '$1\n'),
      expected: yaml,
    },
    { name: 'stays what it is where it only looks like base64', text: 'abc', expected: 'abc' },
    {
      name: 'stays what it is where base64 gives no text',
      text: Buffer.from([0xff, 0xfe, 0xfd]).toString('base64'),
      expected: '//79',
    },
    { name: 'may be empty', text: '', expected: '' },
  ])('$name', ({ text, expected }) => {
    expect(decodeKubeconfigText(text)).toBe(expected);
  });
});
