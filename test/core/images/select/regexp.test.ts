import { describe, expect, it } from 'vitest';
import { expandTemplate, parseTemplate } from '../../../../src/core/images/select/extract-template.ts';
import { compileRegexp, type Regexp } from '../../../../src/core/images/select/regexp.ts';
import table from '../../../fixtures/selection/go/regexp.json' with { type: 'json' };

function compiled(pattern: string): Regexp {
  const parsed = compileRegexp(pattern);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.regexp;
}

describe('compileRegexp', () => {
  it.each(table.rows)('$pattern with $template does what Go does', ({ pattern, template, expanded }) => {
    const regexp = compiled(pattern);
    const parsed = parseTemplate(template, regexp);
    if (!parsed.ok) throw new Error(parsed.message);
    const found: [string, string][] = [];
    for (const text of table.texts) {
      const groups = regexp.groups(text);
      expect(regexp.matches(text)).toBe(groups !== undefined);
      if (groups !== undefined) found.push([text, expandTemplate(parsed.pieces, groups)]);
    }
    expect(Object.fromEntries(found)).toEqual(expanded);
  });

  it.each(table.invalid)('%s is no pattern', (pattern) => {
    expect(compileRegexp(pattern)).toMatchObject({ ok: false, hint: expect.stringMatching(/^(Write|Use) /) });
  });

  it.each([
    { pattern: '(?=a)', hint: 'look-ahead' },
    { pattern: '(?<!a)b', hint: 'look-behind' },
    { pattern: '(a)\\1', hint: 'back references' },
    { pattern: '[a-', hint: 'RE2 syntax' },
  ])('hints at what RE2 lacks in $pattern', ({ pattern, hint }) => {
    const parsed = compileRegexp(pattern);
    expect(parsed.ok ? '' : parsed.hint).toContain(hint);
  });

  it('refuses a pattern that compiles to too much', () => {
    expect(compileRegexp('[a-f0-9]{40}').ok).toBe(true);
    expect(compileRegexp('(?:ab?){700}')).toMatchObject({ ok: false, message: expect.stringContaining('too large') });
  });

  it('answers for groups nested thousands deep', () => {
    expect(compileRegexp(`${'('.repeat(2_000)}a${')'.repeat(2_000)}`).ok).toBe(false);
  });

  it('prints no control characters of the pattern', () => {
    const parsed = compileRegexp('[\u001b[31m\u0007');
    expect(parsed.ok ? '' : parsed.message).toMatch(/^[^\p{Cc}\p{Cf}]+$/u);
  });
});

describe('parseTemplate', () => {
  const regexp = compiled('^(?P<ts>\\d+)-(\\d+)$');

  it.each([
    { template: '$1x', hint: 'end the group' },
    { template: '$10', hint: 'Name a group' },
    { template: `\${tss}`, hint: 'Name a group' },
    { template: '$ts_', hint: 'Name a group' },
  ])('refuses $template, which names no group', ({ template, hint }) => {
    const parsed = parseTemplate(template, regexp);
    expect(parsed.ok ? '' : parsed.hint).toContain(hint);
  });
});
