/** A real git remote for tests: a bare repository behind `git http-backend` on loopback. */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { exec } from '../../src/base/exec.ts';
import { listenOnLoopback } from './loopback-server.ts';

/** Path → content; null removes the file. */
export type GitFiles = Readonly<Record<string, string | GitFile | null>>;

export interface GitFile {
  readonly content: string | Buffer;
  /** 100644 file, 100755 executable, 120000 symbolic link (the content is its target). */
  readonly mode: '100644' | '100755' | '120000';
}

export interface GitRemoteOptions {
  /** The files of the first commit, on `branch`; without it the repository is empty. */
  readonly files?: GitFiles;
  /** The branch that HEAD names; default `master`. */
  readonly branch?: string;
  /** With it, every request needs basic authentication with this password, as GitHub does; the user does not count. */
  readonly token?: string;
}

export interface GitRequest {
  readonly method: string;
  readonly path: string;
  /** `git-upload-pack` for a fetch, `git-receive-pack` for a push. */
  readonly service: string;
  readonly authorized: boolean;
}

export interface GitCommit {
  readonly sha: string;
  readonly author: string;
  readonly committer: string;
  readonly message: string;
}

export interface GitRemote extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/config.git`, without the token. */
  readonly url: string;
  /** The bare repository. */
  readonly directory: string;
  readonly requests: readonly GitRequest[];
  /** Commits as somebody else would, past the server; gives the new commit. Default branch: the one of HEAD. */
  commit(change: { readonly files: GitFiles; readonly message?: string; readonly branch?: string }): Promise<string>;
  /** The commit that a branch stands for; null for a branch that is not there. */
  head(branch?: string): Promise<string | null>;
  /** A file's text at a revision (default: HEAD's branch); null where there is none. */
  read(path: string, revision?: string): Promise<string | null>;
  /** Paths of all files at a revision. */
  list(revision?: string): Promise<string[]>;
  /** Newest first. */
  log(revision?: string): Promise<GitCommit[]>;
  /** Runs git in the repository; throws with its stderr unless it exits with 0. */
  git(args: readonly string[], input?: string | Buffer): Promise<string>;
  /** Refuses pushes with this message from now on; null allows them again. */
  refusePushes(message: string | null): Promise<void>;
  /** Called before each push is handed to git: lets a test move the branch at the worst moment. */
  onPush(listener: (() => Promise<void>) | null): void;
}

const REPOSITORY = 'config.git';
/** The user's git configuration must not change what tests see. */
const GIT_ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
} as const;

/** A remote that answers. Disposing it stops the server and removes the repository. */
export async function startGitRemote(options: GitRemoteOptions = {}): Promise<GitRemote> {
  const { branch = 'master', token, files } = options;
  const root = await mkdtemp(join(tmpdir(), 'towpath-git-'));
  const directory = join(root, REPOSITORY);
  const git = (args: readonly string[], input?: string | Buffer) => runGit(directory, args, input);
  await runGit(root, ['init', '--quiet', '--bare', `--initial-branch=${branch}`, directory]);
  const settings = {
    // http-backend refuses pushes of users that it has not authenticated itself.
    'http.receivepack': 'true',
    // As GitHub: clones may leave out blobs.
    'uploadpack.allowFilter': 'true',
    // Nothing may still run in the directory when it is removed.
    'gc.auto': '0',
    'receive.autogc': 'false',
  };
  for (const [name, value] of Object.entries(settings)) await git(['config', name, value]);
  const requests: GitRequest[] = [];
  let beforePush: (() => Promise<void>) | null = null;
  const server = await listenOnLoopback(async (request, response) => {
    const entry = describe(request, token);
    requests.push(entry);
    if (!entry.authorized) {
      request.resume();
      response.writeHead(401, { 'www-authenticate': 'Basic realm="towpath test"' });
      response.end('authentication required\n');
      return;
    }
    if (request.method === 'POST' && entry.service === 'git-receive-pack') await beforePush?.();
    serve(root, request, response);
  });
  const remote: GitRemote = {
    url: `${server.url}/${REPOSITORY}`,
    directory,
    requests,
    git,
    async commit(change) {
      const target = change.branch ?? branch;
      const parent = await remote.head(target);
      const message = change.message ?? 'Change files';
      await git(['fast-import', '--quiet', '--force'], fastImport({ files: change.files, message, target, parent }));
      return (await git(['rev-parse', `refs/heads/${target}`])).trim();
    },
    async head(name = branch) {
      const sha = await git(['for-each-ref', '--format=%(objectname)', `refs/heads/${name}`]);
      return sha.trim() === '' ? null : sha.trim();
    },
    async read(path, revision = branch) {
      const { exitCode, stdout } = await exec('git', ['cat-file', 'blob', `${revision}:${path}`], {
        cwd: directory,
        env: GIT_ENV,
      });
      return exitCode === 0 ? stdout.toString('utf8') : null;
    },
    async list(revision = branch) {
      const names = await git(['ls-tree', '-r', '-z', '--name-only', revision]);
      return names.split('\0').filter((name) => name !== '');
    },
    async log(revision = branch) {
      const text = await git(['log', '-z', '--format=%H%n%an <%ae>%n%cn <%ce>%n%B', revision]);
      return text
        .split('\0')
        .filter((entry) => entry !== '')
        .map(parseCommit);
    },
    async refusePushes(message) {
      const hook = join(directory, 'hooks', 'pre-receive');
      if (message === null) {
        await rm(hook, { force: true });
        return;
      }
      await writeFile(`${hook}.message`, `${message}\n`);
      await writeFile(hook, '#!/bin/sh\ncat hooks/pre-receive.message >&2\nexit 1\n');
      await chmod(hook, 0o755);
    },
    onPush(listener) {
      beforePush = listener;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  if (files !== undefined) await remote.commit({ files, message: 'Begin' });
  return remote;
}

async function runGit(cwd: string, args: readonly string[], input?: string | Buffer): Promise<string> {
  const result = await exec('git', args, { cwd, env: GIT_ENV, ...(input === undefined ? {} : { input }) });
  if (result.exitCode !== 0) throw new Error(`git ${args.join(' ')} failed: ${result.stderr}`);
  return result.stdout.toString('utf8');
}

/** The stream format of `git fast-import`: https://git-scm.com/docs/git-fast-import */
function fastImport(commit: { files: GitFiles; message: string; target: string; parent: string | null }): Buffer {
  const parts: Buffer[] = [];
  const line = (text: string) => parts.push(Buffer.from(`${text}\n`));
  const data = (content: Buffer) => {
    line(`data ${content.length}`);
    parts.push(content, Buffer.from('\n'));
  };
  line(`commit refs/heads/${commit.target}`);
  line('committer Somebody Else <else@example.com> 1767225600 +0000');
  data(Buffer.from(`${commit.message}\n`));
  if (commit.parent !== null) line(`from ${commit.parent}`);
  for (const [path, file] of Object.entries(commit.files)) {
    const name = JSON.stringify(path);
    if (file === null) {
      line(`D ${name}`);
      continue;
    }
    const { content, mode } = typeof file === 'string' ? { content: file, mode: '100644' } : file;
    line(`M ${mode} inline ${name}`);
    data(Buffer.from(content));
  }
  return Buffer.concat(parts);
}

function parseCommit(entry: string): GitCommit {
  const [sha = '', author = '', committer = '', ...message] = entry.split('\n');
  return { sha, author, committer, message: message.join('\n').trimEnd() };
}

function describe(request: IncomingMessage, token: string | undefined): GitRequest {
  const url = new URL(request.url ?? '/', 'http://server');
  const service = url.searchParams.get('service') ?? url.pathname.split('/').at(-1) ?? '';
  const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
  const password = Buffer.from(encoded, 'base64').toString('utf8').split(':').slice(1).join(':');
  const authorized = token === undefined || (scheme?.toLowerCase() === 'basic' && password === token);
  return { method: request.method ?? 'GET', path: request.url ?? '/', service, authorized };
}

/** Hands a request to `git http-backend` as the CGI that it is: https://git-scm.com/docs/git-http-backend */
function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://server');
  const protocol = request.headers['git-protocol'];
  const child = spawn('git', ['http-backend'], {
    env: {
      ...GIT_ENV,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: request.method ?? 'GET',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      REMOTE_ADDR: '127.0.0.1',
      REMOTE_USER: 'test',
      ...(typeof protocol === 'string' ? { GIT_PROTOCOL: protocol } : {}),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.on('error', () => response.destroy());
  child.stdin.on('error', () => undefined); // it may answer without reading everything
  const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  body.pipe(child.stdin);
  response.on('close', () => child.kill());
  let head = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (response.headersSent) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    writeHead(response, head.subarray(0, end).toString('latin1'));
    response.write(head.subarray(end + 4));
  });
  child.stdout.on('end', () => response.end());
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
