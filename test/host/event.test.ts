import { describe, expect, it } from 'vitest';
import { parseRunEvent, type RunEvent, type RunFacts, TERMINAL_EVENT } from '../../src/host/event.ts';

const FACTS: RunFacts = {
  name: 'push',
  payload: {},
  ref: 'refs/heads/main',
  actor: 'octocat',
  serverUrl: 'https://github.com',
  runId: 42,
  runAttempt: 1,
  repository: 'acme/config',
};

function pull(head: unknown): object {
  return { pull_request: { head: { ref: 'feature', repo: head }, base: { ref: 'main' } } };
}

describe('the event of a run', () => {
  it('is a terminal where there is none', () => {
    for (const name of [undefined, '']) expect(parseRunEvent({ ...FACTS, name })).toEqual(TERMINAL_EVENT);
  });

  it('has everything that the runner says', () => {
    expect(parseRunEvent(FACTS)).toEqual({
      kind: 'push',
      name: 'push',
      branch: 'main',
      baseBranch: undefined,
      fromFork: false,
      deleted: false,
      runUrl: 'https://github.com/acme/config/actions/runs/42',
      repository: 'acme/config',
      repositoryUrl: 'https://github.com/acme/config',
      actor: 'octocat',
    });
  });

  it.each<{ name: string; facts: Partial<RunFacts>; event: Partial<RunEvent> }>([
    { name: 'a schedule', facts: { name: 'schedule' }, event: { kind: 'schedule', branch: 'main' } },
    {
      name: 'a dispatch',
      facts: { name: 'workflow_dispatch' },
      event: { kind: 'dispatch', name: 'workflow_dispatch' },
    },
    { name: 'a dispatch from outside', facts: { name: 'repository_dispatch' }, event: { kind: 'dispatch' } },
    { name: 'a push of a tag', facts: { ref: 'refs/tags/v1' }, event: { kind: 'push', branch: undefined } },
    { name: 'a branch with slashes', facts: { ref: 'refs/heads/a/b' }, event: { branch: 'a/b' } },
    { name: 'a deleted branch', facts: { payload: { deleted: true } }, event: { deleted: true } },
    {
      name: 'something else that is deleted',
      facts: { name: 'delete', payload: { deleted: true } },
      event: { kind: 'other', deleted: false },
    },
    {
      name: 'a pull request',
      facts: { name: 'pull_request', ref: 'refs/pull/1/merge', payload: pull({ full_name: 'Acme/Config' }) },
      event: { kind: 'pull-request', branch: 'feature', baseBranch: 'main', fromFork: false },
    },
    {
      name: 'a pull request from a fork',
      facts: { name: 'pull_request_target', ref: 'refs/heads/main', payload: pull({ full_name: 'eve/config' }) },
      event: { kind: 'pull-request', branch: 'feature', fromFork: true },
    },
    {
      name: 'a review of a pull request from a fork, which checks out the fork’s code',
      facts: {
        name: 'pull_request_review',
        ref: 'refs/pull/1/merge',
        payload: { review: {}, ...pull({ full_name: 'eve/config' }) },
      },
      event: { kind: 'pull-request', branch: 'feature', baseBranch: 'main', fromFork: true },
    },
    {
      name: 'a remark in a review',
      facts: { name: 'pull_request_review_comment', payload: pull({ full_name: 'acme/config' }) },
      event: { kind: 'pull-request', fromFork: false },
    },
    {
      name: 'a pull request whose fork is gone',
      facts: { name: 'pull_request', payload: pull(null) },
      event: { fromFork: true },
    },
    {
      name: 'a run that a fork set off',
      facts: { name: 'workflow_run', payload: { workflow_run: { head_repository: { full_name: 'eve/config' } } } },
      event: { kind: 'other', fromFork: true },
    },
    {
      name: 'a run of the same repository',
      facts: { name: 'workflow_run', payload: { workflow_run: { head_repository: { full_name: 'acme/config' } } } },
      event: { kind: 'other', fromFork: false },
    },
    {
      name: 'a second attempt on a server of one’s own',
      facts: { serverUrl: 'https://ghe.example.org/', runAttempt: 2 },
      event: { runUrl: 'https://ghe.example.org/acme/config/actions/runs/42/attempts/2' },
    },
    { name: 'no run number', facts: { runId: Number.NaN }, event: { runUrl: undefined } },
    {
      name: 'a repository that is no name',
      facts: { repository: 'x|y>' },
      event: { repositoryUrl: undefined, runUrl: undefined },
    },
    { name: 'a payload that is no object', facts: { name: 'pull_request', payload: 'x' }, event: { fromFork: true } },
    {
      name: 'a payload with inherited names',
      facts: { payload: Object.create({ deleted: true }) },
      event: { deleted: false },
    },
  ])('$name', ({ facts, event }) => {
    expect(parseRunEvent({ ...FACTS, ...facts })).toMatchObject(event);
  });
});
