/** `test/fixtures/report/<behaviour>/`: a report, and how it reads in the log, the job summary and Slack. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { renderLines } from '../../../src/core/report/lines.ts';
import { renderMarkdown } from '../../../src/core/report/markdown.ts';
import { outcomeOf } from '../../../src/core/report/outcome.ts';
import type { Report } from '../../../src/core/report/report.ts';
import { reportSchema } from '../../../src/core/report/report-schema.ts';
import { type Occasion, renderSlack } from '../../../src/core/report/slack.ts';
import { printableLine } from '../../../src/host/printable.ts';
import { behaviours, expectGolden, input } from '../../config/golden-folder.ts';

const validate = new Ajv2020({ strict: true }).compile(reportSchema());

const OCCASION: Occasion = {
  repository: 'acme/config',
  runUrl: 'https://github.com/acme/config/actions/runs/42',
  repositoryUrl: 'https://github.com/acme/config',
};

function read(behaviour: string): { report: Report; occasion: Occasion } {
  const occasion = input('report', behaviour, 'occasion.json');
  return {
    report: JSON.parse(input('report', behaviour, 'report.json') ?? ''),
    occasion: occasion === undefined ? OCCASION : JSON.parse(occasion),
  };
}

describe('a report', () => {
  it.each(behaviours('report'))('%s', (behaviour) => {
    const { report, occasion } = read(behaviour);
    expectGolden('report', behaviour, {
      inputs: ['report.json', 'occasion.json'],
      outputs: {
        'lines.txt': renderLines(report)
          .map((line) => `${printableLine(line)}\n`)
          .join(''),
        'summary.md': renderMarkdown(report, { repositoryUrl: occasion.repositoryUrl }),
        'slack.json': `${JSON.stringify(renderSlack(report, occasion), null, 2)}\n`,
      },
    });
  });

  it.each(behaviours('report'))('%s is a report by the schema, with the outcome that follows from it', (behaviour) => {
    const { report } = read(behaviour);
    expect(validate(report) ? [] : validate.errors).toEqual([]);
    expect(outcomeOf(report)).toBe(report.outcome);
  });
});
