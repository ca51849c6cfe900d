/** What the commands need of the places that are told. */
import type { Report } from '../../core/report/report.ts';

/** What there is to tell: the report, and where it came from. */
export interface Announcement {
  readonly report: Report;
  /** The config repository as people name it: `owner/name`, or its directory's name. */
  readonly repository: string;
  /** Link to the run, where there is one. */
  readonly runUrl: string | undefined;
  /** Web address of the repository, without a trailing slash, for links to commits. */
  readonly repositoryUrl: string | undefined;
}

export interface Notifier {
  /** For messages about it: `slack #deployments`. Never contains a secret. */
  readonly name: string;
  /** Delivers, with retries inside its own budget. Throws NOTIFY_FAILED; that never fails a deploy and is never silent. */
  send(announcement: Announcement, signal?: AbortSignal): Promise<void>;
}
