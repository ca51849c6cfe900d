/** The message of the commit that carries out what a person asked for: Flux's words, and a trailer that names the person. */

import { trailer } from '../trailer.ts';
import type { PolicyChange } from './policy-change.ts';

const VERBS: Record<PolicyChange['kind'], string> = {
  lock: 'Locked',
  unlock: 'Unlocked',
  automate: 'Automated',
  deautomate: 'Deautomated',
  policy: 'Updated policies',
  hold: 'Put on hold',
  unhold: 'Taken off hold',
};

export interface PolicyMessageInput {
  readonly kind: PolicyChange['kind'];
  /** The workloads as Flux names them; not empty. */
  readonly ids: readonly string[];
  /** Stands at the top instead of Flux's words, which become the list below it. */
  readonly message: string | undefined;
  /** Before the one that names the person. */
  readonly trailers?: readonly string[] | undefined;
  readonly requestedBy: string | undefined;
}

/** `Locked: ns:kind/name`, say. */
export function policyEvent(kind: PolicyChange['kind'], id: string): string {
  return `${VERBS[kind]}: ${id}`;
}

/** Why nothing changes for a workload. */
export function alreadySaid(kind: PolicyChange['kind'], id: string): string {
  return kind === 'unhold'
    ? `${id} has no hold to take away; name a --container to settle what the history alone tells`
    : `${id} says so already`;
}

/**
 * One event in Flux's words, or several as a list. Ends without a newline.
 * Source: https://github.com/fluxcd/flux/blob/v1.25.4/pkg/daemon/daemon.go (policyCommitMessage)
 */
export function renderPolicyMessage({ kind, ids, message, trailers, requestedBy }: PolicyMessageInput): string {
  const events = ids.map((id) => policyEvent(kind, id));
  const list = events.map((event) => `- ${event}`).join('\n');
  const [only = ''] = events;
  const text =
    message === undefined
      ? events.length === 1
        ? only
        : `Updated workload policies\n\n${list}`
      : `${message.trim()}\n\n${list}`;
  const all = [...(trailers ?? []), ...(requestedBy === undefined ? [] : [requesterTrailer(requestedBy)])];
  return all.length === 0 ? text : `${text}\n\n${all.join('\n')}`;
}

export function requesterTrailer(requestedBy: string): string {
  return trailer('Requested-by', requestedBy);
}
