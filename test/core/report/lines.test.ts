import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderLines } from '../../../src/core/report/lines.ts';
import { cluster, environment, explained, hostileReport, image, NEW, NO_LINKS, OLD, report } from './reports.ts';

describe('the lines of a report', () => {
  it('are one for each row, whatever a reason holds', () => {
    const object = { subject: 'A/b', action: 'failed', reason: 'first\r\n\n  second\nthird' } as const;
    const lines = renderLines(
      report({ outcome: 'failed', environments: [environment({ clusters: [cluster([object])] })] }),
    );
    expect(lines[2]).toBe('    A/b failed: first second third');
  });

  it('are bounded, whatever a reason holds', () => {
    const failed = { ...image('failed'), reason: ' x\n'.repeat(1_000_000) };
    const lines = renderLines(report({ outcome: 'failed', environments: [environment({ images: [failed] })] }));
    for (const line of lines) expect(line.length).toBeLessThan(3_000);
  });

  it('name an image that had no tag', () => {
    const untagged = { ...image('updated'), from: '' };
    const lines = renderLines(report({ environments: [environment({ images: [untagged] })] }));
    expect(lines[1]).toBe('  Deployment/prod/api api: ghcr.io/acme/api → 2');
  });

  it('say why, and what is new, of what was updated', () => {
    const lines = renderLines(report({ environments: [environment({ images: [explained()] })] }));
    expect(lines.slice(1, 3)).toEqual([
      "  Deployment/prod/api api: ghcr.io/acme/api 1 → 2: the highest version in the range '^1'",
      `    what is new: https://github.com/acme/api/compare/${OLD}...${NEW}`,
    ]);
  });

  it.each(NO_LINKS)('do not print %j as an address', (link) => {
    const images = [{ ...explained(), source: { link, revision: NEW } }];
    const lines = renderLines(report({ environments: [environment({ images })] }));
    expect(lines.join('\n')).not.toContain('what is new');
  });

  it('end with the run in one line', () => {
    fc.assert(
      fc.property(hostileReport, (hostile) => {
        expect(renderLines(hostile).at(-1)).toMatch(
          /^failed: 1 error, 1 image failed, 1 object failed, 1 image updated, 1 commit \(/,
        );
      }),
    );
  });
});
