import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TowpathError } from '../../src/base/errors.ts';
import { Redactor, Secret } from '../../src/base/secret.ts';
import type { GeneratorRun, TreeSource, UpdaterRun } from '../../src/command/adapters/generators.ts';
import type { RepositoryCommand } from '../../src/core/generation/flux-config.ts';
import { createGenerators, type GeneratorLimits } from '../../src/render/generators.ts';
import { identify } from '../control-plane/process-identity.ts';
import { treeOf } from './tree-on-disk.ts';

let place: string;
let scratch: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(path.join(tmpdir(), 'towpath-render-')));
  scratch = path.join(place, 'run');
  mkdirSync(scratch);
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const CONFIG = 'dev/.flux.yaml';

function command(text: string, timeoutMs?: number): RepositoryCommand {
  return { command: text, timeoutMs, position: { file: CONFIG, line: 4, col: 7 } };
}

interface Given {
  readonly env?: NodeJS.ProcessEnv;
  readonly limits?: Partial<GeneratorLimits>;
  readonly redact?: (text: string) => string;
}

function generatorsWith({ env = process.env, limits, redact = (text) => text }: Given = {}) {
  return createGenerators({ env, scratch: async () => scratch, redact, limits });
}

function run(commands: readonly RepositoryCommand[], tree: TreeSource = treeOf({ [CONFIG]: '' })): GeneratorRun {
  return { tree, configPath: CONFIG, directory: 'dev', generators: commands, kubeconfig: null };
}

async function printed(commands: readonly RepositoryCommand[], tree?: TreeSource, given?: Given): Promise<string[]> {
  const outputs = await generatorsWith(given).generate(run(commands, tree));
  return outputs.map((output) => Buffer.from(output).toString());
}

async function failure(work: Promise<unknown>): Promise<TowpathError> {
  return work.then(
    () => {
      throw new Error('did not fail');
    },
    (error: TowpathError) => error,
  );
}

describe('generators', () => {
  it('print one after the other, in the directory of their .flux.yaml', async () => {
    expect(
      await printed(
        [command('echo one'), command('basename "$PWD"; cat a.txt')],
        treeOf({ [CONFIG]: '', 'dev/a.txt': 'text' }),
      ),
    ).toEqual(['one\n', 'dev\ntext']);
  });

  it('share their copy of the tree, so that one prepares what another reads', async () => {
    expect(await printed([command('echo made > made.txt'), command('cat made.txt')])).toEqual(['', 'made\n']);
  });

  it('find files as the tree has them: with their modes, in their directories', async () => {
    const tree = treeOf({ [CONFIG]: '', 'run.sh*': '#!/bin/sh\necho ran\n', 'dev/plain.sh': '#!/bin/sh\n' });
    expect(await printed([command('../run.sh; test -x plain.sh || echo plain')], tree)).toEqual(['ran\nplain\n']);
  });

  it('read nothing from stdin', async () => {
    expect(await printed([command('cat')])).toEqual(['']);
  });

  it('get what programs need of the environment, and no credential', async () => {
    const env = {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      HOME: '/home/me',
      KUBECONFIG: '/home/me/.kube/config',
      GITHUB_TOKEN: 'ghs_token',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id',
      HTTPS_PROXY: 'http://user:password@proxy:3128',
      NO_PROXY: 'localhost',
      INPUT_KUBECONFIG: 'content',
    };
    const [text = ''] = await printed([command('env')], undefined, { env });
    const names = text
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0] ?? '')
      .filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name));
    expect(names.sort()).toEqual(['HOME', 'LANG', 'NO_PROXY', 'PATH', 'TMPDIR']);
    expect(text).not.toContain('/home/me');
  });

  it('get a kubeconfig as a file that only this user may read, outside of the tree, and gone afterwards', async () => {
    const commands = [command('cat "$KUBECONFIG"; ls -l "$KUBECONFIG" | cut -c1-10; echo "$KUBECONFIG"; ls -A')];
    const [text = ''] = (
      await generatorsWith().generate({ ...run(commands), kubeconfig: new Secret('current-context: x\n') })
    ).map(String);
    const [content, rights, file = '', ...listed] = text.trim().split('\n');
    expect([content, rights, listed]).toEqual(['current-context: x', '-rw-------', ['.flux.yaml']]);
    expect(file.startsWith(`${scratch}${path.sep}`)).toBe(true);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('get no kubeconfig in an updater', async () => {
    const { outputs } = await generatorsWith().update({
      ...run([command('cat seen')]),
      tree: treeOf({ [CONFIG]: '', 'dev/seen': '' }),
      kubeconfig: new Secret('x'),
      updates: [{ commands: [command('echo "<$KUBECONFIG>" > seen')], env: {} }],
    });
    expect(outputs.map(String)).toEqual(['<>\n']);
  });

  it('write into their copy and beside it, and nothing of that stays', async () => {
    const mine = path.join(place, 'mine');
    mkdirSync(mine);
    writeFileSync(path.join(mine, 'a.txt'), 'mine');
    const commands = [
      command('echo x > a.txt; echo x > ../a.txt; echo x > ../../outside; echo x > "$HOME/b"; mktemp; rm -rf ../dev'),
    ];
    const [text = ''] = await printed(commands, treeOf({ [CONFIG]: '', 'dev/a.txt': 'a' }));
    expect(text.startsWith(`${scratch}${path.sep}`)).toBe(true);
    expect(readdirSync(scratch)).toEqual([]);
    expect(readdirSync(place).sort()).toEqual(['mine', 'run']);
  });

  it('leave nothing behind though they take their own rights away', async () => {
    await printed([command('mkdir -p a/b && echo x > a/b/c && chmod 500 a/b a')]);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('fail with their place, their exit code and their last words', async () => {
    const error = await failure(
      generatorsWith().generate(
        run([
          command('echo no; for i in 1 2 3 4 5 6; do echo "line $i" >&2; done; exit 7'),
          command('echo never > ../../never'),
        ]),
      ),
    );
    expect(error).toMatchObject({
      code: 'GENERATOR_FAILED',
      subject: CONFIG,
      position: { file: CONFIG, line: 4, col: 7 },
      message: 'generator of dev/.flux.yaml failed (exit code 7): line 3 / line 4 / line 5 / line 6',
    });
    expect(error.hint).toContain('echo no;');
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('fail where their shell does not know a command', async () => {
    const error = await failure(generatorsWith().generate(run([command('no-such-command-here')])));
    expect(error.message).toMatch(
      /^generator of dev\/\.flux\.yaml failed \(exit code 127\): .*no-such-command-here.*not found/,
    );
  });

  it('tell no secret and print no control character when they fail', async () => {
    const redactor = new Redactor();
    redactor.add('s3cr3t-value');
    const error = await failure(
      generatorsWith({ redact: (text) => redactor.redact(text) }).generate(
        run([command('printf "token s3cr3t-value \\033[31mred\\033[0m \\007bell\\n::error::x\\n" >&2; exit 1')]),
      ),
    );
    expect(error.message).toBe(
      'generator of dev/.flux.yaml failed (exit code 1): token *** red \uFFFDbell / ::error::x',
    );
    expect(`${error.hint}`).not.toContain('s3cr3t-value');
  });

  it('are cut short where they say too much', async () => {
    const error = await failure(
      generatorsWith().generate(run([command('head -c 300000 /dev/zero | tr "\\0" x >&2; exit 1')])),
    );
    expect(error.message.length).toBeLessThan(400);
  });

  it('are stopped with all that they started when their time is up', async () => {
    const script = `sleep 300 & echo $! > ${place}/pid; wait`;
    const error = await failure(generatorsWith({ limits: { timeoutMs: 300 } }).generate(run([command(script)])));
    expect(error).toMatchObject({
      code: 'GENERATOR_TIMEOUT',
      message: 'generator of dev/.flux.yaml did not end within 0.3 s',
      position: { line: 4 },
    });
    expect(error.hint).toContain('timeout');
    const pid = Number(readFileSync(path.join(place, 'pid'), 'utf8'));
    await vi.waitFor(() => expect(identify(pid)).toBeNull());
    expect(readdirSync(scratch)).toEqual([]);
  });

  it.each([
    { name: 'that end well', ending: 'exit 0' },
    { name: 'that fail', ending: 'exit 1' },
  ])('$name take with them what they left running', async ({ ending }) => {
    const script = `sleep 300 >/dev/null 2>&1 & echo $! > ${place}/pid; ${ending}`;
    await generatorsWith()
      .generate(run([command(script)]))
      .catch(() => undefined);
    const pid = Number(readFileSync(path.join(place, 'pid'), 'utf8'));
    await vi.waitFor(() => expect(identify(pid)).toBeNull());
  });

  it('leave nothing behind where something in a session of its own still writes for a while', async () => {
    const writer = 'for i in $(seq 300); do mkdir -p ../dev/d$i; echo x > ../dev/d$i/f; done';
    const script = `setsid sh -c '${writer}' >/dev/null 2>&1 & sleep 0.1; echo done`;
    expect(await printed([command(script)])).toEqual(['done\n']);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('print what their background still prints', async () => {
    expect(await printed([command('(sleep 0.2; echo late) & echo early')])).toEqual(['early\nlate\n']);
  });

  it('have the time that they ask for, before that of everybody', async () => {
    const error = await failure(
      generatorsWith({ limits: { timeoutMs: 60_000 } }).generate(run([command('sleep 30', 200)])),
    );
    expect(error.message).toBe('generator of dev/.flux.yaml did not end within 0.2 s');
  });

  it('are stopped when they print without end', async () => {
    const given = { limits: { maxOutputBytes: 1024 * 1024 } };
    const error = await failure(generatorsWith(given).generate(run([command('yes')])));
    expect(error).toMatchObject({
      code: 'GENERATOR_OUTPUT_LIMIT',
      message: 'generator of dev/.flux.yaml printed more than 1 MiB',
    });
  });

  it('share one limit of what they may print', async () => {
    const half = command('head -c 600000 /dev/zero | tr "\\0" x');
    const given = { limits: { maxOutputBytes: 1024 * 1024 } };
    expect(await printed([half], undefined, given)).toHaveLength(1);
    const error = await failure(generatorsWith(given).generate(run([half, half])));
    expect(error.code).toBe('GENERATOR_OUTPUT_LIMIT');
  });

  it('end with the run that is cancelled', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const work = failure(
      generatorsWith().generate(run([command(`echo > ${place}/begun; sleep 300`)]), controller.signal),
    );
    await vi.waitFor(() => expect(existsSync(path.join(place, 'begun'))).toBe(true));
    controller.abort(reason);
    expect(await work).toBe(reason);
    expect(readdirSync(scratch)).toEqual([]);
  });
});

describe('the copy of a tree', () => {
  it('has links that stay inside, and others that lead nowhere', async () => {
    const targets = new Map([
      ['dev/inside', '../shared/a.txt'],
      ['dev/beside', 'a.txt'],
      ['dev/outside', '../../etc/passwd'],
      ['dev/absolute', '/etc/passwd'],
      ['dev/roundabout', 'beside/../../../etc/passwd'],
    ]);
    const files = treeOf({ [CONFIG]: '', 'dev/a.txt': 'a', 'shared/a.txt': 's' });
    const links = [...targets.keys()].map((name) => ({ path: name, kind: 'symlink' as const, size: 1 }));
    const tree: TreeSource = { ...files, entries: [...files.entries, ...links], links: async () => targets };
    const [text] = await printed([command('ls | sort | tr "\\n" " "; cat inside beside; readlink -m absolute')], tree);
    expect(text).toBe('a.txt absolute beside inside outside roundabout sa/nonexistent/not-copied\n');
    const error = await failure(generatorsWith().generate(run([command('cat outside')], tree)));
    expect(error.message).toMatch(/cat: outside: No such file/);
  });

  it('has links to nowhere where nobody tells their targets', async () => {
    const files = treeOf({ [CONFIG]: '' });
    const tree = { ...files, entries: [...files.entries, { path: 'dev/link', kind: 'symlink' as const, size: 1 }] };
    expect(await printed([command('readlink link')], tree)).toEqual(['/nonexistent/not-copied\n']);
  });

  it('has an empty directory for a submodule', async () => {
    const files = treeOf({ [CONFIG]: '' });
    const tree = { ...files, entries: [...files.entries, { path: 'dev/sub', kind: 'submodule' as const, size: 0 }] };
    expect(await printed([command('ls -A sub && test -d sub && echo there')], tree)).toEqual(['there\n']);
  });

  it('takes no name that would leave it', async () => {
    const entries = ['../escape', 'a/../../escape', '/escape', '.git/config', 'dev/.GIT/hooks/x', 'dev//x'];
    const files = treeOf({ [CONFIG]: '', ...Object.fromEntries(entries.map((name) => [name, 'x'])) });
    expect(await printed([command('find .. | sort | tr "\\n" " "')], files)).toEqual(['.. ../dev ../dev/.flux.yaml ']);
    expect(readdirSync(place)).toEqual(['run']);
  });

  it('lets a command fail that reads a file which could not be copied, and says so', async () => {
    const files = treeOf({ [CONFIG]: '' });
    const tree = { ...files, entries: [...files.entries, { path: 'dev/huge.yaml', kind: 'file' as const, size: 9 }] };
    expect(await printed([command('echo fine')], tree)).toEqual(['fine\n']);
    const error = await failure(generatorsWith().generate(run([command('cat huge.yaml')], tree)));
    expect(error.hint).toContain('(not copied, too large: dev/huge.yaml)');
  });

  it('is not made of a tree that is too large', async () => {
    const given = { limits: { maxTreeBytes: 1024 * 1024 } };
    const huge = treeOf({ [CONFIG]: '', 'dev/a': 'x'.repeat(1024 * 1024 + 1) });
    const error = await failure(generatorsWith(given).generate(run([command('echo a')], huge)));
    expect(error).toMatchObject({ code: 'SCRATCH_TOO_LARGE' });
    // In a partial clone sizes are told by reading only.
    const unknown = { ...huge, entries: huge.entries.map((entry) => ({ ...entry, size: 0 })) };
    const other = treeOf({ 'b/c': 'y' });
    const more: TreeSource = {
      ...huge,
      entries: [...unknown.entries, ...other.entries],
      read: async (paths, signal) => ({
        files: [...(await huge.read(paths, signal)).files, ...(await other.read(paths, signal)).files],
        problems: [],
      }),
    };
    expect((await failure(generatorsWith(given).generate(run([command('echo a')], more)))).code).toBe(
      'SCRATCH_TOO_LARGE',
    );
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('fails with a reason where there is no place for it', async () => {
    rmSync(scratch, { recursive: true });
    const error = await failure(generatorsWith().generate(run([command('echo a')])));
    expect(error).toMatchObject({
      code: 'SCRATCH_FAILED',
      message: 'the tree cannot be copied for commands (ENOENT)',
    });
  });
});

describe('updaters', () => {
  const TREE = { [CONFIG]: '', 'dev/a.yaml': 'a: 1\n', 'dev/b.yaml': 'b: 1\n', 'shared/c.yaml*': 'c: 1\n' };

  function updates(
    texts: readonly string[],
    env: Record<string, string> = {},
    tree: TreeSource = treeOf(TREE),
  ): UpdaterRun {
    const commands = texts.map((text) => command(text));
    return { ...run([command('cat a.yaml')], tree), updates: [{ commands, env }] };
  }

  it('give the files that they changed, and what is generated from them then', async () => {
    const result = await generatorsWith().update(updates(['echo "a: 2" > a.yaml', 'echo "c: 2" > ../shared/c.yaml']));
    expect(result.changes.map(({ path: name, bytes }) => [name, String(bytes)])).toEqual([
      ['dev/a.yaml', 'a: 2\n'],
      ['shared/c.yaml', 'c: 2\n'],
    ]);
    expect(result.outputs.map(String)).toEqual(['a: 2\n']);
    expect(result.leftBehind).toEqual([]);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('see exactly what Flux gave them', async () => {
    const asked = { FLUX_WORKLOAD: 'prod:deployment/api', FLUX_TAG: '1.1' };
    const env = { PATH: process.env['PATH'], HOME: '/home/me', GITHUB_TOKEN: 'x' };
    const result = await generatorsWith({ env }).update(updates(['env > a.yaml'], asked));
    const names = String(result.changes[0]?.bytes)
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0] ?? '')
      .filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name));
    expect(names.sort()).toEqual(['FLUX_TAG', 'FLUX_WORKLOAD', 'PATH']);
  });

  it('change nothing that they only write again', async () => {
    const result = await generatorsWith().update(
      updates(['cp a.yaml x && mv x a.yaml; touch b.yaml; chmod +x b.yaml']),
    );
    expect(result.changes).toEqual([]);
  });

  it('change no mode: their generators find files as a commit would have them', async () => {
    const given = {
      ...updates(['echo x >> a.yaml; chmod +x b.yaml; chmod -x ../shared/c.yaml; chmod 000 a.yaml']),
      generators: [command('for file in *.yaml ../shared/*; do test -x $file && echo $file; done; stat -c %a a.yaml')],
    };
    expect((await generatorsWith().update(given)).outputs.map(String)).toEqual(['../shared/c.yaml\n644\n']);
  });

  it('leave nothing in the directory of a submodule', async () => {
    const files = treeOf(TREE);
    const sub = { path: 'dev/sub', kind: 'submodule' as const, size: 0 };
    const tree: TreeSource = { ...files, entries: [...files.entries, sub] };
    const given = { ...updates(['echo x > sub/made'], {}, tree), generators: [command('ls sub')] };
    const { leftBehind, outputs } = await generatorsWith().update(given);
    expect([leftBehind, outputs.map(String)]).toEqual([['dev/sub/made'], ['']]);
  });

  it('leave new files to nobody, the generators included', async () => {
    const given = {
      ...updates(['mkdir -p new/deep; echo x > new/deep/file; echo x > a.bak']),
      generators: [command('ls; ls new/deep')],
    };
    const result = await generatorsWith().update(given);
    expect(result.leftBehind).toEqual(['dev/a.bak', 'dev/new/deep/file']);
    expect(result.outputs.map(String)).toEqual(['a.yaml\nb.yaml\nnew\n']);
  });

  it.each([
    { name: 'delete a file', script: 'rm a.yaml', clause: 'deleted dev/a.yaml' },
    {
      name: 'put a link in its place',
      script: 'ln -sf /etc/passwd a.yaml',
      clause: 'put something else in the place of dev/a.yaml',
    },
    {
      name: 'put a link in the place of its directory',
      script: 'rm -r ../shared; ln -s /etc ../shared',
      clause: 'removed the directory shared',
    },
    {
      name: 'let a link lead elsewhere',
      script: 'ln -sf b.yaml current',
      clause: 'changed the link dev/current',
    },
    {
      name: 'put a file in the place of a link',
      script: 'cp a.yaml x; mv x current',
      clause: 'changed the link dev/current',
    },
    {
      name: 'blow a file up',
      script: 'head -c 6000000 /dev/zero > a.yaml',
      clause: 'made dev/a.yaml larger than 5 MiB',
    },
  ])('are refused where they $name', async ({ script, clause }) => {
    const files = treeOf(TREE);
    const link = { path: 'dev/current', kind: 'symlink' as const, size: 6 };
    const links = async () => new Map([['dev/current', 'a.yaml']]);
    const tree: TreeSource = { ...files, entries: [...files.entries, link], links };
    const error = await failure(generatorsWith().update(updates([script], {}, tree)));
    expect(error).toMatchObject({
      code: 'UPDATER_REFUSED',
      message: `updater of dev/.flux.yaml ${clause}`,
      position: { file: CONFIG, line: 4, col: 7 },
    });
  });

  it('stop at the first that fails', async () => {
    const error = await failure(generatorsWith().update(updates(['echo wrong >&2; exit 2', 'echo never >&2; exit 3'])));
    expect(error).toMatchObject({
      code: 'UPDATER_FAILED',
      message: 'updater of dev/.flux.yaml failed (exit code 2): wrong',
    });
  });

  it('come before generators that fail with what they made', async () => {
    const given = { ...updates(['echo broken > a.yaml']), generators: [command('grep -q broken a.yaml && exit 4')] };
    expect((await failure(generatorsWith().update(given))).code).toBe('GENERATOR_FAILED');
  });
});
