/** Bounds the time that a regular expression may take over a whole listing. */
import type { PolicyRules } from './policy-rules.ts';
import type { TagFacts } from './tag-facts.ts';

/**
 * Instructions of the pattern times characters of the tags. A pattern of 40 instructions over 100,000 tags of 30
 * characters takes 120 million; the worst patterns known need 150 ns for each of these steps.
 */
const MOST_STEPS = 250_000_000;

/** Why the pattern is not run over `tags`, if so. */
export function overBudget(rules: PolicyRules, tags: Iterable<TagFacts>): string | undefined {
  if (rules.stepsPerCharacter === 0) return undefined;
  let characters = 0;
  let count = 0;
  for (const { tag } of tags) {
    characters += tag.length + 1;
    count += 1;
  }
  if (characters * rules.stepsPerCharacter <= MOST_STEPS) return undefined;
  return `the regular expression is too large for ${count} tags: write a shorter pattern or smaller repetition counts`;
}
