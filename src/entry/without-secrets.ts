/** A report as it may leave the run. */
import type { Report } from '../core/report/report.ts';

/** `report` with the secrets taken out of its texts: in the text of its JSON, one that reads like a value would break it. */
export function withoutSecrets(report: Report, redact: (text: string) => string): Report {
  const json = JSON.stringify(report);
  if (redact(json) === json) return report;
  return JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? redact(value) : value));
}
