import { describe, expect, it } from 'vitest';
import { failureReason, remoteWords, withoutCredentials } from '../../src/repository/safe-text.ts';

describe('withoutCredentials', () => {
  it.each([
    {
      text: "unable to access 'https://me:secret@host/a.git/': no",
      safe: "unable to access 'https://***@host/a.git/': no",
    },
    { text: 'https://token@host/a', safe: 'https://***@host/a' },
    { text: 'https://me:p@ss@host/a@b', safe: 'https://***@host/a@b' },
    { text: 'https://host/a?token=secret#x end', safe: 'https://host/a end' },
    { text: 'ssh://git@host:22/a and https://a:b@c', safe: 'ssh://***@host:22/a and https://***@c' },
    { text: 'write to me@example.com about http://host/a', safe: 'write to me@example.com about http://host/a' },
    { text: 'git@github.com:a/b.git', safe: 'git@github.com:a/b.git' },
  ])('makes $text safe', ({ text, safe }) => {
    expect(withoutCredentials(text)).toBe(safe);
  });

  it('takes linear time on hostile text', () => {
    const hostile = 'a.b-'.repeat(50_000) + 'a://'.repeat(50_000);
    expect(withoutCredentials(hostile).length).toBeGreaterThan(0);
  });
});

describe('failureReason', () => {
  it.each([
    { name: 'the fatal line', stderr: 'warning: x\nerror: first\nfatal: it broke\nhint: y\n', reason: 'it broke' },
    { name: 'the first error where nothing is fatal', stderr: 'hint: a\nerror: one\nerror: two\n', reason: 'one' },
    { name: 'the last line where there is neither', stderr: 'one\ntwo\n\n', reason: 'two' },
    { name: 'nothing for silence', stderr: '\n', reason: '' },
  ])('is $name', ({ stderr, reason }) => {
    expect(failureReason(stderr)).toBe(reason);
  });
});

describe('remoteWords', () => {
  it('are what the server said, without its progress', () => {
    const stderr =
      'Enumerating objects: 5, done.\nremote: Resolving deltas: 100% (1/1)\rremote: Resolving deltas: 100%, done.\n' +
      'remote: error: GH013: Repository rule violations found for refs/heads/main.\nremote: \nremote: - Cannot update this protected ref.\n' +
      'To https://github.com/a/b\n ! [remote rejected] main -> main\nerror: failed to push some refs\n';
    expect(remoteWords(stderr)).toBe(
      'GH013: Repository rule violations found for refs/heads/main. - Cannot update this protected ref.',
    );
  });
});
