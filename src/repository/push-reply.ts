/** What the remote answered to a push of one ref. */
import { printable } from '../base/printable.ts';

export type PushReply =
  | { readonly kind: 'accepted' }
  /** The branch stands at our commit already. */
  | { readonly kind: 'up-to-date' }
  /** The branch stands elsewhere than expected. */
  | { readonly kind: 'stale' }
  /** The remote could not lock or compare the ref: somebody else is at it, and may or may not have moved it. */
  | { readonly kind: 'contended'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** The remote took the commit and did not say what became of it. */
  | { readonly kind: 'unreported' }
  /** There was no answer about the ref: stderr says why. */
  | { readonly kind: 'none' };

/** Git's own words for a branch that has moved. Source: `builtin/send-pack.c` and `transport.c` of https://git-scm.com */
const STALE = /stale info|fetch first|non-fast-forward|needs force|remote ref updated since checkout|already exists/;

/** Words of servers whose compare-and-swap of the ref failed. Source: `refs.c` and `builtin/receive-pack.c` of https://git-scm.com */
const CONTENDED =
  /cannot lock ref|failed to (?:update ref|lock)|unable to (?:lock|update) ref|is at .{1,200} but expected|incorrect old value|reference already exists|expected old/i;

/**
 * Reads `git push --porcelain`: `<flag> TAB <from>:<to> TAB <summary> [(<reason>)]`.
 * Source: https://git-scm.com/docs/git-push#_output
 */
export function parsePushReply(stdout: string, ref: string): PushReply {
  for (const line of stdout.split('\n')) {
    const [flag = '', refs = '', summary = ''] = line.split('\t');
    if (!refs.endsWith(`:${ref}`)) continue;
    if (flag === '=') return { kind: 'up-to-date' };
    if (flag !== '!') return { kind: 'accepted' };
    return parseRejection(summary);
  }
  return { kind: 'none' };
}

function parseRejection(summary: string): PushReply {
  const reason = /\((.*)\)\s*$/s.exec(summary)?.[1] ?? summary;
  if (summary.startsWith('[remote failure]')) return { kind: 'unreported' };
  if (summary.startsWith('[rejected]') && STALE.test(reason)) return { kind: 'stale' };
  const isContended = summary.startsWith('[remote rejected]') && CONTENDED.test(reason);
  return { kind: isContended ? 'contended' : 'refused', reason: printable(reason) };
}
