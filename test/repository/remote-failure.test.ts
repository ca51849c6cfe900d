import { describe, expect, it } from 'vitest';
import { explainRemoteFailure } from '../../src/repository/remote-failure.ts';

describe('explainRemoteFailure', () => {
  it.each([
    {
      name: 'no such branch',
      stderr: "fatal: couldn't find remote ref refs/heads/x",
      code: 'BRANCH_NOT_FOUND',
      transient: false,
    },
    {
      name: 'no password given',
      stderr: "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
      code: 'REMOTE_UNAUTHORIZED',
      transient: false,
    },
    {
      name: 'a wrong password',
      stderr: "remote: Invalid username or token.\nfatal: Authentication failed for 'https://github.com/a/b/'",
      code: 'REMOTE_UNAUTHORIZED',
      transient: false,
    },
    {
      name: 'a token that may only read',
      stderr:
        "remote: Permission to a/b.git denied to github-actions[bot].\nfatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 403",
      code: 'REMOTE_UNAUTHORIZED',
      transient: false,
    },
    {
      name: 'an ssh key that is not known',
      stderr: 'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      code: 'REMOTE_UNAUTHORIZED',
      transient: false,
    },
    {
      name: 'an ssh host that is not known',
      stderr: 'Host key verification failed.\nfatal: Could not read from remote repository.',
      code: 'REMOTE_UNAUTHORIZED',
      transient: false,
    },
    {
      name: 'a repository that is not shown',
      stderr: "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found",
      code: 'REMOTE_NOT_FOUND',
      transient: false,
    },
    {
      name: 'a path without a repository',
      stderr: "fatal: '/x' does not appear to be a git repository\nfatal: Could not read from remote repository.",
      code: 'REMOTE_NOT_FOUND',
      transient: false,
    },
    {
      name: 'a moved repository',
      stderr: "fatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 301",
      code: 'REMOTE_UNREACHABLE',
      transient: false,
    },
    {
      name: 'an unknown host',
      stderr: "fatal: unable to access 'https://x.invalid/': Could not resolve host: x.invalid",
      code: 'REMOTE_UNREACHABLE',
      transient: true,
    },
    {
      name: 'a closed port',
      stderr:
        "fatal: unable to access 'http://127.0.0.1:1/': Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server",
      code: 'REMOTE_UNREACHABLE',
      transient: true,
    },
    {
      name: 'a server that is down',
      stderr: "fatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 503",
      code: 'REMOTE_UNREACHABLE',
      transient: true,
    },
    {
      name: 'too many requests',
      stderr: 'error: RPC failed; HTTP 429 curl 22 The requested URL returned error: 429',
      code: 'REMOTE_UNREACHABLE',
      transient: true,
    },
    {
      name: 'a transfer that breaks off',
      stderr: 'error: RPC failed; curl 18 transfer closed with outstanding read data remaining\nfatal: early EOF',
      code: 'REMOTE_UNREACHABLE',
      transient: true,
    },
    {
      name: 'an ssh connection that breaks off',
      stderr: 'Connection closed by 1.2.3.4 port 22\nfatal: Could not read from remote repository.',
      code: 'REMOTE_UNREACHABLE',
      transient: true,
    },
    {
      name: 'another fetch at work',
      stderr: "error: cannot lock ref 'refs/towpath/1234': is at 1 but expected 2",
      code: 'GIT_FAILED',
      transient: true,
    },
    {
      name: 'a lock file',
      stderr: "fatal: Unable to create '/r/.git/shallow.lock': File exists.",
      code: 'GIT_FAILED',
      transient: true,
    },
  ])('knows $name', ({ stderr, code, transient }) => {
    expect(explainRemoteFailure(stderr)).toMatchObject({ code, transient });
  });

  it.each([
    { name: 'a full disk', stderr: 'fatal: write error: No space left on device' },
    {
      name: 'a directory that cannot be written',
      stderr: 'error: insufficient permission for adding an object to repository database .git/objects',
    },
    { name: 'silence', stderr: '' },
  ])('does not blame the remote for $name', ({ stderr }) => {
    expect(explainRemoteFailure(stderr)).toBeNull();
  });

  it('tells what to do about missing permissions', () => {
    expect(explainRemoteFailure('returned error: 403')?.hint).toMatch(
      /permissions: contents: write.*persist-credentials/,
    );
  });

  it('takes linear time on hostile output', () => {
    const hostile = `${'Permission to '.repeat(5_000)}${"repository '".repeat(5_000)}${'remote branch '.repeat(5_000)}`;
    expect(explainRemoteFailure(hostile)).toBeNull();
  });
});
