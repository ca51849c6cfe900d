import { describe, expect, it } from 'vitest';
import { parsePushReply } from '../../src/repository/push-reply.ts';

const REF = 'refs/heads/main';

function reply(line: string) {
  return parsePushReply(`To https://github.com/a/b.git\n${line}\nDone\n`, REF);
}

describe('parsePushReply', () => {
  it.each([
    { name: 'a fast-forward', line: ` \tabc:${REF}\t1111..2222`, kind: 'accepted' },
    { name: 'a forced update', line: `+\tabc:${REF}\t1111...2222 (forced update)`, kind: 'accepted' },
    { name: 'a branch that stands there already', line: `=\tabc:${REF}\t[up to date]`, kind: 'up-to-date' },
    { name: 'a lease that does not hold', line: `!\tabc:${REF}\t[rejected] (stale info)`, kind: 'stale' },
    { name: 'commits that are not here', line: `!\tabc:${REF}\t[rejected] (fetch first)`, kind: 'stale' },
    { name: 'no fast-forward', line: `!\tabc:${REF}\t[rejected] (non-fast-forward)`, kind: 'stale' },
    {
      name: 'a branch that moved under the lock',
      line: `!\tabc:${REF}\t[remote rejected] (cannot lock ref '${REF}': is at 1 but expected 2)`,
      kind: 'contended',
    },
    { name: 'a lock that is held', line: `!\tabc:${REF}\t[remote rejected] (failed to update ref)`, kind: 'contended' },
    {
      name: 'an old value that is wrong',
      line: `!\tabc:${REF}\t[remote rejected] (incorrect old value provided)`,
      kind: 'contended',
    },
    {
      name: 'a server that does not report',
      line: `!\tabc:${REF}\t[remote failure] (remote failed to report status)`,
      kind: 'unreported',
    },
    {
      name: 'a protected branch',
      line: `!\tabc:${REF}\t[remote rejected] (protected branch hook declined)`,
      kind: 'refused',
    },
    { name: 'a hook', line: `!\tabc:${REF}\t[remote rejected] (pre-receive hook declined)`, kind: 'refused' },
    {
      name: 'a shallow history that is not taken',
      line: `!\tabc:${REF}\t[remote rejected] (shallow update not allowed)`,
      kind: 'refused',
    },
    { name: 'an answer about another ref', line: ' \tabc:refs/heads/other\t1111..2222', kind: 'none' },
    { name: 'nothing', line: '', kind: 'none' },
  ])('understands $name', ({ line, kind }) => {
    expect(reply(line).kind).toBe(kind);
  });

  it('gives the reason of a refusal, printable', () => {
    expect(reply(`!\tabc:${REF}\t[remote rejected] (not \u001b[31mallowed (really))`)).toEqual({
      kind: 'refused',
      reason: 'not \uFFFD[31mallowed (really)',
    });
  });
});
