/** The rules that hold for a tag under every policy, put before those of the policy itself. */
import { isAttachment } from './attachment.ts';
import { compileExclusion } from './exclusion.ts';
import { type NameVerdict, type Rules, rulesOf } from './policy-rules.ts';
import type { SelectionInput } from './selection.ts';
import type { TagPolicy } from './tag-policy.ts';

type NamedPolicy = Exclude<TagPolicy, { kind: 'digest' }>;

const ATTACHMENT: NameVerdict = { passes: false, reason: 'a signature or attachment, no image' };
const LATEST: NameVerdict = { passes: false, reason: "'latest' is chosen only by 'glob:latest'" };

/** The rules of `policy` for tags that are valid: no attachments, `latest` only where it is named, nothing excluded. */
export function candidateRules(
  policy: NamedPolicy,
  { current, exclude }: Pick<SelectionInput, 'current' | 'exclude'>,
): Rules {
  const compiled = rulesOf(policy, current.tag);
  if (!compiled.ok) return compiled;
  const exclusion = compileExclusion(exclude);
  if (!exclusion.ok) return exclusion;
  const { rules } = compiled;
  const latestToo = namesLatest(policy);
  return {
    ok: true,
    rules: {
      ...rules,
      stepsPerCharacter: rules.stepsPerCharacter + exclusion.stepsPerCharacter,
      judge: (tag) => {
        if (isAttachment(tag)) return ATTACHMENT;
        if (!latestToo && tag.toLowerCase() === 'latest') return LATEST;
        const reason = exclusion.reasonFor(tag);
        const verdict = rules.judge(tag);
        if (reason === undefined) return verdict;
        return { passes: false, reason, place: verdict.passes ? verdict.place : undefined };
      },
    },
  };
}

/** As in Flux v1: patterns that merely match `latest` do not name it. */
function namesLatest(policy: NamedPolicy): boolean {
  return policy.kind === 'glob' && policy.pattern === 'latest';
}
