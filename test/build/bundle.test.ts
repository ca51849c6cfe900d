import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareWith, write } from '../../scripts/build.ts';
import { bundle, loadedWith, startBytes } from '../../scripts/bundle.ts';
import { makeProject } from './project.ts';

const SOURCES = {
  'src/entry/cli.ts': `#!/usr/bin/env node
    import { parse } from 'yaml';
    import { later } from '../core/later.ts';
    console.log(parse('answer: 42').answer, await later());`,
  'src/entry/action.ts': `import { parse } from 'yaml';
    import { later } from '../core/later.ts';
    console.log(parse('answer: 43').answer, await later());`,
  'src/core/later.ts': `export async function later() { return (await import('../cluster/lazy.ts')).lazy(); }`,
  'src/cluster/lazy.ts': `import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
    export function lazy() { return new KubeConfig().getContexts().length; }`,
};
const ENTRIES = { cli: 'src/entry/cli.ts', action: 'src/entry/action.ts' };

describe('a bundle', () => {
  it('is the same to the byte wherever its project lies', async () => {
    using here = makeProject(SOURCES);
    using there = makeProject(SOURCES, 'deeper/down/ü');
    const first = await bundle({ root: here.directory, entries: ENTRIES });
    const second = await bundle({ root: there.directory, entries: ENTRIES });
    expect([...second.files]).toEqual([...first.files]);
    for (const text of first.files.values()) expect(text).not.toContain(here.directory);
  });

  it('names a lazy chunk after its module and a shared one after its largest part', async () => {
    using project = makeProject(SOURCES);
    const { files } = await bundle({ root: project.directory, entries: ENTRIES });
    expect([...files.keys()]).toEqual([
      'action.js',
      'cli.js',
      'cluster-lazy.js',
      'licenses.txt',
      'package.json',
      'shared-runtime.js',
      'shared-yaml.js',
    ]);
  });

  it('keeps the names of chunks when their content changes', async () => {
    using before = makeProject(SOURCES);
    using after = makeProject({
      ...SOURCES,
      'src/cluster/lazy.ts': `${SOURCES['src/cluster/lazy.ts']}\nconsole.log('more');`,
    });
    const first = await bundle({ root: before.directory, entries: ENTRIES });
    const second = await bundle({ root: after.directory, entries: ENTRIES });
    expect([...second.files.keys()]).toEqual([...first.files.keys()]);
    expect(second.files.get('cluster-lazy.js')).not.toBe(first.files.get('cluster-lazy.js'));
    expect(second.files.get('cli.js')).toBe(first.files.get('cli.js'));
  });

  it('starts without what is imported lazily', async () => {
    using project = makeProject(SOURCES);
    const built = await bundle({ root: project.directory, entries: ENTRIES });
    expect([...loadedWith(built, 'cli.js')].sort()).toEqual(['cli.js', 'shared-runtime.js', 'shared-yaml.js']);
    const whole = ['cli.js', 'shared-runtime.js', 'shared-yaml.js'].map((file) => built.files.get(file) ?? '');
    expect(startBytes(built, 'cli.js')).toBe(Buffer.byteLength(whole.join('')));
  });

  it('runs', async () => {
    using project = makeProject(SOURCES);
    write(path.join(project.directory, 'dist'), await bundle({ root: project.directory, entries: ENTRIES }));
    expect(await run(path.join(project.directory, 'dist', 'cli.js'))).toBe('42 0\n');
    expect(await run(path.join(project.directory, 'dist', 'action.js'))).toBe('43 0\n');
  });

  it('fails to build where an import is not there', async () => {
    using project = makeProject({ 'src/a.ts': `import { nothing } from '@actions/core'; nothing();` });
    await expect(bundle({ root: project.directory, entries: { a: 'src/a.ts' } })).rejects.toThrow('"nothing"');
  });

  it('fails to build where esbuild warns', async () => {
    using project = makeProject({ 'src/a.ts': `console.log(typeof process.pid === 'nmuber');` });
    await expect(bundle({ root: project.directory, entries: { a: 'src/a.ts' } })).rejects.toThrow('has warnings');
  });
});

describe('what is left out of packages', () => {
  it('leaves the OIDC token of the runner working', async () => {
    using project = makeProject({
      'src/a.ts': `import { getIDToken } from '@actions/core'; console.log(await getIDToken('registry'));`,
    });
    write(path.join(project.directory, 'dist'), await bundle({ root: project.directory, entries: { a: 'src/a.ts' } }));
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.end(JSON.stringify({ value: 'the-token' }));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const output = await run(path.join(project.directory, 'dist', 'a.js'), {
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api=1`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
      });
      expect(output).toMatch(/^::add-mask::the-token\nthe-token\n$/m);
      expect(asked).toEqual(['/token?api=1&audience=registry Bearer request-token']);
    } finally {
      server.close();
    }
  });

  it('leaves the credentials of a kubeconfig working: certificate, token, command, proxy', async () => {
    using project = makeProject({ 'src/a.ts': KUBECONFIG_PROBE });
    const built = await bundle({ root: project.directory, entries: { a: 'src/a.ts' } });
    write(path.join(project.directory, 'dist'), built);
    expect(JSON.parse(await run(path.join(project.directory, 'dist', 'a.js')))).toEqual({
      certificate: { cert: 'CERT', key: 'KEY', ca: 'CA', agent: 'Agent' },
      token: { authorization: 'Bearer plain', ca: 'CA', agent: 'Agent' },
      command: { authorization: 'Bearer printed', ca: 'CA', agent: 'Agent' },
      proxied: { authorization: 'Bearer plain', ca: 'CA', agent: 'HttpsProxyAgent' },
    });
  });

  it('keeps the Kubernetes client small', async () => {
    using project = makeProject({
      'src/a.ts': `export { KubeConfig } from '@kubernetes/client-node/dist/config.js';`,
    });
    const built = await bundle({ root: project.directory, entries: { a: 'src/a.ts' } });
    expect(startBytes(built, 'a.js')).toBeLessThan(500_000);
  });
});

describe('writing dist', () => {
  it('names what differs, what is missing and what is no longer built, and puts all of it right', async () => {
    using project = makeProject({
      'src/a.ts': `console.log('a');`,
      'dist/a.js': 'old',
      'dist/gone.js': 'old',
    });
    const dist = path.join(project.directory, 'dist');
    const built = await bundle({ root: project.directory, entries: { a: 'src/a.ts' } });
    expect(compareWith(dist, built)).toEqual([
      { file: 'a.js', kind: 'differs' },
      { file: 'gone.js', kind: 'not built' },
      { file: 'licenses.txt', kind: 'missing' },
      { file: 'package.json', kind: 'missing' },
    ]);
    write(dist, built);
    expect(compareWith(dist, built)).toEqual([]);
  });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

const PROBE_CONFIG = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [
    { name: 'direct', cluster: { server: 'https://127.0.0.1:1', 'certificate-authority-data': base64('CA') } },
    {
      name: 'behind',
      cluster: {
        server: 'https://127.0.0.1:1',
        'certificate-authority-data': base64('CA'),
        'proxy-url': 'http://127.0.0.1:2',
      },
    },
  ],
  users: [
    {
      name: 'certificate',
      user: { 'client-certificate-data': base64('CERT'), 'client-key-data': base64('KEY') },
    },
    { name: 'token', user: { token: 'plain' } },
    {
      name: 'command',
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: process.execPath,
          args: ['-e', `console.log(JSON.stringify({ status: { token: 'printed' } }))`],
          interactiveMode: 'Never',
        },
      },
    },
  ],
  contexts: [
    { name: 'certificate', context: { cluster: 'direct', user: 'certificate' } },
    { name: 'token', context: { cluster: 'direct', user: 'token' } },
    { name: 'command', context: { cluster: 'direct', user: 'command' } },
    { name: 'proxied', context: { cluster: 'behind', user: 'token' } },
  ],
};

const KUBECONFIG_PROBE = `
  import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
  const result = {};
  for (const context of ['certificate', 'token', 'command', 'proxied']) {
    const config = new KubeConfig();
    config.loadFromString(${JSON.stringify(JSON.stringify(PROBE_CONFIG))});
    config.setCurrentContext(context);
    const options = { headers: {} };
    await config.applyToHTTPSOptions(options);
    const text = (value) => value === undefined ? undefined : String(value);
    result[context] = {
      authorization: options.headers.Authorization,
      cert: text(options.cert), key: text(options.key), ca: text(options.ca),
      agent: Object.getPrototypeOf(options.agent) === (await import('node:https')).Agent.prototype ? 'Agent' : 'HttpsProxyAgent',
    };
  }
  console.log(JSON.stringify(result));`;

/** What the script prints on stdout; rejects where it fails. */
async function run(script: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${errors}`);
  return output;
}
