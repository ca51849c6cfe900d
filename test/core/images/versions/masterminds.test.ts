import { describe, expect, it } from 'vitest';
import { satisfies } from '../../../../src/core/images/versions/constraint.ts';
import { parseConstraint } from '../../../../src/core/images/versions/parse-constraint.ts';
import { compareVersions, parseVersion } from '../../../../src/core/images/versions/semver.ts';
import constraints from '../../../fixtures/selection/masterminds/constraints.json' with { type: 'json' };
import invalid from '../../../fixtures/selection/masterminds/invalid.json' with { type: 'json' };
import onlyOld from '../../../fixtures/selection/masterminds/only-v3.1.1.json' with { type: 'json' };
import order from '../../../fixtures/selection/masterminds/order.json' with { type: 'json' };
import random from '../../../fixtures/selection/masterminds/random.json' with { type: 'json' };
import versions from '../../../fixtures/selection/masterminds/versions.json' with { type: 'json' };

/** The texts among `candidates` that `constraint` lets in, and the dialect it was read in. */
function letIn(constraint: string, candidates: readonly string[]) {
  const parsed = parseConstraint(constraint);
  if (!parsed.ok) return { dialect: 'none', warned: false, in: [parsed.message] };
  const matching = candidates.filter((text) => {
    const version = parseVersion(text);
    return version !== undefined && satisfies(version, parsed.constraint);
  });
  return { dialect: parsed.constraint.dialect, warned: parsed.warning !== undefined, in: matching };
}

describe('constraints agree with Masterminds/semver v3.4', () => {
  it('has hundreds of rows to agree on', () => {
    expect(constraints.rows.length + random.rows.length).toBeGreaterThan(650);
  });

  it.each(constraints.rows)('$constraint', (row) => {
    expect(letIn(row.constraint, constraints.versions)).toEqual({ dialect: 'v3.4', warned: false, in: row.in });
  });

  it.each(random.rows)('at random: $constraint', (row) => {
    const found = letIn(row.constraint, [...row.in, ...row.out]);
    expect(found).toEqual({ dialect: 'v3.4', warned: false, in: row.in });
  });
});

describe('ranges that only v3.1.1 read are read as it read them, with a warning', () => {
  it.each(onlyOld.rows)('$constraint', (row) => {
    expect(letIn(row.constraint, onlyOld.versions)).toEqual({ dialect: 'v3.1.1', warned: true, in: row.in });
  });
});

describe('what neither release reads is no constraint', () => {
  it.each(invalid.constraints)('%j', (constraint) => {
    const parsed = parseConstraint(constraint);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.hint).toMatch(/^[A-Z][a-z]+ /);
  });
});

describe('versions agree with Masterminds/semver', () => {
  it.each(versions.versions)('%j is a version', (text) => {
    expect(parseVersion(text)).toBeDefined();
  });

  it.each(versions.notVersions)('%j is none', (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  it('orders them in the same way, each pair of them', () => {
    const ranked = order.ascending.flatMap((group, rank) => group.map((text) => ({ text, rank })));
    for (const a of ranked) {
      for (const b of ranked) {
        const [x, y] = [parseVersion(a.text), parseVersion(b.text)];
        if (x === undefined || y === undefined) throw new Error(`${a.text} or ${b.text} was not read`);
        expect([a.text, b.text, Math.sign(compareVersions(x, y))]).toEqual([
          a.text,
          b.text,
          Math.sign(a.rank - b.rank),
        ]);
      }
    }
  });
});
