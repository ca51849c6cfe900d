import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureBinaries } from './binaries.ts';
import { type GoModule, modulesFor } from './modules.ts';
import { startScript, temporaryDirectory } from './processes.ts';
import type { Progress } from './progress.ts';

/** Stands for `go`: writes down what it was asked, refuses modules with a file `too-new`, builds once the gate is open. */
const FAKE_GO = `#!/bin/sh
echo "$1 $(basename "$PWD")" >> "$FAKE_GO_LOG"
if [ -e too-new ]; then echo 'go: go.mod requires go >= 9.9 (running go 1.25.1; GOTOOLCHAIN=local)' >&2; exit 1; fi
case "$1" in
env) echo go1.26.0 ;;
list) printf 'fmt\\tfalse\\t\\nexample.test/lib\\ttrue\\tbuild ID mismatch\\nexample.test/app\\ttrue\\tstale dependency\\n' ;;
build)
  while [ "$1" != -o ]; do shift; done
  echo 'half of it' > "$2"
  while [ ! -e "$FAKE_GO_GATE" ]; do sleep 0.02; done
  echo example.test/lib >&2
  echo example.test/app >&2
  printf '#!/bin/sh\\necho whole\\n' > "$2"
  chmod +x "$2" ;;
esac
`;

/** A cache directory, Go modules and a `go` of the test's own. */
async function workshop({ isOpen = true }: { isOpen?: boolean } = {}) {
  const place = await temporaryDirectory();
  const at = (...names: string[]) => join(place.path, ...names);
  const env = {
    PATH: `${at('bin')}:/usr/bin:/bin`,
    HOME: at('home'),
    XDG_CACHE_HOME: at('cache'),
    FAKE_GO_LOG: at('go.log'),
    FAKE_GO_GATE: at('gate'),
  };
  await mkdir(at('bin'));
  await writeFile(at('bin', 'go'), FAKE_GO);
  await chmod(at('bin', 'go'), 0o755);
  await writeFile(at('go.log'), '');
  const module = async (name: string, files: Record<string, string> = {}): Promise<GoModule> => {
    await mkdir(at(name), { recursive: true });
    for (const [file, content] of Object.entries({ 'go.mod': `module ${name}\n`, ...files })) {
      await writeFile(at(name, file), content);
    }
    return { name, directory: at(name), packages: { app: '.', tool: './tool' }, linkerFlags: [] };
  };
  const openGate = () => writeFile(at('gate'), '');
  if (isOpen) await openGate();
  return {
    at,
    env,
    module,
    openGate,
    /** `SUBCOMMAND MODULE` for each time that Go was called. */
    calls: async () => (await readFile(at('go.log'), 'utf8')).trimEnd().split('\n'),
    cached: async () => (await readdir(at('cache', 'towpath', 'control-plane'), { recursive: true })).sort(),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

function recordedProgress() {
  const updates: string[] = [];
  const lines: string[] = [];
  const progress: Progress = { update: (text) => updates.push(text), line: (text) => lines.push(text) };
  return { progress, updates, lines };
}

test('a binary is built once and then taken from the cache, even when Go is gone', async () => {
  await using shop = await workshop();
  const one = await shop.module('one');
  const options = { env: shop.env, modulesFor: () => [one] };
  const first = recordedProgress();
  const { app } = await ensureBinaries(['app'], { ...options, progress: first.progress });
  expect(await readFile(app, 'utf8')).toContain('echo whole');
  expect(await shop.calls()).toEqual(['env one', 'list one', 'build one']);
  expect(first.lines[0]).toMatch(/^building app into .*one-[0-9a-f]{16}; the next run takes them from there$/);
  expect(first.lines[1]).toMatch(/^built app in \d+ s$/);

  const second = recordedProgress();
  const env = { ...shop.env, PATH: '/nowhere' };
  expect(await ensureBinaries(['app'], { ...options, env, progress: second.progress })).toEqual({ app });
  expect(second.lines).toEqual([`app: from the cache, ${join(app, '..')}`]);
});

test('a build tells the packages that have to be compiled, not those that Go has already', async () => {
  await using shop = await workshop();
  const one = await shop.module('one');
  const { progress, updates } = recordedProgress();
  await ensureBinaries(['app', 'tool'], { env: shop.env, modulesFor: () => [one], progress });
  const steps = updates.map((text) => text.replace(/, \d+ s$/, ''));
  expect([...new Set(steps)]).toEqual([
    'building app (1 of 2): finding out what has to be compiled',
    'building app (1 of 2) [....................] 0 of 2 packages',
    'building app (1 of 2) [##########..........] 1 of 2 packages',
    'building app (1 of 2) [####################] 2 of 2 packages, linking',
    'building tool (2 of 2): finding out what has to be compiled',
    'building tool (2 of 2) [....................] 0 of 2 packages',
    'building tool (2 of 2) [##########..........] 1 of 2 packages',
    'building tool (2 of 2) [####################] 2 of 2 packages, linking',
  ]);
});

test('only what is asked for and not there yet is built', async () => {
  await using shop = await workshop();
  const one = await shop.module('one');
  const options = { env: shop.env, modulesFor: () => [one], progress: recordedProgress().progress };
  await ensureBinaries(['app'], options);
  await ensureBinaries(['app', 'tool'], options);
  expect((await shop.calls()).filter((call) => call.startsWith('build'))).toHaveLength(2);
  expect((await shop.cached()).map((path) => path.replace(/-[0-9a-f]{16}/, ''))).toEqual([
    'one',
    'one/app',
    'one/tool',
  ]);
});

test('a change of the module builds again', async () => {
  await using shop = await workshop();
  const options = { env: shop.env, progress: recordedProgress().progress };
  const before = await shop.module('one');
  const first = await ensureBinaries(['app'], { ...options, modulesFor: () => [before] });
  const after = await shop.module('one', { 'go.sum': 'another version\n' });
  const second = await ensureBinaries(['app'], { ...options, modulesFor: () => [after] });
  expect(second).not.toEqual(first);
});

test('two processes that ask at once build once', async () => {
  await using shop = await workshop({ isOpen: false });
  const one = await shop.module('one');
  const script = `
    import { ensureBinaries } from '@/binaries.ts';
    const one = ${JSON.stringify(one)};
    const line = (text) => text.includes('waiting') && console.log(JSON.stringify('waits'));
    const progress = { update: () => undefined, line };
    console.log(JSON.stringify(await ensureBinaries(['app'], { modulesFor: () => [one], progress })));
  `;
  await using first = await startScript(script, shop.env);
  await using second = await startScript(script, shop.env);
  // Whichever comes second says that it waits: only then may the other one finish.
  const firstWords = await Promise.race([
    first.next().then((word) => ({ from: first, other: second, word })),
    second.next().then((word) => ({ from: second, other: first, word })),
  ]);
  expect(firstWords.word).toBe('waits');
  await shop.openGate();
  const path = await firstWords.from.next();
  expect(path).toEqual({ app: expect.stringContaining('one-') });
  expect((await shop.calls()).filter((call) => call.startsWith('build'))).toHaveLength(1);
});

test('a build that was killed leaves nothing half-made, and the next one starts anew', async () => {
  await using shop = await workshop({ isOpen: false });
  const one = await shop.module('one');
  const options = { env: shop.env, modulesFor: () => [one], progress: recordedProgress().progress };
  {
    await using builder = await startScript(
      `
        import { ensureBinaries } from '@/binaries.ts';
        const one = ${JSON.stringify(one)};
        const update = (text) => text.includes('0 of 2') && console.log('"building"');
        await ensureBinaries(['app'], { modulesFor: () => [one], progress: { update, line: () => undefined } });
      `,
      shop.env,
    );
    await builder.next();
    await expect.poll(shop.calls).toContain('build one');
    builder.child.kill('SIGKILL');
    await builder.ended;
  }
  expect((await shop.cached()).filter((path) => path.endsWith('/app') && !path.includes('.build-'))).toEqual([]);
  await shop.openGate();
  const { app } = await ensureBinaries(['app'], options);
  expect(await readFile(app, 'utf8')).toContain('echo whole');
  expect((await shop.cached()).map((path) => path.replace(/-[0-9a-f]{16}/, ''))).toEqual(['one', 'one/app']);
});

test('a build that is given up ends Go and leaves nothing', async () => {
  await using shop = await workshop({ isOpen: false });
  const one = await shop.module('one');
  const giveUp = new AbortController();
  const update = (text: string) => {
    if (text.includes('0 of 2')) giveUp.abort();
  };
  const building = ensureBinaries(['app'], {
    env: shop.env,
    modulesFor: () => [one],
    progress: { update, line: () => undefined },
    signal: giveUp.signal,
  });
  await expect(building).rejects.toThrow('aborted');
  expect((await shop.cached()).map((path) => path.replace(/-[0-9a-f]{16}/, ''))).toEqual(['one']);
});

test('a build that fails says what the compiler said', async () => {
  await using shop = await workshop();
  const one = await shop.module('one');
  await writeFile(
    shop.at('bin', 'go'),
    `#!/bin/sh\n[ "$1" = env ] && exit\necho 'main.go:3: no such thing' >&2\nexit 1\n`,
  );
  const building = ensureBinaries(['app'], { env: shop.env, modulesFor: () => [one], ...recordedProgress() });
  await expect(building).rejects.toThrow('go list in the module one failed: main.go:3: no such thing');
});

test('$KUBEBUILDER_ASSETS comes first, for what it contains', async () => {
  await using shop = await workshop();
  const one = await shop.module('one');
  await mkdir(shop.at('assets'));
  await writeFile(shop.at('assets', 'app'), '', { mode: 0o755 });
  await writeFile(shop.at('assets', 'tool'), 'not executable', { mode: 0o644 });
  const env = { ...shop.env, KUBEBUILDER_ASSETS: shop.at('assets') };
  const { progress, lines } = recordedProgress();
  const found = await ensureBinaries(['app', 'tool'], { env, modulesFor: () => [one], progress });
  expect(found.app).toBe(shop.at('assets', 'app'));
  expect(found.tool).toContain(shop.at('cache'));
  expect(lines[0]).toBe(`app: from $KUBEBUILDER_ASSETS, ${shop.at('assets')}`);
});

test('where Go is too old for the first module, the next one is built', async () => {
  await using shop = await workshop();
  const tooNew = await shop.module('new', { 'too-new': '' });
  const old = await shop.module('old');
  const options = { env: shop.env, modulesFor: () => [tooNew, old], progress: recordedProgress().progress };
  const { app } = await ensureBinaries(['app'], options);
  expect(app).toContain('/old-');
});

test.each([
  { name: 'there is no Go', PATH: '/nowhere', reason: 'there is no go command' },
  { name: 'Go is too old for every module', PATH: undefined, reason: 'go.mod requires go >= 9.9 (running go 1.25.1' },
])('where $name, one error names the ways to get the binaries', async ({ PATH, reason }) => {
  await using shop = await workshop();
  const tooNew = await shop.module('new', { 'too-new': '' });
  const env = { ...shop.env, ...(PATH === undefined ? {} : { PATH }) };
  const asking = ensureBinaries(['app', 'tool'], { env, modulesFor: () => [tooNew], ...recordedProgress() });
  await expect(asking).rejects.toMatchObject({
    code: 'BINARIES_MISSING',
    subject: 'app, tool',
    message: expect.stringContaining(reason),
    hint: expect.stringMatching(/Install Go 1\.26 or newer .* KUBEBUILDER_ASSETS .* app, tool/),
  });
});

test.each([
  { binary: 'kube-apiserver', names: ['kubernetes', 'kubernetes-1.35'] },
  { binary: 'registry', names: ['registry', 'registry-3.1'] },
] as const)('$binary has a module for the current Go and one for Go 1.25', async ({ binary, names }) => {
  const modules = modulesFor(binary);
  expect(modules.map((module) => module.name)).toEqual(names);
  const goVersions = await Promise.all(
    modules.map(async ({ directory }) => /^go (.*)$/m.exec(await readFile(join(directory, 'go.mod'), 'utf8'))?.[1]),
  );
  expect(goVersions).toEqual(['1.26.0', '1.25.0']);
});

test('Kubernetes is stamped with the version that its go.mod requires', async () => {
  for (const { directory, linkerFlags } of modulesFor('kube-apiserver')) {
    const goMod = await readFile(join(directory, 'go.mod'), 'utf8');
    const [, version, minor] = /^\tk8s\.io\/kubernetes (v1\.(\d+)\.\d+)/m.exec(goMod) ?? [];
    expect(linkerFlags).toEqual([
      `-X k8s.io/component-base/version.gitVersion=${version}`,
      '-X k8s.io/component-base/version.gitMajor=1',
      `-X k8s.io/component-base/version.gitMinor=${minor}`,
    ]);
    // The staging modules belong to that version: v0.X.Y for v1.X.Y.
    const staging = [...goMod.matchAll(/^\tk8s\.io\/\S+ => k8s\.io\/\S+ (\S+)$/gm)].map((match) => match[1]);
    expect(new Set(staging)).toEqual(new Set([version?.replace('v1.', 'v0.')]));
  }
});
