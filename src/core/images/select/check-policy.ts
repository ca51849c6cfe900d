/** Finds what is wrong with a policy before any tag is looked at. */
import { printable } from '../../../base/printable.ts';
import { isTag } from '../reference.ts';
import { parseConstraint } from '../versions/parse-constraint.ts';
import { compileRegexp } from './regexp.ts';
import { compileTagFilter } from './tag-filter.ts';
import type { PolicyParse, TagFilter, TagPolicy } from './tag-policy.ts';

const ANNOTATION_WORDS = new Set(['glob', 'regex', 'regexp', 'semver']);
const CONFIG_WORDS = new Set(['alphabetical', 'auto', 'digest', 'latest-push', 'numerical']);

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
  const matchesNone = `no tag can contain '${printable(odd)}', so the filter '${printable(pattern)}' matches none`;
  return accept(policy, `${matchesNone}; ${adviceOn(pattern)}`);
}

/** What someone may have meant who wrote ` glob:x` or `Semver:x`, or in an annotation `numerical:x`. */
function adviceOn(pattern: string): string {
  const [, word = ''] = /^\s*([a-z-]+)\s*(?::|$)/.exec(pattern.toLowerCase()) ?? [];
  if (ANNOTATION_WORDS.has(word)) return `write '${word}:' if that was meant`;
  if (!CONFIG_WORDS.has(word)) return "in a glob only '*' is special";
  return pattern.startsWith(word) ? `'${word}' is known in the config file only` : `write '${word}' if that was meant`;
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
