/** Finds what is wrong with a policy before any tag is looked at. */
import { printable } from './printable.ts';
import { compileRegexp } from './regexp.ts';
import { compileTagFilter } from './tag-filter.ts';
import { isTag } from './tag-grammar.ts';
import type { PolicyParse, TagFilter, TagPolicy } from './tag-policy.ts';
import { parseConstraint } from './versions/parse-constraint.ts';

/** `ok: true` with the policy itself where selection can follow it. */
export function checkPolicy(policy: TagPolicy): PolicyParse {
  switch (policy.kind) {
    case 'glob':
      return checkGlob(policy, policy.pattern);
    case 'latest-push':
      return policy.pattern === undefined ? accept(policy) : checkGlob(policy, policy.pattern);
    case 'semver':
      return checkSemver(policy);
    case 'regexp':
      return checkRegexp(policy);
    case 'alphabetical':
    case 'numerical':
      return checkFilter(policy, policy.filter);
    case 'digest':
      return checkDigest(policy);
    default:
      return accept(policy);
  }
}

function accept(policy: TagPolicy, warning?: string | undefined): PolicyParse {
  return { ok: true, policy, warning };
}

function checkGlob(policy: TagPolicy, pattern: string): PolicyParse {
  if (pattern === '') {
    return {
      ok: false,
      message: 'the tag filter is empty and matches no tag',
      hint: "Write 'glob:*' to allow every tag",
    };
  }
  const odd = /[^\w.*-]/u.exec(pattern)?.[0];
  if (odd === undefined) return accept(policy);
  const meant = meantPrefix(pattern);
  const advice = meant === undefined ? "in a glob only '*' is special" : `write '${meant}' if that was meant`;
  return accept(
    policy,
    `no tag can contain '${printable(odd)}', so the filter '${printable(pattern)}' matches none; ${advice}`,
  );
}

/** The prefix that someone may have meant who wrote ` glob:x`, `Semver:x` or, in an annotation, `numerical:x`. */
function meantPrefix(pattern: string): string | undefined {
  const [, word = ''] = /^\s*([a-z-]+)\s*:/.exec(pattern.toLowerCase()) ?? [];
  if (!['glob', 'semver', 'regexp', 'regex'].includes(word)) return undefined;
  return `${word}:`;
}

function checkSemver(policy: TagPolicy & { kind: 'semver' }): PolicyParse {
  const parsed = parseConstraint(policy.range);
  if (!parsed.ok) return { ...parsed, message: `${parsed.message}: '${printable(policy.range)}'` };
  const filtered = checkFilter(policy, policy.filter);
  return filtered.ok ? accept(policy, parsed.warning) : filtered;
}

function checkRegexp(policy: TagPolicy & { kind: 'regexp' }): PolicyParse {
  if (policy.pattern === '') {
    return { ok: false, message: 'the regular expression is empty', hint: "Write 'regexp:.*' to allow every tag" };
  }
  const parsed = compileRegexp(policy.pattern);
  return parsed.ok ? accept(policy) : parsed;
}

function checkFilter(policy: TagPolicy, filter: TagFilter | undefined): PolicyParse {
  const parsed = compileTagFilter(filter);
  return parsed.ok ? accept(policy) : parsed;
}

function checkDigest(policy: TagPolicy & { kind: 'digest' }): PolicyParse {
  if (policy.tag === undefined || isTag(policy.tag)) return accept(policy);
  const message = `'${printable(policy.tag)}' is no tag to follow the digest of`;
  return { ok: false, message, hint: "Write 'digest' to follow the current tag, or 'digest:<tag>'" };
}
